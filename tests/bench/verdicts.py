"""Whether a target was met: the ratio that was reached at the largest size measured, beside what was asked."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.measuring import Timing, ratio
from tests.bench.results import Results
from tests.bench.work import OURS, AnyTarget, Flat, Target, Within

MET, SHORT, UNKNOWN = "met", "short", "not measured"


@dataclass(frozen=True)
class Reached:
    """What came of a target at one size, or between two. `number` None: not measured."""

    target: AnyTarget
    number: float | None = None
    size: str = ""

    @property
    def verdict(self) -> str:
        if self.number is None:
            return UNKNOWN
        return MET if self.number <= limit(self.target) else SHORT


def limit(target: AnyTarget) -> float:
    """The most that the number may be: seconds for `Within`, else a ratio."""
    return target.seconds if isinstance(target, Within) else target.at_most


def reached(target: AnyTarget, sizes: dict[str, Results]) -> Reached:
    """What was reached at the largest size at which the row was measured. `sizes`: smallest first."""
    if isinstance(target, Flat):
        return _grown(target, sizes)
    for size in reversed(sizes):
        found = at(target, sizes[size])
        if found is not None:
            return Reached(target, found, size)
    return Reached(target)


def at(target: AnyTarget, results: Results) -> float | None:
    """The number that a target reached at one size; None where it was not measured there or is not of one size."""
    row = results.rows.get(target.row)
    ours = row.timings.get(OURS) if row else None
    if row is None or ours is None or isinstance(target, Flat):
        return None
    if isinstance(target, Within):
        return ours.median / 1000
    return _against(target, ours, row.timings.get(target.against))


def _against(target: Target, ours: Timing, other: Timing | None) -> float | None:
    if other is None:
        return None
    return ratio(other, ours, "rate") if target.of == "rate" else ratio(ours, other, target.of)


def _grown(target: Flat, sizes: dict[str, Results]) -> Reached:
    measured = [(size, found.rows[target.row].timings[OURS]) for size, found in sizes.items() if target.row in found.rows]
    if len(measured) < 2:
        return Reached(target)
    (smallest, least), (largest, most) = measured[0], measured[-1]
    return Reached(target, ratio(most, least), f"{smallest} to {largest}")
