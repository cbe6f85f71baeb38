"""A3 and A6 to A8: positions, the sponsor's decision, "you said, we did", and what it was like (R1 to R5, R7, R11)."""

from __future__ import annotations

import pytest

from audit.models import Event
from cases.models import CommentAnswer, Evaluation, Visit
from tests.builders import again, refused, undone
from tests.projects import FullProject, a_full_project
from workflows import engine
from workflows.available import available
from workflows.doors import evaluations, seats
from workflows.processes.improvement.choices import QUESTIONS
from workflows.standing import is_short, owing
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")

PROPOSED = {"proposed": "adopt", "proposed_why": "Nine of ten."}


@pytest.fixture(scope="module")
def walked(kept: None) -> FullProject:
    """The results are before the partners."""
    case = a_full_project()
    case.walk_to("review")
    case.put_results()
    return case


@pytest.fixture
def case(walked: FullProject, apart: None) -> FullProject:
    return again(walked)


def decided(case: FullProject, outcome: str = "adopt") -> FullProject:
    case.all_answer(also=())
    case.decide_review(outcome)
    return case


# A6


def test_r1_a_partner_who_comes_while_the_sponsor_decides_is_asked_first(case: FullProject) -> None:
    case.all_answer(also=())
    put_to_the_sponsor = Visit.objects.get(pk=case.visit)
    assert put_to_the_sponsor.step == Visit.Step.DECIDE
    case.take_seat("gwen")
    assert (case.visit, Visit.objects.get(pk=case.visit).step) == (put_to_the_sponsor.pk, Visit.Step.ANSWER)
    assert [seat.person for seat in owing(case.look)] == [case.who("gwen")]
    with refused("STALE"):
        case.decide_review()
    case.answer("gwen", "do_not_support", "Nobody asked the night staff.")
    assert case.case.state == "review__dissent"
    assert list(verify_case(case.case, case.at)) == []


def test_r1_what_the_others_said_stands_and_the_sponsor_decides_once_she_has_answered(case: FullProject) -> None:
    case.all_answer(also=())
    case.take_seat("gwen")
    case.answer("gwen", enough_time=True)
    case.decide_review()
    assert case.case.state == "share"
    assert list(verify_case(case.case, case.at)) == []


def test_r9_the_sponsor_does_not_decide_once_the_partners_have_left(case: FullProject) -> None:
    case.all_answer(also=())
    for key in ("pat", "amina"):
        case.do(seats.step_down, key, seat=case.seat(key).pk)
    assert is_short(case.look)
    with refused("STALE"):
        case.decide_review()


@pytest.mark.parametrize(("outcome", "to"), [("adopt", "share"), ("abandon", "share"), ("adapt", "testing")])
def test_a6_the_sponsor_decides_with_reasons_after_every_partner_has_spoken(case: FullProject, outcome: str, to: str) -> None:
    with refused("STALE"):
        case.decide("chair", outcome, "Because.")
    case.answer("pat", enough_time=True)
    with refused("STALE"):
        case.decide("chair", outcome, "Because.")
    case.answer("amina", enough_time=True)
    for who in ("lead", "pat", "amina", "ivy", "exec", "specialist", "root"):
        with refused("A6"):
            case.decide(who, outcome, "Because.")
    with refused("R3"):
        case.decide("chair", outcome, " ")
    case.decide("chair", outcome, "It works.")
    stay = Visit.objects.filter(case=case.case_id, stage="review").latest("number")
    assert (case.case.state, stay.chosen_reason, stay.facts["proposed"]) == (to, "It works.", "adopt")


def test_a6_the_lead_says_what_is_proposed_before_partners_are_asked(case: FullProject) -> None:
    decided(case, "adapt")
    case.test_change("enough")
    latest = case.look.latest_released("results")
    assert latest
    for facts in ({}, {"proposed": "adopt"}, {"proposed": "expand", "proposed_why": "Why not?"}):
        with refused("RECORD"):
            case.do(engine.submit, "lead", visit=case.visit, version=latest.pk, facts=facts)


def test_r1_a_silent_partner_lapses_after_two_reminders_and_one_must_have_spoken(case: FullProject) -> None:
    case.answer("pat")
    with refused("R1"):
        case.lapse("amina")
    for _ in range(2):
        case.remind("amina")
        case.wait(2)
    case.wait(15)
    with refused("R1"):
        case.lapse("amina", " ")
    case.lapse("amina")
    case.decide_review()
    assert case.case.state == "share"


def test_r1_silence_of_all_is_no_agreement(case: FullProject) -> None:
    for key in case.partners:
        for _ in range(2):
            case.remind(key)
            case.wait(2)
    case.wait(10)
    for key in case.partners:
        case.lapse(key)
    assert is_short(case.look)
    with refused("STALE"):
        case.decide_review()


def test_r2_nobody_speaks_for_a_partner(case: FullProject) -> None:
    live = case.look.visit
    assert live
    for who in ("lead", "chair", "coordinator", "ivy", "rhona", "exec", "root"):
        with refused("R2"):
            case.do(engine.take_position, who, visit=live.pk, answer="support", version=live.version_id)


def test_r3_a_disagreement_is_heard_by_the_executive_and_never_passed_over(case: FullProject) -> None:
    words = "Nobody asked the people who cannot speak."
    case.answer("amina", "do_not_support", words)
    case.answer("pat")
    assert case.case.state == "review__dissent"
    with refused("STALE"):
        case.decide_review()
    with refused("R3"):
        case.withdraw()
    with undone():
        case.hear_dissent("adopt")
        case.answer("amina", "heard")
        assert case.case.state == "share"
    case.hear_dissent("send_back", "Ask them.")
    case.answer("amina", "heard")
    assert case.case.state == "testing"
    assert Event.objects.filter(case_id=case.case_id, kind="position_taken", facts__text=words).exists()


def test_r4_new_results_are_asked_about_again(case: FullProject) -> None:
    case.answer("pat")
    version = case.paper("results", note="One number was wrong.")
    case.submit("lead", facts=PROPOSED)
    case.answer("amina", enough_time=True)
    assert case.look.visit
    assert (case.case.state, case.look.visit.version_id, case.look.visit.step) == ("review", version.pk, "answer")


def test_r5_the_paper_is_out_for_five_working_days_unless_partners_need_no_more(case: FullProject) -> None:
    for key in case.partners:
        case.answer(key)
    assert case.look.visit
    assert case.look.visit.step == "answer"
    case.wait(5)
    case.do(engine.look_again, "lead")
    assert case.look.visit
    assert case.look.visit.step == "decide"


# A7


def test_r7_every_comment_of_a_partner_is_answered_before_it_is_shared_and_before_the_end(case: FullProject) -> None:
    case.comment("pat", "Who asks at night?", kind="results")
    decided(case)
    told = {"you_said_we_did": "You said, we did.", "shared_where": "On the ward."}
    with refused("R7"):
        case.submit("lead", facts=told)
    case.answer_comments()
    case.submit("lead", facts=told)
    case.put_evaluation()
    case.comment("amina", "And at weekends?", kind="results")
    with refused("R7"):
        case.decide("quality", "close")
    case.answer_comments()
    case.decide("quality", "close")
    assert (case.case.state, CommentAnswer.objects.filter(case=case.case_id).count()) == ("closed", 2)


@pytest.mark.parametrize("left_out", ["you_said_we_did", "shared_where"])
def test_a7_it_is_written_what_changed_and_where_it_was_shared(case: FullProject, left_out: str) -> None:
    decided(case)
    told = {"you_said_we_did": "You said, we did.", "shared_where": "On the ward.", left_out: " "}
    with refused("RECORD"):
        case.submit("lead", facts=told)


# A8


def shared(case: FullProject) -> FullProject:
    decided(case).share()
    return case


def test_a8_every_partner_who_took_part_is_asked_also_one_who_left(case: FullProject) -> None:
    shared(case)
    facts = {"contribution": "Much.", "payments_settled": "yes"}
    for key in ("pat", "amina", "ivy"):
        case.do(evaluations.offer_evaluation, "coordinator", seat=case.seat(key).pk)
        with refused("A8"):
            case.submit("coordinator", facts=facts)
    case.do(evaluations.offer_evaluation, "coordinator", seat=case.seat("rhona").pk)
    case.submit("coordinator", facts=facts)
    case.decide("quality", "close")
    assert Evaluation.objects.filter(case=case.case_id, answered_at=None).count() == 4  # answering is up to them


def test_a8_only_the_coordinator_asks_and_once(case: FullProject) -> None:
    seat = case.seat("pat").pk
    with refused("A8"):
        case.do(evaluations.offer_evaluation, "coordinator", seat=seat)  # not before the end
    shared(case)
    for who in ("lead", "chair", "pat", "quality", "root"):
        with refused("A8"):
            case.do(evaluations.offer_evaluation, who, seat=seat)
    with refused("A8"):
        case.do(evaluations.offer_evaluation, "coordinator", seat=case.seat("lead").pk)
    case.do(evaluations.offer_evaluation, "coordinator", seat=seat)
    with refused("STALE"):
        case.do(evaluations.offer_evaluation, "coordinator", seat=seat)


def test_a8_each_answers_for_themselves_anything_may_be_left_empty_and_changed_until_the_end(case: FullProject) -> None:
    shared(case)
    case.offer_evaluations()
    mine = next(one for one in case.look.evaluations if one.seat_id == case.seat("amina").pk)
    for who in ("pat", "coordinator", "quality", "root"):
        with refused("R2"):
            case.do(evaluations.answer_evaluation, who, evaluation=mine.pk, answers={"do_again": "Yes."})
    with refused("STALE"):
        case.do(evaluations.answer_evaluation, "amina", evaluation=mine.pk, answers={"score": "10"})
    case.answer_evaluation("amina", do_again="Yes.", understood=" ")
    case.answer_evaluation("amina", do_again="Perhaps.", listened_to="Mostly.")
    kept = Evaluation.objects.get(pk=mine.pk)
    assert kept.answers == {"listened_to": "Mostly.", "do_again": "Perhaps."}
    told = Event.objects.filter(case_id=case.case_id, kind="evaluation_answered").latest("seq")
    assert (told.facts["answered"], told.facts["asked"]) == (2, len(QUESTIONS))
    case.submit("coordinator", facts={"contribution": "Much.", "payments_settled": "no"})
    with refused("R3"):
        case.decide("quality", "send_back", " ")
    case.answer_evaluation("amina")
    case.decide("quality", "close")
    with refused("STALE"):
        case.answer_evaluation("amina")


def test_a8_the_page_offers_each_their_own_part(case: FullProject) -> None:
    def offers(who: str) -> int:
        return len([one for one in available(case.look, case.who(who)) if one.code.startswith("evaluation")])

    assert offers("coordinator") == 0
    shared(case)
    assert (offers("coordinator"), offers("pat")) == (4, 0)
    case.offer_evaluations()
    assert (offers("coordinator"), offers("pat"), offers("lead")) == (0, 1, 0)
