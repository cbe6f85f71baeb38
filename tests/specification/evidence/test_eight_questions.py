"""R16: the eight questions of an auditor, on a case in which every true answer was planted and is known by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction

from audit import triggers
from cases.models import PaperVersion, Position
from cases.tables import Sheet
from permissions.roles import PSP
from tests.builders import FullGroup, a_full_group, again
from workflows import fingerprint
from workflows.doors import comments, renditions
from workflows.evidence.answers.answer import Answer
from workflows.evidence.questions import QUESTIONS
from workflows.evidence.then import Then

pytestmark = pytest.mark.usefixtures("apart")

DISSENT = "The report does not say why families were not listened to."
WAIVED = "Two partners are ill and the family cannot wait."


@dataclass
class Planted:
    """The case, and the moments to ask about."""

    case: FullGroup
    moments: dict[str, datetime] = field(default_factory=dict)
    versions: dict[str, PaperVersion] = field(default_factory=dict)

    def mark(self, name: str) -> None:
        self.case.wait()
        self.moments[name] = self.case.at
        self.case.wait()


@pytest.fixture(scope="module")
def planted(kept: None) -> Planted:
    """Pat and Amina are members, Ivy an attendee, Rhona has a conflict; what else is planted stands in the tests."""
    case = a_full_group().walk_to("form_group")
    found = Planted(case)
    found.mark("before")
    case.waive(WAIVED)
    found.mark("waived")
    case.walk_to("gathering")
    found.versions["protected"] = case.paper_held_back(category="protected", reason="The law protects it.")
    found.versions["in_part"] = case.paper_in_part("progress", "Two names")
    draft = case.paper("progress", text="She said it in her own words.", release=False)
    case.do(renditions.ask_guardian, "lead", version=draft.pk, why="It is about her own words.")
    case.do(renditions.decide_as_guardian, "caldicott", version=draft.pk, outcome="allowed", reason="She signed for it.")
    case.release(draft, identifies=True)
    found.versions["allowed"] = draft
    for key in ("lead", "exec", "amina"):
        case.read(key, "progress")
    open_version(case, "exec", found.versions["protected"])
    open_version(case, "pat", found.versions["in_part"])
    open_version(case, "chair", found.versions["in_part"])
    case.submit("lead")
    case.paper("findings")
    found.versions["findings"] = case.look.latest_released("findings")
    changed = case.comment("pat", "Page 2 leaves out the night shift.")
    refused = case.comment("amina", "Name the ward.")
    for one, outcome, text in ((changed, "changed", "Page 2 now has it."), (refused, "not_changed", "It would point to staff.")):
        case.do(comments.answer_comment, "lead", comment=one.pk, outcome=outcome, text=text)
    case.submit("lead")
    case.all_answer("seen")
    case.share_draft()
    case.put_draft_to_group()
    case.wait(6)
    case.read("pat", "report")
    case.answer("chair")
    case.answer("pat")
    case.dissent("amina", DISSENT)  # who never opened it
    case.hear_dissent()
    case.answer("amina", "heard")
    case.agree_actions()
    found.mark("unsigned")
    case.sign()
    found.versions["report"] = case.look.latest_released("report")
    found.mark("signed")
    return found


@pytest.fixture
def case(planted: Planted, apart: None) -> FullGroup:
    return again(planted.case)


def open_version(case: FullGroup, key: str, version: PaperVersion) -> None:
    from workflows.doors.papers import open_paper

    case.do(open_paper, key, version=version.pk)


def asked(planted: Planted, number: int, moment: str = "signed") -> Answer:
    return QUESTIONS[number].answer(planted.case.case, planted.moments[moment])


def lines(sheet: Sheet, *columns: str) -> list[tuple[Any, ...]]:
    places = [sheet.columns.index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in sheet.rows]


def all_said(answer: Answer) -> str:
    return " ".join(answer.sentences)


@pytest.mark.proves("R16")
def test_1_who_the_partners_were_on_what_basis_and_with_what_conflicts(planted: Planted) -> None:
    (sheet,) = asked(planted, 1).sheets
    told = {row[0]: row for row in lines(sheet, "Partner", "Member or attendee", "Why attendee", "State of the seat", "Declared")}
    assert set(told) == {"Pat Mercer", "Amina Yusuf", "Ivy Chen", "Rhona Blake"}
    assert told["Pat Mercer"][1].startswith("Member")
    assert told["Ivy Chen"][1:3] == ("Attendee: may speak only", "She asked to listen first.")
    assert told["Rhona Blake"][3] == "Has a conflict of interest"
    assert "a conflict of interest" in told["Rhona Blake"][4]
    assert "Oversight training" in dict(lines(sheet, "Partner", "Trained in"))["Pat Mercer"]
    said = all_said(asked(planted, 1))
    assert "Members, who decide and count: Pat Mercer and Amina Yusuf." in said or "Amina Yusuf and Pat Mercer" in said
    assert "A conflict of interest was declared by Rhona Blake." in said
    opened = QUESTIONS[1].answer(planted.case.case, planted.case.case.opened_at)
    assert opened.sheets[0].rows == []
    assert opened.sentences[0].startswith("No lay partners sat")


@pytest.mark.proves("R16", "R6")
def test_2_when_each_could_open_each_paper_and_whether_they_did_before_the_decision(planted: Planted) -> None:
    answer = asked(planted, 2)
    (sheet,) = answer.sheets
    rows = lines(sheet, "Paper", "Partner", "The partner could open it from", "First opened", "Opened before that")
    told = {(paper, who): (since, opened, before) for paper, who, since, opened, before in rows}
    report = f"{planted.versions['report'].paper.title}, version 1"
    assert told[report, "Pat Mercer"][2] == "yes"
    assert told[report, "Amina Yusuf"][1:] == (None, "no")  # she disagreed with what she never opened
    held = f"{planted.versions['protected'].paper.title}, version 1"
    assert told[held, "Pat Mercer"] == (None, None, "nothing was decided on it")
    late = {(row[0], row[1]) for row in sheet.rows if row[5]}
    assert (held, "Pat Mercer") in late  # staff have had it for days
    assert f"Amina Yusuf: {report}." in answer.sentences[2]
    assert not any(row[0] == report for row in asked(planted, 2, "waived").sheets[0].rows)


@pytest.mark.proves("R16", "R3", "R7")
def test_3_what_they_said_on_which_version_and_what_came_of_it(planted: Planted) -> None:
    answers, comments_, dissents = asked(planted, 3).sheets
    told = {row[:2]: row[2:] for row in lines(comments_, "Partner", "Comment", "Reply", "Why, or what was changed", "Replied by")}
    assert told["Pat Mercer", "Page 2 leaves out the night shift."] == ("Changed", "Page 2 now has it.", "Leila Grant")
    assert told["Amina Yusuf", "Name the ward."] == ("Not changed", "It would point to staff.", "Leila Grant")
    said = [row for row in lines(answers, "Partner", "Answer", "In their words", "SHA-256") if row[1] == "I do not support it"]
    assert said == [("Amina Yusuf", "I do not support it", DISSENT, planted.versions["report"].sha256)]
    (dissent,) = lines(dissents, "Partner", "In their words", "Heard by", "Why")
    assert dissent == (
        "Amina Yusuf", DISSENT, "Eleanor Hughes, Executive lead for patient safety", "The report now says so on page 4.",
    )  # fmt: skip
    assert lines(dissents, "What was decided") != [("Not decided yet",)]
    assert asked(planted, 3, "waived").sheets[2].rows == []


@pytest.mark.proves("R16", "R17")
def test_4_which_lay_rules_gave_way_by_whom_why_and_how_long(planted: Planted) -> None:
    waivers, lapses, shortened = asked(planted, 4, "waived").sheets
    (row,) = lines(waivers, "Rule", "Asked by", "Granted by", "In force then", "Why")
    assert row == ("R9", "Leila Grant", "Xavier Stone", True, WAIVED)
    assert lapses.rows == []
    assert shortened.rows == []
    waivers, _, shortened = asked(planted, 4).sheets
    assert lines(waivers, "In force then") == [(False,)]  # it was for that stay in that stage
    assert {one[0] for one in lines(shortened, "Partner")} == {"Pat Mercer", "Amina Yusuf"}  # the terms, on the day
    assert asked(planted, 4, "before").sentences[0].startswith("No waivers of a lay rule")


@pytest.mark.proves("R16", "R4")
def test_5_who_signed_which_exact_version_and_what_the_guards_said_at_that_instant(planted: Planted) -> None:
    answer = asked(planted, 5)
    signatures, guards = answer.sheets
    (row,) = lines(
        signatures, "Signed by", "Lay or staff", "Role", "SHA-256 signed", "SHA-256 of the version", "All conditions met"
    )
    mark = planted.versions["report"].sha256
    assert row == ("Eleanor Hughes", "staff", "Executive lead for patient safety", mark, mark, True)
    assert "Review the draft report" in lines(signatures, "Agreed by the group")[0][0]
    signing = [one for one in lines(guards, "From", "Rule", "Met") if one[0] == planted.case.look.process.title_of("sign_off")]
    assert {rule for _, rule, _ in signing} >= {"R7", "R18"}
    assert all(met is True for *_, met in lines(guards, "Rule", "Met"))
    assert f"SHA-256 {mark}; all conditions met at that instant: yes." in all_said(answer)
    assert asked(planted, 5, "unsigned").sheets[0].rows == []


@pytest.mark.proves("R16", "IG2", "IG6")
def test_6_who_saw_identifiable_data_under_which_decision_and_what_the_law_protects(planted: Planted) -> None:
    answer = asked(planted, 6)
    seen, decisions, protected = answer.sheets
    told = {row[:2]: row[2:] for row in lines(seen, "Who", "What", "Which text", "Caldicott decision")}
    allowed, in_part = (planted.case.look.version(planted.versions[name].pk) for name in ("allowed", "in_part"))
    assert allowed
    assert in_part
    name = f"{allowed.paper.title}, version {allowed.number}"
    assert told["Amina Yusuf", name][0] == "as it is"
    assert "Dr Ines Marsh, Caldicott Guardian" in told["Amina Yusuf", name][1]
    part = f"{in_part.paper.title}, version {in_part.number}"
    assert told["Pat Mercer", part] == ("the text for lay partners, without what is held back", "none")
    assert told["Charles Adeyemi", part] == ("as it is", "none")
    ((decision, reason),) = lines(decisions, "Decision", "Reason")
    assert (decision, reason) == ("They may read it as it is", "She signed for it.")
    assert lines(protected, "Opened by staff", "Opened by lay partners") == [("Eleanor Hughes", "nobody")]
    assert answer.sentences[0] == "Lay partners who opened a text that points to somebody, as it is: Amina Yusuf."
    assert asked(planted, 6, "before").sheets[0].rows == []


@pytest.mark.proves("R16")
def test_7_how_the_process_was_that_day_told_from_the_stored_definition(planted: Planted) -> None:
    answer = asked(planted, 7)
    stages, seats = answer.sheets
    whole = planted.case.look.process
    assert [code for (code,) in lines(stages, "Stage")] == [stage.code for stage in whole.stages]
    told = {row[0]: row[1:] for row in lines(stages, "Stage", "Who must agree", "Conditions")}
    assert "every Patient Safety Partner (lay)" in told["draft_review"][0]
    assert "R7: " in told["sign_off"][1]
    assert (PSP.title, "lay", 1, 2) in seats.rows
    assert f"Its fingerprint is {fingerprint.of('OVS', whole.version)}." in answer.sentences
    assert "it is the text of that day" in answer.sentences[2]


@pytest.mark.proves("R16")
def test_8_nothing_was_altered_until_somebody_does_and_then_the_row_is_named(planted: Planted, case: FullGroup) -> None:
    assert asked(planted, 8).sentences[0] == "Nothing has been altered."
    forged = Position.objects.filter(case=case.case_id, stance="against").get()
    with transaction.atomic():
        triggers.lift()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE cases_position SET text = 'I agree.' WHERE id = %s", [_as_stored(forged.pk)])
        answer = asked(planted, 8)
        transaction.set_rollback(True)
    assert answer.sentences[0] == "1 thing did not hold. Each is in the table."
    assert lines(answer.sheets[0], "Table", "Row") == [("cases.position", str(forged.pk))]


def _as_stored(key: Any) -> Any:
    return key.hex if connection.vendor == "sqlite" else key


def test_asking_writes_nothing_and_knows_nothing_of_what_came_later(planted: Planted) -> None:
    then = Then(planted.case.case, planted.moments["before"])
    assert not then.waivers
    assert not then.openings
    assert {visit.stage for visit in then.visits} == {"response", "form_group"}
