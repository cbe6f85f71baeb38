"""Signing in and out, and in the demo choosing whom to be."""
