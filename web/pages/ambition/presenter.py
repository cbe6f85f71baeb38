"""The ambition as its page shows it: one sentence, the groups by name, those of cases that the reader may not see in a number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from web.design_system.words import count, day
from workflows.ambition.standing import Ambition, Line, Total, name_for, total_of


@dataclass(frozen=True)
class Row:
    """One group in words."""

    name: str
    kind: str
    seats: str
    trained: str
    vacant: str
    meets: bool


@dataclass(frozen=True)
class Quarter:
    """The end of one quarter, and where to read about that day."""

    day: str
    total: str
    href: str


class AmbitionPage:
    """One day of one organisation. `named`: the cases of which the reader may know (IG3)."""

    def __init__(self, ambition: Ambition, on: date, named: Collection[UUID]) -> None:
        self._ambition, self._on, self._named = ambition, on, named

    @cached_property
    def _lines(self) -> list[Line]:
        return self._ambition.lines_on(self._on)

    @property
    def total(self) -> str:
        """ "5 of 8 groups have two trained partners." """
        return str(total_of(self._lines, self._on))

    @property
    def day(self) -> str:
        return day(self._on)

    @property
    def rows(self) -> list[Row]:
        """Committees, and groups of cases that the reader may see."""
        return [self._row(one) for one in self._lines if not self._is_hidden(one)]

    def _is_hidden(self, line: Line) -> bool:
        return line.is_case and line.key not in self._named

    def _row(self, line: Line) -> Row:
        others = line.partners - line.members
        attending = f", and {count(others, 'partner')} who may only attend" if others else ""
        vacant = f"Since {day(line.vacant_since)}" if line.vacant_since else "No"
        seats = f"{line.members} of {line.target}{attending}"
        return Row(name_for(line, self._named), line.kind, seats, f"{line.trained} of {line.members}", vacant, line.meets)

    @property
    def hidden(self) -> Total | None:
        """The groups of other cases in a number; None where there is none."""
        lines = [one for one in self._lines if self._is_hidden(one)]
        return total_of(lines, self._on) if lines else None

    @property
    def quarters(self) -> list[Quarter]:
        return [Quarter(day(one.day), str(one) if one.of else "No group was on record.", _asking(one.day)) for one in
                self._ambition.quarters_before(self._on)]  # fmt: skip


def _asking(on: date) -> str:
    return f"?on_day={on.day}&on_month={on.month}&on_year={on.year}"
