"""The claims that a page shows: one's own, the payment office's, and numbers over all of them for those who watch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median

from django.db.models import QuerySet

from cases.models import Claim, Organisation, Person
from permissions.claimlife import UNPAID
from web.pages.claims.words import ClaimInWords, in_words, pounds
from workflows.calendar import london_day
from workflows.opening import calendar_of

MOST = 200
"""Claims on a page, the newest first."""

FEWEST = 2
"""A total over fewer partners than this would say what one of them is paid (IG10)."""


def whole(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """With all that is shown of a claim. Two statements."""
    return claims.select_related("organisation", "person", "terms").prefetch_related("lines")


def told(claims: Iterable[Claim], at: datetime) -> list[ClaimInWords]:
    """The claims in words; what each comes to depends on the others of the same day."""
    rows = list(claims)
    return [in_words(one, rows, at) for one in rows]


class MyClaims:
    """One partner's claims: what is owed first, longest waiting first. Two statements."""

    def __init__(self, person: Person, at: datetime) -> None:
        self.claims = told(whole(Claim.objects.filter(person=person)).order_by("-number")[:MOST], at)

    @property
    def owed(self) -> list[ClaimInWords]:
        """What has not come to an end, the longest waiting first."""
        return [one for one in reversed(self.claims) if one.is_owed]

    @property
    def settled(self) -> list[ClaimInWords]:
        return [one for one in self.claims if not one.is_owed]

    @property
    def in_all(self) -> str:
        return pounds(sum((one.comes_to for one in self.owed), Decimal(0)))


class Queue:
    """What the payment office has before it: late first, then by the day on which it is due. Four statements."""

    def __init__(self, organisation: Organisation, at: datetime) -> None:
        mine = whole(Claim.objects.filter(organisation=organisation))
        self.open = sorted(told(mine.filter(state__in=UNPAID).order_by("due_on", "number")[:MOST], at), key=lambda one: one.due_on)
        self.settled = told(mine.exclude(state__in=UNPAID).order_by("-number")[:25], at)

    @property
    def late(self) -> int:
        return sum(one.is_late for one in self.open)


@dataclass(frozen=True)
class Totals:
    """Numbers over all claims of an organisation (T17). `paid` is empty where it would tell of one partner."""

    claims: int
    open: int
    late: int
    paid_claims: int
    paid: str
    median_days: str


def totals_of(organisation: Organisation, at: datetime) -> Totals:
    """One statement. Days are working days from the claim to the money."""
    today, calendar = london_day(at), calendar_of(organisation)
    rows = list(
        Claim.objects.filter(organisation=organisation).only("state", "due_on", "amount", "paid_on", "claimed_at", "person_id")
    )
    paid = [one for one in rows if one.state == Claim.State.PAID]
    days = [calendar.between(london_day(one.claimed_at), one.paid_on) for one in paid if one.paid_on]
    tells = len({one.person_id for one in paid}) >= FEWEST
    return Totals(
        claims=len(rows), open=sum(one.state in UNPAID for one in rows),
        late=sum(one.state in UNPAID and one.due_on < today for one in rows), paid_claims=len(paid),
        paid=pounds(sum((one.amount or Decimal(0) for one in paid), Decimal(0))) if tells else "",
        median_days=f"{median(days):g}" if days and tells else "",
    )  # fmt: skip
