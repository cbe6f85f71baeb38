"""What the fictional trust's quality team wrote beside one number of the report on shared power."""

from __future__ import annotations

from datetime import datetime, time

from workflows.calendar import ENGLAND, LONDON, london_day
from workflows.demo.trust import Trust
from workflows.doors.signals import explain_signal
from workflows.signals.quarters import quarters_before

WHY = "Three partners had to wait for an NHS e-mail address. New partners now get theirs with their induction."


def tell_report(trust: Trust, now: datetime) -> None:
    """Explain the delay before the first paper, in the newest quarter that is over."""
    (quarter,) = quarters_before(now, 1)
    day = min(ENGLAND.add(quarter.next.first, 8), ENGLAND.add(london_day(now), -1))
    explain_signal(
        organisation=trust.organisation, by=trust["quality"], at=datetime.combine(day, time(10), LONDON), signal="T4",
        quarter=quarter.first, text=WHY,
    )  # fmt: skip
