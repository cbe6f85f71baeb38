"""Safety actions, and facts that may be recorded at any time."""
