"""Reads the words of one PDF from standard input and writes them as JSON. A program of its own: see `cases.pdf_text`.

A PDF is a program in all but name, and may be made to run for ever or to fill the memory. So it is read in a process that
may be stopped, with as much memory and time as its arguments allow: seconds, bytes, characters. It imports nothing of ours.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

LOCKED, BROKEN, LONG = "locked", "broken", "long"
_ANYTHING_A_BROKEN_FILE_RAISES = (
    PyPdfError, ArithmeticError, AttributeError, LookupError, NotImplementedError, OSError, RecursionError, RuntimeError, TypeError,
    ValueError,
)  # fmt: skip


def words_of(data: bytes, most: int) -> dict[str, Any]:
    """Of a whole PDF: `pages`, a text each; `beside`, what stands in its notes, its form and its properties; `pictures`, the pages
    that show a picture and have no words; `attached`, whether files are hidden in it. Or `failed`: why nothing was read."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"failed": LOCKED}
        return _read(reader, most)
    except DependencyError:  # a cipher that needs a library which we do not have
        return {"failed": LOCKED}
    except _ANYTHING_A_BROKEN_FILE_RAISES:
        return {"failed": BROKEN}


def _read(reader: PdfReader, most: int) -> dict[str, Any]:
    pages: list[str] = []
    pictures: list[int] = []
    beside = [str(one) for one in (reader.metadata or {}).values()]
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text().strip()
        pages.append(text)
        beside += _notes(page)
        if not text and _draws(page):
            pictures.append(number)
        if sum(map(len, (*pages, *beside))) > most:
            return {"failed": LONG}
    return {"pages": pages, "beside": beside, "pictures": pictures, "attached": bool(reader.attachments)}


def _notes(page: PageObject) -> Iterator[str]:
    """What is written on a page and is not of it: notes, and the fields of a form."""
    for one in page.get("/Annots") or ():
        note = one.get_object()
        yield from (str(note[key]) for key in ("/Contents", "/V", "/T") if note.get(key))


def _draws(page: PageObject) -> bool:
    """Whether something stands on a page without words: a page that was scanned holds one picture."""
    resources = page.get("/Resources")
    return bool(resources and resources.get_object().get("/XObject"))


def _be_modest(seconds: int, memory: int) -> None:
    """Ask the system for no more than this; a system that knows no such bound leaves it to whoever started us."""
    for what, bound in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (bound, bound))


if __name__ == "__main__":
    _be_modest(int(sys.argv[1]), int(sys.argv[2]))
    json.dump(words_of(sys.stdin.buffer.read(), int(sys.argv[3])), sys.stdout)
