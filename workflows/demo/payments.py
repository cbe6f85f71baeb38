"""What the fictional trust pays its partners, and what some of them have claimed: one paid, one asked about, one late."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from cases.models import Claim
from workflows.calendar import ENGLAND, LONDON, london_day
from workflows.demo.trust import Trust
from workflows.doors.claims import approve_claim, make_claim, question_claim, record_payment
from workflows.doors.payment_terms import record_payment_terms


def tell_payments(trust: Trust, now: datetime) -> None:
    """Write the terms, and four claims of the weeks before `now`."""
    begun = _ago(now, 60)
    record_payment_terms(
        organisation=trust.organisation, by=trust["coordinator"], at=begun, starts_on=london_day(begun) - timedelta(days=300),
        source="Trust involvement policy. The amounts are what several trusts advertise.", paid_within=20,
        whole_day=Decimal(150), half_day=Decimal(75), expenses="Travel, care for somebody at home, printing",
    )  # fmt: skip
    _claim(trust, "amina", _ago(now, 34), ("reading", "2"), ("meeting", "3"))
    settled = _claim(trust, "pat", _ago(now, 28), ("meeting", "2.5"))
    approve_claim(by=trust["coordinator"], at=_ago(now, 25), claim=settled.pk)
    record_payment(by=trust["coordinator"], at=_ago(now, 15), claim=settled.pk, paid_on=london_day(_ago(now, 15)))
    _claim(trust, "pat", _ago(now, 24), ("preparation", "1.5"), ("reading", "3"))
    asked = _claim(trust, "pat", _ago(now, 4), ("training", "3.5"), fare="8.60")
    question_claim(by=trust["coordinator"], at=_ago(now, 2), claim=asked.pk, text="Thank you. Which journey was the fare for?")


def _ago(now: datetime, working_days: int) -> datetime:
    return datetime.combine(ENGLAND.add(london_day(now), -working_days), time(11), LONDON)


def _claim(trust: Trust, key: str, at: datetime, *hours: tuple[str, str], fare: str = "") -> Claim:
    lines = [{"kind": kind, "hours": Decimal(number)} for kind, number in hours]
    spent = [{"kind": "expense", "amount": Decimal(fare), "what_for": "Train"}] if fare else []
    made: Claim = make_claim(organisation=trust.organisation, by=trust[key], at=at, day=london_day(at), lines=[*lines, *spent])
    return made
