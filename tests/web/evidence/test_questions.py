"""The pages and the command of the eight questions: for auditors, with every row behind an answer as a file (R16, IG7)."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.core.management import call_command

from audit.models import Event
from tests.web.casework import FORBIDDEN, NOT_FOUND, Casework, words
from workflows.evidence.questions import QUESTIONS


@pytest.fixture
def signed(work: Casework) -> Casework:
    work.story.walk_to("sharing")
    return work


def test_all_eight_are_listed_and_the_case_leads_an_auditor_to_them(signed: Casework) -> None:
    told = words(signed.get("auditor", "questions"))
    assert all(one.asks in told for one in QUESTIONS.values())
    link = signed.address("questions").encode()
    assert link in signed.get("auditor", "case").content
    assert link not in signed.get("lead", "case").content
    assert signed.get("quality", "questions").status_code == FORBIDDEN


SAYS = {
    1: "2 lay partners sat on the case", 2: "Never opened until this moment", 3: "Lay partners gave", 4: "No waivers of a lay rule",
    5: "Eleanor Hughes signed Investigation report, version 1", 6: "Staff who did: nobody", 7: "it is the text of that day",
    8: "Nothing has been altered.",
}  # fmt: skip


@pytest.mark.proves("IG7")
def test_each_is_answered_on_a_page_and_the_reading_is_on_the_record(signed: Casework) -> None:
    for number, says in SAYS.items():
        assert says in words(signed.get("auditor", "question", number=number)), number
    read = Event.objects.filter(kind="evidence_read", case_id=signed.story.case_id).order_by("seq")
    assert [event.facts["what"].partition(",")[0] for event in read] == [f"question {number}" for number in QUESTIONS]
    opened = signed.story.case.opened_at
    query = f"?on_day={opened.day}&on_month={opened.month}&on_year={opened.year}"
    assert "No signatures until this moment" in words(signed.get("auditor", "question", query, number=5))
    assert signed.get("auditor", "question", number=9).status_code == NOT_FOUND


def test_the_file_and_the_command_hold_the_rows(signed: Casework, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = signed.get("auditor", "question", "?table=csv", number=5)
    (signature,) = [row for row in csv.reader(io.StringIO(page.content.decode())) if row and row[0] == "Eleanor Hughes"]
    case = signed.story.case
    call_command("answer", 5, case.reference, ods=case.organisation.ods_code, csv=str(tmp_path / "out"))
    written = (tmp_path / "out" / f"{case.reference}-5-signatures.csv").read_text("utf-8-sig")
    assert signature in list(csv.reader(io.StringIO(written)))
    assert "Eleanor Hughes signed" in capsys.readouterr().out
