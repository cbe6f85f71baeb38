"""A1 to A3: who begins a project (R12), who sits on it (R9, R10, R11), and that nothing waits for the wrong thing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from cases.models import Seat
from permissions.roles import PSP
from permissions.scope import may_see
from tests.builders import end_seat, refused
from tests.projects import a_project
from workflows import engine
from workflows.calendar import london_day
from workflows.doors import seats
from workflows.doors.people import record_training
from workflows.processes.improvement.story import ImprovementStory
from workflows.standing import flags, owing

pytestmark = pytest.mark.django_db

WHY = "The same is being tried on the surgical wards. We will ask you to join them."


def sees(case: ImprovementStory, key: str) -> bool:
    return may_see(case.who(key), case.case, case.at)


# R12


def test_r12_a_partner_proposes_and_reads_the_proposal_once_they_have_declared_their_interests() -> None:
    case = a_project()
    case.open()
    assert (case.case.opened_as, case.case.opened_by, case.seat("pat").state) == ("lay", case.who("pat"), Seat.State.ACCEPTED)
    assert not sees(case, "pat")
    case.declares("pat")
    assert sees(case, "pat")
    assert [seat.person for seat in case.look.voting(PSP)] == [case.who("pat")]
    told = Event.objects.get(case_id=case.case_id, kind="case_opened")
    assert (told.capacity, told.facts["set_down"]["idea"]) == ("lay", case.idea()["idea"])


@pytest.mark.parametrize("who", ["project_lead", "sponsor", "specialist", "quality"])
def test_r12_staff_propose_too_and_the_case_says_so(who: str) -> None:
    case = a_project()
    case.open(by=who)
    assert (case.case.opened_as, case.look.voting(PSP)) == ("staff", [])


@pytest.mark.parametrize("left_out", ["theme", "theme_reference", "idea"])
def test_a1_a_proposal_is_linked_to_a_theme_and_says_what_should_be_better(left_out: str) -> None:
    case = a_project()
    organisation, facts = case.trust.organisation, {**case.idea(), left_out: ""}
    given: dict[str, Any] = {"process": "IMP", "organisation": organisation, "at": case.at, "title": "Names", "people": {}}
    with refused("RECORD"):
        engine.open_case(by=case.who("pat"), facts=facts, **given)
    with refused("A1"):
        engine.open_case(by=case.who("chair2"), facts=case.idea(), **given)


def test_r12_a_declined_proposal_says_why_and_its_proposer_reads_it() -> None:
    case = a_project()
    case.open()
    case.declares("pat")
    with refused("R3"):
        case.answer_proposal("decline", " ")
    case.answer_proposal("decline", WHY)
    assert (case.case.state, case.look.visits[-1].chosen_reason) == ("declined", WHY)
    assert Event.objects.filter(case_id=case.case_id, kind="submitted").latest("seq").reason == WHY
    assert sees(case, "pat")


def test_r12_a_proposer_who_has_not_declared_yet_may_still_do_so_and_read_the_answer() -> None:
    case = a_project()
    case.open()
    case.answer_proposal("decline", WHY)
    assert not sees(case, "pat")
    case.declares("pat")
    assert sees(case, "pat")


def test_r12_a_proposer_who_is_not_trained_cannot_sit_but_the_proposal_stands() -> None:
    case = a_project(partners=("nell", "pat", "amina"))
    case.open()
    with refused("B1"):
        case.declares("nell")
    case.answer_proposal()
    assert (case.case.state, case.look.vacant(PSP), case.case.lay_entry_at) == ("match", 2, None)
    case.seat_staff()
    with refused("A2"):
        case.submit("coordinator", facts={"why_fewer_partners": "One proposed it."})
    case.take_seat("pat")
    case.take_seat("amina")
    case.submit("coordinator")
    day = london_day(case.at)
    record_training(
        person=case.who("nell"),
        subject="projects",
        completed_on=day,
        valid_until=day + timedelta(days=365),
        source="Course",
        at=case.at,
    )
    case.declares("nell")
    assert sees(case, "nell")


# A2, R9, R11


def test_a2_the_project_begins_with_a_lead_a_sponsor_who_is_somebody_else_and_two_partners_or_a_reason() -> None:
    case = a_project(partners=("pat",)).walk_to("match")
    with refused("A2"):
        case.submit("coordinator", facts={"why_fewer_partners": WHY})
    assert {seat.person_id for seat in owing(case.look)} == {case.who("coordinator").pk, case.who("specialist").pk}
    case.take_seat("lead", "project_lead")
    case.take_seat("lead", "sponsor")
    with refused("A2"):
        case.submit("coordinator", facts={"why_fewer_partners": WHY})
    case.take_seat("chair", "sponsor")
    with refused("A2"):
        case.submit("coordinator")
    assert [flag.rule for flag in flags(case.look)] == ["R11"]
    case.submit("coordinator", facts={"why_fewer_partners": WHY})
    assert case.case.facts["why_fewer_partners"] == WHY


def test_a2_partners_have_ten_working_days_to_answer_and_no_reply_is_no_consent() -> None:
    case = a_project()
    case.open(by="quality")
    case.answer_proposal()
    assert case.offer("pat").reply_by == case.look.calendar.add(case.look.today, 10)
    assert case.offer("lead", "project_lead").reply_by == case.look.calendar.add(case.look.today, 5)
    case.take_seat("chair", "sponsor")
    case.joins("lead")
    with refused("A2"):
        case.submit("coordinator", facts={"why_fewer_partners": WHY})


def test_a2_a_partner_is_trained_for_projects_and_asked_by_the_coordinator() -> None:
    case = a_project().walk_to("match")
    with refused("B1"):
        case.offer("nell")
    with refused("B1"):
        case.offer("tomas")
    for who in ("specialist", "pat", "quality"):
        with refused("B1"):
            case.do(seats.offer_seats, who, people=[case.who("gwen")], role="psp", why="You know the ward.")
    for who in ("coordinator", "pat"):
        with refused("B1"):
            case.do(seats.offer_seats, who, people=[case.who("lead")], role="project_lead", why="You run it.")


# R8, R10


def test_r10_partners_come_before_the_first_draft_or_the_project_is_stamped() -> None:
    case = a_project()
    case.open(by="quality")
    case.answer_proposal()
    case.seat_staff()
    case.paper("scope", release=False)
    case.take_seat("pat")
    case.take_seat("amina")
    assert not case.case.late_lay_entry
    case.submit("coordinator")
    assert (case.case.late_lay_entry, case.case.lay_entry_stage) == (True, "match")
    assert Event.objects.filter(case_id=case.case_id).latest("seq").facts["late_lay_entry"] is True
    assert "R10" in {flag.rule for flag in flags(case.look)}


def test_r10_partners_who_were_there_first_are_not_late() -> None:
    case = a_project().walk_to("match")
    case.seat_staff()
    case.paper("scope")
    case.take_seat("amina")
    case.submit("coordinator")
    assert not case.case.late_lay_entry


def test_r8_a_partners_seat_is_ended_by_the_sponsor_and_an_executive_together() -> None:
    case = a_project().walk_to("scope")
    for who in ("specialist", "coordinator", "amina", "exec"):
        with refused("R8"):
            case.do(seats.ask_to_end_seat, who, seat=case.seat("pat").pk, reason=WHY)
    end_seat(case, "pat")  # type: ignore[arg-type]
    assert case.seat("pat").state == Seat.State.ENDED
