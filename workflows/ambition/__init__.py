"""Two Patient Safety Partners, trained, on every safety-related group: how far an organisation is, on any day of its record."""
