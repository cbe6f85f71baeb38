"""Documents that are zip archives inside (DOCX, ODT, XLSX): opened without harm, and told apart.

Nothing is ever unpacked to disk. An archive is refused when it is broken, encrypted, holds macros,
or would unpack to far more than its own size.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from cases.file_kinds import FileKind, UnfitFile, has_macros, is_damaged, is_protected, not_what_it_says

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
"""The most that a document may unpack to, in bytes; a real report of 25 MB is mostly pictures and stays far below."""

MAX_PARTS = 5_000
"""The most parts inside a document; each picture, header and footnote list is one."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_MACROS = b"macroEnabled"
_ENCRYPTED_PART = 0x1
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,  # a way of packing that no word processor uses
    RuntimeError,
)


@contextmanager
def unpacked(stream: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """The parts of a document. Raises UnfitFile when it is broken, encrypted or too large to unpack."""
    try:
        with zipfile.ZipFile(stream) as parts:
            _refuse_locked_or_huge(parts.infolist())
            yield parts
    except _BROKEN_ZIP as error:
        raise is_damaged() from error


def check_docx(stream: BinaryIO) -> None:
    """Raises UnfitFile unless it is a whole Word document without macros or a password."""
    _refuse_unless_zip(stream, FileKind.DOCX)
    with unpacked(stream) as parts:
        names = set(parts.namelist())
        if not {"[Content_Types].xml", "word/document.xml"} <= names:
            raise not_what_it_says(FileKind.DOCX)
        hidden = any(name.lower().endswith("vbaproject.bin") for name in names)
        if hidden or _WORD_MACROS in parts.read("[Content_Types].xml"):
            raise has_macros()
        _check_every_part(parts)


def check_odt(stream: BinaryIO) -> None:
    """Raises UnfitFile unless it is a whole OpenDocument text without macros or a password."""
    _refuse_unless_zip(stream, FileKind.ODT)
    with unpacked(stream) as parts:
        names = set(parts.namelist())
        if not {"mimetype", "content.xml"} <= names:
            raise not_what_it_says(FileKind.ODT)
        if parts.read("mimetype").strip() != FileKind.ODT.media_type.encode():
            raise not_what_it_says(FileKind.ODT)
        if "META-INF/manifest.xml" in names and b"encryption-data" in parts.read("META-INF/manifest.xml"):
            raise is_protected()
        if any(_is_odt_macro(name) for name in names):
            raise has_macros()
        _check_every_part(parts)


def _is_odt_macro(name: str) -> bool:
    # An OpenDocument without macros may still list its empty libraries in script-lc.xml and script-lb.xml.
    listing = name.endswith(("/", "script-lc.xml", "script-lb.xml"))
    return name.startswith(("Basic/", "Scripts/")) and not listing


def _refuse_unless_zip(stream: BinaryIO, kind: FileKind) -> None:
    stream.seek(0)
    beginning = stream.read(len(_OLE))
    if beginning == _OLE:
        # Word wraps a document with a password in the container of the old .doc format.
        raise is_protected()
    if not beginning.startswith(_ZIP):
        raise not_what_it_says(kind)


def _refuse_locked_or_huge(inside: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & _ENCRYPTED_PART for part in inside):
        raise is_protected()
    if len(inside) > MAX_PARTS or sum(part.file_size for part in inside) > MAX_UNPACKED_BYTES:
        raise UnfitFile("The file unpacks to far more than its size.", "Save it again, or export it in another form.")


def _check_every_part(parts: zipfile.ZipFile) -> None:
    if parts.testzip() is not None:
        raise is_damaged()
