"""Tables that are handed out: the same rows as CSV and as an Excel workbook, safe to open.

A cell that a spreadsheet would run as a formula is written as text: whoever typed `=HYPERLINK(...)` into a reason would else
act on the machine of whoever opens the table.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

Cell: TypeAlias = object
"""A text, a number, a day, a moment (UTC), True or False, or None for what is empty."""

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60  # characters


@dataclass(frozen=True)
class Sheet:
    """A table to hand out. `rows`: one cell for each of `columns`. `note`: what to know before one reads it."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    note: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"A row of {self.title!r} has not one cell for each column.")


def as_csv(sheet: Sheet) -> str:
    """UTF-8 text with the byte-order mark by which Excel knows it, lines ended as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(sheet.columns)
    writer.writerows([_text(cell) for cell in row] for row in sheet.rows)
    return "\ufeff" + out.getvalue()


def as_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """One workbook, a sheet for each table, the first row frozen. Raises ValueError without any."""
    book = Workbook()
    book.remove(book["Sheet"])
    for number, sheet in enumerate(sheets, 1):
        page = book.create_sheet(_tab(sheet.title, number))
        page.append(sheet.columns)
        for row in sheet.rows:
            page.append([_kept(cell) for cell in row])
        for place, column in enumerate(sheet.columns, 1):
            longest = max((len(_text(row[place - 1])) for row in sheet.rows), default=0)
            page.column_dimensions[get_column_letter(place)].width = min(max(longest, len(column)) + 2, _WIDEST)
        page.freeze_panes = "A2"
    if not book.worksheets:
        raise ValueError("There is no table to hand out.")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(cell: Cell) -> str:
    """As CSV has it: moments in UTC as ISO 8601 says, yes or no in words, and nothing that runs."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return str(cell)
    text = cell.isoformat(sep=" ", timespec="seconds") if isinstance(cell, datetime) else str(cell)
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def _kept(cell: Cell) -> int | float | str:
    """As Excel has it: numbers stay numbers; it knows no time zones, so moments are texts."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    return ILLEGAL_CHARACTERS_RE.sub("", _text(cell))


def _tab(title: str, number: int) -> str:
    """The name of a sheet: Excel takes 31 characters and none of these."""
    bare = "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)
    return f"{number} {bare}"[:31].strip()
