"""Tables as plain text, for a shell, a letter or a file that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from audit.days import in_words
from cases.tables import Sheet
from workflows.calendar import LONDON, london_day

_A_PAIR = 2


def cell_in_words(cell: Any) -> str:
    """A moment as "3 March 2026 at 10:07" (London time), a day as "3 March 2026", nothing for None; the rest as it is."""
    if isinstance(cell, datetime):
        return f"{in_words(london_day(cell))} at {cell.astimezone(LONDON):%H:%M}"
    if isinstance(cell, date):
        return in_words(cell)
    return "" if cell is None else str(cell)


def in_lines(sheets: Iterable[Sheet]) -> Iterator[str]:
    """A title for each table, then each row: a pair on one line, more cells on lines of their own, empty ones left out."""
    for sheet in sheets:
        yield from ("", sheet.title.upper())
        if sheet.note:
            yield f"  ({sheet.note})"
        if not sheet.rows:
            yield "  None."
        for row in sheet.rows:
            yield from _lines(sheet.columns, [cell_in_words(cell) for cell in row])


def _lines(columns: tuple[str, ...], row: list[str]) -> Iterator[str]:
    if len(columns) == _A_PAIR:
        yield f"  {row[0]}: {row[1]}"
        return
    told = [f"{column}: {words}" for column, words in zip(columns, row, strict=True) if words]
    yield from (f"  {'-' if place == 0 else ' '} {line}" for place, line in enumerate(told))
