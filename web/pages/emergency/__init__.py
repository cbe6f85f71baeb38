"""Sight of a case in an emergency: asking for it, agreeing to it, and the list of every time that it was asked for."""
