"""What happened on one case, newest first, as far as one person may read it: a page of it is one statement, compiled once.

The place in the chain is the index that is walked, so a page costs the same on a case with fifty acts and with fifty thousand.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from audit.compiled import compiled
from audit.models import Event
from cases.models import Person
from permissions.eligibility import day_of
from permissions.known import keys_of, known_by
from permissions.scope import open_event

READ = "paper_read"
"""The kind of event that says that somebody opened a paper."""

LINES = 50
"""Events on one page."""

NOT_TOLD = ("rows", "shapes")
"""What a line of a record does not show: which rows an act wrote is read with the one act."""


def readable_events(person: Person, case: UUID, at: datetime, opened: list[str]) -> QuerySet[Event]:
    """The events of a case that a person may read; with them, who opened these versions, by key: those they wrote about (R15)."""
    told = open_event(person, at, case)
    if opened:
        told |= Q(kind=READ, facts__version_id__in=opened)
    return Event.objects.filter(told, chain=chain_of(case)).defer(*NOT_TOLD)


def newest_events(person: Person, case: UUID, at: datetime, before: int | None = None) -> list[Event]:
    """One page, and one event more where there is another page: the newest `LINES` and one, or those before a place in the chain.

    Of `readable_events` for whoever wrote about no version. One statement, the same for every page of every case.
    """
    place = PAST_ALL if before is None else before
    return _page(**keys_of(person), case=case, chain=chain_of(case), at=at, before=place)


PAST_ALL = 2**63 - 1
"""A place behind every event."""


@compiled(day_of)
def _page(person: UUID, account: int, case: UUID, chain: str, at: datetime, before: int) -> QuerySet[Event]:
    told = open_event(known_by(person, account), at, case)
    return Event.objects.filter(told, chain=chain, seq__lt=before).defer(*NOT_TOLD).order_by("-seq")[: LINES + 1]


def chain_of(case: UUID) -> str:
    """The chain of a case."""
    return f"case:{case}"
