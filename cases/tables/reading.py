"""A table as it was filled in: rows of cells from a CSV or XLSX file, before anything is made of them.

Files come as NHS systems export them: CSV in UTF-8, UTF-16 or Windows-1252, with commas, semicolons or
tabs, with or without a byte order mark; or the first sheet of an Excel workbook.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import BinaryIO

from cases.file_kinds import UnfitFile
from cases.tables.csv_lines import csv_lines
from cases.tables.xlsx_lines import xlsx_lines

MAX_ROWS = 250_000
"""The most rows in one file: the longest national list has about a hundred thousand."""

MAX_COLUMNS = 200
"""The most columns in one file; a wider one is a matrix, not a list."""

Cell = str | datetime
"""Text without spaces around it ("" where nothing was filled in), or a date that Excel knew to be one."""

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INVISIBLE_EDGE = "\ufeff\u200b"
_ZIP = b"PK\x03\x04"
_TEXT_ENDINGS = frozenset({"csv", "tsv", "txt"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank; `number` is the row as a spreadsheet program shows it, from 1."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, place: int) -> Cell:
        """The cell in this place (from 0); a row may be shorter than the headings."""
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """A file's name, its first row that is not blank (headings, as a rule), and the rows after it."""

    name: str
    first: Row
    rows: tuple[Row, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """The first row as text."""
        return tuple(str(cell) for cell in self.first.cells)


def read_table(source: Path | BinaryIO, name: str = "") -> Table:
    """The table in a CSV or XLSX file. `name` is needed for a stream, and tells which of the two it should be.

    Raises UnfitFile, with reason and remedy, for a file that is neither, is damaged, empty or too large.
    """
    name = name or str(getattr(source, "name", ""))
    with _opened(source) as stream, closing(_lines(stream, name)) as lines:
        rows = tuple(_rows(lines))
    if not rows:
        raise UnfitFile(f"{name} has no rows.", "Export it again, with its headings in the first row.")
    return Table(name, rows[0], rows[1:])


@contextmanager
def _opened(source: Path | BinaryIO) -> Iterator[BinaryIO]:
    if isinstance(source, Path):
        with source.open("rb") as stream:
            yield stream
    else:
        source.seek(0)
        yield source


def _lines(stream: BinaryIO, name: str) -> Generator[Sequence[object], None, None]:
    ending = name.rpartition(".")[2].lower()
    beginning = stream.read(len(_OLD_EXCEL))
    stream.seek(0)
    if ending == "xls" or beginning == _OLD_EXCEL:
        raise UnfitFile(f"{name} is an old Excel file, or has a password.", "Save it as .xlsx or .csv without a password.")
    if ending != "xlsx" and ending not in _TEXT_ENDINGS:
        raise UnfitFile(f"{name} is neither a CSV nor an Excel file by its name.", "Export it as .csv or .xlsx.")
    if (ending == "xlsx") != beginning.startswith(_ZIP):
        raise UnfitFile(f"{name} is not what its name says.", "Open it in the program that made it and save it as .csv or .xlsx.")
    return xlsx_lines(stream) if ending == "xlsx" else csv_lines(stream)


def _rows(lines: Iterable[Iterable[object]]) -> Iterator[Row]:
    found = 0
    for number, line in enumerate(lines, start=1):
        cells = _without_empty_end([_cell(value) for value in line])
        if not cells:
            continue
        found += 1
        if found > MAX_ROWS:
            raise UnfitFile(f"The file has more than {MAX_ROWS:,} rows.", "Divide it into smaller files.")
        if len(cells) > MAX_COLUMNS:
            raise UnfitFile(f"Row {number} has more than {MAX_COLUMNS} columns.", "Export only the columns that are needed.")
        yield Row(number, cells)


def _without_empty_end(cells: list[Cell]) -> tuple[Cell, ...]:
    while cells and cells[-1] == "":
        cells.pop()
    return tuple(cells)


def _cell(value: object) -> Cell:
    """A value from either kind of file; Excel keeps 12 as 12.0, and nobody wrote that."""
    if isinstance(value, str):
        return value.strip().strip(_INVISIBLE_EDGE)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
