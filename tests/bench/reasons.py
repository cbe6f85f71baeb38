"""Why a target is missed, as profiling found it: kept by hand, so that measuring again does not lose it."""

REASONS: dict[str, str] = {}
"""By the code of the target. Said on the page beside a target that is short, and left out where it is met."""
