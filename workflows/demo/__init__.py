"""A fictional trust and its cases, all built by calling the real doors over past dates: for the demo and for tests."""
