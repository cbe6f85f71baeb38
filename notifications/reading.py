"""Reading one's notices."""

from __future__ import annotations

from datetime import datetime

from cases.models import Person
from notifications.models import Notice

SHOWN = 50
"""The newest messages that a page shows."""


def newest(person: Person) -> list[Notice]:
    """The newest notices of a person, with their cases: one statement."""
    return list(Notice.objects.filter(person=person).select_related("case__organisation").order_by("-at", "-id")[:SHOWN])


def mark_read(person: Person, at: datetime) -> None:
    """Say that a person has read every notice so far."""
    Notice.objects.filter(person=person, read_at__isnull=True).update(read_at=at)


def everyone_has_read(until: datetime) -> None:
    """Say that everybody has read what they were told before `until`: the demo's people did not wait for today."""
    Notice.objects.filter(at__lt=until, read_at__isnull=True).update(read_at=until)
