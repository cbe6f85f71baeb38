"""How an organisation stands to the national ambition on a day: two partners on each safety-related group, and trained.

Framework for involving patients in patient safety, NHS England 2021: two on each committee by the end of the first quarter of
2022/23, trained by the end of that of 2023/24. Counted are members: an attendee fills no seat.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from audit.days import in_words
from cases.models import Organisation, SafetyGroup
from cases.tables import Sheet
from workflows.ambition.group import Group, Stay, is_trained
from workflows.ambition.reading import groups_of, trained_in
from workflows.registry import process_of

QUARTERS = 8
"""How many ends of quarters the page looks back on: two years."""

SOURCE = "Framework for involving patients in patient safety, NHS England, 2021"


@dataclass(frozen=True)
class Line:
    """One group on a day. `partners`: all who sit, members or not; `vacant_since` None: every seat is filled."""

    key: UUID
    name: str
    kind: str
    is_case: bool
    target: int
    partners: int
    members: int
    trained: int
    vacant_since: date | None

    @property
    def meets(self) -> bool:
        """Whether it has as many members as it is to have, and that many trained ones."""
        return self.trained >= self.target


@dataclass(frozen=True)
class Total:
    """How many groups meet the ambition, of how many."""

    day: date
    meet: int
    of: int

    def __str__(self) -> str:
        """The answer in one sentence."""
        if not self.of:
            return "There was no safety-related group on record."
        groups = "group has" if self.of == 1 else "groups have"
        return f"{self.meet} of {self.of} {groups} two trained partners."


class Ambition:
    """The groups of one organisation, told for any day of its record. Six statements for all days together."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    @cached_property
    def _groups(self) -> list[Group]:
        return groups_of(self._organisation)

    @cached_property
    def _trained(self) -> dict[tuple[UUID, str], list[Stay]]:
        return trained_in(self._organisation)

    def lines_on(self, day: date) -> list[Line]:
        """Every group that stood on a day and is to have partners: committees first, then groups of cases."""
        return [self._line(group, day) for group in self._groups if group.target_on(day)]

    def _line(self, group: Group, day: date) -> Line:
        members = group.members_on(day)
        trained = [one for one in members if is_trained(self._trained.get((one, group.trained_in), ()), day)]
        kind = process_of(group.kind).title if group.is_case else SafetyGroup.Kind(group.kind).label
        return Line(
            group.key, group.name, kind, group.is_case, group.target_on(day), len(group.places_on(day)), len(members),
            len(trained), group.vacant_since(day),
        )  # fmt: skip

    def total_on(self, day: date) -> Total:
        """How many groups meet the ambition on a day."""
        return total_of(self.lines_on(day), day)

    def quarters_before(self, day: date) -> list[Total]:
        """The totals at the ends of the last eight quarters before a day, oldest first."""
        return [self.total_on(end) for end in quarter_ends(day)]


def total_of(lines: Sequence[Line], day: date) -> Total:
    """How many of these groups meet the ambition."""
    return Total(day, sum(one.meets for one in lines), len(lines))


def quarter_ends(day: date, number: int = QUARTERS) -> list[date]:
    """The last days of so many quarters that were over before a day, oldest first."""
    found: list[date] = []
    start = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    while len(found) < number:
        end = start - timedelta(days=1)
        found.append(end)
        start = date(end.year, end.month - 2, 1)
    return found[::-1]


def sheets_of(ambition: Ambition, day: date, named: Collection[UUID]) -> list[Sheet]:
    """The table of groups and that of quarters. `named`: the cases whose group the reader may see by name (IG3)."""
    lines = ambition.lines_on(day)
    total = total_of(lines, day)
    columns = (
        "Group",
        "Kind",
        "Partners to have",
        "Partners who sit",
        "Members",
        "Trained members",
        "Empty since",
        "Meets the aim",
    )
    rows = [
        (name_for(one, named), one.kind, one.target, one.partners, one.members, one.trained, one.vacant_since, one.meets)
        for one in lines
        if _is_named(one, named)
    ]
    others = [one for one in lines if not _is_named(one, named)]
    beside = (
        f" Groups of cases on which you have no seat: {len(others)}, of which {total_of(others, day).meet} meet the aim."
        if others
        else ""
    )
    quarters = [(one.day, one.meet, one.of) for one in ambition.quarters_before(day)]
    return [
        Sheet(f"Groups on {in_words(day)}", columns, rows, f"{total} {SOURCE}.{beside}"),
        Sheet("Ends of quarters", ("Day", "Groups with two trained partners", "Groups"), quarters),
    ]


def name_for(line: Line, named: Collection[UUID]) -> str:
    """The name of a group; that of a case only for those who may know of the case (IG3)."""
    return line.name if _is_named(line, named) else "A case on which you have no seat"


def _is_named(line: Line, named: Collection[UUID]) -> bool:
    return not line.is_case or line.key in named
