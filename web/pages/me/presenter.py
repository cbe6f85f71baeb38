"""One's own page: everything on it is about the person who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar

from permissions.roles import LAY
from web.design_system.visitor import Visitor
from web.pages.emergency.presenter import EmergencyCard, opened_on_own
from web.pages.me.commented import Commented, what_was_commented
from web.pages.me.looked import Look, who_looked
from web.pages.me.owed import Owing, owed_to
from web.pages.me.said import Said, what_was_said
from web.pages.me.seats import SeatLine, seats_of
from web.pages.me.training import Held, Needed, held_by, needed_by

NEWEST = 5
"""So many of each kind are shown at once; what is older is folded away."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Newest(Generic[Row]):
    """The newest of a list, and the older ones, one click away."""

    first: list[Row]
    older: list[Row]


def newest(rows: list[Row]) -> Newest[Row]:
    """A list that comes newest first, in two."""
    return Newest(rows[:NEWEST], rows[NEWEST:])


class MyPage:
    """What one person finds about themselves. At most eight statements, whatever the number of rows."""

    def __init__(self, visitor: Visitor, at: datetime) -> None:
        self._person, self._at = visitor.person, at
        self.name = visitor.name
        self.is_lay = any(appointment.capacity == LAY for appointment in visitor.appointments)

    @cached_property
    def held(self) -> list[Held]:
        """What I am trained in, and until when."""
        return held_by(self._person, self._at)

    @cached_property
    def needed(self) -> list[Needed]:
        """What I need for the tasks that I am being trained for, and why."""
        return needed_by(self._person, self._at)

    @property
    def owed(self) -> list[Needed]:
        """What of it the organisation has to do for me, soonest first."""
        waits = [one for one in self.needed if one.owed]
        return sorted(waits, key=lambda one: (one.due_on is None, one.due_on))

    @cached_property
    def seats(self) -> Newest[SeatLine]:
        """Where I sit or am asked to sit; where I sat is folded away."""
        lines = seats_of(self._person, self._at)
        return Newest([one for one in lines if not one.is_over], [one for one in lines if one.is_over])

    @cached_property
    def said(self) -> Newest[Said]:
        return newest(what_was_said(self._person, self._at))

    @cached_property
    def commented(self) -> Newest[Commented]:
        """What I wrote about papers, and the answers."""
        return newest(what_was_commented(self._person, self._at))

    @cached_property
    def owing(self) -> Owing:
        """What I am owed: answers, papers and money; training is told of in its own place."""
        commented = [*self.commented.first, *self.commented.older]
        return owed_to(self._person, commented, self._at) if self.is_lay else Owing([], [])

    @cached_property
    def emergencies(self) -> list[EmergencyCard]:
        """Who saw my cases in an emergency. No statement where nobody ever did."""
        lines = [*self.seats.first, *self.seats.older]
        return opened_on_own(self._person, self._at) if any(line.looked_into for line in lines) else []

    @cached_property
    def looked(self) -> Newest[Look]:
        """Who opened what I wrote about; for lay partners, whose right that is (R15)."""
        return newest(who_looked(self._person, self._at) if self.is_lay else [])
