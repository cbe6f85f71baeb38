"""What is asked of partners and given to them: training in time, something to do, and whether it falls on a few (T14 to T16)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from audit.history import history_of
from cases.models import Appointment, TrainingItem
from permissions.roles import PSP
from workflows.ambition.group import Group, Place, Stay
from workflows.ambition.reading import trainings_of
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.busy import busy_in
from workflows.signals.days import ONE_DAY, stay_of
from workflows.signals.groups import partners_in, places_in, there_in
from workflows.signals.signal import FEW, Measured, Signal, Thresholds, Unit, add, share
from workflows.signals.tally import Grouped, over_stretches

READY_WITHIN = IDLE_AFTER = 60
"""Working days: from the appointment until a partner is trained (T14), and without anything to do (T15)."""

TOP = 5
"""One partner in five: the top fifth (T16)."""

ONE_PERSON = 0.5
"""More than this share of the seats offered by one person raises a question (T16)."""


def trained_in_time(asked: Asked) -> Found:
    """Of the partners whose sixty working days from appointment ended in the span, those who were trained by then. Four statements.

    Whoever left before, or was on record only later, is not counted.
    """
    rows = Appointment.objects.filter(asked.of(), role=PSP.code).values_list("organisation", "person", "starts_on")
    due: dict[UUID, list[tuple[UUID, date]]] = defaultdict(list)
    for organisation, person, starts_on in rows:
        due[organisation].append((person, asked.calendars[organisation].add(starts_on, READY_WITHIN)))
    appointed, first, lapses = asked.once(partners_in), _first_trained(asked), _lapses(asked)

    def measured(key: Key, stretch: Stretch) -> Measured:
        days, here = stay_of(stretch), appointed.get(key[0], {})
        counted = [(who, day) for who, day in due.get(key[0], ()) if days.covers(day) and _covers(here.get(who, ()), day)]
        ready = [who for who, day in counted if who in first and first[who] <= day]
        return share(ready, len(counted), others=lapses(key))

    return asked.each(measured)


def _first_trained(asked: Asked) -> dict[UUID, date]:
    """From when on each person was trained in anything."""
    first: dict[UUID, date] = {}
    for (who, _), stays in trainings_of(asked).items():
        since = min(stay.since for stay in stays)
        first[who] = min(since, first.get(who, since))
    return first


def _covers(stays: Sequence[Stay], day: date) -> bool:
    return any(one.covers(day) for one in stays)


def _lapses(asked: Asked) -> Callable[[Key], tuple[tuple[str, int], ...]]:
    """Trainings that ran out in the span, and those charged to the organisation, which had offered nothing in time (C9)."""
    history: Any = history_of(TrainingItem)
    here = "case__organisation"

    def ran_out(stretch: Stretch) -> Grouped:
        versions = history.objects.filter(asked.of(here), state=TrainingItem.State.LAPSED)
        lapsed = versions.filter(history_date__gte=stretch.since, history_date__lt=stretch.until)
        ours = Count("id", distinct=True, filter=Q(lapse_cause=TrainingItem.Cause.ORGANISATION))
        return Grouped(lapsed, [here], [Count("id", distinct=True), ours])

    found = {(organisation, place): numbers for place, organisation, *numbers in over_stretches(asked, ran_out)}

    def told(key: Key) -> tuple[tuple[str, int], ...]:
        every, ours = found.get(key, (0, 0))
        return ("trainings that ran out", every), ("of these, because nothing was offered in time", ours)

    return told


def idle(asked: Asked) -> Found:
    """Of the partners at the end of the span, those who had no seat anywhere in the sixty working days before it. Three statements.

    Whoever was appointed less than sixty working days before is not idle yet.
    """
    now = {key: _could_be_idle(asked, key, stretch) for key, stretch in asked.keys}
    busy = busy_in(asked, {key: free for key, (_, free) in now.items()})

    def measured(key: Key, _: Stretch) -> Measured:
        appointed, free = now[key]
        return share(set(free) - busy[key], appointed)

    return asked.each(measured)


def _could_be_idle(asked: Asked, key: Key, stretch: Stretch) -> tuple[int, dict[UUID, tuple[Stay, ...]]]:
    """How many partners there were at the end of a stretch; and of those who had been for sixty working days, on which of them."""
    last = stay_of(stretch).until - ONE_DAY
    since = asked.calendars[key[0]].add(last, -IDLE_AFTER)
    lately = Stay(since + ONE_DAY, last + ONE_DAY)
    now = {who: stays for who, stays in asked.once(partners_in).get(key[0], {}).items() if _covers(stays, last)}
    free = {who: stays for who, stays in now.items() if _covers(stays, since)}
    return len(now), {who: tuple(both for one in stays if (both := one.within(lately))) for who, stays in free.items()}


def concentrated(asked: Asked) -> Found:
    """The share of all seats of the span held by the busiest fifth of the partners; beside it, how many one person offered.

    Where there are fewer than five partners the fifth would be one known person: nothing is said. Five statements.
    """

    there = asked.once(there_in)

    def measured(key: Key, stretch: Stretch) -> Measured:
        days, appointed = stay_of(stretch), asked.once(partners_in).get(key[0], {})
        partners = sum(any(one.within(days) for one in stays) for stays in appointed.values())
        return _concentrated(partners, places_in(there[key]))

    return asked.each(measured)


def _concentrated(partners: int, held: Sequence[tuple[Group, Place]]) -> Measured:
    if partners < FEW:
        return Measured(0, 0, None, others=(("partners, too few to say", partners),))
    by_partner = Counter(one.person for _, one in held)
    most = sum(number for _, number in by_partner.most_common(max(1, partners // TOP)))
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
    unit=Unit.SHARE, thresholds=Thresholds(0.80, 0.60, low_is_bad=True), measure=together(trained_in_time),
    source="Framework 2021: partners trained by summer 2023. Training varies widely (2023).",
))  # fmt: skip
add(Signal(
    code="T15", title="Partners with nothing to do",
    counts="Partners who had no seat for 60 working days",
    of="Partners at the end of the quarter",
    why="People who are asked for nothing learn that they are not needed, and go.",
    beware="Somebody may have asked for a rest. Nobody is named here, and nobody is to be found out.",
    unit=Unit.SHARE, thresholds=Thresholds(0.10, 0.25), measure=together(idle),
    source="A role that is not clear is the barrier to impact (2023).",
))  # fmt: skip
add(Signal(
    code="T16", title="Seats that fall on a few",
    counts="Seats held by the busiest fifth of the partners",
    of="Seats that partners held in the quarter, in safety groups and in the groups of cases",
    why="Where the same few are always asked, the others are not heard, and the few grow tired.",
    beware="It says nothing about those few: they were asked. Who asks can ask more widely.",
    unit=Unit.SHARE, thresholds=Thresholds(0.50, 0.70), measure=together(concentrated),
    source="Handpicked \u201cworthies\u201d (Arnstein 1969).",
))  # fmt: skip
