"""Partners who cannot be asked to sit because they are not trained, and where their training is started."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from cases.models import Person, Seat, TrainingRecord
from permissions.eligibility import subject_title
from permissions.roles import COORDINATOR, PSP, SPECIALIST
from permissions.scope import running_appointments
from web.design_system.words import day
from web.pages.cases.wording import lower
from web.pages.training.part import PROCESS
from workflows.look import Look
from workflows.opening import training_for


def untrained(organisation: UUID, subject: str, at: datetime, until: date) -> QuerySet[Person]:
    """The partners of an organisation whose training in this does not last until a day, and for whom none is under way.

    Each has `ran_out`, the last day of the training that they had, None where they had none. One statement.
    """
    return partners(organisation, subject, at, until).filter(lasts=False, begun=False)


def partners(organisation: UUID, subject: str, at: datetime, until: date) -> QuerySet[Any]:
    """Every partner of an organisation by name, with `lasts`: their training lasts until the day; `begun`: one is under way;
    `ran_out`: the last day of the training that they have or had."""
    held = TrainingRecord.objects.filter(person=OuterRef("pk"), subject=subject)
    lasts = held.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=until))
    begun = Seat.objects.filter(
        person=OuterRef("pk"), role=PSP.code, state=Seat.State.ACTIVE, case__process=PROCESS, case__closed_at__isnull=True,
        case__facts__task=subject,
    )  # fmt: skip
    last = held.order_by().values("person").annotate(last=Max("valid_until")).values("last")
    appointed = running_appointments(at).filter(organisation=organisation, role=PSP.code)
    found = Person.objects.filter(pk__in=appointed.values("person_id"))
    return found.annotate(lasts=Exists(lasts), begun=Exists(begun), ran_out=Subquery(last)).order_by("name")


def start_address(partner: Person, subject: str) -> str:
    """Where the training of this partner is started."""
    return f"{reverse('training_start')}?{urlencode({'person': partner.pk, 'task': subject})}"


def why_due(partner: Person, subject: str, today: date) -> tuple[str, str]:
    """In a sentence why the training of somebody whom `untrained` found is due, and the tag."""
    title, ran_out = subject_title(subject), partner.ran_out  # type: ignore[attr-defined]
    if ran_out is None:
        return f"Has no {lower(title)}.", ""
    return (
        (f"{title} ran out on {day(ran_out)}.", "Run out")
        if ran_out < today
        else (f"{title} runs out on {day(ran_out)}.", "Due soon")
    )


@dataclass(frozen=True)
class NotReady:
    """A partner who cannot be asked to sit on a case for want of training."""

    name: str
    why: str
    href: str


def not_ready(look: Look, person: Person) -> list[NotReady]:
    """Those who could sit here were they trained, for the coordinator and the specialist of the case, who start it."""
    lay = next((seats.role for seats in look.process.seats if seats.role.lay and training_for(look.process, seats.role)), None)
    looks_after = any(seat.role in (COORDINATOR.code, SPECIALIST.code) for seat in look.seats_of(person.pk))
    if lay is None or not looks_after or look.stage is None:
        return []
    subject = training_for(look.process, lay)
    found = untrained(look.case.organisation_id, subject, look.at, look.today)
    return [NotReady(one.name, why_due(one, subject, look.today)[0], start_address(one, subject)) for one in found]
