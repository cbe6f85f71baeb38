"""Lines of an Excel workbook: the first sheet that is shown and has something on it."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from cases.file_kinds import UnfitFile
from cases.office_documents import unpacked

_DAMAGED = (
    InvalidFileException,
    ParseError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
)


def xlsx_lines(stream: BinaryIO) -> Generator[tuple[object, ...], None, None]:
    """The values of each line, blank lines included, dates as datetimes and formulas as last calculated.

    Raises UnfitFile for a damaged or encrypted workbook, or one that unpacks to far more than its size.
    """
    with unpacked(stream):
        stream.seek(0)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and print areas that it leaves out; only the values matter here.
            warnings.simplefilter("ignore")
            yield from _values(stream)
    except _DAMAGED as error:
        raise UnfitFile("The workbook is damaged and cannot be read.", "Open it in Excel and save it again as .xlsx.") from error


def _values(stream: BinaryIO) -> Iterator[tuple[object, ...]]:
    book = load_workbook(stream, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible" and _has_values(sheet):
                yield from sheet.iter_rows(values_only=True)
                return
    finally:
        book.close()


def _has_values(sheet: Any) -> bool:
    # Some exporters declare that a sheet is one cell large; its real size is found by reading it.
    sheet.reset_dimensions()
    return any(value is not None for line in sheet.iter_rows(values_only=True) for value in line)
