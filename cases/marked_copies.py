"""Copies of papers that say to whom they were given, so that a copy that is found names the act that gave it (IG16).

Each kind is marked as far as it can be without changing a word of it: a line under each page of a PDF, a line before the text of
the others. What cannot be marked is given as it is: a partner who could not open a paper would be worse.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from codecs import BOM_UTF8
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat
from xml.sax.saxutils import escape

from cases.file_kinds import FileKind, UnfitFile
from cases.office_documents import unpacked
from cases.paper_text import DOCX, ODT, Markup
from cases.pdf_text import MEMORY, SECONDS

_PROGRAM = Path(__file__).with_name("pdf_marking.py")
_MARKS = {
    FileKind.DOCX: ("body", '<{0}p xmlns:{1}="{2}"><{0}r><{0}t>{3}</{0}t></{0}r></{0}p>', "w:"),
    FileKind.ODT: ("text", '<{0}p xmlns:{1}="{2}">{3}</{0}p>', "text:"),
}
_PART_OF: dict[FileKind, Markup] = {FileKind.DOCX: DOCX, FileKind.ODT: ODT}


def marked(kind: FileKind | None, stream: BinaryIO, mark: str) -> bytes | None:
    """The file with `mark`, one line, on it; None where that cannot be done. The stream is left at its beginning."""
    stream.seek(0)
    try:
        if kind is FileKind.PDF:
            return _pdf(stream.read(), mark)
        if kind is FileKind.TEXT:
            return _text(stream.read(), mark)
        return _document(kind, stream, mark) if kind else None
    except UnfitFile:
        return None
    finally:
        stream.seek(0)


def _text(data: bytes, mark: str) -> bytes:
    """In the encoding that the text is read in: see `cases.papers.decoded`."""
    line = f"{mark}\r\n\r\n"
    if data.startswith(BOM_UTF8):
        return BOM_UTF8 + line.encode() + data[len(BOM_UTF8) :]
    try:
        data.decode()
    except UnicodeDecodeError:
        return line.encode("cp1252", "replace") + data
    return line.encode() + data


def _pdf(data: bytes, mark: str) -> bytes | None:
    """In a process apart, within bounds, as each PDF is read: see `cases.pdf_text`."""
    command = [sys.executable, "-I", str(_PROGRAM), str(SECONDS), str(MEMORY), json.dumps(mark)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603 ours
    except (subprocess.SubprocessError, OSError):
        return None
    return done.stdout or None


def _document(kind: FileKind, stream: BinaryIO, mark: str) -> bytes | None:
    """A paragraph at the beginning; every other part of the archive as it was."""
    part, out = _PART_OF[kind].part, io.BytesIO()
    with unpacked(stream) as parts:
        content = parts.read(part)
        before = _beginning_of_text(kind, content)
        if before is None:
            return None
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
            for inside in parts.infolist():
                data = _with(kind, content, before, mark) if inside.filename == part else parts.read(inside)
                written.writestr(inside, data)
    return out.getvalue()


def _with(kind: FileKind, content: bytes, before: tuple[int, str], mark: str) -> bytes:
    place, namespace = before
    _element, paragraph, prefix = _MARKS[kind]
    added = paragraph.format(prefix, prefix.rstrip(":"), namespace, escape(mark)).encode("ascii", "xmlcharrefreplace")
    return content[:place] + added + content[place:]


def _beginning_of_text(kind: FileKind, content: bytes) -> tuple[int, str] | None:
    """Where the first paragraph or heading of the text begins, in bytes, and the namespace it is of; None where there is none.

    An OpenDocument begins with declarations that must stay in front, so it is the first paragraph and not the text that is sought.
    """
    words = _PART_OF[kind].ends_line
    found: list[tuple[int, str]] = []
    depth_of_body: list[int] = []
    open_elements: list[str] = []

    def begins(name: str, _: object) -> None:
        if name.rpartition(" ")[2] == _MARKS[kind][0] and not depth_of_body:
            depth_of_body.append(len(open_elements))
        elif name in words and not found and depth_of_body and len(open_elements) == depth_of_body[0] + 1:
            found.append((parser.CurrentByteIndex, name.rpartition(" ")[0]))
        open_elements.append(name)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = begins
    parser.EndElementHandler = lambda _: open_elements.pop()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None  # its bytes are not those of the text that is added
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        return None
    return found[0] if found else None
