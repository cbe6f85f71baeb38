"""The route: viewflow flows made from the stage cards, and the projection of what is owed into tasks.

The law moves first, the task is finished last. After every act `follow` makes the open tasks match what is owed and
wakes the join when a step has ended. `rebuild` gives the same open tasks again from the facts alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.status import PROCESS, STATUS

from audit.compiled import compiled
from cases.models import Case
from workflows.batch import Batch
from workflows.definition import Process, Stage
from workflows.expansion import expand
from workflows.look import Look
from workflows.models import CaseProcess, Task
from workflows.nodes import Ask, Branch, Finish, Settle, enter, leads_to
from workflows.registry import registered
from workflows.ways import ways

HUMAN = "HUMAN"
OPEN = (STATUS.NEW, STATUS.ASSIGNED, STATUS.STARTED)


class CaseRowLock:
    """viewflow's lock for every flow of ours: the row of the case, waited for, within the transaction of the act."""

    @contextmanager
    def __call__(self, flow_class: Any, process_pk: Any) -> Iterator[None]:
        with transaction.atomic():
            case = CaseProcess.objects.filter(pk=process_pk).values("case_id")
            list(Case.objects.select_for_update(of=("self",)).filter(pk__in=case).values_list("pk"))
            yield


def node_name(stage: str, step: str) -> str:
    """The stored name of the node of a step, for example "draft_review__answer"."""
    return f"{stage}__{step}"


def make_flow(process: Process, name: str, module: str) -> Any:
    """The flow class of one version of a process. Its module, name and node names are stored data: never rename them."""
    whole = expand(process)
    nodes: dict[str, Any] = {"start": flow.StartHandle()}
    for end in whole.ends:
        nodes[f"{end.code}__end"] = Finish().Annotation(title=end.title)
    for stage in whole.stages:
        for step in stage.steps:
            title = f"{stage.ref} {stage.title}: {step}".strip()
            nodes[node_name(stage.code, step)] = Ask().Annotation(title=title)
            nodes[f"{stage.code}__{step}__settle"] = Settle()
        nodes[f"{stage.code}__go"] = Branch()
    _connect(whole, nodes)
    body = {
        **nodes,
        "__module__": module, "__doc__": whole.title, "process_title": whole.title, "process_description": whole.plain,
        "process_class": CaseProcess, "task_class": Task, "lock_impl": CaseRowLock(),
    }  # fmt: skip
    return type(flow.Flow)(name, (flow.Flow,), body)


def _connect(process: Process, nodes: dict[str, Any]) -> None:
    """Edges by name: viewflow copies the nodes when it makes the class, so an object would lead to the original."""
    first = process.first
    nodes["start"].Next(_named(node_name(first.code, first.steps[0])))
    for stage in process.stages:
        for step in stage.steps:
            nodes[node_name(stage.code, step)].Next(_named(f"{stage.code}__{step}__settle"))
            nodes[f"{stage.code}__{step}__settle"].Next(_named(f"{stage.code}__go"))
        for target, step in _targets(process, stage):
            name = node_name(target, step) if step else f"{target}__end"
            nodes[f"{stage.code}__go"].Case(_named(name), leads_to(target, step))


def _named(name: str) -> Any:
    return getattr(this, name)


def _targets(process: Process, stage: Stage) -> list[tuple[str, str]]:
    """Where a stage can lead, as (state, step); its own later steps first."""
    found = [(stage.code, step) for step in stage.steps[1:]]
    for origin, _outcome, target in ways(process):
        if origin == stage.code and process.has_stage(target):
            found += [(target, step) for step in process.stage(target).steps]
        elif origin == stage.code:
            found.append((target, ""))
    return list(dict.fromkeys(found))


def begin(look: Look) -> None:
    """Start the route of a case that has just been opened."""
    flow_class = registered(look.process.code).flows[look.process.version]
    process = CaseProcess(case=look.case, flow_class=flow_class, status=PROCESS.NEW, created=look.at)
    process.id = Batch(process, look).new_id()
    process.save(force_insert=True)
    with _moving(process, look) as batch:
        start = flow_class.task_class(
            id=batch.new_id(), process=process, case=look.case, flow_task=flow_class.instance.node("start"),
            status=STATUS.DONE, created=look.at, started=look.at, finished=look.at,
        )  # fmt: skip
        start.save()
        _arrive(batch, start)


def follow(look: Look) -> None:
    """Make the open tasks match what is owed, and wake the join when the step has ended."""
    open_tasks = _open_tasks(look)
    if open_tasks:
        with _moving(open_tasks[0].process, look) as batch:
            _match(batch, open_tasks)


def _open_tasks(look: Look) -> list[Task]:
    """The open tasks of the live route, all on one process object; there is always at least the join."""
    tasks = look.open_tasks if look.open_tasks is not None else open_tasks_of(case=look.case.pk)
    for task in tasks:
        task.process = tasks[0].process
    return tasks


@compiled()
def open_tasks_of(case: UUID) -> QuerySet[Task]:
    return Task.objects.filter(case=case, finished__isnull=True, status__in=OPEN).select_related("process")


def _match(batch: Batch, open_tasks: list[Task]) -> None:
    asks = [task for task in open_tasks if task.flow_task_type == HUMAN]
    settle = next((task for task in open_tasks if task.flow_task_type != HUMAN), None)
    ended = settle is None or not _stands_here(batch, settle)
    batch.ended = settle.pk if settle and ended else None
    owing = {} if ended else {seat.pk: seat for seat in batch.owing()}
    for task in asks:
        if task.seat_id not in owing or task.visit_id != batch.visit_id:
            _close(batch, task)
    if settle is None:
        return
    if ended:
        for task in asks:
            batch.link(settle, task)
        activation = settle.flow_task.activation_class(settle)
        activation._activate_next({activation})
        return
    _add_missing(batch, settle, asks, owing)


def _add_missing(batch: Batch, settle: Task, asks: list[Task], owing: dict[Any, Any]) -> None:
    """Seats that owe something and have no open task: filled late, or asked again about an item that changed."""
    node = batch.process.flow_class.instance.node(_here(batch))
    have = {task.seat_id for task in asks if task.visit_id == batch.visit_id}
    previous = settle.flow_task.activation_class(settle)
    for pk, seat in owing.items():
        if pk not in have:
            node.activation_class.for_seat(node, previous, seat)


def _here(batch: Batch) -> str:
    visit = batch.look.visit
    return node_name(batch.look.case.state, visit.step) if visit else ""


def _stands_here(batch: Batch, settle: Task) -> bool:
    return settle.flow_task.name == f"{_here(batch)}__settle" and settle.visit_id == batch.visit_id


def _close(batch: Batch, task: Task) -> None:
    activation = task.flow_task.activation_class(task)
    if batch.was_done_by(task):
        activation.finish()
    else:
        activation.cancel()


def _arrive(batch: Batch, start: Task) -> None:
    """From the start to where the case stands: the first stage when it opens, any stage when a route is rebuilt."""
    activation = start.flow_task.activation_class(start)
    activation._activate_next(set(enter(batch.process.flow_class.instance.node(_here(batch)), activation)))


def open_human_tasks(*cases: UUID) -> QuerySet[Task]:
    """The tasks of these cases that wait for a person."""
    return Task.objects.filter(case__in=cases, finished__isnull=True, flow_task_type=HUMAN)


@contextmanager
def _moving(process: CaseProcess, look: Look) -> Iterator[Batch]:
    batch = Batch(process, look)
    process.batch = batch
    try:
        yield batch
        batch.write()
    finally:
        process.batch = None
