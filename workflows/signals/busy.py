"""Which of some partners sat anywhere on some days: in a committee, or in the group of a case, closed or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.db.models.lookups import Exact

from audit.history import history_of
from cases.models import Appointment, Seat
from permissions.roles import PSP
from workflows.ambition.group import Stay
from workflows.ambition.reading import midnight, out_of_the_first_stage, places_in_committees, processes_with_groups
from workflows.calendar import LONDON
from workflows.signals.asked import Asked, Key, Stretch
from workflows.signals.days import ONE_DAY
from workflows.signals.tally import Grouped, over_stretches

Free = Mapping[UUID, tuple[Stay, ...]]
"""Partners, and the days on which they could have sat somewhere."""


def busy_in(asked: Asked, partners: Mapping[Key, Free]) -> dict[Key, set[UUID]]:
    """Those who did, by organisation and stretch. Two statements."""
    committees: dict[tuple[UUID, UUID], list[Stay]] = defaultdict(list)
    for organisation, _, place in places_in_committees(asked):
        committees[organisation, place.person].append(place.stay)
    busy: dict[Key, set[UUID]] = {}
    for key, free in partners.items():
        busy[key] = {who for who, days in free.items() if _meet(committees.get((key[0], who), ()), days)}
    for number, organisation, who in over_stretches(asked, lambda stretch: _on_cases(asked, stretch, partners)):
        busy[organisation, number].add(who)
    return busy


def _meet(one: Sequence[Stay], other: Sequence[Stay]) -> bool:
    return any(stay.within(another) for stay in one for another in other)


def _on_cases(asked: Asked, stretch: Stretch, partners: Mapping[Key, Free]) -> Grouped:
    """The partners with a seat on a case on any of their days; the days are few, and most partners have the same."""
    at = asked.stretches.index(stretch)
    by_days: dict[tuple[Stay, ...], list[UUID]] = defaultdict(list)
    for (_, place), free in partners.items():
        for who, days in free.items() if place == at else ():
            by_days[days].append(who)
    sat = [Q(person__in=people) & reduce(or_, (Exists(_seats_on(stay)) for stay in days)) for days, people in by_days.items()]
    held = Appointment.objects.filter(asked.of(), reduce(or_, sat, Q(pk__in=())), role=PSP.code)
    return Grouped(held, ["organisation", "person"], [])


def _seats_on(days: Stay) -> QuerySet[Seat]:
    """The seats that the person of an appointment held on any of these days, in a group of a case that had formed."""
    history: Any = history_of(Seat)
    sat = (
        history.objects.filter(id=OuterRef("pk"), state=Seat.State.ACTIVE)
        .exclude(history_type="-")
        .filter(~Exists(_replaced(days)), history_date__lt=midnight(days.until))
    )
    formed = Exists(out_of_the_first_stage().filter(case=OuterRef("case")))
    of_partner = Seat.objects.filter(person=OuterRef("person"), case__organisation=OuterRef("organisation"), role=PSP.code)
    return of_partner.filter(Exists(sat), formed, case__process__in=processes_with_groups())


def _replaced(days: Stay) -> QuerySet[Any]:
    """The later versions for which a version was on record on none of these days' ends: of the same day, or before the second."""
    later = Q(history_date__gt=OuterRef("history_date")) | Q(
        history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id")
    )
    this = ExpressionWrapper(OuterRef("history_date"), DateTimeField())
    same_day = Exact(TruncDate("history_date", tzinfo=LONDON), TruncDate(this, tzinfo=LONDON))
    history: Any = history_of(Seat)
    found: QuerySet[Any] = history.objects.filter(later, id=OuterRef("id")).filter(
        Q(history_date__lt=midnight(days.since + ONE_DAY)) | Q(same_day)
    )
    return found
