"""What a table should hold: its columns, declared as data, and the place in a file where each was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from cases.tables.reading import Cell, Row, Table
from cases.tables.values import (
    Kind,
    Unreadable,
    Value,
    choice_in,
    code_in,
    day_in,
    email_in,
    looks_like_data,
    spellings_of,
    squashed,
    text_in,
)


@dataclass(frozen=True)
class Column:
    """One column: the name its value is given under, and the headings it may have in a file, the usual one first.

    A required column must be in the file and filled in on every row. `choices` gives each stored value
    with the ways of writing it. `longest` is in characters.
    """

    name: str
    headers: tuple[str, ...]
    required: bool = True
    kind: Kind = Kind.TEXT
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    longest: int = 200

    @property
    def label(self) -> str:
        """The usual heading."""
        return self.headers[0]

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        return spellings_of(self.choices)

    def value(self, cell: Cell) -> Value:
        """What a cell of this column means; None when it is empty. Raises Unreadable."""
        if cell == "":
            if self.required:
                raise Unreadable("must be filled in")
            return None
        if self.kind is Kind.CHOICE:
            return choice_in(cell, self.choices, self._spellings)
        found = _READERS[self.kind](cell)
        if isinstance(found, str) and len(found) > self.longest:
            raise Unreadable(f"is {len(found)} characters long; the most is {self.longest}")
        return found


_READERS: dict[Kind, Callable[[str | datetime], Value]] = {
    Kind.TEXT: text_in,
    Kind.EMAIL: email_in,
    Kind.DAY: day_in,
    Kind.CODE: code_in,
}


@dataclass(frozen=True)
class Columns:
    """The columns of one kind of file, and what the file is called in messages.

    `positions` names the columns of a file that really comes without headings, in their order ("" for
    one that is not wanted). It is used only when the first row holds no heading and reads as data.
    """

    title: str
    columns: tuple[Column, ...]
    positions: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Column:
        """The column of this name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True)
class Layout:
    """Where each column was found in a file, or why the file cannot be read as it is."""

    places: Mapping[str, int]
    headed: bool = True
    faults: tuple[str, ...] = ()


def layout_of(table: Table, columns: Columns) -> Layout:
    """Match the first row of a file to the columns, by heading or, where declared, by position."""
    seen: dict[str, list[int]] = {}
    for place, header in enumerate(table.headers):
        seen.setdefault(squashed(header), []).append(place)
    places = {column.name: found[0] for column in columns.columns if (found := _found(column, seen))}
    if not places and _fits_positions(table.first, columns):
        return Layout({name: place for place, name in enumerate(columns.positions) if name}, headed=False)
    return Layout(places, faults=(*_missing(table, columns, places), *_doubled(columns, seen)))


def _found(column: Column, seen: Mapping[str, list[int]]) -> list[int]:
    """The places of the first of the column's headings that the file has."""
    return next((seen[squashed(header)] for header in column.headers if squashed(header) in seen), [])


def _fits_positions(first: Row, columns: Columns) -> bool:
    named = [(columns[name], place) for place, name in enumerate(columns.positions) if name]
    return _reads_as_data(first) and bool(named) and all(_readable(column, first.cell(place)) for column, place in named)


def _reads_as_data(first: Row) -> bool:
    return any(looks_like_data(cell) for cell in first.cells)


def _readable(column: Column, cell: Cell) -> bool:
    try:
        column.value(cell)
    except Unreadable:
        return False
    return True


def _missing(table: Table, columns: Columns, places: Mapping[str, int]) -> tuple[str, ...]:
    missing = [column for column in columns.columns if column.required and column.name not in places]
    if not missing:
        return ()
    if not places and _reads_as_data(table.first):
        return (
            f"The first row holds data, not headings. {columns.title} needs a first row of headings, with at least: "
            f"{_accepted([column for column in columns.columns if column.required])}.",
        )
    headings = ", ".join(f'"{header}"' for header in table.headers if header)
    return (f"{columns.title} lacks: {_accepted(missing)}. The headings in the file are: {headings}.",)


def _accepted(columns: list[Column]) -> str:
    return "; ".join(" or ".join(f'"{header}"' for header in column.headers) for column in columns)


def _doubled(columns: Columns, seen: Mapping[str, list[int]]) -> tuple[str, ...]:
    """Two columns under one heading that is wanted: which of them is meant, nobody can say."""
    return tuple(
        f'The heading "{column.label}" is there twice. Remove or rename the one that is not meant.'
        for column in columns.columns
        if len(_found(column, seen)) > 1
    )
