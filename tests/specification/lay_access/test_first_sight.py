"""R5, R6: from when staff could open each paper and from when each lay partner could, told from the record."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from tests.builders import a_story, again
from workflows.doors import withholding
from workflows.first_sight import FirstSight, first_sights, first_sights_in
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture(scope="module")
def gathering(kept: None) -> Story:
    """Pat and Amina sit; terms and plan were released to everybody."""
    return a_story().walk_to("gathering")


@pytest.fixture
def case(gathering: Story, apart: None) -> Story:
    return again(gathering)


def sights(case: Story) -> dict[str, FirstSight]:
    """By the title of the paper."""
    look = case.look
    found = first_sights(look.versions, look.seats, look.withholdings, look.calendar, case.at)
    return {one.version.paper.title: one for one in found}


def late(one: FirstSight) -> dict[str, int | None]:
    """For each lay partner: working days later than staff; None where they still cannot open it."""
    return {lay.seat.person.name: lay.late if lay.since else None for lay in one.lay}


@pytest.mark.proves("R6")
def test_what_is_released_to_everybody_could_be_opened_at_the_same_moment(case: Story) -> None:
    for one in sights(case).values():
        assert one.staff_since == one.version.released_at
        assert {lay.since for lay in one.lay} == {one.version.released_at}
        assert late(one) == {"Pat Mercer": 0, "Amina Yusuf": 0}


@pytest.mark.proves("R6")
def test_a_file_of_their_own_is_opened_at_the_same_moment_too(case: Story) -> None:
    version = case.paper_in_part("progress", "Two names")
    one = sights(case)[version.paper.title]
    assert (one.late, one.waits) == (0, False)


@pytest.mark.proves("R6")
def test_a_paper_that_is_held_back_counts_each_working_day_that_staff_have_it(case: Story) -> None:
    version = case.paper_held_back()
    case.wait(3)
    one = sights(case)[version.paper.title]
    assert (one.waits, one.late, late(one)) == (True, 3, {"Pat Mercer": None, "Amina Yusuf": None})


@pytest.mark.proves("R6")
def test_once_it_is_opened_to_them_the_days_stand_still(case: Story) -> None:
    version = case.paper_held_back()
    case.wait(3)
    case.do(withholding.end_withholding, "lead", withholding=case.look.withholdings[-1].pk, reason="They agreed.")
    ended = case.at
    case.wait(9)
    one = sights(case)[version.paper.title]
    assert (one.waits, late(one)) == (False, {"Pat Mercer": 3, "Amina Yusuf": 3})
    assert {lay.since for lay in one.lay} == {ended}


@pytest.mark.proves("R5")
def test_whoever_sits_down_later_could_open_it_from_then_and_that_is_no_lateness(case: Story) -> None:
    case.wait(4)
    case.take_seat("gwen")
    for one in sights(case).values():
        gwen = next(lay for lay in one.lay if lay.seat.person.name == "Gwen Parry")
        assert (gwen.since, gwen.late) == (gwen.seat.active_from, 0)


@pytest.mark.proves("R6")
def test_whoever_sits_down_while_it_is_held_back_waits_from_then(case: Story) -> None:
    version = case.paper_held_back()
    case.wait(5)
    case.take_seat("gwen")
    case.wait(2)
    told = {lay.seat.person.name: lay.late for lay in sights(case)[version.paper.title].lay}
    assert told == {"Pat Mercer": 7, "Amina Yusuf": 7, "Gwen Parry": 2}


def test_whoever_had_left_before_a_paper_came_is_not_compared(case: Story) -> None:
    case.step_down("amina")
    version = case.paper_held_back()
    assert set(late(sights(case)[version.paper.title])) == {"Pat Mercer"}


def test_what_is_not_released_is_nobodys(case: Story) -> None:
    version = case.paper("progress", release=False)
    assert version.pk not in {one.version.pk for one in sights(case).values()}


def test_many_cases_are_read_in_four_statements_and_told_as_each_alone(case: Story) -> None:
    case.paper_held_back()
    case.wait(2)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = first_sights_in(Case.objects.all(), case.at)
    assert len(asked) == 4
    assert {one.version.paper.title: late(one) for one in found} == {title: late(one) for title, one in sights(case).items()}
