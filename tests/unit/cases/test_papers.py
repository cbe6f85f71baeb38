"""A paper is what its bytes say it is, and is refused in plain words when it is not."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.office_documents import MAX_PARTS
from cases.papers import MAX_BYTES, MAX_NAME, FileKind, UnfitFile, inspect_file, safe_name, sha256_of

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
DOCX_PARTS = {"[Content_Types].xml": TYPES, "word/document.xml": "<document/>"}
ODT_PARTS = {"mimetype": FileKind.ODT.media_type, "content.xml": "<content/>", "META-INF/manifest.xml": "<manifest/>"}


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def kind_of(name: str, data: bytes) -> FileKind:
    return inspect_file(name, io.BytesIO(data), len(data))


def refusal(name: str, data: bytes) -> UnfitFile:
    with pytest.raises(UnfitFile) as refused:
        kind_of(name, data)
    assert refused.value.reason.endswith(".")
    assert refused.value.remedy.endswith(".")
    return refused.value


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("report.pdf", PDF, FileKind.PDF),
        ("REPORT.PDF", PDF, FileKind.PDF),
        ("report.v2.final.docx", zipped(DOCX_PARTS), FileKind.DOCX),
        ("report.odt", zipped(ODT_PARTS), FileKind.ODT),
        ("notes.txt", b"Plain notes.\r\n\tIndented.\x0cNext page", FileKind.TEXT),
        ("notes.txt", "Siân\u2019s notes".encode(), FileKind.TEXT),
        ("notes.txt", "Siân\u2019s notes".encode("utf-8-sig"), FileKind.TEXT),
        ("notes.txt", "Siân\u2019s notes".encode("cp1252"), FileKind.TEXT),
    ],
)
def test_each_kind_is_known_by_name_and_bytes(name: str, data: bytes, kind: FileKind) -> None:
    assert kind_of(name, data) is kind


@pytest.mark.parametrize("name", ["report.pdf", "report.docx", "report.odt", "report.txt"])
@pytest.mark.parametrize("claimed", ["pdf", "docx", "odt", "png"])
def test_bytes_that_are_not_what_the_name_says_are_refused(name: str, claimed: str) -> None:
    content = {"pdf": PDF, "docx": zipped(DOCX_PARTS), "odt": zipped(ODT_PARTS), "png": b"\x89PNG\r\n\x1a\n" + bytes(40)}
    if not name.endswith(claimed):
        assert "content of the file is something else" in refusal(name, content[claimed]).reason


@pytest.mark.parametrize(
    "data",
    [
        b"text with a \x00 in it",
        b"bell \x07",
        b"escape \x1b[31m",
        "a next-line control \x85".encode(),
        b"\x81\x8d undefined in Windows-1252",
        b"{\\rtf1 rich text}",
        b"MZ\x90\x00\x03\x00",
    ],
)
def test_text_with_control_characters_or_of_another_kind_is_refused(data: bytes) -> None:
    assert "plain text" in refusal("notes.txt", data).reason


def test_a_character_cut_by_the_reading_of_chunks_is_still_one_character() -> None:
    data = b"a" * (1024 * 1024 - 1) + "é".encode() + b"b" * 10
    assert kind_of("notes.txt", data) is FileKind.TEXT


def test_text_in_utf_16_is_refused_with_the_way_out() -> None:
    assert "UTF-8" in refusal("notes.txt", "Notes".encode("utf-16")).remedy


def test_an_empty_file_is_refused() -> None:
    assert "empty" in refusal("report.pdf", b"").reason


def test_a_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not() -> None:
    assert kind_of("notes.txt", b"a" * MAX_BYTES) is FileKind.TEXT
    refused = refusal("notes.txt", b"a" * (MAX_BYTES + 1))
    assert refused.reason == "The file is 25.1 MB; the limit is 25 MB."


def test_the_size_counts_that_is_larger_the_declared_or_the_real() -> None:
    with pytest.raises(UnfitFile, match=r"30\.0 MB"):
        inspect_file("notes.txt", io.BytesIO(b"small"), 30 * 1024 * 1024)
    with pytest.raises(UnfitFile, match="limit is 25 MB"):
        inspect_file("notes.txt", io.BytesIO(b"a" * (MAX_BYTES + 1)), 10)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("report.exe", "a .exe file"),
        ("report", "without an ending"),
        ("report.pdf.zip", "a .zip file"),
        ("report.doc", "old Word document"),
        ("report.docm", "macros"),
    ],
)
def test_other_kinds_are_refused_by_name(name: str, said: str) -> None:
    assert said in refusal(name, PDF).reason


@pytest.mark.parametrize(
    "parts",
    [
        {**DOCX_PARTS, "word/vbaProject.bin": b"\x00"},
        {**DOCX_PARTS, "customXml/VBAPROJECT.BIN": b"\x00"},
        {**DOCX_PARTS, "[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"},
    ],
)
def test_a_word_document_with_macros_is_refused_whatever_its_name(parts: dict[str, str]) -> None:
    assert "macros" in refusal("report.docx", zipped(parts)).reason


@pytest.mark.parametrize("part", ["Basic/Standard/Module1.xml", "Scripts/python/run.py"])
def test_an_opendocument_with_macros_is_refused(part: str) -> None:
    assert "macros" in refusal("report.odt", zipped({**ODT_PARTS, part: "x"})).reason


def test_an_opendocument_that_only_lists_its_empty_libraries_is_taken() -> None:
    assert kind_of("report.odt", zipped({**ODT_PARTS, "Basic/script-lc.xml": "<x/>"})) is FileKind.ODT


def test_a_document_behind_a_password_is_refused() -> None:
    assert "password" in refusal("report.docx", OLE).reason
    locked = zipped({**ODT_PARTS, "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"})
    assert "password" in refusal("report.odt", locked).reason


def test_a_zip_whose_parts_are_encrypted_is_refused() -> None:
    data = bytearray(zipped(DOCX_PARTS))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refusal("report.docx", bytes(data)).reason


def test_a_document_that_unpacks_to_far_more_than_its_size_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in DOCX_PARTS.items():
            archive.writestr(name, content)
        with archive.open("word/media/bomb.bin", "w") as bomb:
            for _ in range(201):
                bomb.write(bytes(1024 * 1024))
    assert "unpacks" in refusal("report.docx", packed.getvalue()).reason


def test_a_document_of_too_many_parts_is_refused() -> None:
    parts = DOCX_PARTS | {f"word/media/{n}.png": "" for n in range(MAX_PARTS)}
    assert "unpacks" in refusal("report.docx", zipped(parts)).reason


def test_a_document_cut_short_is_refused_as_damaged() -> None:
    assert "damaged" in refusal("report.docx", zipped(DOCX_PARTS)[:-30]).reason
    assert "cut short" in refusal("report.pdf", PDF.replace(b"%%EOF", b"")).reason


def test_a_document_with_a_damaged_part_is_refused() -> None:
    data = bytearray(zipped({**DOCX_PARTS, "word/media/picture.png": bytes(range(256)) * 8}))
    data[data.index(b"picture.png") + 20] ^= 0xFF
    assert "damaged" in refusal("report.docx", bytes(data)).reason


def told(name: str, data: bytes) -> str:
    """What comes of a file, whatever it is: its kind, or the way out."""
    try:
        return kind_of(name, data).value
    except UnfitFile as refused:
        return refused.remedy


@given(st.binary(min_size=1, max_size=400), st.sampled_from(["a.pdf", "a.docx", "a.odt", "a.txt"]), st.booleans())
def test_no_bytes_at_all_make_anything_but_a_kind_or_a_refusal(data: bytes, name: str, looks_zipped: bool) -> None:
    whole = b"PK\x03\x04" + data + zipped(DOCX_PARTS)[-60:] if looks_zipped else data
    assert told(name, whole).endswith((name[2:], "."))


@given(st.integers(0, 1000), st.integers(1, 255))
def test_a_document_with_one_byte_changed_is_read_or_refused_but_never_breaks(place: int, change: int) -> None:
    data = bytearray(zipped(DOCX_PARTS))
    data[place % len(data)] ^= change
    assert told("report.docx", bytes(data)).endswith(("docx", "."))


def test_the_stream_is_left_at_its_beginning() -> None:
    stream = io.BytesIO(PDF)
    stream.seek(5)
    inspect_file("report.pdf", stream, len(PDF))
    assert stream.tell() == 0
    assert sha256_of(stream) == hashlib.sha256(PDF).hexdigest()
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../etc/passwd.txt", "folder"),
        ("C:\\papers\\report.pdf", "folder"),
        ("report\x00.pdf", "invisible"),
        ("report\n.pdf", "invisible"),
        ("report\u202efdp.exe", "invisible"),
        ("", "no proper name"),
        ("  ", "no proper name"),
        (".pdf", "no proper name"),
        ("a" * MAX_NAME + ".pdf", "longer than 150"),
    ],
)
def test_a_name_that_could_mislead_is_refused(name: str, said: str) -> None:
    with pytest.raises(UnfitFile, match=said):
        safe_name(name)


def test_a_good_name_is_kept_in_composed_form() -> None:
    assert safe_name(" Adroddiad Sia\u0302n (3).docx ") == "Adroddiad Siân (3).docx"


def test_every_kind_has_a_label_and_a_media_type() -> None:
    assert [kind.label for kind in FileKind] == ["PDF", "Word document", "OpenDocument text", "plain text"]
    assert all("/" in kind.media_type for kind in FileKind)
