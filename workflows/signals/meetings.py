"""Meetings of safety groups: whether a partner was there who counts, and whether they were moved at short notice (T12, T13)."""

from __future__ import annotations

from django.db.models import Q

from cases.models import MeetingMove, SafetyGroup
from permissions.eligibility import day_of
from workflows.doors.meetings import is_lay_quorate
from workflows.opening import calendar_of
from workflows.signals.days import stay_of
from workflows.signals.held import attended, held_in
from workflows.signals.signal import Measured, Signal, Span, Thresholds, Unit, add, share

SHORT = 3
"""Working days. Less notice than this of another day is short (T13)."""


def lay_quorate(span: Span) -> Measured:
    """Of the meetings held in the span, those at which a partner was there as a member. Two statements."""
    found = attended(held_in(span))
    without = sum(not there for there in found.values())
    quorate = [key for key, there in found.items() if is_lay_quorate(there)]
    return share(quorate, len(found), others=(("meetings with no partner at all", without),))


def moved_late(span: Span) -> Measured:
    """Meetings moved or called off with less than three working days' notice, of those held and those. Two statements.

    Notice runs to the day that comes first: the one it was moved from, or the one it was moved to. A meeting is counted in the
    span of the day from which it was moved.
    """
    days, calendar = stay_of(span), calendar_of(span.organisation)
    moves = MeetingMove.objects.filter(
        ~Q(meeting__group__kind=SafetyGroup.Kind.COURSE), meeting__group__organisation=span.organisation,
        from_day__gte=days.since, from_day__lt=days.until, at__lt=span.until,
    )  # fmt: skip
    late = {
        one.meeting_id for one in moves if calendar.between(day_of(one.at), min(one.from_day, one.to_day or one.from_day)) < SHORT
    }
    return share(sorted(late), len(late | set(held_in(span))))


add(Signal(
    code="T12", title="Meetings with a partner who counts",
    counts="Meetings of safety groups at which a partner was there as a member",
    of="Meetings of safety groups held in the quarter",
    why="What is decided while no partner is there is decided without them.",
    beware="Ask why nobody came: the hour, the place, the papers, or a seat that is empty.",
    unit=Unit.SHARE, thresholds=Thresholds(0.80, 0.60, low_is_bad=True), measure=lay_quorate, headline=True,
    source="Framework 2021. No national text says when a meeting is lay-quorate: one partner who is a member is our own measure.",
))  # fmt: skip
add(Signal(
    code="T13", title="Meetings moved at short notice",
    counts="Meetings moved or called off less than three working days before",
    of="Meetings held in the quarter, and those called off so late",
    why="Partners arrange work, care and travel around a meeting. Staff move one in their paid time.",
    beware="An emergency on a ward is a good reason. Read the reasons that were given.",
    unit=Unit.SHARE, thresholds=Thresholds(0.10, 0.20), measure=moved_late,
    source="Our own measure.",
))  # fmt: skip
