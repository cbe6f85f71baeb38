"""B0 and R9, attacked: a case that never gets to its lay partners, or is signed by whoever steered it past them."""

from __future__ import annotations

import pytest

from cases.models import Incident, Person
from permissions.roles import EXEC
from tests.builders import a_story, refused
from workflows import engine
from workflows.calendar import london_day
from workflows.doors import facts, offices, seats
from workflows.doors.people import appoint, record_incident
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


def reported(case: Story, trigger: str) -> Incident:
    return record_incident(
        organisation=case.trust.organisation, reference="INC-7", incident_on=london_day(case.at), summary="A swab was left behind.",
        trigger=trigger, at=case.at,
    )  # fmt: skip


@pytest.mark.parametrize("trigger", ["Never event", "never_event", "Learning from deaths"])
def test_a_never_event_is_not_called_something_else_to_do_without_a_group(trigger: str) -> None:
    """The directorate proposes, says that there is no trigger, and chooses another response: one person, no lay voice."""
    case = a_story()
    case.open(incident=reported(case, trigger))
    case.propose_response("none", response="swarm")
    with refused("B0"):
        case.decide_response("other_response", by="directorate", reason="A review of one shift will do.")
    case.decide_response()
    assert case.case.state == "form_group"


def test_facts_of_one_stage_are_not_overwritten_by_an_act_of_another() -> None:
    case = a_story().walk_to("terms")
    for stolen in ("trigger", "candour_status", "affected_comments"):
        with refused("STALE"):
            given = {"questions_status": "asked_none", stolen: "none"}
            case.do(facts.record_facts, "engagement", act="record_questions", facts=given)
    assert case.case.facts["trigger"] == "local_priority"


def test_the_one_who_led_the_investigation_does_not_sign_it_though_another_uploaded_the_report() -> None:
    case = a_story()
    appoint(person=case.who("lead"), role=EXEC.code, starts_on=london_day(case.at), at=case.at)
    case.walk_to("affected")
    offer_lead(case, case.who("lead2"))
    case.step_down("lead")
    case.cast["lead"] = "lead2"
    case.walk_to("sign_off")
    version = case.look.agreed_version("draft_review")
    with refused("R18"):
        engine.submit(case=case.case_id, by=case.trust["lead"], at=case.at, visit=case.visit, outcome="sign", version=version)
    case.sign()


def offer_lead(case: Story, person: Person) -> None:
    (seat,) = case.do(seats.offer_seats, "exec", people=[person], role="lead", why="To take over.")
    case.do(seats.accept_seat, "lead2", seat=seat.pk)
    case.do(seats.declare_interests, "lead2", seat=seat.pk, confidential=True, conflict=False)


def test_an_executive_steps_out_of_the_signers_seat_to_lift_a_lay_rule_and_does_not_step_back_to_sign() -> None:
    case = a_story()
    appoint(person=case.who("exec_team"), role=EXEC.code, starts_on=london_day(case.at), at=case.at)
    case.partners = ("pat",)
    case.walk_to("form_group")
    case.form_group()
    case.do(seats.step_down, "exec_team", seat=case.seat("exec_team", "exec").pk)
    case.waive()
    case.do(offices.fill_offices, "coordinator")
    case.confirm_group()
    case.walk_to("sign_off")
    with refused("R9"):
        case.do(engine.submit, "exec_team", visit=case.visit, outcome="sign", version=case.look.agreed_version("draft_review"))
    case.sign()
