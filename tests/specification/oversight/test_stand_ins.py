"""A lay seat passes for a time to another lay person, if its partner says so; it counts once, and comes back to them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from audit.models import Event
from cases.models import Position, Seat
from permissions.models import CaseGrant
from permissions.roles import PSP
from permissions.scope import may_see
from tests.builders import a_story, again, refused, undone
from workflows.calendar import london_day
from workflows.doors import seats, stand_ins
from workflows.processes.oversight.story import Story
from workflows.standing import asked_seats, owing
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    """The draft report is before the group; the chair has answered."""
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(6)
    case.answer("chair")
    return case


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def days(case: Story, first: int = 0, last: int = 14) -> dict[str, date]:
    today = london_day(case.at)
    return {"starts_on": today + timedelta(days=first), "until": today + timedelta(days=last)}


def hand_over(case: Story, to: str = "gwen", by: str = "pat", on: dict[str, date] | None = None, **more: Any) -> Seat:
    given = {"seat": case.seat("pat").pk, "person": case.who(to), **(on or days(case)), **more}
    made: Seat = case.do(stand_ins.hand_over, by, **given)
    return made


def stand_in(case: Story, **more: Any) -> Seat:
    hand_over(case, **more)
    return case.joins("gwen")


def lay_asked(case: Story) -> list[str]:
    return sorted(seat.person.name for seat in asked_seats(case.look) if seat.is_lay)


# Whose it is to give, and to whom


@pytest.mark.parametrize("by", ["lead", "chair", "coordinator", "exec", "quality", "amina", "gwen"])
def test_r2_only_the_partner_whose_seat_it_is_passes_it_on(case: Story, by: str) -> None:
    with refused("R2"):
        hand_over(case, by=by)


@pytest.mark.parametrize("to", ["lead2", "member", "coordinator", "exec_team2", "specialist"])
def test_r18_nobody_of_staff_ever_stands_in_for_a_partner(case: Story, to: str) -> None:
    with refused("R18"):
        hand_over(case, to=to)


def test_whoever_stands_in_is_as_eligible_as_anybody_who_is_offered_such_a_seat(case: Story) -> None:
    with refused("B1"):
        hand_over(case, to="tomas")  # training has run out
    with refused("B1"):
        hand_over(case, to="amina")  # sits here already
    with undone():
        case.offer("gwen")
        with refused("B1"):
            hand_over(case)


def test_it_is_for_days_that_make_sense_and_for_one_person_at_a_time(case: Story) -> None:
    for wrong in (days(case, first=-1), days(case, first=9, last=3)):
        with refused("R8"):
            hand_over(case, on=wrong)
    hand_over(case)
    with refused("STALE"):
        hand_over(case, to="amina")


def test_r8_a_staff_seat_does_not_pass_and_a_seat_that_was_passed_on_stays_there(case: Story) -> None:
    with refused("R8"):
        case.do(stand_ins.hand_over, "chair", seat=case.seat("chair").pk, person=case.who("gwen"), **days(case))
    other = stand_in(case)
    with refused("R8"):
        case.do(stand_ins.hand_over, "gwen", seat=other.pk, person=case.who("pat"), **days(case))


# From when


def test_nothing_passes_until_they_accept_and_declare(case: Story) -> None:
    hand_over(case)
    assert lay_asked(case) == ["Amina Yusuf", "Pat Mercer"]
    assert not may_see(case.who("gwen"), case.case, case.at)
    case.do(seats.accept_seat, "gwen", seat=case.seat("gwen").pk)
    assert lay_asked(case) == ["Amina Yusuf", "Pat Mercer"]


def test_r8_nobody_takes_the_seat_before_its_day_or_after_it(case: Story) -> None:
    other = hand_over(case, on=days(case, first=5, last=8))
    case.do(seats.accept_seat, "gwen", seat=other.pk)
    for wait in (0, 8):
        case.wait(wait)
        with refused("R8"):
            case.do(seats.declare_interests, "gwen", seat=other.pk, confidential=True, conflict=False)


def test_the_seat_counts_once_and_the_one_who_sits_is_asked(case: Story) -> None:
    stand_in(case)
    assert lay_asked(case) == ["Amina Yusuf", "Gwen Parry"]
    assert sorted(seat.person.name for seat in owing(case.look)) == ["Amina Yusuf", "Gwen Parry"]
    assert case.look.vacant(PSP) == 0
    assert case.seat("pat").state == Seat.State.AWAY
    with refused("R2"):
        case.answer("pat")


def test_sight_goes_with_the_seat(case: Story) -> None:
    """IG3: who is away sees nothing meanwhile; who stands in sees it until the last day."""
    other = stand_in(case)
    assert not may_see(case.who("pat"), case.case, case.at)
    assert may_see(case.who("gwen"), case.case, case.at)
    assert CaseGrant.objects.get(seat=other).until == other.stands_in_until
    case.wait(15)
    assert not may_see(case.who("gwen"), case.case, case.at)
    with refused("IG3"):
        case.answer("gwen")


def test_what_whoever_stands_in_says_is_theirs(case: Story) -> None:
    stand_in(case)
    case.answer("gwen", "support_with_comments", "The night shift is missing.", enough_time=True)
    said = Position.objects.get(visit=case.visit, person=case.who("gwen"))
    assert said.seat == case.seat("gwen")
    event = Event.objects.filter(kind="position_taken").latest("seq")
    assert (event.person_name, event.capacity) == ("Gwen Parry", "lay")
    case.answer("amina", enough_time=True)
    assert case.case.state == "actions"
    assert list(verify_case(case.case, case.at)) == []


# Coming back


def test_the_partner_takes_it_back_at_any_time(case: Story) -> None:
    stand_in(case)
    for by in ("gwen", "lead", "chair", "coordinator"):
        with refused("R2"):
            case.do(stand_ins.return_to_seat, by, seat=case.seat("pat").pk)
    case.do(stand_ins.return_to_seat, "pat", seat=case.seat("pat").pk)
    assert lay_asked(case) == ["Amina Yusuf", "Pat Mercer"]
    assert may_see(case.who("pat"), case.case, case.at)
    assert not may_see(case.who("gwen"), case.case, case.at)
    with refused("STALE"):
        case.do(stand_ins.return_to_seat, "pat", seat=case.seat("pat").pk)


def test_the_clock_gives_it_back_on_the_day_after_the_last(case: Story) -> None:
    other = stand_in(case)
    for by in ("pat", "gwen", "chair"):
        with refused("R16"):
            case.do(stand_ins.end_stand_in, by, seat=other.pk)
    with refused("STALE"):
        stand_ins.end_stand_in(case=case.case_id, by=None, at=case.at, seat=other.pk)
    case.wait(15)
    stand_ins.end_stand_in(case=case.case_id, by=None, at=case.at, seat=other.pk)
    assert lay_asked(case) == ["Amina Yusuf", "Pat Mercer"]
    assert case.seat("gwen").state == Seat.State.ENDED
    assert list(verify_case(case.case, case.at)) == []


@pytest.mark.parametrize("leave", ["step_down", "recuse"])
def test_when_whoever_stood_in_leaves_the_seat_is_its_partners_again(case: Story, leave: str) -> None:
    stand_in(case)
    getattr(case, leave)("gwen")
    assert lay_asked(case) == ["Amina Yusuf", "Pat Mercer"]
    assert case.seat("pat").is_active


def test_r3_a_disagreement_of_either_is_heard_whoever_sits_afterwards(case: Story) -> None:
    with undone():
        case.answer("pat", "do_not_support", "It blames the night nurse.")
        stand_in(case)
        case.answer("gwen")
        case.answer("amina")
        assert case.case.state == "draft_review__dissent"
    stand_in(case)
    case.answer("gwen", "do_not_support", "It blames the night nurse.")
    case.do(stand_ins.return_to_seat, "pat", seat=case.seat("pat").pk)
    case.answer("pat")
    case.answer("amina")
    assert case.case.state == "draft_review__dissent"


def test_a_partner_who_is_away_can_still_leave(case: Story) -> None:
    stand_in(case)
    case.step_down("pat")
    assert lay_asked(case) == ["Amina Yusuf", "Gwen Parry"]
