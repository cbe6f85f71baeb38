"""R3: a lay "do not support" is heard by the executive with a reason; it can be decided against, never dropped."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit.models import Event
from cases.models import Position, Seat, Visit
from permissions.verdict import Refused
from tests.builders import a_story, again, end_seat, refused, second_key_on, undone
from workflows import engine
from workflows.calendar import london_day
from workflows.doors import seats, second_key
from workflows.processes.oversight.story import Story
from workflows.standing import is_short
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")

SAID = {"what_was_said": "Much."}
WORDS = "The report does not say why families were not listened to.\n\u201cNobody came.\u201d  "


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    """The draft report is before the group."""
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(6)
    return case


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def met(case: Story, days: int = 0) -> dict[str, str]:
    """What is set down of a meeting so many days from today."""
    return {**SAID, "met_on": (london_day(case.at) + timedelta(days=days)).isoformat()}


def disagreed(case: Story, *also: str) -> None:
    """Amina does not support the draft; everybody else does, `also` excepted."""
    case.dissent("amina", WORDS)
    for key in ("chair", "pat"):
        if key not in also:
            case.answer(key)


def test_r3_one_partner_against_is_enough_whoever_else_supports_it(case: Story) -> None:
    disagreed(case)
    assert case.case.state == "draft_review__dissent"
    assert Visit.objects.filter(case=case.case_id, stage="draft_review").latest("number").outcome == "dissent"


def test_r3_nobody_is_cut_off_the_dissent_goes_on_when_every_partner_has_spoken(case: Story) -> None:
    disagreed(case, "pat")
    assert case.case.state == "draft_review"
    case.answer("pat")
    assert case.case.state == "draft_review__dissent"


@pytest.mark.parametrize(("stage", "onward"), [("terms", "planning"), ("actions", "sign_off")])
def test_r3_holds_at_terms_and_at_each_safety_action_too(stage: str, onward: str) -> None:
    case = a_story().walk_to(stage)
    if stage == "terms":
        case.record_questions()
        case.paper("terms")
        case.submit("lead")
        case.answer("chair")
    else:
        case.put_actions_to_group()
    case.answer("pat")
    case.answer("amina", "do_not_support", WORDS)
    assert case.case.state == f"{stage}__dissent"
    case.hear_dissent()
    case.answer("amina", "heard")
    assert case.case.state == onward


def test_r3_one_no_on_one_action_of_several_is_a_dissent() -> None:
    case = a_story().walk_to("actions")
    case.put_actions_to_group()
    case.answer("pat")
    first, second = case.look.live_actions
    for item, word in ((first, "support"), (second, "do_not_support")):
        case.do(
            engine.take_position, "amina", visit=case.visit, answer=word, text="It changes nothing.", item=item.pk, item_revision=1
        )  # fmt: skip
    assert case.case.state == "actions__dissent"


def test_r3_only_the_executive_hears_it_with_reason_record_and_a_choice(case: Story) -> None:
    disagreed(case)
    for part in ("chair", "lead", "exec_team", "amina"):
        with refused("B7a"):
            case.do(engine.submit, part, visit=case.visit, outcome="pass", reason="It is settled.", facts=met(case))
    with refused("R3"):
        case.hear_dissent(reason=" ")
    with refused("RECORD"):
        case.submit("exec", outcome="pass", reason="No time to meet.", facts={})
    with refused("B7a"):
        case.submit("exec", reason="Which way?", facts=met(case))
    case.hear_dissent()
    assert case.case.state == "draft_review__dissent"  # until she says that she was heard


def test_r3_a_disagreement_is_not_heard_on_a_day_that_is_still_to_come(case: Story) -> None:
    disagreed(case)
    with refused("R3"):
        case.submit("exec", outcome="pass", reason="We will meet.", facts=met(case, days=1))
    case.submit("exec", outcome="pass", reason="We met.", facts=met(case))


def test_r3_a_disagreement_is_not_heard_before_there_was_one(case: Story) -> None:
    disagreed(case)
    case.wait(3)
    spoken = Position.objects.get(case=case.case_id, stance="against")
    since = (london_day(spoken.at) - london_day(case.at)).days
    with refused("R3"):
        case.submit("exec", outcome="pass", reason="We had met.", facts=met(case, days=since - 1))
    case.submit("exec", outcome="pass", reason="We met.", facts=met(case, days=since))


def test_r3_who_was_not_heard_is_met_anew_and_not_on_a_day_before_that(case: Story) -> None:
    disagreed(case)
    case.hear_dissent()
    case.wait(3)
    case.answer("amina", "not_heard", "You talked, I listened.")
    with refused("R3"):
        case.submit("exec", outcome="pass", reason="We had met.", facts=met(case, days=-1))
    case.hear_dissent()


def test_r3_only_whoever_dissented_says_whether_they_were_heard(case: Story) -> None:
    disagreed(case)
    case.hear_dissent()
    for part in ("pat", "chair", "exec", "lead"):
        with refused("R2"):
            case.answer(part, "heard")
    case.answer("amina", "heard")
    assert case.case.state == "actions"


def test_r3_not_heard_means_that_the_executive_meets_again(case: Story) -> None:
    disagreed(case)
    case.hear_dissent()
    with refused("R1"):
        case.answer("amina", "not_heard")
    case.answer("amina", "not_heard", "You talked, I listened.")
    assert (case.case.state, case.look.visit and case.look.visit.step) == ("draft_review__dissent", "prepare")
    case.hear_dissent()
    case.answer("amina", "heard")
    assert case.case.state == "actions"
    assert Visit.objects.filter(case=case.case_id, stage="draft_review__dissent").count() == 2


def test_r3_a_dissent_withdrawn_is_said_in_her_own_words_and_stays_readable(case: Story) -> None:
    disagreed(case)
    case.hear_dissent()
    case.answer("amina", "heard_withdrawn", "Page 4 says it now.")
    assert case.case.state == "actions"
    assert Position.objects.get(answer="do_not_support").text == WORDS.strip()


def test_r3_the_executive_may_agree_with_her_and_send_it_back(case: Story) -> None:
    disagreed(case)
    case.hear_dissent(outcome="send_back", reason="She is right.")
    case.answer("amina", "heard")
    assert case.case.state == "synthesis"


def test_r3_two_dissents_are_both_heard(case: Story) -> None:
    disagreed(case, "pat")
    case.dissent("pat", "It blames one nurse.")
    case.hear_dissent()
    case.answer("amina", "heard")
    assert case.case.state == "draft_review__dissent"
    case.answer("pat", "not_heard", "We never met.")
    assert (case.case.state, case.look.visit and case.look.visit.step) == ("draft_review__dissent", "prepare")


def test_r3_the_text_of_a_dissent_is_in_the_final_record_letter_by_letter(case: Story) -> None:
    disagreed(case)
    case.hear_dissent(reason="Decided against: outside the terms.")
    case.answer("amina", "heard")
    case.walk_to("closed")
    said = Position.objects.get(case=case.case_id, answer="do_not_support")
    assert said.text == WORDS.strip()
    told = Event.objects.get(case_id=case.case_id, kind="position_taken", facts__answer="I do not support it")
    assert told.facts["text"].strip() == WORDS.strip()
    heard = Visit.objects.get(case=case.case_id, stage="draft_review__dissent")
    assert (heard.chosen, heard.chosen_reason) == ("pass", "Decided against: outside the terms.")
    assert heard.chosen_by
    assert heard.chosen_by.person == case.who("exec")
    assert list(verify_case(case.case, case.at)) == []


def test_r3_a_case_is_not_withdrawn_while_a_dissent_is_undecided(case: Story) -> None:
    disagreed(case, "pat")
    with refused("R3"):
        case.withdraw()
    case.answer("pat")
    with refused("R3"):
        case.withdraw()
    case.hear_dissent()
    with refused("R3"):
        case.withdraw()
    case.answer("amina", "heard")
    case.withdraw()
    assert case.case.state == "withdrawn"


def test_r3_a_withdrawal_asked_before_the_dissent_is_not_confirmed_after_it() -> None:
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    asked = case.do(second_key.ask_to_withdraw, "lead", reason="It was opened twice.")
    case.dissent("amina", WORDS)
    with refused("R3"):
        second_key_on(case, asked)


# Ways to make a dissent go away


def test_r3_whoever_disagrees_is_not_removed_before_they_are_heard(case: Story) -> None:
    disagreed(case, "pat")
    for stage in ("draft_review", "draft_review__dissent"):
        assert case.case.state == stage
        for kind in (seats.ask_to_end_seat, seats.ask_for_attendee):
            with undone():
                asked = case.do(kind, "chair", seat=case.seat("amina").pk, reason="She is difficult.")
                with refused("R3"):
                    second_key_on(case, asked)
        if stage == "draft_review":
            case.answer("pat")


def test_r3_a_dissenter_who_steps_down_is_still_a_dissenter(case: Story) -> None:
    disagreed(case, "pat")
    case.step_down("amina")
    case.answer("pat")
    assert case.case.state == "draft_review__dissent"
    case.hear_dissent()
    assert (case.case.state, is_short(case.look)) == ("draft_review__dissent", True)
    assert list(verify_case(case.case, case.at)) == []
    case.waive(reason="She has left, and the executive wrote to her.")
    assert case.case.state == "actions"


def test_r3_a_conflict_of_interest_takes_the_position_with_it(case: Story) -> None:
    """A recusal leaves the count (design, section 3): somebody with a conflict decides nothing, and forces nothing."""
    disagreed(case, "pat")
    case.recuse("amina")
    case.answer("pat")
    assert case.case.state == "actions"
    assert case.seat("amina").state == Seat.State.RECUSED


def test_r3_an_earlier_no_that_was_thought_over_is_no_dissent(case: Story) -> None:
    disagreed(case, "pat")
    case.answer("amina", "support_with_comments", "Having read page 4 again.")
    case.answer("pat")
    assert case.case.state == "actions"


def test_r3_no_outcome_decided_by_anybody_skips_the_hearing(case: Story) -> None:
    disagreed(case)
    for outcome in ("pass", "sign", "send_back", "confirm"):
        with pytest.raises(Refused), undone():
            case.decide("exec", outcome, "Enough.")
    assert case.case.state == "draft_review__dissent"
    with undone():
        end_seat(case, "pat")
        assert case.case.state == "draft_review__dissent"
