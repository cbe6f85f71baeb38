"""The table of the oversight process (domain brief, section 4B), B0 to B11 with B7a, against what is declared."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from workflows.definition import Agreement, AtLeast, Stage
from workflows.registry import process_of

EVERY_AND_ONE_PSP = "every psp, 1 psp"
"""R1 on every lay-required stage: all assigned partners answer, whoever else must agree."""

Way = tuple[str, str, str, set[str]]
"""code, where to, who chooses, guards"""


@dataclass(frozen=True)
class Row:
    ref: str
    stage: str
    acts: str
    answers: str = ""
    days: int | None = None
    check_in: int | None = None
    notice: int | None = None
    window: int | None = None
    ready: set[str] = field(default_factory=set)
    ways: tuple[Way, ...] = ()
    dissent: str = ""
    refusal: str = ""


def onward(to: str, by: str, *guards: str) -> tuple[Way, ...]:
    return (("pass", to, by, set(guards)),)


TABLE = (
    # Directorate proposes; executive team for a PSII, directorate for other responses, executive lead for emergent risks;
    # reviewed weekly; a national trigger forces a PSII.
    Row("B0", "response", "directorate", days=5, ways=(
        ("investigate", "form_group", "exec_team", {"it_is_not_an_emergent_risk"}),
        ("investigate_risk", "form_group", "exec", {"it_is_an_emergent_risk"}),
        ("other_response", "other_response", "directorate", {"no_national_trigger", "another_response_is_proposed"}),
        ("send_back", "response", "exec_team", set()))),
    # The lead assigns, the coordinator confirms eligibility; two partners are the target.
    Row("B1", "form_group", "lead", days=5, ready={"a_partner_is_seated", "a_chair_is_seated"}, ways=(
        ("confirm", "terms", "coordinator", {"lay_seats_are_filled", "a_chair_is_seated"}),
        ("send_back", "form_group", "coordinator", set()))),
    # Chair and one PSP; 10 WD, papers 5 WD; questions from those affected attached, or "asked, none".
    Row("B2", "terms", "lead", "1 chair, every psp, 1 psp", days=10, notice=5,
        ready={"questions_of_those_affected_are_recorded"}, ways=onward("planning", "lead"),
        dissent="exec hears it within 10, back to terms", refusal="terms"),
    Row("B2a", "terms__dissent", "exec", "every psp", days=10, refusal="terms__dissent", ways=(
        ("pass", "planning", "exec", set()), ("send_back", "terms", "exec", set()))),
    # The group notes the plan.
    Row("B3", "planning", "lead", "1 chair, every psp, 1 psp", days=10, ways=onward("gathering", "lead"), refusal="planning"),
    # Check-in every 20 WD; a progress note in plain language.
    Row("B4", "gathering", "lead", check_in=20, ready={"a_progress_note_is_released"}, ways=onward("synthesis", "lead")),
    # Comment window of 10 WD.
    Row("B5", "synthesis", "lead", "1 chair, every psp, 1 psp", days=15, window=10, ways=onward("affected", "lead"),
        refusal="synthesis"),
    # Duty of candour recorded; 10 WD.
    Row("B6", "affected", "engagement", days=10, ready={"candour_is_recorded"}, ways=onward("draft_review", "engagement")),
    # Every assigned PSP; papers 5 WD, decision 10 WD; comments from B6 answered.
    Row("B7", "draft_review", "lead", "1 chair, every psp, 1 psp", days=10, notice=5, ready={"those_affected_are_answered"},
        ways=onward("actions", "lead"), dissent="exec hears it within 10, back to synthesis", refusal="synthesis"),
    # The executive lead records a decision with a reason; the PSP confirms that it was heard.
    Row("B7a", "draft_review__dissent", "exec", "every psp", days=10, refusal="draft_review__dissent", ways=(
        ("pass", "actions", "exec", set()), ("send_back", "synthesis", "exec", set()))),
    # Directorate owner, and PSP position on each; owner, measure, due date; 15 WD.
    Row("B8", "actions", "directorate", EVERY_AND_ONE_PSP, days=15, ready={"every_action_is_complete"},
        ways=onward("sign_off", "directorate"), dissent="exec hears it within 10, back to actions", refusal="actions"),
    Row("B8a", "actions__dissent", "exec", "every psp", days=10, refusal="actions__dissent", ways=(
        ("pass", "sign_off", "exec", set()), ("send_back", "actions", "exec", set()))),
    # The executive lead only.
    Row("B9", "sign_off", "exec", days=10, ways=(
        ("sign", "sharing", "exec",
         {"comments_are_answered", "candour_is_recorded", "signer_is_not_the_author", "the_agreed_text_is_signed"}),
        ("send_back", "draft_review", "exec", set()))),
    Row("B10", "sharing", "quality", days=20, ways=onward("follow_up", "quality")),
    # Quality team and one PSP confirm the evidence; quarterly until done.
    Row("B11", "follow_up", "directorate", "every psp, 1 psp, 1 quality", check_in=60, ready={"every_action_is_evidenced"},
        ways=onward("closed", "directorate"), refusal="follow_up"),
)  # fmt: skip

PROCESS = process_of("OVS", 1)


def _answers(agreement: Agreement | None) -> str:
    terms = agreement.terms if agreement else ()
    words = {f"{t.count} {t.who.code}" if isinstance(t, AtLeast) else f"every {t.who.code}" for t in terms}
    return ", ".join(sorted(words, key=lambda word: (word.split()[1], word.split()[0] != "every")))


def _as_row(stage: Stage) -> Row:
    hears = stage.dissent
    back = PROCESS.stage(f"{stage.code}__dissent").outcome("send_back") if hears else None
    return Row(
        stage.ref, stage.code, stage.acts.code if stage.acts else "", _answers(stage.agreed_by),
        days=stage.within.days if stage.within else None, check_in=stage.check_in.days if stage.check_in else None,
        notice=stage.notice.days if stage.notice else None, window=stage.window.days if stage.window else None,
        ready={one.code for one in stage.ready_when},
        ways=tuple((way.code, way.to, _chooser(stage, way), {g.code for g in way.only_if}) for way in stage.outcomes),
        dissent=f"{hears.heard_by.code} hears it within {hears.within.days}, back to {back.to}" if hears and back else "",
        refusal=stage.returns_to,
    )  # fmt: skip


def _chooser(stage: Stage, way: object) -> str:
    role = stage.decider_of(way)  # type: ignore[arg-type]
    return role.code if role else ""


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.ref)
def test_each_stage_is_declared_as_the_table_has_it(row: Row) -> None:
    assert _as_row(PROCESS.stage(row.stage)) == row


def test_there_is_no_other_stage_and_no_other_end() -> None:
    assert [stage.code for stage in PROCESS.stages] == [row.stage for row in TABLE]
    assert {end.code for end in PROCESS.ends} == {"closed", "other_response", "withdrawn"}


def test_the_order_of_ways_on_leads_from_the_first_page_to_closed() -> None:
    road, stage = [], "response"
    while stage != "closed":
        road.append(stage)
        stage = next(way[1] for row in TABLE if row.stage == stage for way in row.ways)
    assert [row.ref for row in TABLE if row.stage in road] == [f"B{number}" for number in range(12)]


def test_lay_agreement_is_asked_at_each_stage_that_the_brief_names() -> None:
    """R1: terms, planning, synthesis, draft review, safety actions, follow-up; and every dissent is heard by its author."""
    assert {stage.code for stage in PROCESS.stages if stage.lay_required and not stage.hears} == {
        "terms", "planning", "synthesis", "draft_review", "actions", "follow_up"}  # fmt: skip


def test_two_partners_are_the_target_and_whoever_signs_is_the_executive_lead() -> None:
    lay = [seats for seats in PROCESS.seats if seats.role.lay]
    assert [(seats.role.code, seats.minimum, seats.target) for seats in lay] == [("psp", 1, 2)]
    assert PROCESS.signed_by
    assert PROCESS.signed_by.code == "exec"
    assert PROCESS.lay_entry_by == "terms"
    assert PROCESS.within
    assert PROCESS.within.days == 120


def test_only_lay_people_are_asked_by_a_dissent_and_only_there_goes_a_way_on_in_spite_of_it() -> None:
    heard = [stage for stage in PROCESS.stages if stage.hears]
    assert {stage.hears for stage in heard} == {row.stage for row in TABLE if row.dissent}
    assert all(way.reason for stage in heard for way in stage.outcomes)
    assert all(stage.asks.code == "heard" and not stage.paper for stage in heard)


def test_an_end_that_no_lay_person_need_reach_says_why() -> None:
    assert {end.code for end in PROCESS.ends if end.without_lay} == {"other_response", "withdrawn"}
