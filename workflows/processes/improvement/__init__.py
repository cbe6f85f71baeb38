"""Partners in an improvement project (IMP)."""
