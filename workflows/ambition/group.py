"""A group over time: how many lay members it was to have, who sat in it as what, and from when until when. Imports no Django."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

MEMBER = "member"
FOR_EVER = date.max


@dataclass(frozen=True)
class Stay:
    """From a day (included) until a day (not included)."""

    since: date
    until: date = FOR_EVER

    def covers(self, day: date) -> bool:
        return self.since <= day < self.until

    def within(self, other: Stay) -> Stay | None:
        """What both cover; None where that is no day."""
        since = self.since if self.since >= other.since else other.since
        until = self.until if self.until <= other.until else other.until
        if since >= until:
            return None
        return self if since == self.since and until == self.until else Stay(since, until)


@dataclass(frozen=True)
class Place:
    """One partner sat in a group for a stay, as member or attendee. `seat`: its key; a partner may leave and come again."""

    seat: UUID
    person: UUID
    membership: str
    stay: Stay
    offered_by: UUID | None = None

    @property
    def is_member(self) -> bool:
        return self.membership == MEMBER


@dataclass(frozen=True)
class Group:
    """A committee, or the group of a case. `targets`: how many lay members it is to have, from which day on, oldest first."""

    key: UUID
    name: str
    kind: str
    trained_in: str
    stay: Stay
    targets: tuple[tuple[date, int], ...]
    places: tuple[Place, ...]
    is_case: bool = False

    def target_on(self, day: date) -> int:
        """How many lay members it was to have on a day; none before it stood."""
        known = [number for since, number in self.targets if since <= day]
        return known[-1] if known and self.stay.covers(day) else 0

    def places_on(self, day: date) -> list[Place]:
        """Who sat in it on a day, each partner once, a member before an attendee."""
        there = sorted((one for one in self.places if one.stay.covers(day)), key=lambda one: not one.is_member)
        return list({one.person: one for one in reversed(there)}.values()) if self.stay.covers(day) else []

    def members_on(self, day: date) -> set[UUID]:
        """The partners who were members on a day: an attendee fills no seat."""
        return {one.person for one in self.places_on(day) if one.is_member}

    def vacant_on(self, day: date) -> int:
        """Seats for lay members that nobody filled on a day."""
        return max(0, self.target_on(day) - len(self.members_on(day)))

    def vacant_since(self, day: date) -> date | None:
        """The first day of the stretch up to `day` on which a seat was empty all the time; None where none is."""
        if not self.vacant_on(day):
            return None
        since = day
        for turn in sorted(self._turns(day), reverse=True):
            if turn <= day and not self.vacant_on(turn):
                break
            since = min(since, turn)
        return since

    def _turns(self, last: date) -> set[date]:
        """The days on which anything may have changed, from the first on, up to `last`."""
        days = {self.stay.since, *(since for since, _ in self.targets)}
        days |= {day for one in self.places for day in (one.stay.since, one.stay.until)}
        return {day for day in days if self.stay.since <= day <= last}

    def seat_days(self, span: Stay) -> tuple[int, int]:
        """How many seat-days were vacant in a span, of how many that there were to be."""
        both = self.stay.within(span)
        if both is None:
            return 0, 0
        found = [(self.vacant_on(part.since) * _days(part), self.target_on(part.since) * _days(part)) for part in self._parts(both)]
        return sum(vacant for vacant, _ in found), sum(target for _, target in found)

    def _parts(self, span: Stay) -> Iterator[Stay]:
        """The span in stretches in which nothing changed."""
        days = sorted({span.since, *(day for day in self._turns(span.until) if span.covers(day)), span.until})
        return (Stay(since, until) for since, until in pairwise(days))


def _days(stay: Stay) -> int:
    return (stay.until - stay.since).days


def is_trained(stays: Iterable[Stay], day: date) -> bool:
    """Whether one of these stays, each of a training in date, covers a day."""
    return any(stay.covers(day) for stay in stays)
