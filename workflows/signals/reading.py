"""Whether lay partners could read, and did: opened before they answered (T3), and how soon they got in (T4, IG7)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from audit.models import Event
from cases.models import PaperVersion, Position, Seat
from permissions.roles import LAY
from workflows.opening import calendar_of
from workflows.signals.counted import of_shared_work
from workflows.signals.signal import Measured, Signal, Span, Thresholds, Unit, add, median_of, share

TOO_LONG = 5
"""Working days to the first paper; a longer wait is counted."""

FOR_PARTNERS = (PaperVersion.LayReads.OWN, PaperVersion.LayReads.SAME)


def _reads(cases: Collection[UUID], people: Collection[UUID]) -> QuerySet[Event]:
    return Event.objects.filter(kind="paper_read", case_id__in=set(cases), person_id__in=set(people))


# T3: answered, and never opened


class Given(NamedTuple):
    """One answer of a lay partner on one version."""

    case: UUID
    person: UUID
    version: UUID
    at: datetime
    typed: UUID | None


def unread(span: Span) -> Measured:
    """Answers on a paper in the span, the newest of each partner in each stay, and those given before they opened it.

    Two statements. An answer by telephone or letter is not among them: whether somebody read it to them is not on record here.
    """
    given = _answers(span)
    own = [one for one in given if not one.typed]
    opened = _first_opened(own)
    unopened = [one for one in own if not _had_opened(opened, one)]
    others = (("answers by telephone or letter, not among these", len(given) - len(own)),)
    return share(unopened, len(own), (one.case for one in unopened), others=others)


def _answers(span: Span) -> list[Given]:
    """The answer of a partner who thought again replaces the one before."""
    given = Position.objects.filter(
        of_shared_work(), case__organisation=span.organisation, seat__capacity=LAY, version__isnull=False,
        at__gte=span.since, at__lt=span.until,
    )  # fmt: skip
    rows = given.order_by("number").values_list("visit", "seat", "item", "case", "person", "version", "at", "typed")
    return list({row[:3]: Given(*row[3:]) for row in rows}.values())


def _first_opened(given: list[Given]) -> dict[tuple[UUID | None, UUID | None, str], datetime]:
    """When each of these people first opened each version of their cases."""
    reads = _reads({one.case for one in given}, {one.person for one in given})
    rows = reads.values_list("case_id", "person_id", KT("facts__version_id")).annotate(first=Min("at"))
    return {(case, person, version): first for case, person, version, first in rows}


def _had_opened(opened: dict[tuple[UUID | None, UUID | None, str], datetime], one: Given) -> bool:
    first = opened.get((one.case, one.person, str(one.version)))
    return first is not None and first <= one.at


# T4: from the seat to the first paper


class Place(NamedTuple):
    """One lay partner's seat on one case. `readable_at`: when the first paper came out that partners read there."""

    case: UUID
    person: UUID
    account: int | None
    since: datetime
    left_at: datetime | None
    closed_at: datetime | None
    readable_at: datetime

    @property
    def waits_from(self) -> datetime:
        """There is nothing to open before the first paper is out."""
        return max(self.since, self.readable_at)

    def waits_until(self, moment: datetime) -> datetime:
        """This moment, or the end of the seat or of the case where that came before."""
        return min(moment, self.left_at or moment, self.closed_at or moment)


def access_delay(span: Span) -> Measured:
    """Working days from the seat to the first paper opened: of those who first opened one in the span, and of those who opened none
    and had waited for more than five working days at its end, or when they left in it. Two statements.

    The clock starts when there is something to open. Who has no account reads on paper, and is not among them.
    """
    calendar = calendar_of(span.organisation)
    places = _places(span)
    opened = _entries(places)
    waited: list[tuple[UUID, int]] = []
    for one in (place for place in places if place.account):
        first = opened.get((one.case, one.person))
        if first is None or first >= span.until:
            days = calendar.elapsed(one.waits_from, one.waits_until(span.until))
            waited += [(one.case, days)] if days > TOO_LONG else []
        elif first >= span.since:
            waited.append((one.case, calendar.elapsed(one.waits_from, max(first, one.waits_from))))
    late = [case for case, days in waited if days > TOO_LONG]
    on_paper = sum(not place.account for place in places)
    return median_of(
        [days for _, days in waited], TOO_LONG, late, others=(("partners who read on paper, not among these", on_paper),)
    )


def _places(span: Span) -> list[Place]:
    """Places that had something to read, and that nobody had left when the span began."""
    out = PaperVersion.objects.filter(paper__case=OuterRef("case"), lay_reads__in=FOR_PARTNERS, released_at__lt=span.until)
    sat = Seat.objects.filter(of_shared_work(), case__organisation=span.organisation, capacity=LAY, active_from__lt=span.until)
    there = sat.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=span.since))
    still = there.filter(Q(case__closed_at__isnull=True) | Q(case__closed_at__gte=span.since))
    first_out = Subquery(out.order_by("released_at").values("released_at")[:1])
    held = ("case", "person", "person__account", "active_from", "ended_at", "case__closed_at")
    return [Place(*row) for row in still.values_list(*held, first_out) if row[-1] is not None]


def _entries(places: list[Place]) -> dict[tuple[UUID | None, UUID | None], datetime]:
    """When each of these people first opened any paper of their case."""
    reads = _reads({one.case for one in places}, {one.person for one in places})
    return {(case, person): first for case, person, first in reads.values_list("case_id", "person_id").annotate(first=Min("at"))}


add(Signal(
    code="T3", title="Answered without reading",
    counts="Answers of partners who had not opened the paper before they gave them",
    of="Answers of partners on a paper in the quarter",
    why="To agree to what one has not read is a rubber stamp, whoever put it there.",
    beware="It says nothing about a partner. Ask whether there was time, and whether the paper opened and could be followed.",
    unit=Unit.SHARE, thresholds=Thresholds(0.05, 0.15), measure=unread, of_reads=True,
    source="Rubber-stamp committees, the lowest rungs of the ladder (Arnstein 1969).",
))  # fmt: skip
add(Signal(
    code="T4", title="Delay before the first paper",
    counts=f"Partners who waited more than {TOO_LONG} working days for the first paper they could open",
    of="Partners who opened their first paper on a case in the quarter, or still waited",
    why="A seat without a way in is no seat. E-mail, passwords and permissions are where partners get lost.",
    beware="A partner may have been away. The middle value says more than one long wait.",
    unit=Unit.DAYS, thresholds=Thresholds(3, 5), measure=access_delay, of_reads=True,
    source="E-mail and access have to be negotiated (Helpforce network 2023).",
))  # fmt: skip
