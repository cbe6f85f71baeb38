"""One step with viewflow alone, and one in the join of four packages that their documentation leads to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from guardian.shortcuts import assign_perm
from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.models import Task

from tests.bench.measuring import TURNED_AWAY
from tests.bench.peers.flows import GovernedFlow, StepFlow, TogetherFlow, VoteFlow, peer
from tests.bench.peers.models import Review, ReviewProcess

ORGANISATION = UUID(int=1)


def a_process() -> int:
    """A process of viewflow's own table with one open task."""
    return int(StepFlow.start.run().pk)


def a_review() -> int:
    """A process on a review that the peer may approve, with one open task."""
    review = Review.objects.create(title="Delay in treating sepsis", organisation=ORGANISATION, lead=peer())
    assign_perm("bench_peers.approve_review", peer(), review)
    return int(GovernedFlow.start.run(review=review).pk)


def a_vote() -> int:
    """A process in which two of three votes are in."""
    process = VoteFlow.start.run().pk
    for task in open_tasks(process)[:2]:
        step(VoteFlow, process, task.pk)
    return int(process)


def several_at_once() -> int:
    """A process with four open tasks, each of which another follows."""
    return int(TogetherFlow.start.run().pk)


def open_tasks(process: int) -> list[Any]:
    return list(Task.objects.filter(process_id=process, finished__isnull=True, flow_task_type="HUMAN").order_by("pk"))


def step(flow_class: Any, process: int, task: int) -> None:
    """One task done, exactly as viewflow's own page does it on POST."""
    with flow_class.lock(process), transaction.atomic():
        activation = _started(task)
        activation.execute()


def patient_step(process: int, task: int) -> str:
    """One task done among others who do the same; says so where viewflow gives up."""
    try:
        step(TogetherFlow, process, task)
    except FlowLockFailed:
        return TURNED_AWAY
    return ""


def governed_step(process: int, task: int, note: str = "Page 4 says so now.") -> None:
    """One task done, with permission on the object, the state machine's law and a row of history."""
    with GovernedFlow.lock(process), transaction.atomic():
        review = Review.objects.select_for_update().get(pk=ReviewProcess.objects.get(pk=process).review_id)
        if not peer().has_perm("bench_peers.approve_review", review):
            raise PermissionError("This person may not approve it.")
        review.approve(note)
        review.save()
        activation = _started(task)
        activation.execute()


def _started(task: int) -> Any:
    found = Task.objects.get(pk=task)
    activation = found.flow_task.activation_class(found)
    if not found.flow_task.can_execute(peer(), task=found):
        raise PermissionError("This is somebody else's task.")
    activation.start(None)
    return activation
