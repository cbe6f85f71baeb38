"""Values row by row, and every fault in a file told at once: one fault never hides another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cases.tables.columns import Column, Columns, Layout, layout_of
from cases.tables.reading import Cell, Row, Table
from cases.tables.values import Unreadable, Value, text_in

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """One row as values by column name; None where nothing was filled in, or where there is a problem."""

    number: int
    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """The text in a column, "" where there is none."""
        value = self.values[name]
        return value if isinstance(value, str) else ""

    def day(self, name: str) -> date | None:
        """The day in a column."""
        value = self.values[name]
        return value if isinstance(value, date) else None


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault: the row as a spreadsheet shows it, the heading, what stands there, and why it cannot be taken."""

    row: int
    column: str
    value: str
    why: str

    def __str__(self) -> str:
        where = f"Row {self.row}, {self.column}" if self.column else f"Row {self.row}"
        return f'{where}: "{self.value}" {self.why}.' if self.value else f"{where}: {self.why.removesuffix('.')}."


def parse(table: Table, columns: Columns) -> tuple[tuple[ParsedRow, ...], tuple[Problem, ...]]:
    """Every row as values, and every problem. Where there is any problem, nothing may be imported.

    A file whose headings do not fit gives no rows and one problem for each fault in its first row.
    """
    layout = layout_of(table, columns)
    if layout.faults:
        return (), tuple(Problem(table.first.number, "", "", fault) for fault in layout.faults)
    problems: list[Problem] = []
    rows = table.rows if layout.headed else (table.first, *table.rows)
    return tuple(_parsed(row, columns, layout, problems) for row in rows), tuple(problems)


def ignored_headers(table: Table, columns: Columns) -> tuple[str, ...]:
    """The headings in the file that no column asks for; they are left out, and people should be told so."""
    layout = layout_of(table, columns)
    used = set(layout.places.values())
    if not layout.headed:
        return ()
    return tuple(header for place, header in enumerate(table.headers) if header and place not in used)


def duplicates_within(rows: Iterable[ParsedRow], *key: Column) -> tuple[Problem, ...]:
    """A problem for each row whose key was there before, without regard to capitals; unfilled keys are no duplicates."""
    first: dict[tuple[str, ...], int] = {}
    found: list[Problem] = []
    for row in rows:
        said = tuple(str(row.values[column.name] or "") for column in key)
        number = first.setdefault(tuple(part.casefold() for part in said), row.number)
        if all(said) and number != row.number:
            heading = " and ".join(column.label for column in key)
            found.append(Problem(row.number, heading, ", ".join(said), f"is already in row {number}"))
    return tuple(found)


def _parsed(row: Row, columns: Columns, layout: Layout, problems: list[Problem]) -> ParsedRow:
    values: dict[str, Value] = {}
    for column in columns.columns:
        place = layout.places.get(column.name)
        cell = "" if place is None else row.cell(place)
        try:
            values[column.name] = column.value(cell)
        except Unreadable as unreadable:
            values[column.name] = None
            problems.append(Problem(row.number, column.label, _shown(cell), str(unreadable)))
    return ParsedRow(row.number, values)


def _shown(cell: Cell) -> str:
    text = " ".join(text_in(cell).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
