"""What a signal shows of a case that a test has walked, in the quarter that it has come to."""

from __future__ import annotations

from datetime import datetime, timedelta

from workflows.signals.quarters import quarter_of
from workflows.signals.signal import SIGNALS, Measured
from workflows.testing import Walk


def measured(walk: Walk, code: str, day: datetime | None = None) -> Measured:
    """A signal of the walk's organisation, just after the last act: in the quarter of `day`, or in the one that runs."""
    at = walk.at + timedelta(minutes=1)
    return SIGNALS[code].measure(quarter_of(day or at).span(walk.trust.organisation, at))
