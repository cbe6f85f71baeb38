"""Tables that are handed out open in a spreadsheet, say the same in both forms, and run nothing."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import load_workbook

from cases.tables import Sheet, as_csv, as_xlsx

SHEET = Sheet("Who: could/see", ("Name", "Days", "From", "At", "Open"), [
    ("Ann", 3, date(2026, 3, 1), datetime(2026, 3, 1, 9, 30, tzinfo=UTC), True),
    ("=1+1", 1.5, None, None, False),
])  # fmt: skip


def test_both_forms_say_the_same() -> None:
    lines = list(csv.reader(io.StringIO(as_csv(SHEET).removeprefix("\ufeff"))))
    assert lines == [
        ["Name", "Days", "From", "At", "Open"],
        ["Ann", "3", "2026-03-01", "2026-03-01 09:30:00+00:00", "yes"],
        ["'=1+1", "1.5", "", "", "no"],
    ]
    page = load_workbook(io.BytesIO(as_xlsx([SHEET]))).worksheets[0]
    assert page.title == "1 Who  could see"
    assert [["" if cell is None else str(cell) for cell in row] for row in page.values] == lines


def test_two_tables_of_one_name_have_a_sheet_each() -> None:
    assert len(load_workbook(io.BytesIO(as_xlsx([SHEET, SHEET]))).worksheets) == 2


def test_no_table_is_no_workbook_and_a_short_row_no_table() -> None:
    with pytest.raises(ValueError, match="no table"):
        as_xlsx([])
    with pytest.raises(ValueError, match="one cell for each column"):
        Sheet("Short", ("A", "B"), [("only one",)])


@given(some.text())
def test_no_text_is_run_as_a_formula(text: str) -> None:
    sheet = Sheet("Any", ("Text",), [(text,)])
    written = list(csv.reader(io.StringIO(as_csv(sheet).removeprefix("\ufeff"), newline="")))[1:]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for line in written for cell in line)
    assert load_workbook(io.BytesIO(as_xlsx([sheet]))).worksheets[0]["A2"].data_type != "f"
