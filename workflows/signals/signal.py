"""What a signal is: a share, a mean or a count of an organisation in a span of time, with the cases behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Sized
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from statistics import median
from typing import Any
from uuid import UUID

from cases.models import Organisation

FEW = 5
"""Below so many in the denominator a signal is shown as a count, and nothing is concluded from it."""


@dataclass(frozen=True)
class Span:
    """From a moment (included) until a moment (not included) in one organisation."""

    organisation: Organisation
    since: datetime
    until: datetime


class Unit(Enum):
    """What the value of a signal is."""

    SHARE = "share"  # numerator / denominator, 0 to 1
    DAYS = "days"  # the median, in working days
    PER_HUNDRED = "per_hundred"
    SCORE = "score"  # the mean, from 1 to 5


class Light(Enum):
    """How a value stands to its thresholds. FEW: too few to say. WATCH: looked at, with no threshold of its own."""

    NONE = "nothing to count"
    FEW = "too few to say"
    GREEN = "as it should be"
    WATCH = "to watch"
    AMBER = "look into it"
    RED = "act on it"


@dataclass(frozen=True)
class Thresholds:
    """From where a value is amber and red. Where `low_is_bad`, a value below them is. None: there is no such threshold."""

    amber: float | None
    red: float | None
    low_is_bad: bool = False

    def light(self, value: float) -> Light:
        """Where a value stands. A value that is exactly on a threshold has not passed it."""
        if self._is_past(self.red, value):
            return Light.RED
        if self._is_past(self.amber, value):
            return Light.AMBER
        return Light.GREEN if self.amber is not None else Light.WATCH

    def _is_past(self, threshold: float | None, value: float) -> bool:
        return threshold is not None and (value < threshold if self.low_is_bad else value > threshold)


@dataclass(frozen=True)
class Measured:
    """What was counted in one span. `value` is in the signal's unit, None where there is nothing to count.

    `cases`: the keys of the cases behind the numerator, each once. `others`: (what it counts, how many) that belong beside it.
    `question`: what the count asks the quality team, where it raises a question; never a verdict. Nothing here names a person.
    """

    numerator: int
    denominator: int
    value: float | None
    cases: tuple[UUID, ...] = ()
    others: tuple[tuple[str, Any], ...] = field(default=())
    question: str = ""

    @property
    def is_few(self) -> bool:
        return 0 < self.denominator < FEW


def share(counted: Sized | int, of: int, cases: Iterable[UUID] = (), **more: Any) -> Measured:
    """The share that `counted`, things or their number, is of `of`, 0 to 1; `more` as in `Measured`."""
    number = _how_many(counted)
    return Measured(number, of, number / of if of else None, each_once(cases), **more)


def median_of(days: Sequence[int], too_long: int, cases: Iterable[UUID] = (), **more: Any) -> Measured:
    """The median of lengths in working days; the numerator is how many are longer than `too_long`."""
    longer = sum(one > too_long for one in days)
    return Measured(longer, len(days), float(median(days)) if days else None, each_once(cases), **more)


def per_hundred(counted: Sized | int, of: int, cases: Iterable[UUID] = (), **more: Any) -> Measured:
    """How many there are, things or their number, for every hundred of `of`."""
    number = _how_many(counted)
    return Measured(number, of, 100 * number / of if of else None, each_once(cases), **more)


def _how_many(counted: Sized | int) -> int:
    return counted if isinstance(counted, int) else len(counted)


def each_once(cases: Iterable[UUID]) -> tuple[UUID, ...]:
    """Keys of cases, oldest case first, none twice."""
    return tuple(sorted(set(cases)))


@dataclass(frozen=True)
class Signal:
    """One signal. The words are for a board: reading age 11.

    `counts` and `of` say what numerator and denominator are; `why` says why it matters, `beware` what it does not mean;
    `headline` puts it among the few at the top of the report. `of_reads`: its cases tell who opened nothing (IG7).
    `measure` reads the database: few statements, however many cases. Those of the house are `asked.together`: the same rule
    answers for every organisation of a host at once; that of an app that plugs in may be a function of one span.
    """

    code: str
    title: str
    counts: str
    of: str
    why: str
    beware: str
    unit: Unit
    thresholds: Thresholds
    measure: Callable[[Span], Measured]
    source: str = ""
    headline: bool = False
    of_reads: bool = False

    def light(self, found: Measured) -> Light:
        """How what was found stands; too few are never judged."""
        if found.value is None:
            return Light.NONE
        return Light.FEW if found.is_few else self.thresholds.light(found.value)


SIGNALS: dict[str, Signal] = {}
"""Every signal by its code, filled by `add`; the order in which they were added is that of the report."""


def add(signal: Signal) -> Signal:
    """Put a signal among those of the report. Raises ValueError for a code in use."""
    if SIGNALS.setdefault(signal.code, signal) is not signal:
        raise ValueError(f"There is a signal {signal.code} already.")
    return signal
