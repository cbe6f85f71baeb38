"""From the written page to the whole: every lay stage gets the policy, every disagreement a stage of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from permissions.roles import CHAIR, EXEC, LEAD, PSP
from tests.unit.workflows.pages import AGREE, IS_TRUE, page, with_stage
from workflows.calendar import working_days
from workflows.definition import HEARD, SEEN, Dissent, Every, Outcome, at_least, every
from workflows.expansion import DISSENT_RECORDS, NOTICE, dissent_code, expand
from workflows.processes.oversight.process import OVERSIGHT
from workflows.soundness import findings


def test_the_hearing_of_a_disagreement_stands_straight_after_its_stage() -> None:
    assert [stage.code for stage in expand(page()).stages] == ["write", "agree", "agree__dissent", "sign"]


def test_every_lay_seat_must_answer_though_the_page_asks_only_for_one() -> None:
    """R1: no stage completes without a position, or a recorded lapse, from each partner."""
    whole = expand(with_stage("agree", agreed_by=at_least(1, CHAIR) & at_least(1, PSP)))
    agreed_by = whole.stage("agree").agreed_by
    assert agreed_by
    assert agreed_by.terms[-1] == Every(PSP)
    assert Every(CHAIR) not in agreed_by.terms


def test_what_the_page_says_already_is_not_said_twice() -> None:
    agreed_by = expand(page()).stage("agree").agreed_by
    assert agreed_by == AGREE.agreed_by


def test_five_working_days_of_notice_before_lay_people_decide_on_a_paper() -> None:
    """R5."""
    assert expand(page()).stage("agree").notice == NOTICE == working_days(5)


def test_notice_runs_only_where_an_answer_weighs_and_there_is_a_paper() -> None:
    assert expand(with_stage("agree", asks=SEEN, dissent=None)).stage("agree").notice is None
    assert expand(with_stage("agree", paper=None)).stage("agree").notice is None


def test_a_longer_notice_on_the_page_stands() -> None:
    assert expand(with_stage("agree", notice=working_days(8))).stage("agree").notice == working_days(8)


def test_a_stage_without_lay_people_is_left_as_written() -> None:
    assert expand(page()).stage("write") == page().stage("write")
    staff = with_stage("agree", agreed_by=every(CHAIR), dissent=None)
    assert expand(staff).stage("agree") == staff.stage("agree")


def test_the_executive_hears_it_decides_with_a_reason_and_the_partner_says_whether_they_were_heard() -> None:
    """R3, B7a."""
    hearing = expand(with_stage("agree", dissent=Dissent(EXEC, ref="T2x", within=working_days(7)))).stage("agree__dissent")
    assert hearing.acts == EXEC
    assert hearing.records == DISSENT_RECORDS
    assert hearing.asks == HEARD
    assert hearing.agreed_by == every(PSP)
    assert all(way.reason and way.decided_by is None for way in hearing.outcomes)
    assert (hearing.ref, hearing.within, hearing.hears, hearing.returns_to) == ("T2x", working_days(7), "agree", "agree__dissent")


def test_going_on_in_spite_of_it_keeps_the_guards_of_the_origin() -> None:
    ways = (Outcome("adopt", "sign", "Adopt it", only_if=(IS_TRUE,)), Outcome("rewrite", "write", back=True))
    hearing = expand(with_stage("agree", passes_to="", choices=ways)).stage("agree__dissent")
    assert hearing.outcome("adopt") == replace(ways[0], words="Go on in spite of it: adopt it", reason=True)
    assert [way.code for way in hearing.outcomes] == ["adopt", "send_back"]


def test_sending_it_back_leads_where_the_origin_returns_to_and_is_never_guarded() -> None:
    back = expand(page()).stage("agree__dissent").outcome("send_back")
    assert back
    assert (back.to, back.back, back.only_if) == ("write", True, ())
    alone = expand(with_stage("agree", returns_to="")).stage("agree__dissent").outcome("send_back")
    assert alone
    assert alone.to == "agree"


@pytest.mark.parametrize("origin", ["terms", "draft_review", "actions"])
def test_the_oversight_process_hears_a_disagreement_wherever_it_asks_for_support(origin: str) -> None:
    whole = expand(OVERSIGHT)
    hearing = whole.stage(dissent_code(origin))
    assert (hearing.hears, hearing.acts) == (origin, EXEC)


def test_the_hearing_on_the_draft_report_is_b7a() -> None:
    assert expand(OVERSIGHT).stage("draft_review__dissent").ref == "B7a"


def test_the_small_page_and_the_oversight_page_are_sound() -> None:
    assert findings(page()) == ()
    assert findings(OVERSIGHT) == ()
    assert LEAD in {stage.acts for stage in OVERSIGHT.stages}
