"""Variants take turns, each as often as the others, and only what is to be timed is timed."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import pytest

from tests.bench.measuring import Variant, quantile, ratio, side_by_side, timing


def test_every_variant_has_as_many_turns_and_each_is_undone() -> None:
    done: Counter[str] = Counter()
    log: list[str] = []

    def variant(name: str) -> Variant:
        def once(turn: Any) -> Any:
            log.append(name)
            return turn

        def undo(turn: Any) -> None:
            done[f"{name} {turn}"] += 1

        return Variant(name, once, lambda turn: turn, undo)

    timings = side_by_side([variant("one"), variant("other")], rounds=20)
    assert {name: one.times for name, one in timings.items()} == {"one": 20, "other": 20}
    assert set(done.values()) == {1}
    turns = [tuple(log[at : at + 2]) for at in range(6, len(log), 2)]
    assert set(turns) == {("one", "other"), ("other", "one")}


def test_what_is_made_ready_and_undone_is_not_timed() -> None:
    slow = Variant("slow around it", lambda _: None, lambda _: time.sleep(0.01), lambda _: time.sleep(0.01))
    assert side_by_side([slow], rounds=3)["slow around it"].longest < 10


def test_a_timing_is_in_milliseconds_and_a_ratio_is_of_medians() -> None:
    one, other = timing([0.002, 0.004, 0.009]), timing([0.001, 0.002, 0.1])
    assert (one.median, one.longest, one.times) == (4, 9, 3)
    assert ratio(one, other) == 2
    assert quantile([0, 10], 0.95) == 9.5
    with pytest.raises(ValueError, match="Nothing was timed"):
        timing([])
