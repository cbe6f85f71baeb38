"""On which days the clock speaks: all of it in working days of one organisation, at nine in the morning in London."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from workflows.calendar import LONDON, Calendar, london_day

HOUR = time(9)

COMMENT_WITHIN = 10
"""Working days in which a partner's comment is answered. Our judgement: the brief only says that it is before sign-off (R7)."""


def nine_on(day: date) -> datetime:
    """Nine in the morning, in London, whichever way the clocks stand."""
    return datetime.combine(day, HOUR, LONDON)


def answer_due(calendar: Calendar, commented: datetime) -> date:
    """The day by which a comment of a partner is answered (R7)."""
    return calendar.add(london_day(commented), COMMENT_WITHIN)


def next_nine(at: datetime) -> date:
    """The day of the first nine in the morning after `at`."""
    today = london_day(at)
    return today if at < nine_on(today) else today + timedelta(days=1)


def reminder_days(calendar: Calendar, asked: date, due: date) -> dict[str, date]:
    """When to remind of what was asked on one day and is due on another: on the day, two working days before, half-way.

    Never on the day of asking or before it, and never twice on one day.
    """
    halfway = calendar.add(asked, max(0, calendar.between(asked, due)) // 2)
    found: dict[str, date] = {}
    for name, day in (("due", due), ("two_days", calendar.add(due, -2)), ("half_way", halfway)):
        if day > asked and day not in found.values():
            found[name] = day
    return found
