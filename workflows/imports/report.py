"""What came of a file: a line for each row, or every reason why nothing came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cases.tables import Problem


class Outcome(StrEnum):
    """What became of one row; the value is the word in the report."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "as it was"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Line:
    """One row of the file: what became of it, whom or what it is about, and what there is to say."""

    row: int
    outcome: Outcome
    subject: str
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = f"Row {self.row:<5} {self.outcome:<9}  {self.subject}"
        return ": ".join((said, "; ".join(self.notes))) if self.notes else said


@dataclass(frozen=True)
class Report:
    """Every line, and the columns of the file that nobody asked for."""

    lines: tuple[Line, ...]
    ignored: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = [str(line) for line in self.lines]
        if self.ignored:
            told.append(f"Columns that are not used: {', '.join(self.ignored)}.")
        return "\n".join([*told, self.sum])

    @property
    def sum(self) -> str:
        """How many rows there were and what became of them."""
        found = Counter(line.outcome for line in self.lines)
        counts = ", ".join(f"{found[outcome]} {outcome}" for outcome in Outcome if found[outcome])
        return f"{len(self.lines)} rows: {counts}." if self.lines else "The file has no rows below its headings."


class Unfit(Exception):
    """The file changes nothing; `problems` names every row, column and reason, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.row))
        super().__init__("\n".join(str(problem) for problem in self.problems))
