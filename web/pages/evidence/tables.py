"""The tables of an answer as a page shows them: cells in words, and no more rows than one can read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cases.tables import Sheet
from web.design_system.words import day, day_and_time

MOST = 200
"""Rows of one table on a page; the file has them all."""
NOTHING = "\u2013"


@dataclass(frozen=True)
class Shown:
    """One table. `more`: how many rows only the file has."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int


def tables_of(sheets: Iterable[Sheet]) -> list[Shown]:
    """In their order, also those without a row."""
    return [
        Shown(
            sheet.title, sheet.note, sheet.columns, tuple(tuple(map(in_words, row)) for row in sheet.rows[:MOST]),
            max(0, len(sheet.rows) - MOST),
        )
        for sheet in sheets
    ]  # fmt: skip


def in_words(cell: object) -> str:
    """A moment in full, a day, yes or no, a number; a dash for what is empty."""
    if isinstance(cell, datetime):
        return day_and_time(cell)
    if isinstance(cell, date):
        return day(cell)
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    return NOTHING if cell in (None, "") else str(cell)
