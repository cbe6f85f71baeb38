"""One answer of one seat, with everything that it does: lock, sight, verdicts, law, route, record and messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.bench.answering import Asked, answers_that_complete, answers_that_wait, made_ready, put_back
from tests.bench.measuring import Variant, many_clients, side_by_side
from tests.bench.peers import steps
from tests.bench.peers.flows import StepFlow, VoteFlow
from tests.bench.raw.rewriting import same_rows, statements, take_back, write
from tests.bench.raw.written import undo
from tests.bench.work import NAIVE, OURS, RAW, VIEWFLOW, Bench, Row, Target, Work

CLIENTS = (1, 4, 16)
POOL, MOST_EACH = 160, 25

TOLD = """\
Every answer is given on a case of its own and taken away again before the next round. *Raw SQL* locks the same case, reads the
head of its chain and writes the very rows that ours wrote (they are compared column by column first), one prepared statement
for each table, knowing everything beforehand: it judges nothing. *viewflow, locked* is a bare task done under
`select_for_update_lock`: no permission, history, ledger or message. The *naive stack* is viewflow, guardian's `has_perm`,
django-fsm and simple-history on one object, as their documentation shows each: no ledger, agreement or message either."""


def measure(bench: Bench) -> Iterator[Row]:
    """An answer after which the stage still waits, alone and with 4 and 16 clients; then one that completes the stage."""
    waiting = answers_that_wait(bench.of.waiting, POOL)
    same_rows(waiting[0])
    variants = [*_of_the_record(waiting), _viewflow(), _naive()]
    yield Row("positions:waits", "An answer after which the stage waits for others", side_by_side(variants, bench.rounds))
    for clients in CLIENTS:
        yield _at_once(variants, clients, len(waiting))
    yield _completing(bench)


def _at_once(variants: list[Variant], clients: int, pool: int) -> Row:
    each = max(2, min(MOST_EACH, pool // clients))
    timings = {one.name: many_clients(one, clients, each) for one in variants}
    return Row(f"positions:clients_{clients}", f"The same, {clients} clients at once, each on cases of its own", timings)


def _completing(bench: Bench) -> Row:
    asked = answers_that_complete(bench.of.completing, bench.rounds)
    made_ready(asked)
    try:
        vote = Variant(VIEWFLOW, lambda made: steps.step(VoteFlow, *made), lambda _: _open_task(steps.a_vote()))
        timings = side_by_side([*_of_the_record(asked), vote], bench.rounds)
    finally:
        put_back(asked)
    made = max(sum(row.table == "workflows_task" and row.before is None for row in one.written) for one in asked)
    note = f"Of ours up to {made} tasks are made, gates included; of viewflow's seven: a join, a split and five tasks."
    return Row("positions:completes", "An answer that completes the stage", timings, note)


def _of_the_record(asked: list[Asked]) -> list[Variant]:
    """Ours and the same rows by hand, on the same answers in turn."""
    return [
        Variant(OURS, lambda one: (one, one.give()), _each_of(asked), lambda done: take_back(done[0].written, done[1].event.pk)),
        Variant(RAW, _written_again, lambda turn: _by_hand(asked[turn % len(asked)]), lambda one: undo(one.written)),
    ]


def _each_of(things: list[Any]) -> Callable[[int], Any]:
    return lambda turn: things[turn % len(things)]


def _by_hand(one: Asked) -> tuple[Asked, Any]:
    return one, statements(one.case, one.written)


def _written_again(made: tuple[Asked, Any]) -> Asked:
    write(made[1])
    return made[0]


def _viewflow() -> Variant:
    processes = [steps.a_process() for _ in range(POOL)]
    return Variant(VIEWFLOW, lambda made: steps.step(StepFlow, *made), lambda turn: _open_task(processes[turn % POOL]))


def _naive() -> Variant:
    processes = [steps.a_review() for _ in range(POOL)]
    return Variant(NAIVE, lambda made: steps.governed_step(*made), lambda turn: _open_task(processes[turn % POOL]))


def _open_task(process: int) -> tuple[int, int]:
    return process, steps.open_tasks(process)[0].pk


WORK = Work(
    "positions", "One answer, with everything it does", measure,
    (
        Target("position_viewflow", "positions:waits", "An answer that waits, against viewflow's bare locked step", 1.0, VIEWFLOW),
        Target("position_raw", "positions:waits", "An answer that waits, against raw SQL writing the same rows", 4.0),
        Target("position_naive", "positions:waits", "An answer that waits, against the naive stack", 0.1, NAIVE, stretch=True),
    ),
    TOLD,
)  # fmt: skip
