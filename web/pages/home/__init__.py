"""The first page after signing in: what is waiting for this person."""
