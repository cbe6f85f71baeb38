"""The rows that viewflow writes while the route moves, gathered and written together: at most four statements.

Left to itself viewflow saves each task two or three times, every column of it, and asks before each link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from audit import storing
from audit.ids import uuid7
from cases.models import Seat
from workflows.standing import owing

if TYPE_CHECKING:
    from workflows.look import Look
    from workflows.models import CaseProcess, Task

CHANGING = ["status", "assigned", "started", "finished"]
"""The columns of a task that change after it was made."""


class Batch:
    """What one act changes on one route. Times are the act's, never the clock's."""

    def __init__(self, process: CaseProcess, look: Look) -> None:
        self.process = process
        self.look = look
        self.process_changed = False
        self.ended: UUID | None = None
        self._made: dict[UUID, Task] = {}
        self._changed: dict[UUID, Task] = {}
        self._links: list[tuple[UUID, UUID]] = []

    def keep(self, task: Task) -> None:
        """Note a task that viewflow saved; the newest state of the object is what will be written."""
        if task._state.adding:
            self._made[task.pk] = task
        elif task.pk not in self._made:
            self._changed[task.pk] = task

    def link(self, task: Task, previous: Task) -> None:
        """Note that `task` follows `previous`."""
        self._links.append((task.pk, previous.pk))

    def owing(self) -> list[Seat]:
        """The seats that owe something now."""
        return owing(self.look)

    @property
    def visit_id(self) -> UUID | None:
        visit = self.look.visit
        return visit.pk if visit else None

    def was_done_by(self, task: Task) -> bool:
        """Whether the seat of a task did its part, in the visit that the task belongs to."""
        visit = next((one for one in self.look.visits if one.pk == task.visit_id), None)
        if visit is None:
            return False
        if task.seat_id in (visit.submitted_by_id, visit.chosen_by_id):
            return True
        return task.seat_id in self.look.answered_in(visit)

    def new_id(self) -> UUID:
        return uuid7(self.look.at)

    def write(self) -> None:
        """Insert what was made, update what changed, link them."""
        task_class = self.process.flow_class.task_class
        for task in (*self._made.values(), *self._changed.values()):
            self._date(task)
        if self.process_changed:
            self._save_process()
        storing.change(self._changed.values(), CHANGING)
        storing.add(self._made.values())
        through = task_class.previous.through
        storing.add(through(from_task_id=new, to_task_id=old) for new, old in self._links)

    def _date(self, task: Task) -> None:
        """viewflow stamps rows with the clock; ours carry the time of the act."""
        if task.finished is not None:
            task.finished = self.look.at
        if task.started is not None and task.seat_id is not None:
            task.started = self.look.at

    def _save_process(self) -> None:
        if self.process.finished:
            self.process.finished = self.look.at
        self.process.batch = None
        self.process.save()
        self.process.batch = self
