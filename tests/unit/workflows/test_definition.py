"""The vocabulary means what design and rules say that it means."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from permissions.roles import CHAIR, EXEC, LEAD, MEMBER, PSP
from tests.unit.workflows.pages import IS_TRUE, page
from workflows.definition import (
    ASKS,
    EVALUATION,
    EVIDENCE,
    HEARD,
    MEASURES,
    READY,
    SEEN,
    SIGN,
    SUPPORT,
    Agreement,
    Ask,
    AtLeast,
    Every,
    Outcome,
    Stage,
    Stance,
    at_least,
    every,
    guard,
)

FOR, AGAINST, NEITHER = Stance.FOR, Stance.AGAINST, Stance.NEITHER


@pytest.mark.parametrize(
    ("ask", "answers"),
    [
        (SUPPORT, {"support": FOR, "support_with_comments": FOR, "do_not_support": AGAINST, "abstain": NEITHER}),
        (SEEN, {"seen": FOR, "seen_with_comments": FOR, "abstain": NEITHER}),
        (HEARD, {"heard": FOR, "heard_withdrawn": FOR, "not_heard": AGAINST}),
        (READY, {"ready": FOR, "more_training": AGAINST}),
        (SIGN, {"sign": FOR, "abstain": NEITHER}),
        (EVIDENCE, {"shown": FOR, "more_evidence": AGAINST, "abstain": NEITHER}),
    ],
    ids=lambda value: value.code if isinstance(value, Ask) else "",
)
def test_each_question_has_its_answers_and_each_answer_its_weight(ask: Ask, answers: dict[str, Stance]) -> None:
    assert {answer.code: answer.stance for answer in ask.answers} == answers


def test_every_question_can_be_found_by_its_code() -> None:
    assert all(ASKS[code].code == code for code in ASKS)
    assert len(ASKS) == 6


@pytest.mark.parametrize("ask", ASKS.values(), ids=lambda ask: ask.code)
def test_whoever_says_no_or_stays_out_says_why(ask: Ask) -> None:
    assert all(answer.needs_text for answer in ask.answers if answer.stance is not FOR)


def test_only_support_can_be_dissented_from() -> None:
    assert [ask.code for ask in ASKS.values() if ask.dissents] == ["support"]


def test_an_answer_that_a_question_does_not_have_is_none() -> None:
    assert SUPPORT.answer("abstain") is SUPPORT.answers[-1]
    assert SUPPORT.answer("seen") is None


def test_terms_are_joined_in_the_order_written() -> None:
    agreement = every(PSP) & at_least(1, CHAIR) & at_least(2, PSP)
    assert agreement == Agreement((Every(PSP), AtLeast(1, CHAIR), AtLeast(2, PSP)))
    assert agreement.roles == (PSP, CHAIR)


def test_an_agreement_is_lay_required_when_it_asks_a_lay_role() -> None:
    assert (at_least(1, CHAIR) & every(PSP)).lay_roles == (PSP,)
    assert (at_least(1, CHAIR) & every(PSP)).lay_required
    assert not (at_least(1, CHAIR) & every(MEMBER)).lay_required
    assert not Stage("alone", "Alone", acts=LEAD).lay_required


def test_a_guard_is_named_by_its_function() -> None:
    @guard("R7", "Every comment is answered", "Answer them.", revision=3)
    def comments_are_answered(look: object) -> bool:
        return look is None

    assert (comments_are_answered.code, comments_are_answered.rule) == ("comments_are_answered", "R7")
    assert comments_are_answered.revision == 3
    assert comments_are_answered.test(None)


def test_an_outcome_that_goes_back_may_not_be_guarded() -> None:
    with pytest.raises(ValueError, match="must not be guarded"):
        Outcome("send_back", "write", only_if=(IS_TRUE,), back=True)


def test_passes_to_is_short_for_one_outcome() -> None:
    stage = Stage("write", "Write", acts=LEAD, passes_to="agree")
    assert stage.outcomes == (Outcome("pass", "agree", "Go on"),)
    assert stage.outcome("pass") == stage.outcomes[0]
    assert stage.outcome("sign") is None
    assert Stage("stuck", "Stuck", acts=LEAD).outcomes == ()


def test_who_chooses_is_the_outcomes_decider_then_the_stages_then_whoever_acts() -> None:
    own, plain = Outcome("risk", "go", decided_by=EXEC), Outcome("go", "go")
    decided = Stage("one", "One", acts=LEAD, decided_by=CHAIR, choices=(own, plain))
    acted = Stage("two", "Two", acts=LEAD, choices=(plain,))
    assert decided.decider_of(own) == EXEC
    assert decided.decider_of(plain) == CHAIR
    assert acted.decider_of(plain) == LEAD


def test_a_decision_is_a_step_of_its_own_where_somebody_other_than_the_actor_chooses() -> None:
    assert Stage("one", "One", acts=LEAD, decided_by=CHAIR).has_decision
    assert Stage("two", "Two", acts=LEAD, choices=(Outcome("a", "b", decided_by=EXEC),)).has_decision
    assert not Stage("three", "Three", acts=LEAD, passes_to="b").has_decision


def test_a_process_finds_its_parts_by_code() -> None:
    process = page()
    assert process.first.code == "write"
    assert process.stage("agree").title == process.title_of("agree") == "Agree it"
    assert process.title_of("done") == "Done"
    assert process.title_of("unknown") == "unknown"
    assert process.has_stage("sign")
    assert not process.has_stage("done")
    assert process.final("done") is process.ends[0]
    assert process.final("sign") is None
    assert process.seats_of(PSP) is process.seats[0]
    assert process.paper("text") is process.papers[0]
    assert process.paper("report") is None
    assert process.any_time_act("withdraw") is process.any_time[0]
    assert process.any_time_act("pause") is None
    with pytest.raises(KeyError):
        process.stage("done")


def test_a_stage_deals_with_what_is_known_here_and_is_found_by_it() -> None:
    assert page().stage_for(MEASURES) is None
    measured = Stage("how_we_know", "Say how we shall know", acts=LEAD, passes_to="agree", deals_with=MEASURES)
    process = replace(page(), stages=(measured, *page().stages))
    assert (process.stage_for(MEASURES), process.stage_for(EVALUATION)) == (measured, None)
    with pytest.raises(ValueError, match="teas"):
        replace(measured, deals_with="teas")


def test_a_process_names_each_guard_once() -> None:
    assert [one.code for one in page().guards()] == ["it_is_true"]


def test_a_page_cannot_be_changed_once_written() -> None:
    with pytest.raises(FrozenInstanceError):
        page().title = "Another"  # type: ignore[misc]
