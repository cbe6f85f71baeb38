"""Who holds an office of an organisation now, and which office is the next one up when somebody is late."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from cases.models import Person
from permissions.roles import Role
from permissions.scope import running_appointments


def holders_of(organisation: UUID, roles: Sequence[Role], at: datetime) -> list[Person]:
    """The people who hold any of these roles in an organisation, by name. One statement."""
    held = running_appointments(at).filter(organisation=organisation, role__in=[role.code for role in roles])
    people = {one.person_id: one.person for one in held.select_related("person")}
    return sorted(people.values(), key=lambda one: one.name)


def first_office(organisation: UUID, roles: Sequence[Role], at: datetime, without: Collection[UUID] = ()) -> list[Person]:
    """The holders of the first of these roles that somebody holds, leaving out those who are late themselves. One statement."""
    held = running_appointments(at).filter(organisation=organisation, role__in=[role.code for role in roles])
    found = [one for one in held.select_related("person").order_by("person__name") if one.person_id not in without]
    by_role = [[one.person for one in found if one.role == role.code] for role in roles]
    return next((people for people in by_role if people), [])
