"""R18 in a project: nobody says yes to their own proposal, decides on their own results or closes their own project."""

from __future__ import annotations

import pytest

from permissions.roles import PROJECT_LEAD, QUALITY, SPECIALIST
from permissions.verdict import Verdict
from tests.builders import refused
from tests.projects import a_project
from workflows.available import available
from workflows.calendar import london_day
from workflows.doors import offices, seats
from workflows.doors.people import appoint
from workflows.processes.improvement.story import ImprovementStory

pytestmark = pytest.mark.django_db


def also_appointed(case: ImprovementStory, key: str, role: str) -> None:
    appoint(person=case.who(key), role=role, starts_on=london_day(case.at), at=case.at)


def second_of_office(case: ImprovementStory, key: str, role: str) -> None:
    """Somebody else comes into an office while the case runs."""
    also_appointed(case, key, role)
    case.do(offices.fill_offices, "coordinator")


def refusals(case: ImprovementStory, key: str, code: str) -> list[Verdict]:
    return [verdict for one in available(case.look, case.who(key)) if one.code == code for verdict in one.refusals]


def test_r18_a_specialist_does_not_accept_what_they_proposed_and_another_does() -> None:
    case = a_project()
    case.open(by="specialist")
    with refused("R18"):
        case.answer_proposal("accept")
    second_of_office(case, "member", SPECIALIST.code)
    case.submit("member", outcome="accept")
    assert case.case.state == "match"


def test_r18_they_may_still_decline_their_own_proposal() -> None:
    case = a_project()
    case.open(by="specialist")
    case.answer_proposal("decline", "It is being done elsewhere.")
    assert case.case.state == "declined"


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("key", ["lead", "chair"])
def test_r18_who_leads_or_sponsors_the_project_does_not_close_it_as_the_quality_team(key: str, left: bool) -> None:
    """Not even once they have left the seat."""
    case = a_project()
    case.walk_to("testing")
    second_of_office(case, key, QUALITY.code)
    case.walk_to("evaluate").put_evaluation()
    if left:
        case.do(seats.step_down, key, seat=next(one.pk for one in case.look.seats_of(case.who(key).pk) if not one.office))
    with refused("R18"):
        case.decide(key, "close")
    if not left:
        assert {verdict.rule for verdict in refusals(case, key, "stage_decide")} <= {"R18"}
    case.decide(key, "send_back", "The hours are missing.") if not left else case.decide("quality", "close")
    assert case.case.state == ("closed" if left else "evaluate")


def test_r18_who_leads_the_project_does_not_decide_on_its_results_as_a_second_sponsor() -> None:
    case = a_project()
    case.walk_to("testing")
    case.offer("lead", "sponsor")
    case.joins("lead")
    also_appointed(case, "member", PROJECT_LEAD.code)
    case.take_seat("member", PROJECT_LEAD.code, why="The lead is away.")
    case.walk_to("review")
    case.paper("results")
    case.submit("member", facts={"proposed": "adopt", "proposed_why": "It works."})
    case.all_answer(also=())
    for outcome in ("adopt", "abandon"):
        with refused("R18"):
            case.decide("lead", outcome, "I know it best.")
    case.decide_review()
    assert case.case.state == "share"
