"""Each guard of the oversight process holds somebody up: without what it asks for, the act is refused in its own words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest

from permissions.verdict import Refused
from tests.builders import a_story, refused
from workflows.definition import Guard
from workflows.doors import actions
from workflows.processes.oversight import guards
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db

RISK = {"trigger": "emergent_risk", "why_this": "It may happen again.", "why_not_others": "Nobody knows how wide it is."}


@contextmanager
def held_by(guard: Guard) -> Iterator[None]:
    """Refused, by the guard\u2019s rule and in its sentence."""
    with pytest.raises(Refused) as caught:
        yield
    assert any(not one and one.rule == guard.rule and guard.sentence in one.reason for one in caught.value.verdicts), caught.value


def follow_up(case: Story) -> Story:
    return case.walk_to("follow_up")


# B0


def test_b0_an_emergent_risk_is_for_the_executive_lead_and_nobody_else() -> None:
    case = a_story()
    case.open()
    case.submit("directorate", facts=RISK)
    with held_by(guards.it_is_not_an_emergent_risk):
        case.decide("exec_team", "investigate")
    with refused("B0"):
        case.decide("exec_team", "investigate_risk")
    case.decide("exec", "investigate_risk")
    assert case.case.state == "form_group"


def test_b0_what_is_no_emergent_risk_is_not_for_the_executive_lead() -> None:
    case = a_story()
    case.open()
    case.propose_response()
    with held_by(guards.it_is_an_emergent_risk):
        case.decide("exec", "investigate_risk")


def test_b0_a_national_trigger_forces_an_investigation() -> None:
    case = a_story()
    case.open()
    case.propose_response(trigger="never_event")
    with held_by(guards.no_national_trigger):
        case.decide("directorate", "other_response", "We know enough.")


# B1 to B4


def test_b1_an_empty_group_is_not_sent_to_the_coordinator() -> None:
    case = a_story().walk_to("form_group")
    for guard in (guards.a_partner_is_seated, guards.a_chair_is_seated):
        with held_by(guard):
            case.submit("lead")


def test_b1_a_group_without_a_partner_is_not_sent_unless_the_rule_is_lifted() -> None:
    case = a_story().walk_to("form_group")
    case.take_seat("chair", "chair")
    case.offer("pat")
    with held_by(guards.a_partner_is_seated):
        case.submit("lead")
    case.waive()
    case.submit("lead")


def test_b1_a_group_without_a_chair_is_not_sent() -> None:
    case = a_story().walk_to("form_group")
    case.take_seat("pat")
    with held_by(guards.a_chair_is_seated):
        case.submit("lead")


def test_b1_a_group_whose_chair_has_left_is_not_confirmed() -> None:
    case = a_story().walk_to("form_group")
    case.form_group()
    case.step_down("chair")
    with held_by(guards.a_chair_is_seated):
        case.decide("coordinator", "confirm")


def test_b1_a_group_without_its_second_partner_is_not_confirmed() -> None:
    case = a_story(partners=("pat",)).walk_to("form_group")
    case.form_group()
    with held_by(guards.lay_seats_are_filled):
        case.decide("coordinator", "confirm")


def test_b2_the_terms_wait_for_the_questions_of_those_affected() -> None:
    case = a_story().walk_to("terms")
    case.paper("terms")
    with held_by(guards.questions_of_those_affected_are_recorded):
        case.submit("lead")


def test_b4_nobody_goes_on_without_a_progress_note_for_the_group() -> None:
    case = a_story().walk_to("gathering")
    with held_by(guards.a_progress_note_is_released):
        case.submit("lead")


# B6, B7, B9: the questions that the stage asks make these true; the guard holds where a page no longer asks them


@pytest.mark.parametrize(
    ("guard", "code"),
    [(guards.candour_is_recorded, "candour_status"), (guards.those_affected_are_answered, "affected_answer")],
)
def test_what_was_not_set_down_is_not_taken_as_set_down(guard: Guard, code: str) -> None:
    told = {"candour_status": "done", "affected_comments": "Nothing.", "affected_answer": "Nothing was to change."}
    assert guard.test(SimpleNamespace(fact=told.get))
    assert not guard.test(SimpleNamespace(fact={**told, code: ""}.get))


@pytest.mark.proves("IG13")
def test_b6_the_draft_is_not_shared_while_it_is_not_said_where_candour_stands() -> None:
    case = a_story().walk_to("affected")
    case.paper("report")
    with refused("RECORD"):
        case.submit("engagement", facts={"affected_comments": "Nothing."})


# B8 to B11


def test_b8_no_safety_action_no_question() -> None:
    case = a_story().walk_to("actions")
    with held_by(guards.every_action_is_complete):
        case.submit("directorate")


def test_b10_the_partners_are_told_what_changed_because_of_them() -> None:
    case = a_story().walk_to("sharing")
    with refused("RECORD"):
        case.submit("quality", facts={"board_on": "2026-09-01", "icb_report": "Quarter 4", "feedback": " "})


def test_b11_every_action_has_evidence_first() -> None:
    case = follow_up(a_story())
    with held_by(guards.every_action_is_evidenced):
        case.submit("directorate")


def test_b11_what_is_late_needs_the_reason_and_then_goes_on() -> None:
    case = follow_up(a_story())
    case.at += timedelta(days=400)
    (first, *_) = case.look.live_actions
    with refused("B11"):
        case.give_evidence()
    for action in case.look.live_actions:
        case.do(actions.give_evidence, "directorate", action=action.pk, evidence="Done in May.", reason="The ward had moved.")
    case.submit("directorate")
    assert case.look.is_answering
    assert next(one for one in case.look.live_actions if one.pk == first.pk).delay_reason == "The ward had moved."


def test_b11_a_delay_that_nobody_explained_is_not_put_to_the_partners() -> None:
    """Rows from before the door asked for the reason."""
    case = follow_up(a_story())
    look = case.look
    for action in look.live_actions:
        action.evidence, action.evidence_at, action.due_on = "Done.", case.at, look.today - timedelta(days=1)
    assert not guards.every_action_is_evidenced.test(look)
    for action in look.live_actions:
        action.delay_reason = "The ward had moved."
    assert guards.every_action_is_evidenced.test(look)
