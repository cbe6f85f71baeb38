"""Claims for tests, made through the real doors."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cases.models import Claim, PaymentTerms
from workflows.calendar import london_day
from workflows.demo.trust import Trust
from workflows.doors.claims import make_claim
from workflows.doors.payment_terms import record_payment_terms


def time(kind: str, hours: str) -> dict[str, Any]:
    """A line of hours."""
    return {"kind": kind, "hours": Decimal(hours)}


def expense(pounds: str, what_for: str = "Bus") -> dict[str, Any]:
    """A line of money."""
    return {"kind": "expense", "amount": Decimal(pounds), "what_for": what_for}


def terms(trust: Trust, at: datetime, **changes: Any) -> PaymentTerms:
    """150 pounds a day and 75 for half a day, of four hours or fewer, from the year before; `changes` instead."""
    given = {
        "starts_on": london_day(at) - timedelta(days=365), "source": "Involvement policy", "paid_within": 20,
        "whole_day": Decimal(150), "half_day": Decimal(75), "expenses": "Travel and care",
    }  # fmt: skip
    made: PaymentTerms = record_payment_terms(organisation=trust.organisation, at=at, **{**given, **changes})
    return made


def claimed(trust: Trust, at: datetime, *lines: dict[str, Any], who: str = "pat", day: date | None = None, **more: Any) -> Claim:
    """A claim of one of the trust's partners, for the day of `at` unless another is given."""
    made: Claim = make_claim(
        organisation=trust.organisation,
        by=trust[who],
        at=at,
        day=day or london_day(at),
        lines=lines or [time("meeting", "2")],
        **more,
    )
    return made
