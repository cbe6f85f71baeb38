"""A file is read as the NHS exports it, or refused with the way out."""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cases.file_kinds import UnfitFile
from cases.tables import Table, day_in, read_table
from tests.unit.cases.table_files import csv_table, saved, workbook


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_encoding_delimiter_and_line_ending_is_found_out(encoding: str, delimiter: str, ending: str) -> None:
    lines = [["Forename", "Surname"], ["Siân", "Bowen, Mrs" if delimiter != "," else "Bowen"]]
    table = csv_table(ending.join(delimiter.join(line) for line in lines), encoding)
    assert table.headers == ("Forename", "Surname")
    assert table.rows[0].cells == tuple(lines[1])


def test_quotation_marks_hold_delimiters_and_ends_of_lines() -> None:
    table = csv_table('a,b\n"one, two","first\r\nsecond ""quoted"""\nx,y\n')
    assert [row.cells for row in table.rows] == [("one, two", 'first\r\nsecond "quoted"'), ("x", "y")]


def test_rows_are_numbered_as_a_spreadsheet_shows_them_and_blank_ones_are_left_out() -> None:
    table = csv_table('\na,b\n,\n"1\n1",2\n\n  , \n3,4\n')
    assert (table.first.number, [row.number for row in table.rows]) == (2, [4, 7])


def test_the_line_by_which_excel_names_its_delimiter_is_obeyed_and_counted() -> None:
    table = csv_table("sep=;\na,x;b\n1,1;2\n")
    assert (table.first.number, table.headers, table.rows[0].cells) == (2, ("a,x", "b"), ("1,1", "2"))


def test_a_file_of_one_column_is_read() -> None:
    assert [row.cells for row in csv_table("Code\nRZ9\nRZ8\n").rows] == [("RZ9",), ("RZ8",)]


def test_spaces_and_invisible_marks_round_a_cell_are_left_off() -> None:
    assert csv_table(" Name\u00a0,\ufeffCode\n  Ruth  ,\u200bRZ9\n").rows[0].cells == ("Ruth", "RZ9")


def test_a_short_row_reads_as_empty_at_its_end() -> None:
    assert csv_table("a,b\n1\n").rows[0].cell(1) == ""


def test_a_workbook_gives_text_whole_numbers_and_dates() -> None:
    lines = (
        ("Code", "Count", "Day", "Yes"),
        (" RZ9 ", 12.0, datetime.fromisoformat("2026-12-04T09:30"), True),
        (),
        (1.5,),
    )
    table = read_table(workbook(*lines), "list.xlsx")
    assert table.rows[0].cells[:2] == ("RZ9", "12")
    assert day_in(table.rows[0].cells[2]) == date(2026, 12, 4)
    assert [(row.number, row.cells[0]) for row in table.rows] == [(2, "RZ9"), (4, "1.5")]


def test_a_workbook_gives_the_first_sheet_that_is_shown_and_filled_in() -> None:
    book = Workbook()
    book.worksheets[0].append(["hidden"])
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("empty")
    book.create_sheet("people").append(["shown"])
    assert read_table(saved(book), "list.xlsx").headers == ("shown",)


def test_a_workbook_that_lies_about_its_size_is_read_whole() -> None:
    whole = workbook(("Code", "Name"), ("RZ9", "Harbour"), ("RZ8", "Northmere"))
    changed = io.BytesIO()
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(changed, "w") as after:
        for part in before.namelist():
            after.writestr(part, before.read(part).replace(b'ref="A1:B3"', b'ref="A1"'))
    assert len(read_table(changed, "list.xlsx").rows) == 2


def test_a_file_is_read_from_a_path_under_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Name\nSiân\n".encode("cp1252"))
    assert read_table(path).rows[0].cells == ("Siân",)


def test_a_stream_stays_open_for_its_owner() -> None:
    stream = io.BytesIO(b"a,b\n1,2\n")
    read_table(stream, "list.csv")
    assert not stream.closed


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("list.csv", b"", "has no rows"),
        ("list.csv", b"\n\n,,\n", "has no rows"),
        ("list.xlsx", workbook().getvalue(), "has no rows"),
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        ("list.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        ("list.pdf", b"%PDF-1.7", "neither a CSV nor an Excel"),
        ("list", b"a,b", "neither a CSV nor an Excel"),
        ("list.xlsx", b"a,b\n1,2\n", "not what its name says"),
        ("list.csv", workbook(("a",)).getvalue(), "not what its name says"),
        ("list.xlsx", b"PK\x03\x04 and then nothing", "damaged"),
        ("list.xlsx", workbook(("a",)).getvalue()[:-40], "damaged"),
        ("list.csv", b"a,b\n\x81\x8d,2\n", "no encoding"),
        ("list.csv", b"\xff\xfea", "no encoding"),
        ("list.csv", b"a,b\n1\x002,3\x00\n", "not text"),
        ("list.csv", b"a,b\n" + b"x" * 200_000, "not a CSV file"),
        ("list.csv", b"," * 300 + b"x\n", "more than 200 columns"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_way_out(name: str, data: bytes, said: str) -> None:
    with pytest.raises(UnfitFile, match=said) as refused:
        read_table(io.BytesIO(data), name)
    assert refused.value.remedy.endswith(".")


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("letter.txt", "not a workbook")
    with pytest.raises(UnfitFile, match="damaged"):
        read_table(packed, "list.xlsx")


def test_a_file_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.tables.reading.MAX_ROWS", 3)
    with pytest.raises(UnfitFile, match="more than 3 rows"):
        csv_table("a\n1\n2\n3\n")


@given(
    st.binary(max_size=300),
    st.sampled_from(["x.csv", "x.xlsx", "x.txt"]),
    st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]),
)
def test_no_bytes_at_all_make_anything_but_a_table_or_a_refusal(data: bytes, name: str, start: bytes) -> None:
    try:
        found: object = read_table(io.BytesIO(start + data), name)
    except UnfitFile as refused:
        found = refused
    assert isinstance(found, Table | UnfitFile)


def test_reading_a_workbook_leaves_the_warnings_of_others_alone() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_table(workbook(("a",)), "list.xlsx")
        with pytest.raises(UserWarning, match="ours"):
            warnings.warn("ours", UserWarning, stacklevel=1)
