"""What an uploaded file really is: its kind told from its bytes, or a reason why it cannot be a paper.

Papers may be PDF, Word (DOCX), OpenDocument (ODT) or plain text, 25 MB at most. The name only says
what a file claims to be; the bytes must agree. No model and no Django: a stream comes in, a kind goes out.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import BinaryIO

MAX_BYTES = 25 * 1024 * 1024
"""The largest paper, in bytes: 25 MB, so that it can still be sent on by NHSmail."""

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
"""The most that a DOCX or ODT may unpack to, in bytes; a real report of 25 MB is mostly pictures and stays far below."""

MAX_PARTS = 5_000
"""The most parts inside a DOCX or ODT; each picture, header and footnote list is one."""

MAX_NAME = 150
"""The longest file name, in characters."""

TEXT_ENCODINGS = ("utf-8-sig", "cp1252")
"""Tried in turn: what every modern program writes (with or without its mark), then what old Windows ones wrote."""

ODT_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

_CHUNK = 1024 * 1024
_PDF_TAIL = 2048
_WORD_MACROS = b"macroEnabled"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_PLAIN_TEXT = (b"%PDF-", b"{\\rtf", b"PK\x03\x04")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_ENCRYPTED_PART = 0x1
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


class FileKind(Enum):
    """The kinds of file that a paper may be; the value is stored and is also the ending of the name."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    TEXT = "txt"

    @property
    def label(self) -> str:
        """As a person would say it."""
        return _LABELS[self]

    @property
    def media_type(self) -> str:
        """The media type to serve it under."""
        return _MEDIA_TYPES[self]


_LABELS = {
    FileKind.PDF: "PDF",
    FileKind.DOCX: "Word document",
    FileKind.ODT: "OpenDocument text",
    FileKind.TEXT: "plain text",
}
_MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.ODT: ODT_MEDIA_TYPE,
    FileKind.TEXT: "text/plain",
}
ALLOWED = "PDF, Word (.docx), OpenDocument (.odt) or plain text (.txt)"
"""The allowed kinds, as a page names them."""


class UnfitFile(Exception):
    """The file cannot be a paper: `reason` says why, `remedy` what to do about it. Both are fit for the screen."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy


def inspect_file(name: str, stream: BinaryIO, size: int) -> FileKind:
    """The kind of this file, by its name and its bytes; the stream is left at its beginning.

    `size` is in bytes, as the upload declared it. Raises UnfitFile for a name, size or content that a paper may not have.
    """
    kind = _claimed_kind(safe_name(name))
    _check_size(max(size, _length(stream)))
    try:
        _CHECKS[kind](stream)
    finally:
        stream.seek(0)
    return kind


def sha256_of(stream: BinaryIO) -> str:
    """The SHA-256 of all the bytes, in hexadecimal; the stream is left at its beginning."""
    digest = hashlib.sha256()
    for chunk in _chunks(stream):
        digest.update(chunk)
    stream.seek(0)
    return digest.hexdigest()


def safe_name(name: str) -> str:
    """The name as it may be stored and offered for download, in Unicode's composed form. Raises UnfitFile."""
    name = unicodedata.normalize("NFC", name).strip()
    if not name or name.startswith("."):
        raise UnfitFile(
            "The file has no proper name.",
            "Give it a name such as report.docx and upload it again.",
        )
    if "/" in name or "\\" in name:
        raise UnfitFile(
            "The file name holds a folder.", "Upload the file under its own name alone."
        )
    if any(
        unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        for letter in name
    ):
        raise UnfitFile(
            "The file name holds invisible characters.",
            "Rename the file with letters and numbers.",
        )
    if len(name) > MAX_NAME:
        raise UnfitFile(
            f"The file name is longer than {MAX_NAME} characters.",
            "Give the file a shorter name.",
        )
    return name


def decoded(data: bytes) -> str:
    """Bytes as text: UTF-8, with or without a byte order mark, or else Windows-1252. Raises UnicodeDecodeError."""
    first, second = TEXT_ENCODINGS
    try:
        return data.decode(first)
    except UnicodeDecodeError:
        return data.decode(second)


@contextmanager
def unpacked(stream: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """The parts of a DOCX or ODT, with every way of being broken told as UnfitFile."""
    try:
        with zipfile.ZipFile(stream) as parts:
            yield parts
    except _BROKEN_ZIP as error:
        raise UnfitFile(
            "The file is damaged and cannot be opened.",
            "Save it again and upload the new copy.",
        ) from error


def _claimed_kind(name: str) -> FileKind:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in {"docm", "dotm"}:
        raise _has_macros()
    if ending == "doc":
        raise UnfitFile(
            "This is an old Word document (.doc).", "Save it as .docx and upload that."
        )
    try:
        return FileKind(ending)
    except ValueError:
        said = f"a .{ending} file" if ending else "a file without an ending to its name"
        raise UnfitFile(
            f"This is {said}, which cannot be a paper.", f"Upload it as {ALLOWED}."
        ) from None


def _check_size(size: int) -> None:
    if size == 0:
        raise UnfitFile(
            "The file is empty.", "Check that it was saved, and upload it again."
        )
    if size > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        tenths = -(-size * 10 // (1024 * 1024))
        raise UnfitFile(
            f"The file is {tenths / 10:.1f} MB; the limit is {limit} MB.",
            "Make its pictures smaller or divide it into parts.",
        )


def _check_pdf(stream: BinaryIO) -> None:
    if _beginning(stream, 5) != b"%PDF-":
        raise _not_what_it_says(FileKind.PDF)
    stream.seek(max(0, _length(stream) - _PDF_TAIL))
    if b"%%EOF" not in stream.read(_PDF_TAIL):
        raise UnfitFile(
            "The PDF is cut short: its end is missing.",
            "Save it again and upload the new copy.",
        )


def _check_text(stream: BinaryIO) -> None:
    beginning = _beginning(stream, 8)
    if beginning.startswith(_UTF16_MARKS):
        raise UnfitFile(
            "The text is saved as UTF-16.", "Save it as UTF-8 and upload it again."
        )
    if beginning.startswith(_NOT_PLAIN_TEXT):
        raise _not_what_it_says(FileKind.TEXT)
    if not _is_text(stream):
        raise _not_what_it_says(FileKind.TEXT)


def _is_text(stream: BinaryIO) -> bool:
    """Whether it is text with no control characters but tabs, ends of lines and page breaks."""
    for encoding in TEXT_ENCODINGS:
        try:
            return not any(
                _CONTROL.search(text) for text in _decoding(stream, encoding)
            )
        except UnicodeDecodeError:
            continue
    return False


def _decoding(stream: BinaryIO, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    for chunk in _chunks(stream):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", True)


def _check_docx(stream: BinaryIO) -> None:
    _refuse_unless_zip(stream, FileKind.DOCX)
    with unpacked(stream) as parts:
        names = _checked_names(parts)
        if not {"[Content_Types].xml", "word/document.xml"} <= names:
            raise _not_what_it_says(FileKind.DOCX)
        if _WORD_MACROS in parts.read("[Content_Types].xml") or _any_ends(
            names, "vbaproject.bin"
        ):
            raise _has_macros()
        _check_every_part(parts)


def _check_odt(stream: BinaryIO) -> None:
    _refuse_unless_zip(stream, FileKind.ODT)
    with unpacked(stream) as parts:
        names = _checked_names(parts)
        if (
            not {"mimetype", "content.xml"} <= names
            or parts.read("mimetype").strip() != ODT_MEDIA_TYPE.encode()
        ):
            raise _not_what_it_says(FileKind.ODT)
        if "META-INF/manifest.xml" in names and b"encryption-data" in parts.read(
            "META-INF/manifest.xml"
        ):
            raise _is_protected()
        if any(_is_odt_macro(name) for name in names):
            raise _has_macros()
        _check_every_part(parts)


def _is_odt_macro(name: str) -> bool:
    # An OpenDocument without macros may still list its empty libraries in script-lc.xml and script-lb.xml.
    listing = name.endswith(("/", "script-lc.xml", "script-lb.xml"))
    return name.startswith(("Basic/", "Scripts/")) and not listing


def _refuse_unless_zip(stream: BinaryIO, kind: FileKind) -> None:
    beginning = _beginning(stream, 8)
    if beginning == _OLE:
        # Word wraps a document with a password in the container of the old .doc format.
        raise _is_protected()
    if not beginning.startswith(b"PK\x03\x04"):
        raise _not_what_it_says(kind)


def _checked_names(parts: zipfile.ZipFile) -> set[str]:
    """The names of the parts, once none is encrypted and together they are not too large to unpack."""
    inside = parts.infolist()
    if any(part.flag_bits & _ENCRYPTED_PART for part in inside):
        raise _is_protected()
    if (
        len(inside) > MAX_PARTS
        or sum(part.file_size for part in inside) > MAX_UNPACKED_BYTES
    ):
        raise UnfitFile(
            "The file unpacks to far more than its size.",
            "Save it again, or export it as PDF.",
        )
    return {part.filename for part in inside}


def _check_every_part(parts: zipfile.ZipFile) -> None:
    if parts.testzip() is not None:
        raise zipfile.BadZipFile("a part does not match its checksum")


def _any_ends(names: set[str], ending: str) -> bool:
    return any(name.lower().endswith(ending) for name in names)


def _beginning(stream: BinaryIO, length: int) -> bytes:
    stream.seek(0)
    return stream.read(length)


def _length(stream: BinaryIO) -> int:
    stream.seek(0, 2)
    return stream.tell()


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        yield chunk


def _not_what_it_says(kind: FileKind) -> UnfitFile:
    return UnfitFile(
        f"The name says {kind.label} (.{kind.value}), but the content of the file is something else.",
        f"Open it in the program that made it and save it as {ALLOWED}.",
    )


def _has_macros() -> UnfitFile:
    return UnfitFile(
        "The document holds macros (small programs).",
        "Save it without macros, as .docx, .odt or PDF.",
    )


def _is_protected() -> UnfitFile:
    return UnfitFile(
        "The document is protected with a password, or is an old Word document (.doc).",
        "Save it as .docx or .odt without a password: access is controlled here.",
    )


_CHECKS = {
    FileKind.PDF: _check_pdf,
    FileKind.DOCX: _check_docx,
    FileKind.ODT: _check_odt,
    FileKind.TEXT: _check_text,
}
