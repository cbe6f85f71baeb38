"""Messages: what the person was told, and that they have read it."""
