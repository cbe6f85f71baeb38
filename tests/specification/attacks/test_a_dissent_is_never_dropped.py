"""R3, attacked: ways to make a lay "do not support" disappear before the executive has heard it."""

from __future__ import annotations

import pytest

from cases.models import Position, SafetyAction, Visit
from tests.builders import a_story, refused, second_key_on
from workflows.doors import actions, seats, second_key
from workflows.processes.oversight.story import Story
from workflows.standing import disagreeing
from workflows.verify import verify_case

pytestmark = pytest.mark.django_db

WORDS = "The report does not say why families were not listened to."


def disagreed(stage: str = "draft_review") -> Story:
    """Amina does not support what was put to the group; Pat and the chair have not answered yet."""
    case = a_story().walk_to(stage)
    if stage == "actions":
        case.put_actions_to_group()
    else:
        case.put_draft_to_group()
    case.wait(6)
    case.answer("amina", "do_not_support", WORDS)
    return case


def new_text(case: Story) -> None:
    """The lead replaces the text in the middle of the answers, and puts it to the group again."""
    case.paper("report", text="The second text.")
    case.put_draft_to_group()
    case.wait(6)


def lapse(case: Story, key: str) -> None:
    for _ in range(2):
        case.remind(key)
        case.wait(1)
    case.wait(12)
    case.lapse(key)


def test_a_new_version_and_a_lapse_do_not_wipe_a_dissent() -> None:
    case = disagreed()
    new_text(case)
    case.answer("chair")
    case.answer("pat")
    assert case.case.state == "draft_review"
    lapse(case, "amina")
    assert case.case.state == "draft_review__dissent"
    assert case.look.dissenters == {case.seat("amina").pk}
    assert list(verify_case(case.case, case.at)) == []
    case.hear_dissent()
    case.answer("amina", "heard")
    assert case.case.state == "actions"
    assert list(verify_case(case.case, case.at)) == []


def test_a_new_version_and_a_seat_left_do_not_wipe_a_dissent() -> None:
    case = disagreed()
    new_text(case)
    case.step_down("amina")
    case.answer("chair")
    case.answer("pat")
    assert case.case.state == "draft_review__dissent"
    assert list(verify_case(case.case, case.at)) == []


def test_version_after_version_does_not_wear_a_dissent_away() -> None:
    case = disagreed()
    for number in range(3):
        case.paper("report", text=f"Text {number}.")
        case.put_draft_to_group()
    case.wait(6)
    case.step_down("amina")
    case.answer("chair")
    case.answer("pat")
    assert case.case.state == "draft_review__dissent"


def test_the_author_of_a_dissent_answers_anew_on_the_new_version_and_nobody_else_does_it_for_them() -> None:
    case = disagreed()
    new_text(case)
    case.answer("chair")
    case.answer("pat")
    case.answer("amina", "support_with_comments", "Page 4 says it now.")
    assert case.case.state == "actions"
    assert list(verify_case(case.case, case.at)) == []


def test_the_author_of_a_dissent_cannot_be_removed_between_two_versions() -> None:
    case = disagreed()
    case.paper("report", text="The second text.")
    for step in ("prepare", "answer"):
        assert case.look.visit
        assert case.look.visit.step == step
        for ask in (seats.ask_to_end_seat, seats.ask_for_attendee):
            asked = case.do(ask, "chair", seat=case.seat("amina").pk, reason="She is difficult.")
            with refused("R3"):
                second_key_on(case, asked)
            case.do(second_key.refuse_proposal, "exec_team", proposal=asked.pk, reason="Hear her first.")
        if step == "prepare":
            case.put_draft_to_group()


def test_a_case_cannot_be_withdrawn_between_two_versions_to_bury_a_dissent() -> None:
    case = disagreed()
    case.paper("report", text="The second text.")
    with refused("R3"):
        case.withdraw()
    case.put_draft_to_group()
    with refused("R3"):
        case.withdraw()


def test_an_action_that_a_partner_disagrees_with_cannot_be_changed_away() -> None:
    case = disagreed("actions")
    for action in case.look.live_actions:
        change(case, action, title="We will think about it")
    assert disagreeing(case.look) == {case.seat("amina").pk}
    case.step_down("amina")
    case.answer("pat")
    assert case.case.state == "actions__dissent"
    assert Position.objects.filter(answer="do_not_support").count() == 2
    assert list(verify_case(case.case, case.at)) == []


def change(case: Story, action: SafetyAction, title: str = "Nothing", drop: bool = False) -> None:
    case.do(
        actions.change_action, "directorate", action=action.pk, revision=action.revision, title=title,
        measure=action.measure, owner=action.owner, due_on=action.due_on, drop=drop,
    )  # fmt: skip


def test_the_executive_cannot_send_it_back_without_the_dissenter_having_been_heard() -> None:
    case = disagreed()
    case.answer("chair")
    case.answer("pat")
    for _ in range(2):
        case.hear_dissent(outcome="send_back", reason="Write it again.")
        assert case.case.state == "draft_review__dissent"
        case.answer("amina", "not_heard", "He did not ask me anything.")
    assert case.look.visit
    assert (case.case.state, case.look.visit.step) == ("draft_review__dissent", Visit.Step.PREPARE)
