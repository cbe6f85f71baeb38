"""What is measured: pieces of work with their variants, and what each has to reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.bench.measuring import Timing
from tests.bench.subjects import Subjects

OURS = "ours"
RAW = "raw SQL"
VIEWFLOW = "viewflow, locked"
NAIVE = "naive stack"
GUARDIAN = "guardian"
HISTORY = "simple-history"

SIZES = ("small", "medium", "national")
"""Smallest first: 10,000, 100,000 and 1,000,000 cases."""


@dataclass(frozen=True)
class Row:
    """One line of the table: a piece of work, done in each way. `code` is its name for good: results are kept under it."""

    code: str
    title: str
    timings: dict[str, Timing]
    note: str = ""


@dataclass(frozen=True)
class Target:
    """What a row has to reach: `of` ours is at most `at_most` times that of the variant `against`.

    `of` is median, p99 or longest (milliseconds) or rate (done a second: ours is then at least 1/`at_most` of the other).
    """

    code: str
    row: str
    words: str
    at_most: float
    against: str = RAW
    of: str = "median"
    stretch: bool = False


@dataclass(frozen=True)
class Within:
    """A row that has to stay under so many seconds, whatever others take."""

    code: str
    row: str
    words: str
    seconds: float


@dataclass(frozen=True)
class Flat:
    """A row that takes at the largest size at most so many times what it takes at the smallest."""

    code: str
    row: str
    words: str
    at_most: float


AnyTarget = Target | Within | Flat


@dataclass(frozen=True)
class Bench:
    """A run: how large the data is, how many rounds each row gets, and with whom it is measured."""

    size: str
    rounds: int
    of: Subjects


@dataclass(frozen=True)
class Work:
    """One kind of work. `measure` gives its rows as they are measured; `name` is what `--only` takes."""

    name: str
    title: str
    measure: Callable[[Bench], Iterator[Row]]
    targets: tuple[AnyTarget, ...] = ()
    told: str = field(default="")
    """What the reader of the page has to know: what is the same in every variant, and what is not."""
