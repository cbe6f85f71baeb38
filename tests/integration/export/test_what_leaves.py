"""What may not leave is in no file of an export, under any name; what stays is counted; and who may not take it out is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Model

from audit.models import Event
from audit.rows import fields_by_column, label
from audit.triggers import append_only_models
from cases.models import Withholding
from permissions.scope import visible_papers
from tests.builders import a_full_group, a_story, refused
from tests.integration.export.handed_out import TO, checked, exported
from tests.specification.retention.old_cases import disposed, years_later
from tests.trainees import a_training
from workflows.doors import facts, renditions, withholding
from workflows.doors.exports import export_record
from workflows.export.offline.reading import canonical, read_lines
from workflows.export.record import write_record
from workflows.export.what_leaves import LEAVES, STAYS
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db

MARK = "Xanthippe"
"""Planted wherever something is that may not leave."""


@pytest.fixture
def case() -> Story:
    return a_story().walk_to("planning")


def everything_in(folder: Path) -> str:
    return "\n".join(path.name + path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file())


@pytest.mark.proves("IG4", "IG6")
def test_nothing_of_what_is_protected_or_held_back_and_no_text_of_a_paper_leaves(case: Story, tmp_path: Path) -> None:
    case.paper("report", f"{MARK} is in the text.")
    case.paper_held_back(f"Letter on {MARK}", "protected", f"A letter on {MARK}", f"It names {MARK}.", f"{MARK} wrote.")
    part = case.paper("report", f"{MARK} again.", release=False)
    case.do(renditions.hold_back_part, "lead", version=part.pk,
            given=case.reason_to_hold_back(f"What {MARK} said", "protected", reason=f"{MARK} is protected."))  # fmt: skip
    case.lay_file(part, f"Without {MARK}.")
    case.release(part, lay_reads="own")
    held = Withholding.objects.get(version=part)
    case.challenge("pat", held, f"I know {MARK}.")
    case.paper("report", note=f"A draft on {MARK}", release=False)
    case.comment("pat", "I would ask who was on duty.", kind="terms")

    told = everything_in(exported(case, tmp_path / "out"))

    assert MARK not in told
    assert "I would ask who was on duty." in told
    assert part.sha256 in told
    code, said = checked(tmp_path / "out")
    assert code == 0, said
    assert "\n0 events" not in said


def test_what_was_let_go_since_stays_in(case: Story, tmp_path: Path) -> None:
    letter = case.paper_held_back(f"Letter on {MARK}")
    held = Withholding.objects.get(paper=letter.paper)
    case.do(withholding.end_withholding, "lead", withholding=held.pk, reason="It can be read now.")
    assert visible_papers(case.who("pat"), case.case, case.at).filter(pk=letter.pk).exists()

    assert MARK not in everything_in(exported(case, tmp_path / "out"))


def test_every_table_of_a_case_is_said_to_leave_or_to_stay() -> None:
    of_cases = {label(model) for model in append_only_models() if _belongs_to_a_case(model)}
    assert of_cases - LEAVES - STAYS.keys() == set()
    assert not LEAVES & STAYS.keys()


def _belongs_to_a_case(model: type[Model]) -> bool:
    return "case_id" in fields_by_column(model) and model is not Event and model._meta.app_label != "ledgerbook"


@pytest.mark.proves("IG10")
def test_personal_details_of_a_partner_stay(tmp_path: Path) -> None:
    training = a_training().walk_to("checking")

    folder = exported(training, tmp_path / "out")

    rows = (folder / "history.jsonl").read_text()
    assert '"held_back":"personal details of one person (IG10)"' in rows
    assert '"adjustments"' not in rows
    assert checked(folder)[0] == 0


@pytest.mark.parametrize("key", ["lead", "pat", "chair", "exec"])
def test_nobody_but_quality_and_the_auditor_takes_out_a_record(case: Story, key: str) -> None:
    case.wait()
    with refused("R16"):
        export_record(case=case.case, by=case.who(key), at=case.at, to=TO)


def test_nobody_of_another_trust_nobody_with_a_tie_and_nobody_without_words_does() -> None:
    case = a_full_group()
    case.walk_to("form_group")
    case.wait()
    with refused("IG3", "R16"):
        export_record(case=case.case, by=case.who("far_lead"), at=case.at, to=TO)
    with refused("R16"):
        export_record(case=case.case, by=case.who("auditor"), at=case.at, to="  ")
    case.do(facts.record_connection, "lead", person=case.who("auditor"), kind="relative")
    case.wait()
    with refused("R18"):
        export_record(case=case.case, by=case.who("auditor"), at=case.at, to=TO)


def test_the_command_goes_through_the_same_door(case: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case.wait()
    monkeypatch.setattr("django.utils.timezone.now", lambda: case.at)
    named = {"ods": case.trust.organisation.ods_code, "to": TO, "out": tmp_path / "out"}
    with pytest.raises(CommandError, match="Only the quality team"):
        call_command("export_record", case.case.reference, by=case.who("lead").email, **named)
    call_command("export_record", case.case.reference, by=case.who("auditor").email, **named)

    event = Event.objects.filter(case_id=case.case_id).latest("seq")
    assert (event.kind, event.person_name, event.role, event.facts) == (
        "record_exported", case.who("auditor").name, "auditor", {"to": TO})  # fmt: skip
    assert checked(tmp_path / "out")[0] == 0
    with pytest.raises(CommandError, match="is not empty"):
        call_command("export_record", case.case.reference, by=case.who("auditor").email, **named)


def test_what_an_act_emptied_leaves_as_the_stub_that_is_left_and_one_that_is_touched_is_named(tmp_path: Path) -> None:
    case = years_later(a_story().walk_to("closed"))
    case.wait()
    receipt = export_record(case=case.case, by=case.who("auditor"), at=case.at, to=TO)
    disposed(case)
    write_record(receipt.event, tmp_path / "out")

    code, told = checked(tmp_path / "out")
    assert code == 0, told
    assert re.search(r"\n[1-9]\d+ are stubs: an act took their contents away", told), told
    rows = read_lines(tmp_path / "out" / "history.jsonl")
    stub = next(row for row in rows if "erased" in row)
    stub["values"]["history_person_name"] = "Somebody Else"
    (tmp_path / "out" / "history.jsonl").write_text("".join(canonical(row) + "\n" for row in rows))
    assert f"EDITED HISTORY: {stub['table']} {stub['key']}: " in checked(tmp_path / "out")[1]
