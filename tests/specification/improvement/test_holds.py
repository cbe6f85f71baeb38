"""A5, R12: a partner's hold stops the testing until the sponsor has answered, whichever way it would go on."""

from __future__ import annotations

from uuid import uuid4

import pytest

from audit.models import Event
from cases.models import Hold
from tests.builders import again, end_seat, refused
from tests.projects import FullProject, a_full_project
from workflows.available import available
from workflows.definition import Outcome
from workflows.doors import holds, second_key
from workflows.engine import submit
from workflows.processes.improvement.story import CYCLE
from workflows.standing import held, outcome_verdicts

pytestmark = pytest.mark.usefixtures("apart")

ANSWER = "From now on the name and nothing else."


@pytest.fixture(scope="module")
def walked(kept: None) -> FullProject:
    """Changes are being tested, and one has been."""
    case = a_full_project()
    case.walk_to("testing")
    case.test_change()
    return case


@pytest.fixture
def case(walked: FullProject, apart: None) -> FullProject:
    return again(walked)


@pytest.mark.parametrize("outcome", ["another_cycle", "enough"])
def test_r12_nothing_goes_on_until_the_sponsor_has_answered(case: FullProject, outcome: str) -> None:
    hold = case.hold("amina")
    assert hold.due_on == case.look.calendar.add(case.look.today, 5)
    with refused("R12"):
        case.do(submit, "lead", visit=case.visit, outcome=outcome, facts=CYCLE)
    case.wait(5)
    with refused("R12"):
        case.do(submit, "lead", visit=case.visit, outcome=outcome, facts=CYCLE)
    case.answer_hold(hold, ANSWER)
    case.test_change(outcome)
    assert case.case.state == {"another_cycle": "testing", "enough": "review"}[outcome]


def test_r12_a_hold_never_stops_going_back(case: FullProject) -> None:
    case.hold("amina")
    assert not all(held(case.look))
    assert outcome_verdicts(case.look, Outcome("back", "scope", back=True)) == []
    assert not all(outcome_verdicts(case.look, Outcome("on", "review")))


def test_r12_only_the_sponsor_answers_and_only_with_words(case: FullProject) -> None:
    hold = case.hold("amina")
    for who in ("pat", "amina", "ivy", "lead", "specialist", "exec", "exec_team", "coordinator", "quality", "root", "far_lead"):
        with refused("R12"):
            case.do(holds.answer_hold, who, hold=hold.pk, answer=ANSWER)
    with refused("R12"):
        case.do(holds.answer_hold, "chair", hold=hold.pk, answer=" ")
    case.answer_hold(hold, ANSWER)
    with refused("STALE"):
        case.answer_hold(hold, "And another answer.")
    kept = Hold.objects.get(pk=hold.pk)
    assert (kept.answer, kept.answered_by_id, kept.stops) == (ANSWER, case.seat("chair").pk, False)
    told = Event.objects.filter(case_id=case.case_id, kind="hold_answered").latest("seq")
    assert (told.facts["answer"], told.facts["person"]) == (ANSWER, "Amina Yusuf")


def test_r12_only_whoever_stopped_the_work_takes_that_back(case: FullProject) -> None:
    hold = case.hold("amina")
    for who in ("pat", "ivy", "lead", "chair", "exec", "root"):
        with refused("R12"):
            case.do(holds.take_back_hold, who, hold=hold.pk)
    case.do(holds.take_back_hold, "amina", hold=hold.pk)
    for again_door in (holds.take_back_hold, holds.answer_hold):
        given = {"answer": ANSWER} if again_door is holds.answer_hold else {}
        with refused("STALE"):
            case.do(again_door, "amina", hold=hold.pk, **given)
    case.test_change("enough")
    assert case.case.state == "review"


def test_r12_a_hold_says_why_there_is_one_at_a_time_and_another_may_follow(case: FullProject) -> None:
    with refused("R12"):
        case.hold("amina", " ")
    with refused("STALE"):
        case.do(holds.place_hold, "amina", act="withdraw", reason="Not a thing that pauses.")
    first = case.hold("amina")
    with refused("R12"):
        case.hold("amina")
    other = case.hold("pat")
    case.answer_hold(first)
    with refused("R12"):
        case.test_change("enough")  # Pat has had no answer
    case.answer_hold(other)
    third = case.hold("amina", "Nothing has changed.")
    assert [one.pk for one in case.look.holds] == [first.pk, other.pk, third.pk]
    with refused("STALE"):
        case.do(holds.answer_hold, "chair", hold=uuid4(), answer=ANSWER)


def test_r12_a_hold_outlives_the_seat_that_placed_it(case: FullProject) -> None:
    """Whoever stops the work is not got rid of to go on."""
    hold = case.hold("amina")
    end_seat(case, "amina")  # type: ignore[arg-type]
    with refused("R12"):
        case.test_change("enough")
    with refused("R12"):
        case.do(holds.take_back_hold, "amina", hold=hold.pk)
    case.answer_hold(hold)
    case.test_change("enough")


def test_r12_elsewhere_and_after_the_end_there_is_nothing_to_stop(case: FullProject) -> None:
    hold = case.hold("amina")
    case.do(holds.take_back_hold, "amina", hold=hold.pk)
    left = case.hold("pat")
    case.answer_hold(left)
    case.withdraw()
    for door, who, given in (
        (holds.place_hold, "amina", {"act": "hold", "reason": "Too late."}),
        (holds.answer_hold, "chair", {"hold": left.pk, "answer": ANSWER}),
        (holds.take_back_hold, "pat", {"hold": left.pk}),
    ):
        with refused("STALE"):
            case.do(door, who, **given)


def test_r12_a_project_is_not_withdrawn_over_a_hold_that_nobody_has_answered(case: FullProject) -> None:
    asked_before = case.do(second_key.ask_to_withdraw, "lead", reason="It costs too much.")
    hold = case.hold("amina")
    end_seat(case, "amina")  # type: ignore[arg-type]
    with refused("R12"):
        case.do(second_key.confirm_withdrawal, "exec_team", proposal=asked_before.pk)
    case.do(second_key.refuse_proposal, "exec_team", proposal=asked_before.pk, reason="The partner is answered first.")
    with refused("R12"):
        case.withdraw()
    offered = next(one for one in available(case.look, case.who("lead")) if one.code == "withdraw")
    assert [verdict.rule for verdict in offered.verdicts if not verdict] == ["R12"]
    case.answer_hold(hold, ANSWER)
    case.withdraw()
    assert case.case.state == "withdrawn"


def test_the_page_offers_each_their_own_part(case: FullProject) -> None:
    def offers(who: str) -> dict[str, bool]:
        found = available(case.look, case.who(who))
        return {one.code: one.allowed for one in found if one.code.startswith("hold")}

    assert (offers("amina"), offers("ivy"), offers("chair"), offers("lead")) == (
        {"hold_place": True}, {"hold_place": True}, {}, {})  # fmt: skip
    case.hold("amina")
    assert offers("amina") == {"hold_place": False, "hold_take_back": True}
    assert offers("pat") == {"hold_place": True}
    assert offers("chair") == {"hold_answer": True}


def test_r18_the_hold_on_ones_own_work_is_answered_by_somebody_else(case: FullProject) -> None:
    hold = case.hold("pat")
    case.offer("lead", "sponsor")
    case.joins("lead")
    with refused("R18"):
        case.do(holds.answer_hold, "lead", hold=hold.pk, answer="Noted.")
