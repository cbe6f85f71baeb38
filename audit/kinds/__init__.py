"""The kinds of act and how each is told: one row per kind, a code that is stored and a sentence in plain English.

A sentence may name {actor} and any key of the event's facts. Codes are stored data: add, never rename.
"""

from audit.kinds import in_organisations, on_cases  # noqa: F401  # they register their rows
from audit.kinds.registry import Kind, UnknownKind, kind_called, kinds, register, tell

__all__ = ["Kind", "UnknownKind", "kind_called", "kinds", "register", "tell"]
