"""Sight that was about to run out, or has: it comes back when what it hangs on is renewed (C9)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from cases.models import Person, Seat
from permissions import grants
from permissions.roles import ROLES
from permissions.verdict import judge
from workflows.door import Doing, door, require


@door("sight_renewed")
def renew_sight(doing: Doing, *, person: Person) -> list[Seat]:
    """Let a person see the case for as long as their training, promise and appointment now last. The system does it."""
    require(judge(doing.by is None, "R16", "The system renews sight, from the records that it hangs on."))
    look = doing.look
    renewed = grants.renew(look.case, look.seats_of(person.pk), look.at)
    doing.says(person=person.name, person_id=str(person.pk), role=", ".join(ROLES[seat.role].title for seat in renewed))
    return renewed


class OfAPerson(Protocol):
    """A record of a person: an appointment, a training, a promise."""

    person: Person


def renew_everywhere(record: OfAPerson, at: datetime) -> None:
    """One act for each case on which the person's sight has an end: nobody goes blind over a record that was put right."""
    person = record.person
    held = Seat.objects.filter(person=person, state=Seat.State.ACTIVE, grants__until__isnull=False, case__closed_at=None)
    for case in held.values_list("case", flat=True):
        renew_sight(case=case, by=None, at=at, person=person)
