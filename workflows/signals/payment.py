"""How long partners wait for what they claimed (T17, R20). Nobody's claim is told, and no case is behind it (IG10)."""

from __future__ import annotations

from cases.models import Claim
from permissions.claimlife import UNPAID
from workflows.calendar import london_day
from workflows.opening import calendar_of
from workflows.signals.days import ONE_DAY, stay_of
from workflows.signals.signal import Measured, Signal, Span, Thresholds, Unit, add, median_of

PAID_WITHIN = 20
"""Working days, as T17 counts them, whatever an organisation has promised."""


def payment_lag(span: Span) -> Measured:
    """The median time from claim to payment of the claims paid in the span. One statement.

    Beside it: claims that were not paid when it ended and were older than twenty working days, which no median shows.
    """
    days, calendar = stay_of(span), calendar_of(span.organisation)
    claims = Claim.objects.filter(organisation=span.organisation, claimed_at__lt=span.until)
    rows = claims.filter(state__in=(*UNPAID, Claim.State.PAID)).values_list("claimed_at", "paid_on")
    paid = [calendar.between(london_day(at), on) for at, on in rows if on and days.covers(on)]
    owed = [calendar.between(london_day(at), days.until - ONE_DAY) for at, on in rows if on is None or on >= days.until]
    late = sum(one > PAID_WITHIN for one in owed)
    return median_of(paid, PAID_WITHIN, others=(("claims unpaid for more than 20 working days at the end of the quarter", late),))


add(Signal(
    code="T17", title="Waiting to be paid",
    counts="Claims that took more than 20 working days",
    of="Claims paid in the quarter; the value is the middle one in working days",
    why="People who live on little cannot lend the health service money.",
    beware="A claim that is not paid at all is in no middle value. It is counted beside it.",
    unit=Unit.DAYS, thresholds=Thresholds(15, 20), measure=payment_lag,
    source="Confusion about payment policy (2023).",
))  # fmt: skip
