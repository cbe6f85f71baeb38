"""Each guard of the oversight process holds somebody up: without what it asks for, the act is refused in its own words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest

from permissions.verdict import Refused
from tests.builders import a_story, refused
from workflows.calendar import london_day
from workflows.definition import Guard
from workflows.doors import actions
from workflows.doors.facts import record_facts
from workflows.processes.oversight import guards
from workflows.processes.oversight.story import Story
from workflows.standing import deciders

pytestmark = pytest.mark.django_db

RISK = {
    "trigger": "emergent_risk", "response": "psii", "why_this": "It may happen again.",
    "why_not_others": "Nobody knows how wide it is.",
}  # fmt: skip


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
    case.propose_response(trigger="never_event", response="swarm")
    with held_by(guards.no_national_trigger):
        case.decide("directorate", "other_response", "We know enough.")


def test_b0_the_directorate_does_not_turn_down_the_investigation_that_it_proposes() -> None:
    case = a_story()
    case.open()
    case.propose_response()
    with held_by(guards.another_response_is_proposed):
        case.decide("directorate", "other_response", "We know enough.")
    assert {seat.role for seat in deciders(case.look)} == {"exec_team"}


def test_b0_the_executive_team_sends_a_proposal_back_with_the_reason() -> None:
    case = a_story()
    case.open()
    case.propose_response()
    with refused("R3"):
        case.decide("exec_team", "send_back")
    with refused("B0"):
        case.decide("directorate", "send_back", "We thought again.")
    case.decide("exec_team", "send_back", "An after action review will do.")
    assert (case.case.state, case.look.visits[-1].step) == ("response", "prepare")
    case.propose_response(response="after_action_review")
    assert {seat.role for seat in deciders(case.look)} == {"exec_team", "directorate"}
    case.decide("directorate", "other_response", "The team does it within two weeks.")
    assert case.case.state == "other_response"


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


@pytest.mark.parametrize("act", ["attached", "does_not_apply"])
def test_b2_b6_what_an_answer_promises_is_asked_for(act: str) -> None:
    """B2: attached means that the questions are there. B6: why the duty of candour does not apply is said."""
    case = a_story().walk_to("terms" if act == "attached" else "affected")
    if act == "attached":
        with refused("RECORD"):
            case.do(record_facts, "engagement", act="record_questions", facts={"questions_status": act, "questions": " "})
        case.do(record_facts, "engagement", act="record_questions", facts={"questions_status": "asked_none"})
        return
    case.paper("report")
    told = {"candour_status": act, "affected_comments": "Nothing."}
    with refused("RECORD"):
        case.submit("engagement", facts=told)
    case.submit("engagement", facts={**told, "candour_note": "Nobody was harmed."})


@pytest.mark.parametrize(("stage", "code"), [("planning", "agreed_end"), ("sharing", "board_on")])
def test_b3_b10_a_day_that_is_to_come_is_not_over(stage: str, code: str) -> None:
    case = a_story().walk_to(stage)
    if stage == "planning":
        case.paper("plan")
    told = {"timetable_shared": "yes"} if stage == "planning" else {"icb_report": "Quarter 4", "feedback": "Page 4."}
    actor = "lead" if stage == "planning" else "quality"
    today = london_day(case.at)
    with refused("RECORD"):
        case.submit(actor, facts={**told, code: (today - timedelta(days=1)).isoformat()})
    case.submit(actor, facts={**told, code: today.isoformat()})


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
