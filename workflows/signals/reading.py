"""Whether lay partners could read, and did: opened before they answered (T3), and how soon they got in (T4, IG7)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, Func, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Greatest, Least
from django.db.models.lookups import GreaterThan

from audit.models import Event
from cases.models import PaperVersion, Position, Seat
from permissions.roles import LAY
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.counted import of_shared_work, thought_again
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add, median_of, share
from workflows.signals.tally import Grouped, Rows, over_stretches, tally
from workflows.signals.worked import elapsed, number_of

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
    opened = _reads().alias(version=KT("facts__version_id")).filter(version=KeyText(OuterRef("version")), at__lte=OuterRef("at"))
    own = Q(typed__isnull=True)

    def given(stretch: Stretch) -> Rows:
        return Rows(_answers(asked, stretch), own & ~Exists(opened), beside=[~own])

    found = tally(asked, given)

    def measured(key: Key, _: Stretch) -> Measured:
        every, unopened, (typed,), cases = found(key)
        others = (("answers by telephone or letter, not among these", typed),)
        return share(unopened, every - typed, cases, others=others)

    return asked.each(measured)


def _answers(asked: Asked, stretch: Stretch) -> QuerySet[Position]:
    """The answer of a partner who thought again replaces the one before."""
    in_time = Q(at__gte=stretch.since, at__lt=stretch.until, version__isnull=False)
    given = Position.objects.filter(of_shared_work(), in_time, asked.of(HERE), seat__capacity=LAY)
    return given.filter(~Exists(thought_again().filter(in_time)))


# T4: from the seat to the first paper


def access_delay(asked: Asked) -> Found:
    """Working days from the seat to the first paper opened: of those who first opened one in the span, and of those who opened none
    and had waited for more than five working days at its end, or when they left in it. One statement.

    The clock starts when there is something to open. Who has no account reads on paper, and is not among them.
    """
    days: dict[Key, list[int]] = defaultdict(list)
    late: dict[Key, set[UUID]] = defaultdict(set)
    on_paper: dict[Key, int] = defaultdict(int)
    for place, organisation, waited, *case, times in over_stretches(asked, lambda stretch: _waits(asked, stretch)):
        key = (organisation, place)
        if waited is None:
            on_paper[key] += times
            continue
        days[key] += [waited] * times
        late[key] |= set(case) if waited > TOO_LONG else set()

    def measured(key: Key, _: Stretch) -> Measured:
        others = (("partners who read on paper, not among these", on_paper.get(key, 0)),)
        return median_of(days.get(key, []), TOO_LONG, late.get(key, ()), others=others)

    return asked.each(measured)


def _waits(asked: Asked, stretch: Stretch) -> Grouped:
    """How many waited how long; no length for those who read on paper."""
    entered = Q(first__gte=stretch.since, first__lt=stretch.until)
    begun = Greatest("active_from", "readable_at")
    left = Least(Coalesce("ended_at", stretch.until), Coalesce("case__closed_at", stretch.until), stretch.until)
    until_opened = elapsed(asked, number_of(begun), number_of(Greatest("first", begun)), HERE)
    until_now = elapsed(asked, number_of(begun), number_of(left), HERE)
    still = (Q(first__isnull=True) | Q(first__gte=stretch.until)) & Q(GreaterThan(until_now, TOO_LONG))
    on_paper = Q(person__account__isnull=True)
    rows = _places(asked, stretch).filter(on_paper | entered | still)
    waited = Case(When(on_paper, then=None), When(entered, then=until_opened), default=until_now)
    return Grouped(rows.annotate(waited=waited), [HERE, "waited", *(["case"] if asked.names_cases else [])], [Count("*")])


def _places(asked: Asked, stretch: Stretch) -> QuerySet[Seat]:
    """Seats that had something to read, and that nobody had left when the span began: since when, and when their holder first
    opened any paper of the case."""
    out = PaperVersion.objects.filter(paper__case=OuterRef("case"), lay_reads__in=FOR_PARTNERS, released_at__lt=stretch.until)
    sat = Seat.objects.filter(of_shared_work(), asked.of(HERE), capacity=LAY, active_from__lt=stretch.until)
    there = sat.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=stretch.since))
    still = there.filter(Q(case__closed_at__isnull=True) | Q(case__closed_at__gte=stretch.since))
    first_out = Subquery(out.order_by("released_at").values("released_at")[:1])
    first_read = Subquery(_reads().order_by("at").values("at")[:1])
    return still.alias(readable_at=first_out, first=first_read).filter(readable_at__isnull=False)


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
