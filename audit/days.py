"""How a day is written in a sentence: 23 November 2026. The one place that says so; pages put the weekday before it."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@lru_cache(maxsize=5_000)
def in_words(day: date) -> str:
    """ "3 March 2026"."""
    return f"{day.day} {day:%B %Y}"


@lru_cache(maxsize=5_000)
def in_full(day: date) -> str:
    """ "Tuesday 3 March 2026"."""
    return f"{day:%A} {in_words(day)}"


def day_as_told(noted: str) -> str:
    """A day that was noted as 2026-03-03, in words; everything else as it was noted."""
    if _ISO.fullmatch(noted):
        with suppress(ValueError):
            return in_words(date.fromisoformat(noted))
    return noted
