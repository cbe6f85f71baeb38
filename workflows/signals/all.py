"""Every signal of the house, in the order of the report. An app that plugs in adds its own by `signal.add` in its `ready()`."""

from __future__ import annotations

from importlib import import_module

SUBJECTS = (
    "entry", "notice", "reading", "withheld", "comments", "dissent", "groups", "meetings", "partners", "payment", "feedback",
    "understood", "waivers", "leaving", "activities", "profile", "experience",
)  # fmt: skip
"""The modules that add them."""


def load() -> None:
    """Add them all. Called once, when the app is ready: a signal counts rows of models."""
    for subject in SUBJECTS:
        import_module(f"workflows.signals.{subject}")
