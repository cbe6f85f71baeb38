"""Rebuilding the route of a case from its facts alone. The route is a projection: it must give the same tasks again."""

from __future__ import annotations

from uuid import UUID

from viewflow.workflow.status import STATUS

from permissions.verdict import judge
from workflows import route
from workflows.door import Doing, door, require
from workflows.look import Look
from workflows.models import CaseProcess, Task
from workflows.standing import owing

Asked = set[tuple[UUID | None, UUID | None]]
"""The visit and the seat of each task that waits for a person."""


def asked_now(*cases: UUID) -> dict[UUID, Asked]:
    """Who is asked, by case. One statement."""
    found: dict[UUID, Asked] = {case: set() for case in cases}
    for case, visit, seat in route.open_human_tasks(*cases).values_list("case_id", "visit_id", "seat_id"):
        found[case].add((visit, seat))
    return found


def is_behind(look: Look, asked: Asked | None = None) -> bool:
    """Whether the open tasks (`asked`, else read here) are other than those of the seats that owe something now."""
    if asked is None:
        asked = asked_now(look.case.pk)[look.case.pk]
    visit = look.visit
    due = {(visit.pk, seat.pk) for seat in owing(look)} if visit else set()
    return due != asked


@door("route_rebuilt")
def rebuild_route(doing: Doing) -> tuple[int, int]:
    """Cancel every open task and the live route, and begin a new one where the case stands. Returns tasks before, after."""
    require(judge(doing.by is None, "R16", "The system makes a route again; nobody decides by it."))
    look = doing.look
    before = route.open_human_tasks(look.case.pk).count()
    live = CaseProcess.objects.filter(case=look.case, finished__isnull=True).first()
    if live:
        for task in Task.objects.filter(process=live, finished__isnull=True):
            task.status, task.finished = STATUS.CANCELED, look.at
            task.save(update_fields=["status", "finished"])
        live.status, live.finished = STATUS.CANCELED, look.at
        live.save(update_fields=["status", "finished"])
    if look.stage is not None:
        route.begin(look)
    after = route.open_human_tasks(look.case.pk).count()
    doing.says(before=before, after=after)
    return before, after
