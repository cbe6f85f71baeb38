"""The words of a PDF, so that it can be searched for what points to a person. Read in a process apart, within bounds.

What could not be searched is said, never passed over: a file with a password, a broken one, one that takes too long or
fills the memory, pages that are pictures, files hidden in it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cases.paper_text import MAX_TEXT

SECONDS = 15
"""The longest that one PDF is read: a plain report of three hundred pages takes about one."""
MEMORY = 768 * 1024 * 1024
"""The most memory, in bytes, that reading one PDF may take."""

_PROGRAM = Path(__file__).with_name("pdf_pages.py")
_FAILED = {
    "locked": "it is protected",
    "broken": "it is damaged, or written in a way that we cannot read",
    "long": "it is too long",
}
_TOO_MUCH = "it takes too long or too much memory to read"


@dataclass(frozen=True)
class PdfWords:
    """What was read: a text for each page, what stands beside them, and why (`unread`) not all of it; empty where all was."""

    pages: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    unread: str = ""


def words_of_pdf(stream: BinaryIO, seconds: int = SECONDS, memory: int = MEMORY) -> PdfWords:
    """Read it within `seconds` and `memory` (bytes). Never raises for what is in the file: `unread` says what was not read."""
    stream.seek(0)
    command = [sys.executable, "-I", str(_PROGRAM), str(seconds), str(memory), str(MAX_TEXT)]
    try:
        done = subprocess.run(command, input=stream.read(), capture_output=True, timeout=seconds, check=True)  # noqa: S603 ours
    except (subprocess.SubprocessError, OSError):
        return PdfWords(unread=_TOO_MUCH)
    return _told(json.loads(done.stdout))


def _told(read: Mapping[str, Any]) -> PdfWords:
    if "failed" in read:
        return PdfWords(unread=_FAILED[read["failed"]])
    return PdfWords(tuple(read["pages"]), tuple(read["beside"]), _left_out(read))


def _left_out(read: Mapping[str, Any]) -> str:
    """What of a file that was read is no text: pictures, and files within it."""
    pages, pictures = read["pages"], read["pictures"]
    found = []
    if not any(pages):
        found.append("it has no words, only pictures: it may have been scanned")
    elif pictures:
        named = ", ".join(map(str, pictures[:10])) + (" and more" if len(pictures) > 10 else "")
        found.append(
            f"{'pages' if len(pictures) > 1 else 'page'} {named} {'are pictures' if len(pictures) > 1 else 'is a picture'}"
        )
    if read["attached"]:
        found.append("other files are attached inside it")
    return ", and ".join(found)
