"""Whether lay partners could read, and did: opened before they answered (T3), and how soon they got in (T4, IG7)."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, Func, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.fields.json import KT

from audit.models import Event
from cases.models import PaperVersion, Position, Seat
from permissions.roles import LAY
from workflows.calendar import Calendar, london_day
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.counted import of_shared_work, thought_again
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add, median_of, share
from workflows.signals.tally import Grouped, Rows, over_stretches, tally_once
from workflows.tenants import Tenants

TOO_LONG = 5
"""Working days to the first paper; a longer wait is counted."""

FOR_PARTNERS = (PaperVersion.LayReads.OWN, PaperVersion.LayReads.SAME)
HERE = "case__organisation"
HYPHEN = " || '-' || "


def _reads() -> QuerySet[Event]:
    """What the person of a row of its case opened there."""
    return Event.objects.filter(kind="paper_read", case_id=OuterRef("case"), person_id=OuterRef("person"))


# T3: answered, and never opened


class KeyText(Func):
    """A key as it is written in the facts of an event."""

    output_field = TextField()
    template = "(%(expressions)s)::text"

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """SQLite keeps keys without the hyphens."""
        parts = (f"substr(%(expressions)s, {start}, {length})" for start, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12)))
        return self.as_sql(compiler, connection, template=f"({HYPHEN.join(parts)})", **more)


def unread(asked: Asked) -> Found:
    """Answers on a paper in the span, the newest of each partner in each stay, and those given before they opened it.

    One statement. An answer by telephone or letter is not among them: whether somebody read it to them is not on record here.
    """
    found = tally_once(asked, _given)

    def measured(key: Key, _: Stretch) -> Measured:
        every, unopened, (typed,), cases = found(key)
        others = (("answers by telephone or letter, not among these", typed),)
        return share(unopened, every - typed, cases, others=others)

    return asked.each(measured)


def _given(whose: Tenants, stretch: Stretch) -> Rows:
    opened = _reads().alias(version=KT("facts__version_id")).filter(version=KeyText(OuterRef("version")), at__lte=OuterRef("at"))
    own = Q(typed__isnull=True)
    return Rows(_answers(whose, stretch), own & ~Exists(opened), beside=[~own])


def _answers(whose: Tenants, stretch: Stretch) -> QuerySet[Position]:
    """The answer of a partner who thought again replaces the one before."""
    in_time = Q(at__gte=stretch.since, at__lt=stretch.until, version__isnull=False)
    given = Position.objects.filter(of_shared_work(), in_time, whose.of(HERE), seat__capacity=LAY)
    return given.filter(~Exists(thought_again().filter(in_time)))


# T4: from the seat to the first paper


class Place(NamedTuple):
    """One lay partner's seat on one case. `readable_at`: when the first paper came out that partners read there."""

    case: UUID
    seat: UUID
    account: int | None
    since: datetime
    left_at: datetime | None
    closed_at: datetime | None
    readable_at: datetime | None
    first_read: datetime | None

    def waits(self, stretch: Stretch, calendar: Calendar) -> int | None:
        """How many working days its holder waited for the first paper opened in a stretch, or still waits at its end; None where
        it is neither."""
        assert self.readable_at  # there is nothing to open before the first paper is out
        begun = max(self.since, self.readable_at)
        if self.first_read and self.first_read < stretch.until:
            return elapsed_by(calendar, begun, max(self.first_read, begun))
        days = elapsed_by(calendar, begun, min(stretch.until, self.left_at or stretch.until, self.closed_at or stretch.until))
        return days if days > TOO_LONG else None


def access_delay(asked: Asked) -> Found:
    """Working days from the seat to the first paper opened: of those who first opened one in the span, and of those who opened none
    and had waited for more than five working days at its end, or when they left in it. One statement.

    The clock starts when there is something to open. Who has no account reads on paper, and is not among them.
    """
    waited: dict[Key, list[tuple[UUID, int]]] = defaultdict(list)
    on_paper: dict[Key, int] = defaultdict(int)
    for number, organisation, *row in over_stretches(asked, lambda stretch: _places(asked, stretch)):
        place, key = Place(*row), (organisation, number)
        if place.readable_at is None:
            continue
        days = place.waits(asked.stretches[number], asked.calendars[organisation]) if place.account else None
        on_paper[key] += not place.account
        waited[key] += [(place.case, days)] if days is not None else []

    def measured(key: Key, _: Stretch) -> Measured:
        found = waited.get(key, [])
        late = [case for case, days in found if days > TOO_LONG]
        others = (("partners who read on paper, not among these", on_paper.get(key, 0)),)
        return median_of([days for _, days in found], TOO_LONG, late, others=others)

    return asked.each(measured)


def elapsed_by(calendar: Calendar, start: datetime, end: datetime) -> int:
    """As `Calendar.elapsed`, which many seats ask about the same two days."""
    return _between(calendar, london_day(start), london_day(end))


_between = lru_cache(maxsize=100_000)(Calendar.between)


def _places(asked: Asked, stretch: Stretch) -> Grouped:
    """Seats that nobody had left when the span began, and whose holders had opened nothing before it."""
    out = PaperVersion.objects.filter(paper__case=OuterRef("case"), lay_reads__in=FOR_PARTNERS, released_at__lt=stretch.until)
    sat = Seat.objects.filter(of_shared_work(), asked.of(HERE), capacity=LAY, active_from__lt=stretch.until)
    there = sat.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=stretch.since))
    still = there.filter(Q(case__closed_at__isnull=True) | Q(case__closed_at__gte=stretch.since))
    unread = still.filter(Q(person__account__isnull=True) | ~Exists(_reads().filter(at__lt=stretch.since)))
    first_out = Subquery(out.order_by("released_at").values("released_at")[:1])
    first_read = Subquery(_reads().order_by("at").values("at")[:1])
    read = (HERE, "case", "pk", "person__account", "active_from", "ended_at", "case__closed_at", "readable_at", "first_read")
    return Grouped(unread.annotate(readable_at=first_out, first_read=first_read), read, [])


add(Signal(
    code="T3", title="Answered without reading",
    counts="Answers of partners who had not opened the paper before they gave them",
    of="Answers of partners on a paper in the quarter",
    why="To agree to what one has not read is a rubber stamp, whoever put it there.",
    beware="It says nothing about a partner. Ask whether there was time, and whether the paper opened and could be followed.",
    unit=Unit.SHARE, thresholds=Thresholds(0.05, 0.15), measure=together(unread), of_reads=True,
    source="Rubber-stamp committees, the lowest rungs of the ladder (Arnstein 1969).",
))  # fmt: skip
add(Signal(
    code="T4", title="Delay before the first paper",
    counts=f"Partners who waited more than {TOO_LONG} working days for the first paper they could open",
    of="Partners who opened their first paper on a case in the quarter, or still waited",
    why="A seat without a way in is no seat. E-mail, passwords and permissions are where partners get lost.",
    beware="A partner may have been away. The middle value says more than one long wait.",
    unit=Unit.DAYS, thresholds=Thresholds(3, 5), measure=together(access_delay), of_reads=True,
    source="E-mail and access have to be negotiated (Helpforce network 2023).",
))  # fmt: skip
