"""Rebuilding the route of a case from its facts alone. The route is a projection: it must give the same tasks again."""

from __future__ import annotations

from viewflow.workflow.status import STATUS

from permissions.verdict import judge
from workflows import route
from workflows.door import Doing, door, require
from workflows.look import Look
from workflows.models import CaseProcess, Task
from workflows.standing import owing


def is_behind(look: Look) -> bool:
    """Whether the open tasks are other than those of the seats that owe something now."""
    visit = look.visit
    due = {(visit.pk, seat.pk) for seat in owing(look)} if visit else set()
    return due != set(route.open_human_tasks(look).values_list("visit_id", "seat_id"))


@door("route_rebuilt")
def rebuild_route(doing: Doing) -> tuple[int, int]:
    """Cancel every open task and the live route, and begin a new one where the case stands. Returns tasks before, after."""
    require(judge(doing.by is None, "R16", "The system makes a route again; nobody decides by it."))
    look = doing.look
    before = route.open_human_tasks(look).count()
    live = CaseProcess.objects.filter(case=look.case, finished__isnull=True).first()
    if live:
        for task in Task.objects.filter(process=live, finished__isnull=True):
            task.status, task.finished = STATUS.CANCELED, look.at
            task.save(update_fields=["status", "finished"])
        live.status, live.finished = STATUS.CANCELED, look.at
        live.save(update_fields=["status", "finished"])
    if look.stage is not None:
        route.begin(look)
    after = route.open_human_tasks(look).count()
    doing.says(before=before, after=after)
    return before, after
