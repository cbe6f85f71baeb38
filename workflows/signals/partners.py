"""What is asked of partners and given to them: training in time, something to do, and whether it falls on a few (T14 to T16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from audit.history import history_of
from cases.models import Appointment, TrainingItem
from permissions.roles import PSP
from workflows.ambition.group import Group, Place, Stay
from workflows.ambition.reading import groups_of, partners_of, trained_in
from workflows.opening import calendar_of
from workflows.signals.days import ONE_DAY, stay_of
from workflows.signals.groups import places_in
from workflows.signals.signal import FEW, Measured, Signal, Span, Thresholds, Unit, add, share

READY_WITHIN = IDLE_AFTER = 60
"""Working days: from the appointment until a partner is trained (T14), and without anything to do (T15)."""

TOP = 5
"""One partner in five: the top fifth (T16)."""

ONE_PERSON = 0.5
"""More than this share of the seats offered by one person raises a question (T16)."""


def trained_in_time(span: Span) -> Measured:
    """Of the partners whose sixty working days from appointment ended in the span, those who were trained by then. Four statements.

    Whoever left before, or was on record only later, is not counted.
    """
    days, calendar = stay_of(span), calendar_of(span.organisation)
    rows = Appointment.objects.filter(organisation=span.organisation, role=PSP.code).values_list("person", "starts_on")
    due = [(person, calendar.add(starts_on, READY_WITHIN)) for person, starts_on in rows]
    appointed, trained = partners_of(span.organisation), trained_in(span.organisation)
    counted = [(who, day) for who, day in due if days.covers(day) and _covers(appointed.get(who, ()), day)]
    first = {who: min(stay.since for (one, _), stays in trained.items() if one == who for stay in stays) for who, _ in trained}
    ready = [who for who, day in counted if who in first and first[who] <= day]
    return share(ready, len(counted), others=_lapses(span))


def _covers(stays: Sequence[Stay], day: date) -> bool:
    return any(one.covers(day) for one in stays)


def _lapses(span: Span) -> tuple[tuple[str, int], ...]:
    """Trainings that ran out in the span, and those charged to the organisation, which had offered nothing in time (C9)."""
    history: Any = history_of(TrainingItem)
    versions = history.objects.filter(case__organisation=span.organisation, state=TrainingItem.State.LAPSED)
    rows = versions.filter(history_date__gte=span.since, history_date__lt=span.until).values_list("id", "lapse_cause")
    causes: dict[UUID, set[str]] = {}
    for key, cause in rows:
        causes.setdefault(key, set()).add(cause)
    ours = sum(TrainingItem.Cause.ORGANISATION in one for one in causes.values())
    return ("trainings that ran out", len(causes)), ("of these, because nothing was offered in time", ours)


def idle(span: Span) -> Measured:
    """Of the partners at the end of the span, those who had no seat anywhere in the sixty working days before it. Seven statements.

    Whoever was appointed less than sixty working days before is not idle yet.
    """
    last = stay_of(span).until - ONE_DAY
    since = calendar_of(span.organisation).add(last, -IDLE_AFTER)
    lately = Stay(since + ONE_DAY, last + ONE_DAY)
    appointed = partners_of(span.organisation)
    now = [who for who, stays in appointed.items() if _covers(stays, last)]
    busy = {one.person for group in groups_of(span.organisation) for one in group.places if one.stay.within(lately)}
    return share([who for who in now if _covers(appointed[who], since) and who not in busy], len(now))


def concentrated(span: Span) -> Measured:
    """The share of all seats of the span held by the busiest fifth of the partners; beside it, how many one person offered.

    Where there are fewer than five partners the fifth would be one known person: nothing is said. Seven statements.
    """
    days = stay_of(span)
    partners = [who for who, stays in partners_of(span.organisation).items() if any(one.within(days) for one in stays)]
    standing = [(group, stay) for group in groups_of(span.organisation) if (stay := group.stay.within(days))]
    held = places_in(standing)
    if len(partners) < FEW:
        return Measured(0, 0, None, others=(("partners, too few to say", len(partners)),))
    by_partner = Counter(one.person for _, one in held)
    most = sum(number for _, number in by_partner.most_common(max(1, len(partners) // TOP)))
    picked, offered = _by_one_person(held)
    beside = (("seats on cases that one person offered", picked), ("seats on cases", offered))
    asks = "One person offered more than half of the seats on cases. Is there a reason?"
    ask = offered >= FEW and picked / offered > ONE_PERSON
    return Measured(most, len(held), most / len(held) if held else None, others=beside, question=asks if ask else "")


def _by_one_person(held: Sequence[tuple[Group, Place]]) -> tuple[int, int]:
    """How many seats the person who offered most of them offered, of how many."""
    offers = Counter(one.offered_by for _, one in held if one.offered_by)
    return max(offers.values(), default=0), offers.total()


add(Signal(
    code="T14", title="Trained in time",
    counts="Partners who were trained within 60 working days of their appointment",
    of="Partners whose 60 working days ended in the quarter",
    why="Who is not trained takes no seat on a case. Until then the role is a title.",
    beware="Whose fault a training that ran out was is counted beside it: the organisation\u2019s, where it had offered nothing.",
    unit=Unit.SHARE, thresholds=Thresholds(0.80, 0.60, low_is_bad=True), measure=trained_in_time,
    source="Framework 2021: partners trained by summer 2023. Training varies widely (2023).",
))  # fmt: skip
add(Signal(
    code="T15", title="Partners with nothing to do",
    counts="Partners who had no seat for 60 working days",
    of="Partners at the end of the quarter",
    why="People who are asked for nothing learn that they are not needed, and go.",
    beware="Somebody may have asked for a rest. Nobody is named here, and nobody is to be found out.",
    unit=Unit.SHARE, thresholds=Thresholds(0.10, 0.25), measure=idle,
    source="A role that is not clear is the barrier to impact (2023).",
))  # fmt: skip
add(Signal(
    code="T16", title="Seats that fall on a few",
    counts="Seats held by the busiest fifth of the partners",
    of="Seats that partners held in the quarter, in safety groups and in the groups of cases",
    why="Where the same few are always asked, the others are not heard, and the few grow tired.",
    beware="It says nothing about those few: they were asked. Who asks can ask more widely.",
    unit=Unit.SHARE, thresholds=Thresholds(0.50, 0.70), measure=concentrated,
    source="Handpicked \u201cworthies\u201d (Arnstein 1969).",
))  # fmt: skip
