"""Two trained partners on every safety-related group: how far the organisation is, today and over time."""
