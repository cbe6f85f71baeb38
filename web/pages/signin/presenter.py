"""The people of the demo, as cards: who they are, and what is worth trying as them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from cases.models import Appointment
from permissions import roles
from workflows.demo import offered

IN_THE_DEMO: Mapping[str, str] = {offered.address(key): tried for key, tried in offered.TO_TRY.items()}
"""What to try as the people of the demo that we build, by e-mail address."""

TO_TRY: Mapping[str, str] = {
    roles.PSP.code: "Read a paper and say what you think of it. Try not supporting it.",
    roles.LEAD.code: "Open a case, ask lay partners to join, and send the first paper to the group.",
    roles.CHAIR.code: "See that a chair cannot pass a stage alone.",
    roles.MEMBER.code: "Say what you think beside the lay partners.",
    roles.ENGAGEMENT.code: "Bring in the comments of the people affected.",
    roles.DIRECTORATE.code: "Propose the response and the safety actions.",
    roles.PROJECT_LEAD.code: "See which measures a partner says matter, and record a test of a change.",
    roles.SPONSOR.code: "Answer a partner who stopped the work.",
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
    """Everybody with an account and an appointment that runs today: in the order of `settings.PARITY_DEMO_PERSONAS`, a list
    of e-mail addresses that chooses them, where it is set; otherwise lay partners first. One statement.
    """
    held: dict[UUID, list[Appointment]] = {}
    for appointment in _with_accounts():
        if appointment.runs_on(today):
            held.setdefault(appointment.person_id, []).append(appointment)
    cards = [(appointments[0].person.email, _persona(appointments)) for appointments in held.values()]
    place = {email: number for number, email in enumerate(_chosen())}
    cards.sort(key=lambda one: (place.get(one[0], 0), not one[1].lay, one[1].titles, one[1].name))
    return [card for _, card in cards]


def _chosen() -> list[str]:
    return getattr(settings, "PARITY_DEMO_PERSONAS", None) or []


def _with_accounts() -> list[Appointment]:
    found = Appointment.objects.filter(person__account__is_active=True).select_related("person").order_by("starts_on", "role")
    return list(found.filter(person__email__in=_chosen()) if _chosen() else found)


def _persona(appointments: list[Appointment]) -> Persona:
    person = appointments[0].person
    return Persona(
        person_id=person.pk,
        name=person.name,
        titles=tuple(roles.title_of(one.role) for one in appointments),
        lay=any(one.capacity == roles.LAY for one in appointments),
        to_try=IN_THE_DEMO.get(person.email) or next((TO_TRY[one.role] for one in appointments if one.role in TO_TRY), ""),
    )
