"""IG16: a copy of a paper says to whom it was given, and nothing else of it changes."""

import io
import zipfile

import pytest
from pypdf import PdfReader

from cases.file_kinds import FileKind
from cases.marked_copies import marked
from cases.paper_text import text_of
from tests.unit.cases.pdfs import a_pdf, changed

pytestmark = pytest.mark.proves("IG16")

MARK = "OVS-2026-0007: copy 143, given to Zoë O'Neill <lay> & (partner)"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE, TEXT = "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
DOCUMENT = (
    f'<?xml version="1.0"?><x:document xmlns:x="{WORD}"><x:body><x:p><x:r><x:t>First.</x:t></x:r></x:p>'
    "<x:p><x:r><x:t>Second.</x:t></x:r></x:p></x:body></x:document>"
)
OPEN = (
    f'<?xml version="1.0"?><office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}"><office:body><office:text>'
    "<text:sequence-decls><text:sequence-decl/></text:sequence-decls><text:h>First.</text:h><text:p>Second.</text:p>"
    "</office:text></office:body></office:document-content>"
)


def archive(**parts: str) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name, content in parts.items():
            written.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out


def test_each_page_of_a_pdf_has_the_line_and_its_own_words() -> None:
    pages = PdfReader(io.BytesIO(marked(FileKind.PDF, io.BytesIO(a_pdf("First.", "Second.")), MARK) or b"")).pages
    assert [page.extract_text().splitlines() for page in pages] == [["First.", MARK], ["Second.", MARK]]


def test_a_pdf_that_shares_its_fonts_or_shows_a_picture_is_marked_too() -> None:
    data = a_pdf("", "Words", picture=True)
    pages = PdfReader(io.BytesIO(marked(FileKind.PDF, io.BytesIO(data), MARK) or b"")).pages
    assert all(MARK in page.extract_text() for page in pages)


def test_letters_that_the_line_cannot_show_do_not_stop_it() -> None:
    page = PdfReader(io.BytesIO(marked(FileKind.PDF, io.BytesIO(a_pdf("First.")), "given to Łukasz") or b"")).pages[0]
    assert "given to ?ukasz" in page.extract_text()


@pytest.mark.parametrize("data", [changed(a_pdf("First."), password="secret"), b"%PDF-1.7 and no more"], ids=["locked", "broken"])
def test_a_pdf_that_cannot_be_opened_cannot_be_marked(data: bytes) -> None:
    assert marked(FileKind.PDF, io.BytesIO(data), MARK) is None


@pytest.mark.parametrize(
    ("kind", "made"),
    [(FileKind.DOCX, {"word__document_xml": DOCUMENT}), (FileKind.ODT, {"content_xml": OPEN})],
    ids=["Word", "OpenDocument"],
)
def test_a_document_begins_with_the_line_and_is_else_as_it_was(kind: FileKind, made: dict[str, str]) -> None:
    before = archive(**made, other_xml="<same/>")
    after = io.BytesIO(marked(kind, before, MARK) or b"")
    assert (text_of(kind, after) or "").splitlines() == [MARK, "First.", "Second."]
    with zipfile.ZipFile(after) as parts, zipfile.ZipFile(before) as as_it_was:
        assert parts.namelist() == as_it_was.namelist()
        assert parts.read("other.xml") == b"<same/>"


@pytest.mark.parametrize("made", [{"word__document_xml": f'<w:document xmlns:w="{WORD}"/>'}, {"word__document_xml": "<broken"}])
def test_a_document_without_a_paragraph_cannot_be_marked(made: dict[str, str]) -> None:
    assert marked(FileKind.DOCX, archive(**made), MARK) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_text_begins_with_the_line_in_its_own_encoding(encoding: str) -> None:
    given = marked(FileKind.TEXT, io.BytesIO("Füßchen.".encode(encoding)), MARK) or b""
    assert given.decode(encoding) == f"{MARK}\r\n\r\nFüßchen."
