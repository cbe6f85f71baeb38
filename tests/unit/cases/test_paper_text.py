"""The words of a paper come out as a reader sees them, and nothing hidden in the file comes with them."""

from __future__ import annotations

import io
import zipfile

import pytest

from cases.paper_text import MAX_TEXT, text_of
from cases.papers import FileKind, UnfitFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
TEXT = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


def document(part: str, content: str) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return packed


def docx(body: str, before: str = "") -> io.BytesIO:
    return document("word/document.xml", f"{before}<w:document {W} {MC}><w:body>{body}</w:body></w:document>")


def odt(body: str) -> io.BytesIO:
    return document("content.xml", f"<office:document-content {OFFICE} {TEXT}>{body}</office:document-content>")


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_plain_text_comes_out_the_same_from_every_encoding(encoding: str) -> None:
    assert text_of(FileKind.TEXT, io.BytesIO("Siân\u2019s\r\nnotes".encode(encoding))) == "Siân\u2019s\nnotes"


def test_text_in_no_known_encoding_is_refused() -> None:
    with pytest.raises(UnfitFile, match="encoding"):
        text_of(FileKind.TEXT, io.BytesIO(b"\x81\x8d"))


def test_a_word_document_gives_a_line_for_each_paragraph() -> None:
    body = (
        paragraph("What happened &amp; why") + "<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p>"
    )
    assert text_of(FileKind.DOCX, docx(body)) == "What happened & why\nOne\ttwo\nthree"


def test_deleted_and_moved_text_and_tab_stops_are_left_out() -> None:
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>'
        "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>kept</w:t></w:r></w:ins>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert text_of(FileKind.DOCX, docx(body)) == "kept"


def test_a_text_box_is_read_once() -> None:
    box = paragraph("box")
    body = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert text_of(FileKind.DOCX, docx(body)) == "box"


def test_an_opendocument_gives_a_line_for_each_heading_and_paragraph() -> None:
    body = (
        "<office:body><office:text><text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        '<text:h>Findings</text:h><text:p>One<text:tab/>two<text:s text:c="3"/><text:span>three</text:span>'
        "<office:annotation><text:p>a note</text:p></office:annotation><text:line-break/>four</text:p></office:text></office:body>"
    )
    assert text_of(FileKind.ODT, odt(body)) == "Findings\nOne\ttwo   three\nfour"


def test_an_absurd_count_of_spaces_is_not_believed() -> None:
    text = text_of(FileKind.ODT, odt('<text:p>a<text:s text:c="999999999"/><text:s text:c="x"/>b</text:p>'))
    assert text is not None
    assert len(text) == 103


def test_a_pdf_is_no_text_to_show() -> None:
    assert text_of(FileKind.PDF, io.BytesIO(b"%PDF-1.7")) is None


def test_too_much_text_gives_none_rather_than_half() -> None:
    assert text_of(FileKind.TEXT, io.BytesIO(b"a" * (MAX_TEXT + 1))) is None
    assert text_of(FileKind.DOCX, docx(paragraph("a" * (MAX_TEXT + 1)))) is None


def test_a_doctype_is_refused_before_any_entity_is_read() -> None:
    with pytest.raises(UnfitFile, match="DOCTYPE"):
        text_of(FileKind.DOCX, docx(paragraph("&b;"), before=LAUGHS))


@pytest.mark.parametrize("content", ["<unclosed>", "", "not xml", "<a>&b;</a>", "\x00"])
def test_broken_markup_is_refused(content: str) -> None:
    with pytest.raises(UnfitFile, match="damaged"):
        text_of(FileKind.DOCX, document("word/document.xml", content))


def test_a_document_with_no_text_part_is_refused() -> None:
    with pytest.raises(UnfitFile, match="no text part"):
        text_of(FileKind.ODT, document("other.xml", "<a/>"))


def test_a_file_that_is_no_zip_is_refused() -> None:
    with pytest.raises(UnfitFile, match="damaged"):
        text_of(FileKind.DOCX, io.BytesIO(b"not a zip"))


def test_very_deep_markup_is_read() -> None:
    assert text_of(FileKind.DOCX, docx("<w:x>" * 5000 + paragraph("deep") + "</w:x>" * 5000)) == "deep"


def test_the_stream_is_left_at_its_beginning() -> None:
    stream = docx(paragraph("a"))
    text_of(FileKind.DOCX, stream)
    assert stream.tell() == 0
