"""Reminding those whose answer is awaited, and recording that none came."""
