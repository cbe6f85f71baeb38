"""The sample files read as what they are: the declared columns fit the exports that they were written for."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from cases.columns import INCIDENTS, ORGANISATIONS, people
from cases.tables import Columns, ParsedRow, duplicates_within, ignored_headers, parse, read_table

SAMPLES = Path(__file__).parents[3] / "docs" / "samples"
ROLES = {
    "psp": ("Patient Safety Partner", "PSP"),
    "lead": ("Investigation lead",),
    "chair": ("Group chair",),
    "member": ("Group member",),
    "engagement": ("Engagement lead",),
    "directorate": ("Directorate lead",),
    "coordinator": ("Partner coordinator",),
    "specialist": ("Patient Safety Specialist",),
    "exec": ("Executive lead for patient safety",),
    "exec_team": ("Executive team",),
    "quality": ("Quality team",),
    "caldicott": ("Caldicott Guardian",),
    "auditor": ("Quality auditor",),
}
PEOPLE = people(ROLES)


def rows_of(name: str, columns: Columns) -> tuple[ParsedRow, ...]:
    rows, problems = parse(read_table(SAMPLES / name), columns)
    assert problems == ()
    return rows


def test_the_national_list_comes_without_headings() -> None:
    rows = rows_of("organisations.csv", ORGANISATIONS)
    assert [row.text("ods_code") for row in rows] == ["RZ9", "RZ8", "RZ7"]
    assert rows[0].text("name") == "HARBOUR AND VALE NHS FOUNDATION TRUST"
    assert (rows[0].day("opened_on"), rows[0].day("closed_on")) == (date(2008, 4, 1), None)
    assert rows[2].day("closed_on") == date(2018, 3, 31)


def test_a_list_prepared_by_hand_has_headings_and_kinds() -> None:
    rows = rows_of("organisations_with_headers.xlsx", ORGANISATIONS)
    assert [(row.text("ods_code"), row.text("kind")) for row in rows] == [("RZ9", "trust"), ("RZ8", "trust"), ("QZ9", "icb")]
    assert rows[2].day("opened_on") == date(2022, 7, 1)


def test_the_staff_directory_is_in_windows_1252_and_holds_everyone_once() -> None:
    rows = rows_of("people.csv", PEOPLE)
    assert duplicates_within(rows, PEOPLE["email"]) == ()
    assert {row.text("role") for row in rows} == set(ROLES)
    with pytest.raises(UnicodeDecodeError):
        (SAMPLES / "people.csv").read_text("utf-8")


def test_the_partners_come_with_term_training_and_needs() -> None:
    partners = [row for row in rows_of("people.csv", PEOPLE) if row.text("role") == "psp"]
    assert [row.text("forename") for row in partners] == ["Siân", "George", "Renée", "Walter"]
    sian, renee = partners[0], partners[2]
    assert (sian.text("capacity"), sian.text("needs"), sian.text("contact_by")) == ("lay", "Large print", "post")
    assert (renee.day("starts_on"), renee.day("ends_on")) == (date(2026, 6, 1), date(2029, 5, 31))
    assert (renee.day("oversight_completed_on"), renee.day("oversight_valid_until")) == (date(2026, 10, 5), date(2029, 10, 4))
    assert renee.day("confidentiality_signed_on") == date(2026, 6, 8)


def test_what_the_directory_holds_beyond_our_columns_is_named() -> None:
    assert ignored_headers(read_table(SAMPLES / "people.csv"), PEOPLE) == ("Job Title", "Extension")


def test_a_role_that_nobody_can_hold_is_a_problem() -> None:
    assert people({"psp": ("Patient Safety Partner",)})["role"].choices == {"psp": ("Patient Safety Partner",)}
    _, problems = parse(read_table(SAMPLES / "people.csv"), people({"psp": ("Patient Safety Partner",)}))
    assert len(problems) == 15
    assert str(problems[0]) == 'Row 2, Role: "Investigation lead" is not one of: Patient Safety Partner.'


def test_the_incidents_are_the_same_as_csv_and_as_workbook() -> None:
    from_csv, from_workbook = rows_of("incidents.csv", INCIDENTS), rows_of("incidents.xlsx", INCIDENTS)
    assert [row.values for row in from_csv] == [row.values for row in from_workbook]
    assert duplicates_within(from_csv, INCIDENTS["ods_code"], INCIDENTS["reference"]) == ()
    assert from_csv[1].text("summary").startswith("Insulin was given twice on one evening.\nThe chart")
    assert from_csv[0].day("incident_on") == date(2026, 10, 19)


def test_the_leads_that_the_incidents_name_are_in_the_directory() -> None:
    role_of = {row.text("email"): row.text("role") for row in rows_of("people.csv", PEOPLE)}
    incidents = rows_of("incidents.csv", INCIDENTS)
    leads = [row.text("lead_email") for row in incidents if row.text("lead_email")]
    directorates = [row.text("directorate_lead_email") for row in incidents if row.text("directorate_lead_email")]
    assert (len(leads), {role_of[lead] for lead in leads}) == (3, {"lead"})
    assert {role_of[lead] for lead in directorates} == {"directorate"}


def test_the_values_fit_where_they_will_be_kept() -> None:
    assert [INCIDENTS[name].longest for name in ("reference", "severity", "trigger")] == [60, 40, 40]
    assert [ORGANISATIONS["name"].longest, PEOPLE["employer"].longest] == [200, 200]


def test_no_heading_stands_for_two_columns() -> None:
    for columns in (ORGANISATIONS, PEOPLE, INCIDENTS):
        headings = [heading.casefold() for column in columns.columns for heading in column.headers]
        assert len(headings) == len(set(headings))


def test_the_national_list_has_the_27_fields_of_the_real_one() -> None:
    with (SAMPLES / "organisations.csv").open(encoding="ascii", newline="") as file:
        assert {len(line) for line in csv.reader(file)} == {27}
