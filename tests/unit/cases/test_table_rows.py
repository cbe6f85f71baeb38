"""Columns are found by their headings, and every fault is told at once, by row, column and reason."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest

from cases.tables import duplicates_within, ignored_headers, parse, read_table
from tests.unit.cases.table_files import CODES, STAFF, csv_table, told, workbook


@pytest.mark.parametrize(
    "heading", ["Email Address", "EMAIL ADDRESS", "email_address", " E-mail  Address ", "e.mail-address", "E-mail"]
)
def test_headings_are_matched_without_regard_to_capitals_spaces_and_stops(heading: str) -> None:
    rows, problems = parse(csv_table(f"Surname,{heading}\nFry,helen@example.org\n"), STAFF)
    assert (rows[0].text("email"), problems) == ("helen@example.org", ())


def test_headings_that_nobody_asked_for_are_left_out_and_named() -> None:
    table = csv_table("Surname,Extension,E-mail,,Car\nFry,2001,helen@example.org,x,y\n")
    assert parse(table, STAFF)[1] == ()
    assert ignored_headers(table, STAFF) == ("Extension", "Car")


def test_a_heading_preferred_in_the_declaration_wins_over_another() -> None:
    table = csv_table("Last name,Surname,E-mail\nWrong,Right,a@example.org\n")
    assert parse(table, STAFF)[0][0].text("surname") == "Right"
    assert ignored_headers(table, STAFF) == ("Last name",)


def test_missing_columns_make_one_problem_that_says_what_is_there_and_what_is_wanted() -> None:
    assert told("Name,Start date\nFry,01/11/2026\n") == [
        'Row 1: The staff list lacks: "Email Address" or "E-mail"; "Surname" or "Last name". '
        'The headings in the file are: "Name", "Start date".'
    ]


def test_a_heading_that_is_there_twice_is_a_problem_beside_the_others() -> None:
    assert told("Email Address,email-address,Name\n") == [
        'Row 1: The staff list lacks: "Surname" or "Last name". '
        'The headings in the file are: "Email Address", "email-address", "Name".',
        'Row 1: The heading "Email Address" is there twice. Remove or rename the one that is not meant.',
    ]


def test_a_file_without_headings_is_recognised_and_refused() -> None:
    [problem] = told("helen@example.org,Fry\npaul@example.org,Okoro\n")
    assert problem.startswith("Row 1: The first row holds data, not headings.")
    assert '"Email Address" or "E-mail"; "Surname" or "Last name"' in problem


def test_a_file_declared_to_come_without_headings_is_read_by_position() -> None:
    table = csv_table('"RZ9","HARBOUR","x","20080401"\n"RZ8","NORTHMERE"\n')
    rows, problems = parse(table, CODES)
    assert problems == ()
    assert [(row.number, row.text("code"), row.day("opened")) for row in rows] == [(1, "RZ9", date(2008, 4, 1)), (2, "RZ8", None)]
    assert ignored_headers(table, CODES) == ()


def test_the_same_columns_with_headings_are_read_by_heading() -> None:
    rows, problems = parse(csv_table("Name,Code\nHarbour,rz9\n"), CODES)
    assert (rows[0].text("code"), problems) == ("RZ9", ())


@pytest.mark.parametrize("first", ["Kode,Naam,Land,Sedert", "not a code!,HARBOUR,x,20080401", ",HARBOUR,x,20080401"])
def test_positions_are_not_guessed_where_the_first_row_does_not_fit_them(first: str) -> None:
    rows, problems = parse(csv_table(f"{first}\nRZ8,NORTHMERE,x,20110401\n"), CODES)
    assert (rows, len(problems)) == ((), 1)


def test_a_name_that_no_column_has_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        STAFF["shoe size"]


def test_all_problems_are_told_and_none_hides_another() -> None:
    text = "Email Address,Surname,Start date,Role\nnot an address,,31/02/2026,King\nhelen@example.org,Fry,soon,psp\n"
    assert told(text) == [
        'Row 2, Email Address: "not an address" is not an e-mail address.',
        "Row 2, Surname: must be filled in.",
        'Row 2, Start date: "31/02/2026" is not a real day; days are read as day, month, year.',
        'Row 2, Role: "King" is not one of: Investigation lead, psp.',
        'Row 3, Start date: "soon" is not a date; write it as 04/12/2026 or 2026-12-04.',
    ]


def test_a_row_with_a_problem_is_still_there_so_that_its_other_faults_can_be_found() -> None:
    rows, problems = parse(csv_table("Email Address,Surname,Start date\na@example.org,Fry,soon\nA@Example.org,Fry,\n"), STAFF)
    assert [row.day("joined") for row in rows] == [None, None]
    assert len(problems) == 1
    assert [str(problem) for problem in duplicates_within(rows, STAFF["email"])] == [
        'Row 3, Email Address: "a@example.org" is already in row 2.'
    ]


def test_duplicates_may_be_of_several_columns_together_and_unfilled_ones_are_none() -> None:
    lines = "a,Fry,psp", "a,FRY,lead", "a,fry,psp", "b,Fry,", "b,Fry,"
    text = "".join(f"\n{line.replace(',', '@example.org,', 1)}" for line in lines)
    rows, _ = parse(csv_table(f"Email Address,Surname,Role{text}"), STAFF)
    assert [(found.row, found.why) for found in duplicates_within(rows, STAFF["email"], STAFF["role"])] == [
        (4, "is already in row 2")
    ]


def test_a_text_that_is_too_long_is_a_problem_and_is_shown_short() -> None:
    [problem] = parse(csv_table(f"E-mail,Surname\na@example.org,{'x' * 90}\n"), STAFF)[1]
    assert problem.why == "is 90 characters long; the most is 20"
    assert len(problem.value) < 90


@pytest.mark.parametrize("spelled", ["Investigation lead", "INVESTIGATION-LEAD", "lead", " Lead "])
def test_a_choice_may_be_written_in_several_ways(spelled: str) -> None:
    rows, _ = parse(csv_table(f"E-mail,Surname,Role\na@example.org,Fry,{spelled}\n"), STAFF)
    assert rows[0].text("role") == "lead"


@pytest.mark.parametrize(
    "address", ["a@b", "a b@example.org", "a@example..org", "@example.org", "a@b@example.org", "x" * 250 + "@example.org"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    assert "is not an e-mail address" in told(f"E-mail,Surname\n{address},Fry\n")[0]


def test_an_address_is_kept_in_small_letters() -> None:
    rows, _ = parse(csv_table("E-mail,Surname\nmailto:Helen.Fry@Example.NHS.uk,Fry\n"), STAFF)
    assert rows[0].text("email") == "helen.fry@example.nhs.uk"


@pytest.mark.parametrize("code", ["RZ", "RZ 9", "RZ9/1", "ABCDEFGHIJK"])
def test_what_is_no_ods_code_is_refused(code: str) -> None:
    assert "is not an ODS code" in told(f"Code,Name\n{code},Harbour\n", CODES)[0]


def test_a_date_of_excel_in_a_text_column_reads_as_iso() -> None:
    day = datetime.fromisoformat("2026-12-04T00:00:00")
    rows, problems = parse(read_table(workbook(("E-mail", "Surname"), ("a@example.org", day)), "list.xlsx"), STAFF)
    assert (rows[0].text("surname"), problems) == ("2026-12-04", ())


def test_fifty_thousand_rows_are_read_and_judged_in_seconds() -> None:
    rows = "".join(f"person{n}@example.org,Surname {n},{n % 28 + 1:02}/11/2026,psp\n" for n in range(50_000))
    began = time.perf_counter()
    parsed, problems = parse(csv_table("Email Address,Surname,Start date,Role\n" + rows), STAFF)
    assert (len(parsed), problems, duplicates_within(parsed, STAFF["email"])) == (50_000, (), ())
    assert time.perf_counter() - began < 20
