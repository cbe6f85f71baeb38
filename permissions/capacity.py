"""In which capacity somebody acts where no seat says so: lay people stay lay wherever they turn up (R18)."""

from __future__ import annotations

from datetime import datetime

from cases.models import Person
from permissions.roles import LAY, STAFF
from permissions.scope import running_appointments


def capacity_of(person: Person, at: datetime) -> str:
    """ "lay" for somebody who holds lay appointments and no other on the day of `at`, "staff" for everybody else."""
    held = set(running_appointments(at).filter(person=person).values_list("capacity", flat=True))
    return LAY if held == {LAY} else STAFF
