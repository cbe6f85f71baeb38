"""Four people who answer on the same case at the same time: nobody is turned away, and nobody waits long."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from viewflow.workflow.models import Task

from audit.models import Event
from tests.bench.answering import given_again, waiting_together
from tests.bench.measuring import Timing, Variant, many_clients
from tests.bench.peers import steps
from tests.bench.peers.flows import TogetherFlow
from tests.bench.raw.rewriting import Statement, statements, take_back, write
from tests.bench.raw.written import Written, undo
from tests.bench.work import OURS, RAW, VIEWFLOW, Bench, Row, Target, Work

CLIENTS, EACH = 4, 12

TOLD = """\
Four clients answer on one case, over and over, from seats that the stage asks; one seat keeps silent, so that the stage goes on
waiting. *Raw SQL* waits for the same row lock and writes rows as ours wrote them. viewflow's `select_for_update_lock` does not
wait: it sleeps 0.4 seconds and more and tries again, and after five times it gives up."""


def measure(bench: Bench) -> Iterator[Row]:
    """All clients on one case; viewflow's on one process with a branch for each of them."""
    asked = waiting_together(bench.of.waiting)
    written = given_again(asked, CLIENTS * EACH)
    before = Event.objects.filter(case_id=asked[0].case).count()
    timings = {
        OURS: many_clients(Variant(OURS, lambda one: one.give(), lambda turn: asked[turn // EACH % len(asked)]), CLIENTS, EACH)
    }
    _clear(asked[0].case, before, [row for rows in written for row in rows])
    timings[RAW] = _by_hand(asked[0].case, written)
    process = steps.several_at_once()
    at_once = Variant(VIEWFLOW, lambda turn: steps.patient_step(process, _task(process, turn // EACH)), lambda turn: turn)
    timings[VIEWFLOW] = many_clients(at_once, CLIENTS, EACH)
    turned_away = ", ".join(f"{one.turned_away} by {name}" for name, one in timings.items())
    yield Row("one_case:together", "Four clients on one case", timings, f"Turned away: {turned_away}.")


def _by_hand(case: UUID, written: list[list[Written]]) -> Timing:
    """Each client writes the rows of answers of its own."""
    acts = [(rows, statements(case, rows)) for rows in written]
    found = many_clients(Variant(RAW, _write, lambda turn: acts[turn], undo), CLIENTS, EACH)
    undo([row for rows in written for row in rows])
    return found


def _write(act: tuple[list[Written], list[Statement]]) -> list[Written]:
    write(act[1])
    return act[0]


def _task(process: int, branch: int) -> int:
    """The open task of a client's branch."""
    node = getattr(TogetherFlow, TogetherFlow.NODES[branch])
    return int(Task.objects.filter(process_id=process, flow_task=node, finished__isnull=True).values_list("pk", flat=True)[0])


def _clear(case: UUID, before: int, written: list[Written]) -> None:
    """Take away every answer of this run."""
    for event in Event.objects.filter(case_id=case, seq__gt=before).order_by("-seq").values_list("pk", flat=True):
        take_back(written, event)


WORK = Work(
    "one_case", "Four people on one case", measure,
    (Target("one_case", "one_case:together", "Four clients on one case, against raw SQL (p99)", 5.0, of="p99"),),
    TOLD,
)  # fmt: skip
