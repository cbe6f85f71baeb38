"""How a person is reached: their own choice, or the coordinator's word for somebody who does not sign in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from audit.record import Act
from cases.models import Person
from permissions.verdict import judge, require
from workflows.doors.people import may_keep
from workflows.organisation_door import organisation_door


def _theirs(person: Person, **_: Any) -> UUID:
    return person.organisation_id


@organisation_door("mail_chosen", _theirs)
def choose_mail(act: Act, *, by: Person | None, person: Person, choice: str) -> Person:
    """Choose how often a person is sent e-mail: soon after something happens, or once a day. Raises Refused."""
    own = by is not None and by.pk == person.pk
    require(
        *([] if own else may_keep(person.organisation, by, act.at, about=person)),
        judge(choice in Person.Mail.values, "IG17", "Choose one of the answers listed."),
    )
    found = Person.objects.get(pk=person.pk)
    found.mail = choice
    found.save(update_fields=["mail"])
    act.facts.update(person=found.name, person_id=str(found.pk), choice=found.get_mail_display())
    return found
