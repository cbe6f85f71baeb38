"""Lines of a CSV file, whatever wrote it: its encoding and its delimiter are found out, not asked for."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from cases.file_kinds import UnfitFile

DELIMITERS = ",;\t|"
"""In order of preference; Excel in a continental setting writes semicolons."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1024 * 1024
_SAMPLE = 64 * 1024
_SAMPLE_LINES = 20
_SEPARATOR_LINE = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)
_MANGLED = "\x00"


def csv_lines(stream: BinaryIO) -> Generator[list[str], None, None]:
    """The cells of each line, blank lines included, so that lines can be numbered. Raises UnfitFile."""
    text = io.TextIOWrapper(stream, encoding=_encoding(stream), newline="")
    try:
        yield from _parsed(text)
    except csv.Error as error:
        raise UnfitFile(f"The file is not a CSV file: {error}.", "Export it again as CSV.") from error
    finally:
        # The stream is its owner's to close.
        text.detach()


def _parsed(text: io.TextIOWrapper) -> Iterator[list[str]]:
    sample = text.read(_SAMPLE)
    text.seek(0)
    declared = _SEPARATOR_LINE.fullmatch(sample.split("\n", 1)[0])
    if declared:
        # Excel reads this first line as an instruction; the line stays in the count.
        text.readline()
        yield []
    delimiter = declared.group(1) if declared else _delimiter(sample)
    yield from csv.reader(_without_mangling(text), delimiter=delimiter)


def _without_mangling(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if _MANGLED in line:
            raise UnfitFile(f"Line {number} holds bytes that are not text.", "Export it again as CSV in UTF-8.")
        yield line


def _delimiter(sample: str) -> str:
    """The delimiter that cuts the first lines into the most cells that all of them have."""
    return max(DELIMITERS, key=lambda delimiter: _breadth(sample, delimiter))


def _breadth(sample: str, delimiter: str) -> tuple[int, int]:
    lines = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        found = [len(line) for line in islice(lines, _SAMPLE_LINES) if _says_something(line)]
    except csv.Error:
        return (0, 0)
    return (min(found, default=0), found[0] if found else 0)


def _says_something(line: list[str]) -> bool:
    return any(cell.strip(f"{DELIMITERS} ") for cell in line)


def _encoding(stream: BinaryIO) -> str:
    """The encoding that all of the file can be read in; the stream is left at its beginning."""
    beginning = stream.read(1024)
    for mark, encoding in _MARKS:
        if beginning.startswith(mark):
            return _readable(stream, (encoding,))
    return _readable(stream, _unmarked(beginning))


def _unmarked(beginning: bytes) -> tuple[str, ...]:
    # In English text in UTF-16 every second byte is nought; in the other encodings none is.
    if _mostly_nought(beginning[1::2]):
        return ("utf-16-le",)
    if _mostly_nought(beginning[::2]):
        return ("utf-16-be",)
    return ("utf-8", "cp1252")


def _mostly_nought(data: bytes) -> bool:
    return data.count(0) * 2 > len(data)


def _readable(stream: BinaryIO, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        if _reads_as(stream, encoding):
            stream.seek(0)
            return encoding
    raise UnfitFile("The file is in no encoding that can be read.", "Export it again as CSV in UTF-8.")


def _reads_as(stream: BinaryIO, encoding: str) -> bool:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True
