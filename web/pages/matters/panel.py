"""What the home of those who answer partners says: the concerns and items that wait for an answer, the late ones first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from audit.compiled import compiled
from cases.models import Matter, Person
from permissions.eligibility import day_of
from permissions.known import keys_of, known_by
from permissions.matters import MATTERS, WAITING, answering, visible_matters
from web.design_system.words import due
from web.pages.home.panels import Line, Panel
from workflows.calendar import london_day
from workflows.opening import calendar_of

ANSWERING = frozenset(role.code for kind in MATTERS.values() for role in kind.answered_by)
MOST = 25


def matters_panels(person: Person, roles: frozenset[str], at: datetime) -> list[Panel]:
    """One panel, one statement; none for anybody whose office does not answer partners."""
    if not roles & ANSWERING:
        return []
    lines = [_line(one, at) for one in _soonest(**keys_of(person), at=at) if roles & _offices(one)]
    return [Panel("What partners raised and you answer", "Nothing waits for your answer.", lines, "All concerns", "concerns")]


@compiled(day_of)
def _soonest(person: UUID, account: int, at: datetime) -> QuerySet[Matter]:
    waits = visible_matters(known_by(person, account), at).filter(state__in=WAITING).exclude(person=person)
    return waits.select_related("organisation", "person", "case").order_by("due_on", "number")[:MOST]


def _offices(matter: Matter) -> set[str]:
    return {role.code for role in answering(matter)}


def _line(matter: Matter, at: datetime) -> Line:
    today = london_day(at)
    when = due(matter.due_on, calendar_of(matter.organisation).between(today, matter.due_on), today)
    kind = MATTERS[matter.kind].title
    return Line(
        f"Answer {matter.person.name}: {matter.title}", reverse("matter", args=(matter.pk,)), f"{kind} {matter.number}", "",
        "Overdue" if matter.due_on < today else "", when,
    )  # fmt: skip
