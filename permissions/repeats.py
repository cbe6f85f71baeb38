"""Who one lead asks again and again (R14): counted from the offers made, pointed out and never forbidden.

It is said of whoever asks, never of whoever is asked: nothing here says how a partner answered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q

from audit.models import Event
from cases.models import Case, Organisation, Person, Seat
from permissions.roles import LAY, Role

LOOKS_BACK = timedelta(days=365)
FEWEST = 3
"""Of fewer cases than this nothing can be said."""


@dataclass(frozen=True)
class Repeat:
    """One person was asked on `times` of the last `of` cases."""

    times: int
    of: int

    def __str__(self) -> str:
        return (
            f"You asked this person on {self.times} of your {self.of} other cases of this year. "
            "That is fine when they fit best. Asking others too brings in more voices."
        )


def often_asked(by: Person, role: Role, case: Case, at: datetime) -> dict[UUID, Repeat]:
    """Those whom `by` asked on more than half of the other cases for which they filled this role. One statement."""
    offers = Seat.objects.filter(offered_by=by, role=role.code, office=False, offered_at__gte=at - LOOKS_BACK)
    pairs = set(offers.exclude(case=case.pk).values_list("person_id", "case_id"))
    of = len({case_id for _, case_id in pairs})
    asked = Counter(person_id for person_id, _ in pairs)
    return {person: Repeat(times, of) for person, times in asked.items() if is_often(times, of)}


def is_often(times: int, of: int) -> bool:
    """Whether somebody who was asked on `times` of `of` cases was asked again and again."""
    return of >= FEWEST and times * 2 > of


@dataclass(frozen=True)
class Asked:
    """One partner whom somebody asked on `times` of their cases."""

    name: str
    times: int
    often: bool


@dataclass(frozen=True)
class Picks:
    """Whom one person asked for lay seats on `of` cases; `told_again`: how often the same partner again was pointed out to them."""

    by: str
    of: int
    asked: tuple[Asked, ...]
    told_again: int

    @property
    def times(self) -> int:
        """How many times they asked anybody; the same partner twice on one case is once."""
        return sum(one.times for one in self.asked)


def picks_in(organisation: Organisation, since: datetime, until: datetime) -> list[Picks]:
    """Who asked whom for lay seats from a moment to another (not included), whoever repeats most first. Two statements.

    Whoever proposed the case or is trained in it has a seat from its opening, was asked by nobody, and is not counted.
    """
    offers = Seat.objects.filter(
        case__organisation=organisation, capacity=LAY, office=False, stands_in_for=None, offered_at__gte=since, offered_at__lt=until
    ).exclude(Q(why="") | Q(offered_by=F("person")))
    rows = set(offers.values_list("offered_by_id", "offered_by__name", "person_id", "person__name", "case_id"))
    told = _told_again(organisation, since, until)
    by = defaultdict[tuple[UUID, str], list[tuple[UUID, str, UUID]]](list)
    for asker, name, *pair in rows:
        by[asker, name].append(tuple(pair))  # type: ignore[arg-type]
    found = [_picks(name, pairs, told.get(asker, 0)) for (asker, name), pairs in by.items()]
    return sorted(found, key=lambda one: (-sum(each.often for each in one.asked), -one.told_again, one.by))


def _picks(by: str, pairs: list[tuple[UUID, str, UUID]], told_again: int) -> Picks:
    of = len({case for _, _, case in pairs})
    counted = Counter((person, name) for person, name, _ in pairs)
    asked = [Asked(name, times, is_often(times, of)) for (_, name), times in counted.items()]
    return Picks(by, of, tuple(sorted(asked, key=lambda one: (-one.times, one.name))), told_again)


def _told_again(organisation: Organisation, since: datetime, until: datetime) -> dict[UUID | None, int]:
    """How many offers of each person have on record that it was the same partner again."""
    offers = Event.objects.filter(kind="seat_offered", organisation_id=organisation.pk, at__gte=since, at__lt=until)
    again = offers.filter(facts__has_key="asked_again").order_by().values("person_id").annotate(number=Count("pk"))
    return {row["person_id"]: row["number"] for row in again}
