"""What an uploaded file really is: its kind told from its bytes, or a reason why it cannot be a paper.

Papers may be PDF, Word (DOCX), OpenDocument (ODT) or plain text, 25 MB at most. The name only says
what a file claims to be; the bytes must agree. No model and no Django: a stream comes in, a kind goes out.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from cases.file_kinds import ALLOWED, FileKind, UnfitFile, has_macros, not_what_it_says
from cases.office_documents import check_docx, check_odt

__all__ = ["ALLOWED", "MAX_BYTES", "MAX_NAME", "FileKind", "UnfitFile", "decoded", "inspect_file", "safe_name", "sha256_of"]

MAX_BYTES = 25 * 1024 * 1024
"""The largest paper, in bytes (25 MB)."""

MAX_NAME = 150
"""The longest file name, in characters."""

TEXT_ENCODINGS = ("utf-8-sig", "cp1252")
"""Tried in turn: what every modern program writes (with or without its mark), then what old Windows ones wrote."""

_MB = 1024 * 1024
_PDF_TAIL = 2048
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_PLAIN_TEXT = (b"%PDF-", b"{\\rtf", b"PK\x03\x04")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def inspect_file(name: str, stream: BinaryIO, size: int) -> FileKind:
    """The kind of this file, by its name and its bytes; the stream is left at its beginning.

    `size` is in bytes, as the upload declared it. Raises UnfitFile for a name, size or content
    that a paper may not have.
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
    if "/" in name or "\\" in name:
        raise UnfitFile("The file name holds a folder.", "Upload the file under its own name alone.")
    if not name or name.startswith("."):
        raise UnfitFile("The file has no proper name.", "Give it a name such as report.docx and upload it again.")
    if any(unicodedata.category(letter) in _INVISIBLE for letter in name):
        raise UnfitFile("The file name holds invisible characters.", "Rename the file with letters and numbers.")
    if len(name) > MAX_NAME:
        raise UnfitFile(f"The file name is longer than {MAX_NAME} characters.", "Give the file a shorter name.")
    return name


def decoded(data: bytes) -> str:
    """Bytes as text: UTF-8, with or without a byte order mark, or else Windows-1252. Raises UnicodeDecodeError."""
    first, second = TEXT_ENCODINGS
    try:
        return data.decode(first)
    except UnicodeDecodeError:
        return data.decode(second)


def _claimed_kind(name: str) -> FileKind:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in {"docm", "dotm"}:
        raise has_macros()
    if ending == "doc":
        raise UnfitFile("This is an old Word document (.doc).", "Save it as .docx and upload that.")
    try:
        return FileKind(ending)
    except ValueError:
        said = f"a .{ending} file" if ending else "a file without an ending to its name"
        raise UnfitFile(f"This is {said}, which cannot be a paper.", f"Upload it as {ALLOWED}.") from None


def _check_size(size: int) -> None:
    if size == 0:
        raise UnfitFile("The file is empty.", "Check that it was saved, and upload it again.")
    if size > MAX_BYTES:
        # Rounded up, so that a file one byte too large does not read as being within the limit.
        tenths = -(-size * 10 // _MB)
        raise UnfitFile(
            f"The file is {tenths / 10:.1f} MB; the limit is {MAX_BYTES // _MB} MB.",
            "Make its pictures smaller or divide it into parts.",
        )


def _check_pdf(stream: BinaryIO) -> None:
    if _beginning(stream, 5) != b"%PDF-":
        raise not_what_it_says(FileKind.PDF)
    stream.seek(max(0, _length(stream) - _PDF_TAIL))
    if b"%%EOF" not in stream.read(_PDF_TAIL):
        raise UnfitFile("The PDF is cut short: its end is missing.", "Save it again and upload the new copy.")


def _check_text(stream: BinaryIO) -> None:
    beginning = _beginning(stream, 8)
    if beginning.startswith(_UTF16_MARKS):
        raise UnfitFile("The text is saved as UTF-16.", "Save it as UTF-8 and upload it again.")
    if beginning.startswith(_NOT_PLAIN_TEXT) or not _is_text(stream):
        raise not_what_it_says(FileKind.TEXT)


def _is_text(stream: BinaryIO) -> bool:
    """Whether it is text with no control characters but tabs, ends of lines and page breaks."""
    for encoding in TEXT_ENCODINGS:
        try:
            return not any(_CONTROL.search(text) for text in _decoding(stream, encoding))
        except UnicodeDecodeError:
            continue
    return False


def _decoding(stream: BinaryIO, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    for chunk in _chunks(stream):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", True)


def _beginning(stream: BinaryIO, length: int) -> bytes:
    stream.seek(0)
    return stream.read(length)


def _length(stream: BinaryIO) -> int:
    stream.seek(0, 2)
    return stream.tell()


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(_MB):
        yield chunk


_CHECKS = {
    FileKind.PDF: _check_pdf,
    FileKind.DOCX: check_docx,
    FileKind.ODT: check_odt,
    FileKind.TEXT: _check_text,
}
