"""The words inside a paper, so that two versions can be compared and a paper can be searched.

Standard library only. A document that declares a DOCTYPE is refused, so no entity is ever expanded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, BinaryIO
from xml.parsers import expat

from cases.file_kinds import FileKind, UnfitFile
from cases.office_documents import unpacked
from cases.papers import decoded

MAX_TEXT = 5_000_000
"""The most characters of text that are worth having: about two thousand pages."""

_CHUNK = 256 * 1024
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_ALTERNATIVE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_ODF_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_ODF_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


@dataclass(frozen=True)
class Markup:
    """Where the words stand in one XML vocabulary; every name is "namespace local-name"."""

    part: str
    words: frozenset[str]
    """Elements whose character data is text, with whatever they hold."""
    instead: dict[str, str]
    """Elements that stand for a character."""
    ends_line: frozenset[str]
    skipped: frozenset[str]
    """Elements with nothing that a reader sees: deleted text, the second copy of a text box, reviewers' notes."""


def _names(namespaces: tuple[str, ...], *locals_: str) -> frozenset[str]:
    return frozenset(f"{namespace} {local}" for namespace in namespaces for local in locals_)


_W = (_WORD, _WORD_STRICT)
DOCX = Markup(
    part="word/document.xml",
    words=_names(_W, "t"),
    instead=dict.fromkeys(_names(_W, "tab"), "\t") | dict.fromkeys(_names(_W, "br", "cr"), "\n"),
    ends_line=_names(_W, "p"),
    # w:tabs in a paragraph's properties holds w:tab elements that set stops and are not characters.
    skipped=_names(_W, "del", "moveFrom", "pPr") | _names((_ALTERNATIVE,), "Fallback"),
)
ODT = Markup(
    part="content.xml",
    words=_names((_ODF_TEXT,), "p", "h"),
    instead={f"{_ODF_TEXT} tab": "\t", f"{_ODF_TEXT} line-break": "\n", f"{_ODF_TEXT} s": " "},
    ends_line=_names((_ODF_TEXT,), "p", "h"),
    skipped=_names((_ODF_TEXT,), "tracked-changes") | _names((_ODF_OFFICE,), "annotation"),
)


def text_of(kind: FileKind, stream: BinaryIO) -> str | None:
    """The text of a paper, one paragraph a line; the stream is left at its beginning.

    None where there is none to show: a PDF (searched by `cases.pdf_text`), or more than MAX_TEXT characters (half a text would
    make two versions look alike). Raises UnfitFile for a damaged document or one with a DOCTYPE.
    """
    stream.seek(0)
    try:
        text = _READERS[kind](stream)
    finally:
        stream.seek(0)
    return text if text is None or len(text) <= MAX_TEXT else None


def _no_text(stream: BinaryIO) -> str | None:
    return None


def _plain(stream: BinaryIO) -> str | None:
    try:
        return "\n".join(decoded(stream.read()).splitlines())
    except UnicodeDecodeError as error:
        raise UnfitFile("The text is in no encoding we know.", "Save it as UTF-8 and upload it again.") from error


def _marked_up(markup: Markup) -> Callable[[BinaryIO], str | None]:
    def read(stream: BinaryIO) -> str | None:
        with unpacked(stream) as parts:
            if markup.part not in parts.namelist():
                raise UnfitFile("The document has no text part.", "Save it again and upload the new copy.")
            with parts.open(markup.part) as part:
                return _words_of(part, markup)

    return read


def _words_of(part: IO[bytes], markup: Markup) -> str | None:
    words = _Words(markup)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = words.start
    parser.EndElementHandler = words.end
    parser.CharacterDataHandler = words.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk, False)
            if words.length > MAX_TEXT:
                return None
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnfitFile("The document is damaged inside.", "Save it again and upload the new copy.") from error
    return "".join(words.found).rstrip("\n")


def _refuse_doctype(*_: object) -> None:
    raise UnfitFile("The document declares a DOCTYPE, which no word processor writes.", "Save it again as .docx or .odt.")


@dataclass
class _Words:
    """Gathers the words as the parser goes by."""

    markup: Markup
    found: list[str] = field(default_factory=list)
    length: int = 0
    within: int = 0
    skipping: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.skipping or name in self.markup.skipped:
            self.skipping += 1
        elif name in self.markup.words:
            self.within += 1
        elif name in self.markup.instead:
            self._add(self.markup.instead[name] * _times(attributes))

    def end(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        if name in self.markup.words:
            self.within -= 1
        if name in self.markup.ends_line:
            self._add("\n")

    def data(self, text: str) -> None:
        if self.within and not self.skipping:
            self._add(text)

    def _add(self, text: str) -> None:
        self.found.append(text)
        self.length += len(text)


def _times(attributes: dict[str, str]) -> int:
    """How many spaces one OpenDocument text:s stands for."""
    written = attributes.get(f"{_ODF_TEXT} c", "1")
    return min(int(written), 100) if written.isdecimal() else 1


_READERS: dict[FileKind, Callable[[BinaryIO], str | None]] = {
    FileKind.PDF: _no_text,
    FileKind.DOCX: _marked_up(DOCX),
    FileKind.ODT: _marked_up(ODT),
    FileKind.TEXT: _plain,
}
