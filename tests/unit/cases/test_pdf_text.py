"""The words of a PDF are read within bounds, and whatever could not be read is said (IG1)."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.pdf_pages import words_of
from cases.pdf_text import PdfWords, words_of_pdf
from tests.unit.cases.pdfs import a_pdf, changed

TWO = a_pdf("The night of 3 May.", "NHS number 943 476 5919.")
PLENTY = 5_000_000


def read(data: bytes) -> PdfWords:
    return words_of_pdf(io.BytesIO(data))


def test_each_page_gives_its_words() -> None:
    assert read(TWO) == PdfWords(("The night of 3 May.", "NHS number 943 476 5919."))


def test_the_properties_of_the_file_are_words_too() -> None:
    assert "mary.shaw@example.org" in read(changed(TWO, Author="mary.shaw@example.org")).beside


def test_what_is_written_in_a_note_is_read() -> None:
    noted = TWO.replace(b"/MediaBox[0 0 595 842]", b"/MediaBox[0 0 595 842]/Annots[<</Subtype/Text/Contents(Ask Mary)>>]", 1)
    assert words_of(noted, PLENTY)["beside"] == ["Ask Mary"]


def test_a_file_that_anybody_may_open_and_only_some_may_print_is_read() -> None:
    assert read(changed(TWO, password="")).pages == read(TWO).pages


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (changed(TWO, password="secret"), "it is protected"),
        (b"%PDF-1.7\nnothing\n%%EOF\n", "it is damaged, or written in a way that we cannot read"),
        (TWO.replace(b"/Kids[4 0 R 6 0 R]", b"/Kids[2 0 R 2 0 R]"), "it is damaged, or written in a way that we cannot read"),
        (a_pdf("", picture=True), "it has no words, only pictures: it may have been scanned"),
        (a_pdf("Words", "", picture=True), "page 2 is a picture"),
        (a_pdf("Words", "", "", picture=True), "pages 2, 3 are pictures"),
        (changed(TWO, attached=True), "other files are attached inside it"),
    ],
)
def test_what_was_not_read_is_said(data: bytes, why: str) -> None:
    told = words_of(data, PLENTY)
    assert read(data).unread == why, told


def test_an_empty_page_is_no_picture() -> None:
    assert read(a_pdf("Words", "")).unread == ""


def test_more_words_than_anybody_reads_are_given_up() -> None:
    assert words_of(a_pdf("Words enough"), most=5) == {"failed": "long"}


def test_a_stream_that_unpacks_to_far_more_than_its_size_is_given_up() -> None:
    bomb = zlib.compress(b"BT /F 12 Tf (" + b"a" * 200_000_000 + b") Tj ET", 9)
    assert len(bomb) < 300_000
    assert read(a_pdf(streams=[bomb])).unread


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text("while True: pass")
    monkeypatch.setattr("cases.pdf_text._PROGRAM", slow)
    assert words_of_pdf(io.BytesIO(TWO), seconds=1).unread == "it takes too long or too much memory to read"


def test_a_file_that_fills_the_memory_is_stopped() -> None:
    assert words_of_pdf(io.BytesIO(TWO), memory=10_000_000).unread == "it takes too long or too much memory to read"


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, len(TWO) - 1), byte=st.integers(0, 255), cut=st.integers(0, len(TWO)))
def test_no_damage_raises(at: int, byte: int, cut: int) -> None:
    told = words_of(TWO[:at] + bytes([byte]) + TWO[at + 1 : max(cut, at + 1)], PLENTY)
    assert told.keys() in ({"failed"}, {"pages", "beside", "pictures", "attached"})
