"""What is required comes in as a table: one set for each task, a new version only where something differs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.models import Organisation, RequirementSet
from tests.integration.imports.files import NOW, SAMPLES, written
from workflows.calendar import london_day
from workflows.doors.people import appoint, record_person
from workflows.doors.requirements import agree_requirement_set, set_in_force

pytestmark = pytest.mark.django_db

HEADINGS = ["Task", "Required from", "Training code", "Training", "Why it is asked", "Valid for (months)"]
ROW = ["Oversight", "01/11/2026", "jargon", "Words of data protection", "So that no word shuts you out.", "12"]


@pytest.fixture(autouse=True)
def _a_trust(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    bring("import_organisations", SAMPLES / "organisations.csv")


def bring(command: str, file: Path, *options: str) -> str:
    out = io.StringIO()
    call_command(command, str(file), *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def requirements(file: Path) -> str:
    return bring("import_requirements", file, "--ods", "RZ9")


def versions() -> list[tuple[str, int, int]]:
    found = RequirementSet.objects.order_by("task", "version")
    return [(one.task, one.version, one.requirements.count()) for one in found]


def test_the_sample_comes_in_as_a_set_for_each_task_and_once() -> None:
    said = requirements(SAMPLES / "requirements.csv")
    assert "7 rows: 7 new." in said
    assert versions() == [("oversight", 1, 4), ("projects", 1, 3)]
    assert RequirementSet.objects.get(task="oversight").requirements.get(code="data_protection").valid_for == 12
    assert "7 rows: 7 as it was." in requirements(SAMPLES / "requirements.csv")
    assert versions() == [("oversight", 1, 4), ("projects", 1, 3)]


def _agreed() -> None:
    """Somebody of the quality team agrees what came in."""
    trust = Organisation.objects.get(ods_code="RZ9")
    who = record_person(organisation=trust, name="Quinn Foster", email="quinn@rz9.example", at=NOW)
    appoint(person=who, role="quality", starts_on=london_day(NOW), at=NOW)
    for waits in RequirementSet.objects.all():
        agree_requirement_set(requirement_set=waits.pk, by=who, at=NOW)


def test_what_came_in_as_a_table_is_in_force_once_somebody_agreed() -> None:
    requirements(SAMPLES / "requirements.csv")
    trust = Organisation.objects.get(ods_code="RZ9")
    assert set_in_force(trust.pk, "psp", "oversight", london_day(NOW)) is None
    _agreed()
    assert set_in_force(trust.pk, "psp", "oversight", london_day(NOW))


def test_another_version_does_not_come_in_while_one_waits(tmp_path: Path) -> None:
    requirements(SAMPLES / "requirements.csv")
    with pytest.raises(CommandError, match="Version 1 waits for a second person"):
        requirements(written(tmp_path, HEADINGS, ROW))


def test_what_differs_is_a_new_version_and_the_old_one_stays(tmp_path: Path) -> None:
    requirements(SAMPLES / "requirements.csv")
    _agreed()
    assert "1 rows: 1 new." in requirements(written(tmp_path, HEADINGS, ROW))
    assert versions() == [("oversight", 1, 4), ("oversight", 2, 1), ("projects", 1, 3)]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ([*ROW[:5], "three years"], "must be a whole number"),
        ([*ROW[:5], "0"], "must be a whole number"),
        ([*ROW[:4], "", "12"], "must be filled in"),
        (["Cooking", *ROW[1:]], "Task"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_changes_nothing(tmp_path: Path, row: list[str], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        requirements(written(tmp_path, HEADINGS, row))
    assert versions() == []


def test_a_training_that_stands_twice_in_a_set_is_told(tmp_path: Path) -> None:
    with_code = ["ODS Code", *HEADINGS]
    with pytest.raises(CommandError, match="is already in row 2"):
        bring("import_requirements", written(tmp_path, with_code, ["RZ9", *ROW], ["RZ9", *ROW]))
