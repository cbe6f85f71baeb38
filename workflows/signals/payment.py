"""How long partners wait for what they claimed (T17, R20). Nobody's claim is told, and no case is behind it (IG10)."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.db.models.lookups import GreaterThan

from cases.models import Claim
from permissions.claimlife import UNPAID
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.days import ONE_DAY, stay_of
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add, median_of
from workflows.signals.tally import Grouped, Rows, lengths, tally
from workflows.signals.worked import DayNumber, elapsed, number_of

PAID_WITHIN = 20
"""Working days, as T17 counts them, whatever an organisation has promised."""


def payment_lag(asked: Asked) -> Found:
    """The median time from claim to payment of the claims paid in the span. Two statements.

    Beside it: claims that were not paid when it ended and were older than twenty working days, which no median shows.
    """
    paid, late = lengths(asked, lambda stretch: _paid(asked, stretch)), tally(asked, lambda stretch: _owed(asked, stretch))

    def measured(key: Key, _: Stretch) -> Measured:
        owed = ("claims unpaid for more than 20 working days at the end of the quarter", late(key).hits)
        return median_of(paid(key), PAID_WITHIN, others=(owed,))

    return asked.each(measured)


def _claims(asked: Asked, stretch: Stretch) -> QuerySet[Claim]:
    return Claim.objects.filter(asked.of(), claimed_at__lt=stretch.until, state__in=(*UNPAID, Claim.State.PAID))


def _paid(asked: Asked, stretch: Stretch) -> Grouped:
    days = stay_of(stretch)
    paid = _claims(asked, stretch).filter(paid_on__gte=days.since, paid_on__lt=days.until)
    waited = elapsed(asked, number_of("claimed_at"), DayNumber("paid_on"), "organisation")
    return Grouped(paid.annotate(days=waited), ["organisation", "days"], [Count("*")])


def _owed(asked: Asked, stretch: Stretch) -> Rows:
    last = stay_of(stretch).until - ONE_DAY
    rows = _claims(asked, stretch).filter(Q(paid_on__isnull=True) | Q(paid_on__gt=last))
    waited = elapsed(asked, number_of("claimed_at"), number_of(last), "organisation")
    return Rows(rows, GreaterThan(waited, PAID_WITHIN), "organisation", case="")


add(Signal(
    code="T17", title="Waiting to be paid",
    counts="Claims that took more than 20 working days",
    of="Claims paid in the quarter; the value is the middle one in working days",
    why="People who live on little cannot lend the health service money.",
    beware="A claim that is not paid at all is in no middle value. It is counted beside it.",
    unit=Unit.DAYS, thresholds=Thresholds(15, 20), measure=together(payment_lag),
    source="Confusion about payment policy (2023).",
))  # fmt: skip
