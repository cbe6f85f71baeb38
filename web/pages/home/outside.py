"""What waits for a person on no case of theirs: somebody asks to see a case in an emergency, training waits to be agreed.

One statement for both, whatever the number of rows: neither comes with a case that the person sees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, IntegerField, QuerySet, Value
from django.urls import reverse

from audit.compiled import compiled
from cases.models import Person
from permissions.eligibility import day_of, subject_title
from permissions.emergency import waiting_for as emergencies_waiting_for
from web.design_system.words import day_and_time
from workflows.doors.requirements import sets_waiting_for

MOST = 25
"""Lines on home."""

EMERGENCY, TRAINING = "emergency", "training"


@dataclass(frozen=True)
class Outside:
    """One line of home. `until`: it is over at this time if nobody answers; None where it waits for as long as it takes."""

    title: str
    href: str
    about: str
    until: datetime | None
    tag: str = ""
    apart: str = ""

    @property
    def due(self) -> str:
        return day_and_time(self.until)


def outside(person: Person, at: datetime) -> list[Outside]:
    """Everything on no case of this person that they may answer as the second person. One statement."""
    return [_LINES[kind](*row) for kind, *row in _both(person=person.pk, at=at)]


@compiled(day_of)
def _both(person: UUID, at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    who = Person(pk=person)
    return _emergencies(who, at).union(_sets(who, at), all=True)[:MOST]


def _emergencies(person: Person, at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    found = emergencies_waiting_for(person, at).annotate(kind=Value(EMERGENCY), number=Value(0, IntegerField()))
    return found.values_list("kind", "pk", "asked_by__name", "case__reference", "number", "asked_until")


def _sets(person: Person, at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    found = sets_waiting_for(person, at).annotate(kind=Value(TRAINING), until=Value(None, DateTimeField()))
    return found.values_list("kind", "pk", "written_by__name", "task", "version", "until")


def _emergency(key: UUID, who: str, reference: str, _number: int, until: datetime) -> Outside:
    """Whoever agrees does not see the case either, so its reference is all that they read of it."""
    title = f"{who} asks to see a case in an emergency: agree, or say no"
    return Outside(title, reverse("emergency", args=(key,)), reference, until, "Urgent", f", {reference}")


def _training(key: UUID, who: str | None, task: str, version: int, _until: None) -> Outside:
    title = f"Agree, or refuse, what training we ask for: {subject_title(task)}, version {version}"
    about = f"{who} wrote it. It is not in force until a second person agrees." if who else ""
    return Outside(title, reverse("requirement_set_answer", args=(key,)), about, None)


_LINES: dict[str, Callable[..., Outside]] = {EMERGENCY: _emergency, TRAINING: _training}
