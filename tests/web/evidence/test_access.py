"""The pages and commands that tell who could see what: for auditors, and for everybody about themselves (IG3, IG7)."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from audit.models import Event
from tests.web.casework import FORBIDDEN, NOT_FOUND, OK, Casework, words

COLUMN = "Person"


@pytest.fixture
def walked(work: Casework) -> Casework:
    work.story.walk_to("planning")
    return work


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.proves("IG7")
def test_an_auditor_reads_who_could_see_a_case_and_that_is_on_the_record(walked: Casework) -> None:
    told = words(walked.get("auditor", "access"))
    for name in ("Pat Mercer", "Leila Grant", "Audrey Finch", "Dr Ines Marsh"):
        assert name in told
    assert "2 lay and" in told
    assert "Gwen Parry" not in told
    (event,) = Event.objects.filter(kind="evidence_read", case_id=walked.story.case_id)
    assert (event.person_name, event.facts["what"]) == ("Audrey Finch", "who could see it")


def test_of_a_moment_before_the_group_was_formed_there_was_no_lay_partner(walked: Casework) -> None:
    opened = walked.story.case.opened_at
    query = f"?on_day={opened.day}&on_month={opened.month}&on_year={opened.year}&clock=23:00"
    told = words(walked.get("auditor", "access", query))
    assert "0 lay and" in told
    assert "Pat Mercer" not in told


def test_what_is_no_time_is_told_and_now_is_shown(walked: Casework) -> None:
    told = words(walked.get("auditor", "access", "?on_day=3&on_month=3&on_year=2026&clock=25:00"))
    assert "The time must be like 14:30" in told
    assert "2 lay and" in told


def test_the_files_hold_the_same_rows(walked: Casework) -> None:
    rows = read(walked.get("auditor", "access", "?table=csv").content.decode())
    assert {"Pat Mercer", "Leila Grant"} <= {row[COLUMN] for row in rows}
    found = walked.get("auditor", "access", "?table=xlsx")
    assert found.headers["Content-Disposition"].endswith('-access.xlsx"')


@pytest.mark.proves("IG7")
def test_everybody_reads_what_they_could_see_themselves_and_only_an_auditor_that_of_others(walked: Casework) -> None:
    story = walked.story

    def page_of(reader: str, about: str) -> tuple[int, str]:
        found = walked.client(reader).get(reverse("access_of_person", args=(story.who(about).pk,)))
        return found.status_code, words(found)

    status, told = page_of("pat", "pat")
    assert status == OK
    assert story.case.reference in told
    assert "Seat" in told
    assert not Event.objects.filter(kind="evidence_read").exists()  # nobody is watched at reading about themselves
    assert page_of("pat", "amina")[0] == FORBIDDEN
    assert page_of("lead", "pat")[0] == FORBIDDEN
    assert story.case.reference in page_of("auditor", "pat")[1]
    assert Event.objects.get(kind="evidence_read").facts["person_id"] == str(story.who("pat").pk)
    assert walked.client("auditor").get(reverse("access_of_person", args=(story.case_id,))).status_code == NOT_FOUND


def test_the_commands_tell_the_same_as_csv(walked: Casework, capsys: pytest.CaptureFixture[str]) -> None:
    case = walked.story.case
    where = {"ods": case.organisation.ods_code, "at": walked.story.at.isoformat()}
    call_command("who_could", case.reference, **where)
    assert "Pat Mercer" in {row[COLUMN] for row in read(capsys.readouterr().out)}
    call_command("what_could", walked.story.who("pat").email, **where)
    assert {row["Case"] for row in read(capsys.readouterr().out)} == {case.reference}
    call_command("who_could", case.reference, ods=case.organisation.ods_code, at="2026-01-01")
    assert read(capsys.readouterr().out) == []
    with pytest.raises(CommandError, match="no case"):
        call_command("who_could", "OVS-2026-9999", **where)
    with pytest.raises(CommandError, match="nobody"):
        call_command("what_could", "nobody@example.org", **where)
    with pytest.raises(CommandError, match="not a moment"):
        call_command("who_could", case.reference, ods=case.organisation.ods_code, at="yesterday")
