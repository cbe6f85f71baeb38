"""What the record proves: who could see what, the eight questions of an auditor, the search across an organisation."""
