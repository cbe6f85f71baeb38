"""In which capacity somebody acts where no seat says so: lay people stay lay wherever they turn up (R18)."""

from __future__ import annotations

from datetime import datetime

from cases.models import Appointment, Organisation, Person
from permissions.roles import LAY, STAFF
from permissions.scope import running_appointments


def capacity_of(person: Person, at: datetime) -> str:
    """ "lay" for somebody who holds lay appointments and no other on the day of `at`, "staff" for everybody else."""
    held = set(running_appointments(at).filter(person=person).values_list("capacity", flat=True))
    return LAY if held == {LAY} else STAFF


def appointment_in(person: Person, organisation: Organisation, at: datetime) -> Appointment | None:
    """The appointment by which somebody acts in an organisation: one of staff before a lay one, for nobody is lay where they
    are employed (R18). None where they hold none on the day of `at`."""
    held = running_appointments(at).filter(person=person, organisation=organisation)
    return held.order_by("-capacity", "starts_on", "role").first()
