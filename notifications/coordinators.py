"""People who work by post or phone get no e-mail: the coordinators are asked to tell them, and say when they have."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.ids import uuid7
from cases.models import Person
from notifications.models import Dispatch, Notice
from notifications.record import record_asked, record_told
from permissions.roles import COORDINATOR, QUALITY
from permissions.scope import running_appointments
from permissions.verdict import STALE, Refused, judge, refuse, require
from workflows.standing_offices import first_office

TELLERS = (COORDINATOR, QUALITY)
"""Who passes messages on: the coordinators, or the quality team where there is none."""


def tellers(organisation: UUID, at: datetime) -> list[Person]:
    """The people who pass messages on in an organisation."""
    return first_office(organisation, TELLERS, at)


def ask_coordinators(dispatch: Dispatch, case_id: UUID | None, at: datetime) -> None:
    """Ask the coordinators to tell a person. One who gets no e-mail either finds it in the application."""
    act = record_asked(dispatch, at)
    how = dispatch.get_channel_display()
    text = f"Please tell {dispatch.person.name} by {how} that something is waiting. The operations page has what to say."
    Notice.objects.bulk_create(
        Notice(
            id=uuid7(at), person=one, case_id=case_id, event_id=act.event_id, text=text, at=at,
            by_mail=one.told_by == Person.Contact.EMAIL,
        )
        for one in tellers(dispatch.organisation_id, at) if one.pk != dispatch.person_id
    )  # fmt: skip


def tick_off(dispatch_id: UUID, by: Person, at: datetime) -> None:
    """A coordinator has told the person by post or phone. Raises Refused, also when a colleague was first."""
    with transaction.atomic():
        waiting = Dispatch.objects.filter(pk=dispatch_id, state=Dispatch.State.WAITING).exclude(channel=Dispatch.Channel.EMAIL)
        found = waiting.select_for_update(of=("self",)).select_related("person").first()
        if found is None:
            raise Refused([refuse(STALE, "Somebody has told this person already.", "Look at the page again.")])
        require(judge(may_operate(by, found.organisation_id, at), "R16", "The coordinators or the quality team do this."))
        found.told(at, by)
        record_told(found, by, at)


def may_operate(person: Person, organisation: UUID, at: datetime) -> bool:
    """Whether a person looks after messages and the clock in an organisation: its coordinators and its quality team."""
    held = running_appointments(at).filter(person=person, organisation=organisation)
    return held.filter(role__in=[role.code for role in TELLERS]).exists()
