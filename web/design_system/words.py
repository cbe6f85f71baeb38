"""How days, sizes and short sentences are written on a page: the filters of every template."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from audit.days import in_full
from workflows.calendar import ENGLAND, LONDON, WorkingDays, london_day

_THOUSAND = 1000  # as file managers count: 25 MB is 25 million bytes
_UNITS = ("bytes", "kB", "MB", "GB")


def day(value: date | datetime | None) -> str:
    """ "Friday 4 December 2026", the day it was in London; nothing for None."""
    if value is None:
        return ""
    return in_full(as_day(value))


def day_and_time(value: datetime | None) -> str:
    """ "Friday 4 December 2026 at 2:05pm", London time; nothing for None."""
    return f"{day(value)} at {clock(value)}" if value else ""


def clock(value: datetime) -> str:
    """ "2:05pm", "midday" or "midnight", London time."""
    local = value.astimezone(LONDON)
    named = {(0, 0): "midnight", (12, 0): "midday"}.get((local.hour, local.minute))
    minutes = f":{local.minute:02}" if local.minute else ""
    return named or f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def due(value: date | datetime | None, working_days: int | None = None, today: date | None = None) -> str:
    """ "Friday 4 December 2026 (in 6 working days)".

    `working_days` (negative when past) comes from the presenter, which knows the days the organisation is closed; without it
    England's calendar counts from `today`.
    """
    if value is None:
        return ""
    on = as_day(value)
    now = today or london_day(timezone.now())
    return f"{day(on)} ({_distance(on, now, ENGLAND.between(now, on) if working_days is None else working_days)})"


def sentence(value: object) -> str:
    """The text with a capital first letter and a full stop at its end."""
    text = str(value or "").strip()
    ended = text if not text or text[-1] in ".?!:" else f"{text}."
    return ended[:1].upper() + ended[1:]


def filesize(value: int) -> str:
    """ "25 MB", "1.4 MB", "820 bytes"; a thousand bytes to the kilobyte."""
    size, unit = float(value), _UNITS[0]
    for unit in _UNITS:
        if size < _THOUSAND or unit == _UNITS[-1]:
            break
        size /= _THOUSAND
    return f"{size:.1f}".removesuffix(".0") + f" {unit}"


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 seat", "3 seats", "no seats"."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def waited(working_days: int) -> str:
    """ "3 working days", "less than a working day"."""
    return count(working_days, "working day") if working_days > 0 else "less than a working day"


def as_day(value: date | datetime) -> date:
    """The day in London of a moment; a day is given back as it is."""
    return london_day(value) if isinstance(value, datetime) else value


def _distance(on: date, now: date, working_days: int) -> str:
    days = (on - now).days
    if named := {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days):
        return named
    length = str(WorkingDays(abs(working_days))) if working_days else f"{abs(days)} days"
    return f"in {length}" if days > 0 else f"{length} ago"


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "day_and_time": day_and_time,
    "clock": clock,
    "due": due,
    "sentence": sentence,
    "filesize": filesize,
    "count": count,
}
