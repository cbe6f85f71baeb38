"""Reading one's notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, QuerySet

from audit.compiled import compiled
from cases.models import Person
from notifications.models import Notice
from permissions.eligibility import day_of
from permissions.known import keys_of, known_by
from permissions.scope import in_sight

SHOWN = 50
"""The newest messages that a page shows."""


@dataclass(frozen=True)
class CaseNamed:
    """What names a case, and the process that it follows."""

    pk: UUID
    title: str
    reference: str
    ods: str
    process: str
    version: int


@dataclass(frozen=True)
class Told:
    """One notice as its reader finds it. `may_open`: whether they may know of the case that it is about, at that moment."""

    event: UUID
    text: str
    at: datetime
    is_new: bool
    case: CaseNamed | None
    may_open: bool


_CASE = ("case_id", "case__title", "case__reference", "case__organisation__ods_code", "case__process", "case__definition_version")


@compiled(day_of)
def _newest(person: UUID, account: int, at: datetime) -> QuerySet[Notice, tuple[Any, ...]]:
    open_now = ExpressionWrapper(in_sight(known_by(person, account), at, "case_id"), BooleanField())
    told = Notice.objects.filter(person=person).annotate(may_open=open_now)
    return told.order_by("-at", "-id").values_list("event_id", "text", "at", "read_at", "may_open", *_CASE)[:SHOWN]


def newest(person: Person, at: datetime) -> list[Told]:
    """The newest notices of a person, with what names their cases: one statement."""
    return [
        Told(event, text, when, read_at is None, CaseNamed(*case) if case[0] else None, may_open)
        for event, text, when, read_at, may_open, *case in _newest(**keys_of(person), at=at)
    ]


def mark_read(person: Person, at: datetime) -> None:
    """Say that a person has read every notice so far."""
    Notice.objects.filter(person=person, read_at__isnull=True).update(read_at=at)


def everyone_has_read(until: datetime) -> None:
    """Say that everybody has read what they were told before `until`: the demo's people did not wait for today."""
    Notice.objects.filter(at__lt=until, read_at__isnull=True).update(read_at=until)
