"""A role that nobody knows is refused in words, by whichever door it comes."""

from __future__ import annotations

import pytest

from permissions.verdict import Refused
from tests.builders import a_story, refused
from workflows.calendar import london_day
from workflows.doors import seats
from workflows.doors.people import appoint

pytestmark = pytest.mark.django_db


def test_nobody_is_offered_a_seat_in_a_role_that_nobody_knows() -> None:
    case = a_story().walk_to("form_group")
    with refused("B1"):
        case.do(seats.offer_seats, "lead", people=[case.who("pat")], role="king", why="A good listener.")


def test_nobody_is_appointed_to_a_role_that_nobody_knows_and_every_reason_is_given() -> None:
    case = a_story()
    given = {"person": case.who("pat"), "role": "king", "starts_on": london_day(case.at), "at": case.at}
    with refused("B1"):
        appoint(**given)
    with refused("B1", "R16"):
        appoint(by=case.who("lead"), **given)


def test_the_refusal_names_the_code_and_the_roles_there_are() -> None:
    case = a_story()
    with pytest.raises(Refused, match=r"no role called .king.* Choose one of: .*psp") as caught:
        appoint(person=case.who("pat"), role="king", starts_on=london_day(case.at), at=case.at)
    assert all(verdict.remedy for verdict in caught.value.verdicts)
