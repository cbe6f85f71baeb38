"""R4, attacked: what the group answered about is changed, dropped or replaced while it answers, or after it was signed."""

from __future__ import annotations

import pytest

from cases.models import SafetyAction
from tests.builders import a_story, refused
from workflows import engine
from workflows.doors import actions
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


def with_the_group(disagrees: bool = False) -> Story:
    """Two safety actions are before the group."""
    case = a_story().walk_to("actions")
    case.put_actions_to_group()
    if disagrees:
        case.answer("amina", "do_not_support", "It changes nothing on the ward.")
    return case


def change(case: Story, action: SafetyAction, title: str = "Nothing", drop: bool = False) -> None:
    case.do(
        actions.change_action, "directorate", action=action.pk, revision=action.revision, title=title,
        measure=action.measure, owner=action.owner, due_on=action.due_on, drop=drop,
    )  # fmt: skip


def test_an_action_that_a_partner_disagrees_with_cannot_be_dropped() -> None:
    case = with_the_group(disagrees=True)
    for action in case.look.live_actions:
        with refused("R4"):
            change(case, action, drop=True)


def test_an_action_is_not_dropped_under_the_answers_so_that_the_rest_passes() -> None:
    """Pat and Amina have agreed to the weak action and are still thinking about the strong one."""
    case = with_the_group()
    weak, strong = case.look.live_actions
    for key in ("pat", "amina"):
        case.do(engine.take_position, key, visit=case.visit, answer="support", item=weak.pk, item_revision=1)
    with refused("R4"):
        change(case, strong, drop=True)
    assert case.case.state == "actions"


def test_a_lapse_is_no_consent_to_a_text_written_afterwards() -> None:
    """Amina lapses on what she was asked; the directorate then writes something else, on which she was never asked."""
    case = with_the_group()
    for _ in range(2):
        case.remind("amina")
        case.wait(1)
    case.wait(16)
    case.lapse("amina")
    for action in case.look.live_actions:
        with refused("R1"):
            change(case, action, title="Nothing at all")
    with refused("R1"):
        case.draft_action("Another thing altogether")
    case.answer("pat")
    assert case.case.state == "sign_off"


def test_evidence_is_not_exchanged_while_the_group_looks_at_it() -> None:
    """Pat has seen the audit; the directorate then puts something else in its place, and the case closes on that."""
    case = a_story().walk_to("follow_up")
    case.give_evidence()
    case.submit("directorate")
    case.answer("pat", "shown")
    for action in case.look.live_actions:
        with refused("R4"):
            case.do(actions.give_evidence, "directorate", action=action.pk, evidence="On reflection, it was not done.")
    case.answer("quality", "shown")
    case.answer("amina", "more_evidence", "One month is not enough.")
    assert case.case.state == "follow_up"
    case.give_evidence()
    case.submit("directorate")


def test_no_other_text_takes_the_place_of_the_signed_report() -> None:
    """The executive signed what the group agreed; the lead then gives the board something else under its name."""
    case = a_story().walk_to("sign_off")
    ready = case.paper("report", text="The report, without page 4.", release=False)
    case.sign()
    with refused("R4"):
        case.release(ready)
    with refused("R4"):
        case.paper("report", text="The report, without page 5.")
    case.walk_to("closed")
