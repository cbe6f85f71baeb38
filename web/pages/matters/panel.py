"""What the home of those who answer partners says: the concerns and items that wait for an answer, the late ones first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from cases.models import Matter
from permissions.matters import MATTERS, WAITING, answering, visible_matters
from web.design_system.words import due
from web.pages.home.lines import Asker, Kind, Row
from web.pages.home.panels import Line, Panel
from workflows.calendar import london_day

ANSWERING = frozenset(role.code for kind in MATTERS.values() for role in kind.answered_by)
MOST = 25


def _soonest(asker: Asker) -> QuerySet[Matter]:
    waits = visible_matters(asker.person, asker.at).filter(state__in=WAITING).exclude(person=asker.person)
    return waits.order_by("due_on", "number")


WAITING_MATTERS = Kind(
    "matter",
    _soonest,
    lambda _: {
        "who": "person__name", "number": "number", "what": "title", "part": "kind", "rank": "rank", "on": "due_on",
        "closed_days": "organisation__closed_days",
    },
    MOST,
    lambda roles: bool(roles & ANSWERING),
)  # fmt: skip
"""For those whose office answers partners, and for nobody else."""


def matters_panels(roles: frozenset[str], found: Mapping[str, list[Row]], at: datetime) -> list[Panel]:
    """One panel; none for anybody whose office does not answer partners."""
    if not WAITING_MATTERS.for_whom(roles):
        return []
    rows = sorted(found[WAITING_MATTERS.code], key=lambda row: (row.on or date.max, row.number))
    lines = [_line(row, at) for row in rows if roles & {role.code for role in answering(Matter(kind=row.part, rank=row.rank))}]
    return [Panel("What partners raised and you answer", "Nothing waits for your answer.", lines, "All concerns", "concerns")]


def _line(row: Row, at: datetime) -> Line:
    today = london_day(at)
    when = due(row.on, row.days_until(today), today)
    kind = MATTERS[row.part].title
    return Line(
        f"Answer {row.who}: {row.what}", reverse("matter", args=(row.key,)), f"{kind} {row.number}", "",
        "Overdue" if row.on < today else "", when,
    )  # fmt: skip
