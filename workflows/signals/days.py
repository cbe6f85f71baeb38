"""The days of a span: a signal about days counts each as it stood at its end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from workflows.ambition.group import Stay
from workflows.calendar import london_day
from workflows.signals.asked import Stretch
from workflows.signals.signal import Span

INSTANT = timedelta(microseconds=1)
ONE_DAY = timedelta(days=1)


def stay_of(span: Span | Stretch) -> Stay:
    """The days of a span, the last one as far as it has come."""
    since = london_day(span.since)
    return Stay(since, max(since, day_after(span.until)))


def day_after(until: datetime) -> date:
    """The day after the last one of which some is before a moment."""
    return london_day(until - INSTANT) + ONE_DAY
