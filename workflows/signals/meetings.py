"""Meetings of safety groups: whether a partner was there who counts, and whether they were moved at short notice (T12, T13)."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Least
from django.db.models.lookups import LessThan

from cases.models import MeetingMove
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.days import stay_of
from workflows.signals.held import HERE, LAY_QUORATE, WITH_PARTNERS, held_in, meetings_of
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add, share
from workflows.signals.tally import Rows, tally, tally_once
from workflows.signals.worked import DayNumber, elapsed, number_of
from workflows.tenants import Tenants

SHORT = 3
"""Working days. Less notice than this of another day is short (T13)."""


def lay_quorate(asked: Asked) -> Found:
    """Of the meetings held in the span, those at which a partner was there as a member. One statement."""
    found = tally_once(asked, _held)

    def measured(key: Key, _: Stretch) -> Measured:
        of, quorate, (without,), _cases = found(key)
        return share(quorate, of, others=(("meetings with no partner at all", without),))

    return asked.each(measured)


def _held(whose: Tenants, stretch: Stretch) -> Rows:
    return Rows(meetings_of(whose).filter(held_in(stretch)), LAY_QUORATE, HERE, case="", beside=[~WITH_PARTNERS])


def moved_late(asked: Asked) -> Found:
    """Meetings moved or called off with less than three working days' notice, of those held and those. One statement.

    Notice runs to the day that comes first: the one it was moved from, or the one it was moved to. A meeting is counted in the
    span of the day from which it was moved.
    """

    def held_or_moved(stretch: Stretch) -> Rows:
        late = Q(pk__in=_moves(asked, stretch).values("meeting"))
        return Rows(meetings_of(asked).filter(held_in(stretch) | late), late, HERE, case="")

    found = tally(asked, held_or_moved)
    return asked.each(lambda key, _: share(found(key).hits, found(key).of))


def _moves(asked: Asked, stretch: Stretch) -> QuerySet[MeetingMove]:
    """The moves at short notice."""
    days, here = stay_of(stretch), f"meeting__{HERE}"
    first = Least("from_day", Coalesce("to_day", "from_day"))
    moves = MeetingMove.objects.filter(asked.of(here), from_day__gte=days.since, from_day__lt=days.until, at__lt=stretch.until)
    return moves.filter(LessThan(elapsed(asked, number_of("at"), DayNumber(first), here), SHORT))


add(Signal(
    code="T12", title="Meetings with a partner who counts",
    counts="Meetings of safety groups at which a partner was there as a member",
    of="Meetings of safety groups held in the quarter",
    why="What is decided while no partner is there is decided without them.",
    beware="Ask why nobody came: the hour, the place, the papers, or a seat that is empty.",
    unit=Unit.SHARE, thresholds=Thresholds(0.80, 0.60, low_is_bad=True), measure=together(lay_quorate), headline=True,
    source="Framework 2021. No national text says when a meeting is lay-quorate: one partner who is a member is our own measure.",
))  # fmt: skip
add(Signal(
    code="T13", title="Meetings moved at short notice",
    counts="Meetings moved or called off less than three working days before",
    of="Meetings held in the quarter, and those called off so late",
    why="Partners arrange work, care and travel around a meeting. Staff move one in their paid time.",
    beware="An emergency on a ward is a good reason. Read the reasons that were given.",
    unit=Unit.SHARE, thresholds=Thresholds(0.10, 0.20), measure=together(moved_late),
    source="Our own measure.",
))  # fmt: skip
