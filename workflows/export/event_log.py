"""The acts and stages of cases as an event log for process mining: what was done, when, and by whom, under a pseudonym.

It holds no words that anybody wrote: codes, times, numbers (IG1, IG4). Cases come one after the other, so memory does not grow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from uuid import UUID

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from audit.damaged import PAGE
from audit.models import Event
from cases.models import Case, Organisation, Visit
from permissions.scope import KEPT_FROM_OTHERS

START, COMPLETE = "start", "complete"
SYSTEM = "system"


@dataclass(frozen=True)
class Step:
    """One event of a log. `stage` marks the beginning or the end of a stay in a stage, and not an act; `instance` counts stays."""

    key: str
    at: datetime
    activity: str
    transition: str
    resource: str
    role: str
    capacity: str
    stage: bool = False
    instance: str = ""
    outcome: str = ""
    seat: str = ""
    version: str = ""
    action: str = ""


def cases_of(organisation: Organisation, process: str = "") -> QuerySet[Case]:
    """The cases of an organisation, of one process where it is named, in the order in which they were opened."""
    found = Case.objects.filter(organisation=organisation, **({"process": process} if process else {}))
    return found.order_by("opened_at", "pk")


def steps_of(case: Case, names: bool = False) -> Iterator[Step]:
    """What happened on a case, in order. Who read what, and what was refused, is not work, and is left out (IG7).

    Of one moment the act comes first, then the end of the stay that it ended, then the beginning of the next.
    """
    merged = merge(_acts(case, names), _stays(case), key=lambda placed: placed[0])
    return (step for _place, step in merged)


_Placed = tuple[tuple[datetime, int, int], Step]


def _acts(case: Case, names: bool) -> Iterator[_Placed]:
    events = Event.objects.filter(case_id=case.pk).exclude(kind__in=KEPT_FROM_OTHERS).order_by("at", "seq")
    for event in events.iterator(chunk_size=PAGE):
        facts = {name: str(event.facts.get(name) or "") for name in ("seat", "version_id", "action_id")}
        yield (event.at, 0, event.seq), Step(
            str(event.pk), event.at, event.kind, COMPLETE, _who(event, names), event.role or SYSTEM, event.capacity,
            seat=facts["seat"], version=facts["version_id"], action=facts["action_id"],
        )  # fmt: skip


def _stays(case: Case) -> Iterator[_Placed]:
    """A stay that begins at the moment at which the one before it ends comes after it, however short they are."""
    for visit in Visit.objects.filter(case=case).order_by("number"):
        yield (visit.opened_at, 1, 2 * visit.number), _stay(visit, visit.opened_at, START)
        if visit.ended_at:
            yield (visit.ended_at, 1, 2 * visit.number + 1), _stay(visit, visit.ended_at, COMPLETE)


def _stay(visit: Visit, at: datetime, transition: str) -> Step:
    outcome = visit.outcome if transition == COMPLETE else ""
    return Step(f"{visit.pk}:{transition}", at, visit.stage, transition, SYSTEM, SYSTEM, SYSTEM, True, str(visit.number), outcome)


def _who(event: Event, names: bool) -> str:
    if event.person_id is None:
        return SYSTEM
    return event.person_name if names else pseudonym(event.person_id, event.role)


def pseudonym(person: UUID, role: str) -> str:
    """A name that is always the same for a person in a role, and that nobody without the secret key can turn round."""
    return f"{role or 'somebody'} {salted_hmac('workflows.export.event_log', str(person)).hexdigest()[:8]}"
