"""Measures variants of one piece of work side by side: one run, turn by turn, in another order every round.

Nothing is compared that was not measured within the same minute on the same machine, and a ratio is of medians.
"""

from __future__ import annotations

import gc
import math
import multiprocessing
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from django.db import connection, connections

from config.databases import EXECUTIONS_BEFORE_PREPARING

TURNED_AWAY = "turned away"
"""What `once` returns where it gave up because others were at it."""

ENOUGH, FEWEST = 20.0, 3
"""Seconds after which a slow variant sits out the rest of the rounds, and how often it is timed however slow it is."""

Measured = Callable[[Any], Any]


def nothing(_: Any) -> None:
    """What a variant that needs nothing made ready, and leaves nothing behind, does before and after."""


@dataclass(frozen=True)
class Variant:
    """One way to do the work. `once` is timed; `ready` before it and `undo` after it are not.

    `ready` is given the number of the round and its result goes to `once`; `undo` is given what `once` returned.
    """

    name: str
    once: Measured
    ready: Callable[[int], Any] = nothing
    undo: Callable[[Any], None] = nothing


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one variant: how often it was timed, and how long it took. `rate`: done a second, by all clients.

    `statements`: those that Django sent for one, None where none of them went through Django. `turned_away`: how many were told
    to come again because others were at it.
    """

    times: int
    median: float
    p95: float
    p99: float
    longest: float
    rate: float | None = None
    statements: int | None = None
    turned_away: int = 0


def timing(seconds: Iterable[float], rate: float | None = None, statements: int | None = None, turned_away: int = 0) -> Timing:
    """The timing that these durations make. Raises ValueError for none."""
    milliseconds = sorted(one * 1000 for one in seconds)
    if not milliseconds:
        raise ValueError("Nothing was timed.")
    return Timing(
        len(milliseconds), quantile(milliseconds, 0.5), quantile(milliseconds, 0.95), quantile(milliseconds, 0.99),
        milliseconds[-1], rate, statements, turned_away,
    )  # fmt: skip


def quantile(ordered: Sequence[float], part: float) -> float:
    """The value below which `part` of these lie, between neighbours where it falls between them."""
    place = part * (len(ordered) - 1)
    low, high = math.floor(place), math.ceil(place)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


WARM_UP = EXECUTIONS_BEFORE_PREPARING + 3
"""Rounds that do not count: in use a statement has long been prepared, and the first time is sent apart, to be counted."""


def side_by_side(variants: Sequence[Variant], rounds: int, warm_up: int = WARM_UP) -> dict[str, Timing]:
    """Time each variant once a round, the order shuffled every round, after rounds that do not count."""
    spent: dict[str, list[float]] = {variant.name: [] for variant in variants}
    first = {variant.name: _first_of(variant) for variant in variants}
    for turn in range(1, warm_up):
        for variant in variants:
            if first[variant.name][1] < ENOUGH / rounds:
                _timed(variant, turn)
    for turn in range(warm_up, warm_up + rounds):
        for variant in random.sample(variants, len(variants)):
            if sum(spent[variant.name]) < ENOUGH or len(spent[variant.name]) < FEWEST:
                spent[variant.name].append(_timed(variant, turn))
    return {name: timing(seconds, statements=first[name][0]) for name, seconds in spent.items()}


def _timed(variant: Variant, turn: int) -> float:
    made = variant.ready(turn)
    gc.collect(0)
    begun = perf_counter()
    result = variant.once(made)
    spent = perf_counter() - begun
    variant.undo(result)
    return spent


def _first_of(variant: Variant) -> tuple[int | None, float]:
    """How many statements Django sends for one, and the seconds that it takes, in the first round of the warm-up."""
    sent = 0

    def counts(execute: Any, *given: Any) -> Any:
        nonlocal sent
        sent += 1
        return execute(*given)

    made = variant.ready(0)
    begun = perf_counter()
    with connection.execute_wrapper(counts):
        result = variant.once(made)
    spent = perf_counter() - begun
    variant.undo(result)
    return sent or None, spent


def many_clients(variant: Variant, clients: int, each: int, seconds: float = ENOUGH) -> Timing:
    """`each` times by every one of so many processes at once, each with a connection of its own; fewer where `seconds` are over.

    What is made ready is made ready before the start, and undone after the end: neither is timed. Turns are numbered
    through, so that no two are of the same thing.
    """
    _let_go()
    context = multiprocessing.get_context("fork")
    start = context.Barrier(clients)
    pipes = [context.Pipe(duplex=False) for _ in range(clients)]
    workers = [
        context.Process(target=_client, args=(variant, range(each * number, each * (number + 1)), seconds, start, told))
        for number, (_, told) in enumerate(pipes)
    ]
    for worker in workers:
        worker.start()
    heard = [told.recv() for told, _ in pipes]
    for worker in workers:
        worker.join()
    failed = [one for one in heard if isinstance(one, str)]
    if failed:
        first = min(failed, key=lambda told: told.startswith("BrokenBarrier"))  # the others only stopped with it
        raise RuntimeError(f"A client of “{variant.name}” failed: {first}")
    spans = [span for one in heard for span in one]
    wall = max(end for _, end, _ in spans) - min(begin for begin, _, _ in spans)
    done = sum(ok for _, _, ok in spans)
    return timing((end - begin for begin, end, _ in spans), rate=done / wall, turned_away=len(spans) - done)


def _let_go() -> None:
    """Close every connection to the database, pooled ones too: a process that is forked off must not share one."""
    connections.close_all()
    for one in connections.all(initialized_only=True):
        close_pool = getattr(one, "close_pool", None)
        if close_pool:
            close_pool()


def _client(variant: Variant, turns: range, seconds: float, start: Any, told: Any) -> None:
    try:
        variant.undo(variant.once(variant.ready(turns[0])))  # so that no client is timed while it connects
        made = [variant.ready(turn) for turn in turns]
        start.wait(60)
        spans: list[tuple[float, float, bool]] = []
        results: list[Any] = []
        until = perf_counter() + seconds
        for one in made:
            if spans and perf_counter() > until:
                break
            begun = perf_counter()
            results.append(variant.once(one))
            spans.append((begun, perf_counter(), results[-1] is not TURNED_AWAY))
        start.wait(120)
        for result in reversed(results):
            variant.undo(result)
        told.send(spans)
    except Exception as failure:  # noqa: BLE001 - whatever it is, the parent says it and stops
        start.abort()
        told.send(f"{type(failure).__name__}: {failure}")
    finally:
        _let_go()


def ratio(one: Timing, other: Timing, of: str = "median") -> float:
    """How many times the other's time one takes, by median or by another measure of a timing."""
    return float(getattr(one, of)) / float(getattr(other, of))
