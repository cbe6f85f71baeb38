"""The few kinds of node that every route is made of, on viewflow's own machinery.

`Ask` makes one task for each seat that owes something, and always the `Settle` behind them; `Settle` is a join that
asks only whether its step has ended; `Branch` reads the state that the law has already set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseNotAllowed
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation
from viewflow.workflow.nodes.end import EndActivation
from viewflow.workflow.nodes.join import JoinActivation
from viewflow.workflow.nodes.switch import SwitchActivation
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.status import PROCESS, STATUS

from cases.models import Seat


def not_a_page(request: HttpRequest) -> HttpResponseNotAllowed:
    """viewflow wants a view for a person's task; ours are done through the engine's doors, never through viewflow."""
    return HttpResponseNotAllowed([])


def _new_task(node: Any, previous: Activation, **columns: Any) -> Any:
    """A task on the batch of the route that is moving, behind the task that led to it."""
    process = previous.process
    batch = process.batch
    task = node.flow_class.task_class(
        id=batch.new_id(), process=process, flow_task=node, case_id=process.case_id,
        created=batch.look.at, **columns,
    )  # fmt: skip
    task.save()
    batch.link(task, previous.task)
    return task


class AskActivation(ViewActivation):
    """A task of one seat, assigned from the beginning: nobody can take it over."""

    @classmethod
    def for_seat(cls, node: Any, previous: Activation, seat: Seat) -> AskActivation:
        look = previous.process.batch.look
        visit = look.visit
        task = _new_task(
            node, previous, seat=seat, owner_id=seat.person.account_id, visit=visit, due_on=visit.due_on,
            status=STATUS.ASSIGNED, assigned=look.at,
        )  # fmt: skip
        return cls(task)

    def finish(self) -> None:
        """The seat has done its part (called after the law has moved)."""
        self.start(None)
        self.complete()


class Ask(flow.View):
    """One task for each seat that owes something in this step, and the join behind them."""

    activation_class = AskActivation

    def __init__(self) -> None:
        super().__init__(not_a_page)
        self._multi_instance = True

    def create_each(self, previous: Activation, seats: list[Seat]) -> Iterator[Activation]:
        """The tasks, then the join, which stands open until the step ends even if nobody owes anything."""
        for seat in seats:
            yield AskActivation.for_seat(self, previous, seat)
        yield SettleActivation(_new_task(self._next, previous, visit=previous.process.batch.look.visit))


class SettleActivation(JoinActivation):
    """Waits until the step it stands behind has ended, whoever did or did not answer."""

    def is_done(self) -> bool:
        return self.process.batch is not None and self.process.batch.ended == self.task.pk

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.STARTED)
    @Activation.status.transition(source=STATUS.STARTED)
    def activate(self) -> None:
        if self.task.started is None:
            self.task.started = self.process.batch.look.at
            self.task.save()

    @Activation.status.transition(source=STATUS.STARTED, target=STATUS.DONE, conditions=[is_done])
    def complete(self) -> None:
        self.task.finished = self.process.batch.look.at
        self.task.save()

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        yield self.flow_task._next._create(self, self.task.token)


class Settle(flow.Join):
    """A join that does not count branches: the engine has counted seats."""

    activation_class = SettleActivation


class BranchActivation(SwitchActivation):
    """Goes where the law has already put the case."""

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Activation, token: Any, data: Any = None, seed: Any = None) -> Any:
        return cls(_new_task(flow_task, prev_activation))

    @Activation.status.super()
    def activate(self) -> None:
        self.next_task = next(node for node, leads in self.flow_task._branches if leads(self))

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        yield from enter(self.next_task, self)


class Branch(flow.Switch):
    """Reads the case's state and step, already decided by the law."""

    activation_class = BranchActivation


class FinalActivation(EndActivation):
    """The end of the route: the process row is finished with the case."""

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Activation, token: Any, data: Any = None, seed: Any = None) -> Any:
        return cls(_new_task(flow_task, prev_activation))

    @Activation.status.super()
    def activate(self) -> None:
        self.task.started = self.process.batch.look.at
        self.process.status = PROCESS.DONE
        self.process.finished = self.process.batch.look.at
        self.process.save()


class Finish(flow.End):
    """An end of the process."""

    activation_class = FinalActivation


def enter(node: Any, previous: Activation) -> Iterator[Activation]:
    """Arrive at a node: at an `Ask`, one task for each seat that owes something there."""
    if isinstance(node, Ask):
        yield from node.create_each(previous, previous.process.batch.owing())
    else:
        yield node._create(previous, previous.task.token)


def leads_to(state: str, step: str) -> Callable[[Activation], bool]:
    """The condition of a branch: the case stands in this state and, for a stage, in this step."""

    def here(activation: Activation) -> bool:
        look = activation.process.batch.look
        return look.case.state == state and (not step or (look.visit is not None and look.visit.step == step))

    return here
