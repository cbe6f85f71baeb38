"""A file with anything wrong in it changes nothing, and every fault in it is told at once, by row, column and reason."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from audit.models import Event
from cases.models import Case, Incident, Organisation, Person, TrainingRecord
from permissions.roles import LEAD, PSP, QUALITY
from tests.integration.imports.files import INCIDENTS, NOW, PEOPLE, SAMPLES, TRAINING, written
from workflows.demo.trust import Persona, Trust, build_trust
from workflows.imports import Outcome, run
from workflows.imports.people import PeopleImport

pytestmark = pytest.mark.django_db

STAFF = ["staff", "2026-01-05", ""]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def trust() -> Trust:
    return build_trust(NOW)


def refused(command: str, path: Path, *options: str) -> list[str]:
    """The lines that say what is wrong; the ledger must stand where it stood."""
    before = Event.objects.count(), Person.objects.count(), get_user_model().objects.count()
    with pytest.raises(CommandError) as stopped:
        call_command(command, str(path), *options, stdout=io.StringIO(), stderr=io.StringIO())
    assert (Event.objects.count(), Person.objects.count(), get_user_model().objects.count()) == before
    assert stopped.value.returncode == 1
    return str(stopped.value).splitlines()


def test_one_bad_row_among_good_ones_changes_nothing(trust: Trust, tmp_path: Path) -> None:
    path = written(
        tmp_path, PEOPLE,
        ["new.one@harbourvale.example", "One", "New", "Investigation lead", "RZ9", *STAFF],
        ["new.two@harbourvale.example", "Two", "New", "Wizard", "RZ9", *STAFF],
    )  # fmt: skip
    wrong = refused("import_people", path)
    assert wrong[0].startswith('Row 3, Role: "Wizard" is not one of: Patient Safety Partner, Investigation lead')
    assert wrong[1:] == ["Nothing was imported: 1 problem. Put it right and try again."]


def test_every_problem_is_told_at_once_in_the_order_of_the_rows(trust: Trust, tmp_path: Path) -> None:
    path = written(
        tmp_path, [*PEOPLE, *TRAINING],
        ["a@harbourvale.example", "A", "", "PSP", "RZ9", "Staff", "2026-03-01", "2026-01-01", "", "2027-01-01", "", ""],
        ["b@harbourvale.example", "B", "", "PSP", "XX1", "", "31/02/2026", "", "2026-12-24", "2026-12-01", "2027-01-01", "pigeon"],
        ["a@harbourvale.example", "Other", "", "Lead investigator", "RZ9", "", "", "", "", "", "", ""],
        ["b@harbourvale.example", "B", "", "PSP", "RZ9", "", "", "", "", "", "", ""],
    )  # fmt: skip
    assert refused("import_people", path) == [
        'Row 2, Capacity: "staff" does not fit the role: Patient Safety Partner is lay.',
        'Row 2, Term end: "2026-01-01" is before the term starts, on 2026-03-01.',
        'Row 2, Oversight training expiry: "2027-01-01" says when training runs out, but not when it was completed.',
        'Row 3, Term start: "31/02/2026" is not a real day; days are read as day, month, year.',
        'Row 3, Contact by: "pigeon" is not one of: E-mail, Post, Phone, Large print.',
        'Row 3, ODS Code: "XX1" is not the code of an organisation here; import the list of organisations first.',
        'Row 3, Oversight training expiry: "2026-12-01" is before the training was completed, on 2026-12-24.',
        'Row 3, Oversight training completed: "2026-12-24" is a day still to come.',
        'Row 3, Confidentiality signed: "2027-01-01" is a day still to come.',
        'Row 4, Email Address: "a@harbourvale.example" is A in row 2; two people cannot share an address.',
        'Row 5, Email Address and Role: "b@harbourvale.example, psp" is already in row 3.',
        "Nothing was imported: 11 problems. Put them right and try again.",
    ]


def test_a_person_of_another_organisation_is_not_taken_over(trust: Trust, tmp_path: Path) -> None:
    build_trust(NOW, (Persona("zoe", "Zoe Lake", LEAD),), "RZ8", "Northmere Community NHS Trust", "northmere.example")
    path = written(tmp_path, PEOPLE, ["zoe@northmere.example", "Lake", "Zoe", "Group chair", "RZ9", *STAFF])
    assert refused("import_people", path)[0] == (
        'Row 2, Email Address: "zoe@northmere.example" is the address of somebody at Northmere Community NHS Trust; '
        "a person belongs to one organisation."
    )


def test_an_account_that_is_another_persons_is_not_taken_over(trust: Trust, tmp_path: Path) -> None:
    get_user_model().objects.filter(username="lead@harbourvale.example").update(username="lead2b@harbourvale.example")
    path = written(tmp_path, PEOPLE, ["lead2b@harbourvale.example", "Green", "Lee", "Group chair", "RZ9", *STAFF])
    assert "is the account of Leila Grant" in refused("import_people", path)[0]


def test_incidents_are_held_against_people_days_and_each_other(trust: Trust, tmp_path: Path) -> None:
    lead, directorate, quality = (f"{key}@harbourvale.example" for key in ("lead", "directorate", "quality"))
    path = written(
        tmp_path, [*INCIDENTS, "Reported date"],
        ["I-1", "2026-11-01", "A fall.", "", "nobody@harbourvale.example", directorate, "RZ9", ""],
        ["I-2", "2026-11-01", "A fall.", "", quality, directorate, "RZ9", ""],
        ["I-3", "2026-12-01", "A fall.", "", lead, "", "RZ9", "2026-11-30"],
        ["I-1", "2026-11-01", "A fall.", "", "", "", "RZ9", ""],
        ["", "2026-11-01", "", "", "", "", "ZZ9", ""],
    )  # fmt: skip
    assert refused("import_incidents", path) == [
        'Row 2, Investigation lead email: "nobody@harbourvale.example" is the address of nobody here; import the people first.',
        'Row 3, Investigation lead email: "quality@harbourvale.example" has no appointment in force as Investigation lead '
        "at Harbour and Vale NHS Foundation Trust.",
        'Row 4, Incident date: "2026-12-01" is a day still to come.',
        'Row 4, Reported date: "2026-11-30" is before the incident, on 2026-12-01.',
        "Row 4, Directorate lead email: must be filled in where a lead is named: a case needs both.",
        'Row 5, Incident reference: "I-1" is already in row 2.',
        "Row 6, Incident reference: must be filled in.",
        "Row 6, Summary: must be filled in.",
        'Row 6, ODS Code: "ZZ9" is not the code of an organisation here; import the list of organisations first.',
        "Nothing was imported: 9 problems. Put them right and try again.",
    ]
    assert not Incident.objects.exists()


def test_what_a_door_refuses_is_a_problem_of_its_row(trust: Trust) -> None:
    wrong = refused("import_incidents", SAMPLES / "incidents.csv", "--by", "pat@harbourvale.example")
    assert wrong[0].startswith("Row 2, Investigation lead email")
    people = refused("import_people", SAMPLES / "people.csv", "--by", "pat@harbourvale.example")
    assert people[0] == "Row 2: The coordinator, the safety specialist or the quality team keeps the records of people."
    assert len(people) == 20


def test_nobody_writes_their_own_record(trust: Trust, tmp_path: Path) -> None:
    path = written(tmp_path, PEOPLE, ["quality@harbourvale.example", "Foster", "Quinn", "Executive team", "RZ9", *STAFF])
    assert refused("import_people", path, "--by", "quality@harbourvale.example") == [
        "Row 2: You may not write your own record. A colleague must do it.",
        "Nothing was imported: 1 problem. Put it right and try again.",
    ]


def test_a_person_may_change_their_own_organisation_only(trust: Trust) -> None:
    wrong = refused("import_organisations", SAMPLES / "organisations.csv", "--by", "quality@harbourvale.example")
    assert wrong[0] == "Row 2: The coordinator, the safety specialist or the quality team keeps the records of people."
    assert not Organisation.objects.filter(ods_code="RZ8").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("people.csv", b"", "has no rows"),
        ("people.xlsx", b"Email,Surname\n", "is not what its name says"),
        ("people.pdf", b"%PDF-1.4", "is neither a CSV nor an Excel file by its name"),
        ("people.csv", b"Email Address;Role\na@b.example;PSP\n", 'The staff directory lacks: "Surname"'),
        ("people.csv", "h\u00e9l\u00e8ne@b.example,B\u00f6ll,PSP\r\n".encode("cp1252"), "The first row holds data, not headings."),
    ],
)
def test_a_file_that_is_no_such_table_says_so(trust: Trust, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert said in "\n".join(refused("import_people", path))


def test_a_file_that_is_not_there_and_a_person_who_is_not_here(trust: Trust, tmp_path: Path) -> None:
    assert refused("import_people", tmp_path / "none.csv") == [f"There is no file {tmp_path / 'none.csv'}."]
    assert "cannot be read" in refused("import_people", tmp_path / ".")[0]
    by = refused("import_people", SAMPLES / "people.csv", "--by", "ghost@harbourvale.example")
    assert by == ["Nobody here has the address ghost@harbourvale.example."]


def test_the_national_list_in_windows_1252_without_headings(tmp_path: Path) -> None:
    row = ["RZ6", "CAF\u00c9 ROAD NHS TRUST", "Y99", "QZ9", "1 ROAD", "", "", "TOWN", "", "TN1 1AA", "20080401", ""]
    path = written(tmp_path, row, encoding="cp1252")
    call_command("import_organisations", str(path), stdout=io.StringIO())
    assert Organisation.objects.get().name == "Caf\u00e9 Road NHS Trust"


def test_rows_that_name_no_organisation_need_one_where_there_are_several(trust: Trust, tmp_path: Path) -> None:
    path = written(tmp_path, ["Email", "Surname", "Role"], ["new@harbourvale.example", "New", "PSP"])
    call_command("import_people", str(path), "--dry-run", stdout=io.StringIO())
    build_trust(NOW, (), "RZ8", "Northmere Community NHS Trust", "northmere.example")
    assert refused("import_people", path)[0] == "Row 2, ODS Code: must be filled in, or name the organisation with --ods."
    call_command("import_people", str(path), "--ods", "rz8", stdout=io.StringIO())
    assert Person.objects.get(name="New").organisation.ods_code == "RZ8"


def test_a_directory_corrects_what_is_known(trust: Trust, tmp_path: Path) -> None:
    pat, held = trust["pat"], TrainingRecord.objects.get(person=trust["pat"], subject="oversight")
    headings = [
        "E-mail",
        "Surname",
        "Forename",
        "Role",
        "Oversight training completed",
        "Oversight training expiry",
        "Access needs",
    ]
    row = [pat.email, "Mercer", "Patrick", "PSP", held.completed_on.isoformat(), "30/06/2027", "Braille"]
    report = run(PeopleImport(), written(tmp_path, headings, row), by=trust["quality"], at=NOW)
    assert report.lines[0].outcome is Outcome.CHANGED
    assert report.lines[0].notes == ("needs changed", "was called Pat Mercer", "oversight training")
    corrected = TrainingRecord.objects.get(person=pat, subject="oversight")
    assert (corrected.pk, str(corrected.valid_until)) == (held.pk, "2027-06-30")


def test_an_unknown_trigger_is_left_for_the_directorate(trust: Trust, tmp_path: Path) -> None:
    ends = ["lead@harbourvale.example", "directorate@harbourvale.example", "RZ9"]
    path = written(
        tmp_path, INCIDENTS,
        ["I-1", "2026-11-01", "A fall.", "Slips, trips and falls", *ends],
        ["I-2", "2026-11-02", "A wrong implant.", "NEVER EVENT (surgical)", *ends],
    )  # fmt: skip
    out = io.StringIO()
    call_command("import_incidents", str(path), stdout=out)
    assert "the directorate chooses the trigger; the file says “Slips, trips and falls”" in out.getvalue()
    assert [case.facts for case in Case.objects.order_by("reference")] == [{}, {"trigger": "never_event"}]


def test_an_incident_that_is_given_a_lead_later_gets_its_case_then(trust: Trust, tmp_path: Path) -> None:
    row, ends = ["I-1", "2026-11-01", "A fall.", ""], ["lead@harbourvale.example", "directorate@harbourvale.example", "RZ9"]
    call_command("import_incidents", str(written(tmp_path, INCIDENTS, [*row, "", "", "RZ9"])), stdout=io.StringIO())
    assert not Case.objects.exists()
    call_command("import_incidents", str(written(tmp_path, INCIDENTS, [*row, *ends])), stdout=io.StringIO())
    assert Case.objects.get().incident_reference == "I-1"
    assert {QUALITY.code, LEAD.code} <= {seat.role for seat in Case.objects.get().seats.all()}
    assert PSP.code not in {seat.role for seat in Case.objects.get().seats.all()}
