"""How long a rule or a training may be left out: one limit for every waiver (R9, R17)."""

from __future__ import annotations

from datetime import date, timedelta

from audit.days import in_words
from permissions.traininglife import months_after
from permissions.verdict import Verdict, judge

LONGEST = timedelta(days=90)
"""Calendar days. R9 says "time-limited" and no number. Ours: a quarter, so that the quarterly report to the quality committee
comes round before a waiver can outlive it; whoever needs longer asks again, and is counted again."""


def last_day(today: date, months: int | None = None) -> date:
    """The last day that a waiver asked for `today` may name. `months`: how long the training itself would have lasted."""
    last = today + LONGEST
    return min(last, months_after(today, months)) if months else last


def within_limits(until: date, today: date, months: int | None = None) -> list[Verdict]:
    """R17: it ends on a day still to come, and one that is not far off."""
    last = last_day(today, months)
    far = f"A waiver lasts until {in_words(last)} at the latest."
    return [
        judge(until >= today, "R17", "The waiver must end on a day that is still to come."),
        judge(until <= last, "R17", far, "Ask for less time. If that is not enough, ask again when it is over."),
    ]
