"""Writes one line under each page of a PDF, from standard input to standard output. A program: see `cases.marked_copies`.

Its arguments: seconds, bytes of memory, the line as JSON. What cannot be marked comes out as nothing. It imports nothing of ours.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from contextlib import suppress

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
)

FONT = "/GivenTo"
SIZE = 7
_ANYTHING_A_BROKEN_FILE_RAISES = (
    PyPdfError, ArithmeticError, AttributeError, LookupError, NotImplementedError, OSError, RecursionError, RuntimeError, TypeError,
    ValueError,
)  # fmt: skip


def marked(data: bytes, line: str) -> bytes:
    """The PDF with the line at the foot of each page; nothing for one that is locked or broken."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return b""
        writer = PdfWriter(clone_from=reader)
        font = writer._add_object(_font())
        before = writer._add_object(_stream(b"q\n"))
        for page in writer.pages:
            _mark(writer, page, font, before, line)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()
    except _ANYTHING_A_BROKEN_FILE_RAISES:
        return b""


def _mark(writer: PdfWriter, page: PageObject, font: IndirectObject, before: IndirectObject, line: str) -> None:
    """Whatever the page draws is closed in first, so that no turn or stretch of its own moves the line."""
    shown = page.cropbox
    text = line.encode("cp1252", "replace").hex()
    drawn = f"Q\nq\nBT {FONT} {SIZE} Tf 0 g {float(shown.left) + 18:.2f} {float(shown.bottom) + 8:.2f} Td <{text}> Tj ET\nQ\n"
    page[NameObject("/Contents")] = ArrayObject([before, *_contents(page), writer._add_object(_stream(drawn.encode("ascii")))])
    resources = _own(page.get("/Resources"))
    fonts = _own(resources.get("/Font"))
    fonts[NameObject(FONT)] = font
    resources[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = resources


def _own(found: PdfObject | None) -> DictionaryObject:
    """A copy, for a dictionary may be shared by many pages."""
    inside = found.get_object() if found is not None else None
    return DictionaryObject(inside) if isinstance(inside, DictionaryObject) else DictionaryObject()


def _contents(page: PageObject) -> list[PdfObject]:
    if "/Contents" not in page:
        return []
    found = page.raw_get("/Contents")
    inside = found.get_object()
    return list(inside) if isinstance(inside, ArrayObject) else [found]


def _font() -> DictionaryObject:
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    return DictionaryObject({NameObject(name): NameObject(value) for name, value in names.items()})


def _stream(data: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    stream[NameObject("/Length")] = NumberObject(len(data))
    return stream


def _be_modest(seconds: int, memory: int) -> None:
    """Ask the system for no more than this; a system that knows no such bound leaves it to whoever started us."""
    for what, bound in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (bound, bound))


if __name__ == "__main__":
    _be_modest(int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.buffer.write(marked(sys.stdin.buffer.read(), json.loads(sys.argv[3])))
