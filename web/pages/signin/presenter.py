"""The people of the demo, as cards: who they are, and what is worth trying as them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from cases.models import Appointment
from permissions import roles

TO_TRY: Mapping[str, str] = {
    roles.PSP.code: "Read a paper and say what you think of it. Try not supporting it.",
    roles.LEAD.code: "Open a case, ask lay partners to join, and send the first paper to the group.",
    roles.CHAIR.code: "See that a chair cannot pass a stage alone.",
    roles.MEMBER.code: "Say what you think beside the lay partners.",
    roles.ENGAGEMENT.code: "Bring in the comments of the people affected.",
    roles.DIRECTORATE.code: "Propose the response and the safety actions.",
    roles.COORDINATOR.code: "Fill an empty lay seat, and confirm that people are ready.",
    roles.SPECIALIST.code: "See which partners need support.",
    roles.EXEC.code: "Hear a disagreement, and sign a report.",
    roles.EXEC_TEAM.code: "Decide whether there is to be an investigation.",
    roles.QUALITY.code: "Check that safety actions were done.",
    roles.CALDICOTT.code: "Decide what may be shared.",
    roles.AUDITOR.code: "Read every case and its whole record, and see that you can change nothing.",
}


@dataclass(frozen=True)
class Persona:
    """One card: a person to sign in as."""

    person_id: UUID
    name: str
    titles: tuple[str, ...]
    lay: bool
    to_try: str


def personas(today: date) -> list[Persona]:
    """Everybody with an account and an appointment that runs today, lay partners first.

    `settings.PARITY_DEMO_PERSONAS`, a list of e-mail addresses, chooses and orders them where it is set. One statement.
    """
    held: dict[UUID, list[Appointment]] = {}
    for appointment in _with_accounts():
        if appointment.runs_on(today):
            held.setdefault(appointment.person_id, []).append(appointment)
    return sorted(
        (_persona(appointments) for appointments in held.values()), key=lambda card: (not card.lay, card.titles, card.name)
    )


def _with_accounts() -> list[Appointment]:
    found = Appointment.objects.filter(person__account__is_active=True).select_related("person").order_by("starts_on", "role")
    chosen = getattr(settings, "PARITY_DEMO_PERSONAS", None)
    return list(found.filter(person__email__in=chosen) if chosen else found)


def _persona(appointments: list[Appointment]) -> Persona:
    person = appointments[0].person
    return Persona(
        person_id=person.pk,
        name=person.name,
        titles=tuple(roles.title_of(one.role) for one in appointments),
        lay=any(one.capacity == roles.LAY for one in appointments),
        to_try=next((TO_TRY[one.role] for one in appointments if one.role in TO_TRY), ""),
    )
