"""The table of the improvement project (domain brief, section 4A), A1 to A8, against what is declared."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from workflows.definition import Agreement, AtLeast
from workflows.registry import process_of


@dataclass(frozen=True)
class Row:
    """One row of the brief. `ways`: code to (where it leads, who chooses); days are working days."""

    ref: str
    stage: str
    acts: str
    ways: dict[str, tuple[str, str]]
    days: int | None = None
    check_in: int | None = None
    notice: int | None = None
    answers: str = ""
    ready: set[str] = field(default_factory=set)
    records: set[str] = field(default_factory=set)
    dissent: bool = False


TABLE = (
    # Reply in 10 WD; the safety lead accepts, or declines with a reason.
    Row("A1", "propose", "specialist", {"accept": ("match", "specialist"), "decline": ("declined", "specialist")}, days=10),
    # Two partners or a reason; each accepts or declines.
    Row("A2", "match", "coordinator", {"pass": ("scope", "coordinator")}, days=20, records={"why_fewer_partners"},
        ready={"partners_are_matched", "lead_and_sponsor_are_seated"}),
    # Papers 5 WD before, decision 15 WD; the lead and at least one partner.
    Row("A3", "scope", "project_lead", {"pass": ("measures", "project_lead")}, days=15, notice=5,
        answers="1 project_lead, 1 psp, every psp", dissent=True),
    # 20 WD; at least one measure is a partner's; a baseline.
    Row("A4", "measures", "project_lead", {"pass": ("testing", "project_lead")}, days=20,
        answers="1 project_lead, 1 psp, every psp", dissent=True,
        ready={"a_measure_is_a_partners", "partners_stand_by_their_measures", "every_measure_has_a_baseline"}),
    # Looked at each 20 WD; cycles, attendance, hours.
    Row("A5", "testing", "project_lead", {"another_cycle": ("testing", "project_lead"), "enough": ("review", "project_lead")},
        check_in=20, records={"cycle", "attendance", "hours"}),
    # 15 WD from the papers; every partner's position; the sponsor decides.
    Row("A6", "review", "project_lead", {
            "adopt": ("share", "sponsor"), "abandon": ("share", "sponsor"), "adapt": ("testing", "sponsor")},
        days=15, notice=5, answers="1 psp, every psp", records={"proposed", "proposed_why"}, dissent=True),
    # 20 WD; every comment has its answer; "you said, we did", and where it was shared.
    Row("A7", "share", "project_lead", {"pass": ("evaluate", "project_lead")}, days=20, ready={"comments_are_answered"},
        records={"you_said_we_did", "shared_where"}),
    # 30 WD; offered to every partner; the quality team confirms.
    Row("A8", "evaluate", "coordinator", {"close": ("closed", "quality"), "send_back": ("evaluate", "quality")}, days=30,
        ready={"the_evaluation_was_offered"}, records={"contribution", "payments_settled"}),
)  # fmt: skip

PROCESS = process_of("IMP")


def words(agreement: Agreement | None) -> str:
    terms = agreement.terms if agreement else ()
    return ", ".join(sorted(f"{t.count if isinstance(t, AtLeast) else 'every'} {t.who.code}" for t in terms))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.ref)
def test_the_stage_is_as_the_brief_says(row: Row) -> None:
    stage = PROCESS.stage(row.stage)
    lengths = [length.days if length else None for length in (stage.within, stage.check_in, stage.notice)]
    assert (stage.ref, stage.acts and stage.acts.code) == (row.ref, row.acts)
    assert lengths == [row.days, row.check_in, row.notice]
    assert words(stage.agreed_by) == row.answers
    assert {one.code for one in stage.ready_when} == row.ready
    assert {fact.code for fact in stage.records} == row.records
    chosen = {way.code: (way.to, role.code if (role := stage.decider_of(way)) else "") for way in stage.outcomes}
    assert chosen == row.ways
    assert bool(stage.dissent) == row.dissent


def test_there_is_no_other_stage_and_no_other_end() -> None:
    assert [stage.code for stage in PROCESS.stages if not stage.hears] == [row.stage for row in TABLE]
    assert {stage.hears for stage in PROCESS.stages if stage.hears} == {row.stage for row in TABLE if row.dissent}
    assert {end.code for end in PROCESS.ends} == {"closed", "declined", "withdrawn"}
    assert {end.code for end in PROCESS.ends if end.without_lay} == {"declined", "withdrawn"}


def test_whoever_hears_a_disagreement_is_an_executive_and_says_why() -> None:
    heard = [stage for stage in PROCESS.stages if stage.hears]
    assert {stage.acts.code for stage in heard if stage.acts} == {"exec"}
    assert all(way.reason for stage in heard for way in stage.outcomes)


def test_every_end_of_the_review_and_each_refusal_gives_a_reason() -> None:
    assert all(way.reason for way in PROCESS.stage("review").outcomes)
    assert {
        stage.code for stage in PROCESS.stages for way in stage.outcomes if way.code in ("decline", "send_back") and not way.reason
    } == set()


def test_a_hold_is_a_partners_open_while_testing_and_answered_by_the_sponsor_within_five_days() -> None:
    hold = PROCESS.any_time_act("hold")
    assert hold
    assert hold.answered_by
    assert hold.within
    assert ([role.code for role in hold.by], hold.during, hold.answered_by.code, hold.within.days) == (
        ["psp"], ("testing",), "sponsor", 5)  # fmt: skip


def test_staff_or_a_partner_may_propose_and_two_partners_are_the_target() -> None:
    assert {role.code for role in PROCESS.opened_by} == {"psp", "project_lead", "sponsor", "specialist", "quality"}
    (lay,) = [seats for seats in PROCESS.seats if seats.role.lay]
    assert (lay.minimum, lay.target, lay.trained_in, lay.offered_by and lay.offered_by.code) == (1, 2, "projects", "coordinator")
    assert lay.reply_within
    assert lay.reply_within.days == 10
    (theme, *_rest) = PROCESS.begins_with
    assert [code for code, _ in theme.choices] == [
        "plan_priority",
        "event_cluster",
        "safety_action",
        "complaint",
        "partner_concern",
    ]
    assert PROCESS.lay_entry_by == "match"
