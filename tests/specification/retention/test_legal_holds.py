"""IG9: what an inquest, inquiry or claim needs is not disposed of, until two people lift the hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from cases.models import LegalHold
from notifications.models import Notice
from tests.builders import a_story, again, refused
from tests.specification.retention.old_cases import agreed, carry_out, proposed, years_later
from workflows.deadlines.offices import tell_of_what_is_late
from workflows.doors import legal_holds
from workflows.doors.facts import record_connection
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    return years_later(a_story().walk_to("closed"))


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def held(case: Story, by: str = "quality", **other: Any) -> LegalHold:
    given = {"kind": "inquest", "asked_by": "The coroner for the county", "reason": "She wrote on Monday.", **other}
    hold: LegalHold = case.do(legal_holds.place_hold, by, **given)
    return hold


def test_ig9_a_held_case_is_neither_proposed_nor_agreed_nor_carried_out(case: Story) -> None:
    one = agreed(case)
    held(case)
    with refused("IG9"):
        carry_out(case, one)
    with refused("IG9"):
        proposed(case)


def test_ig9_it_is_placed_by_an_office_with_who_asked_and_why(case: Story) -> None:
    for by in ("lead", "chair", "newcomer", "auditor"):
        with refused("IG9"):
            held(case, by)
    for lacking in ({"kind": "weather"}, {"asked_by": " "}, {"reason": " "}):
        with refused("IG9"):
            held(case, **lacking)
    for by in ("quality", "caldicott", "exec"):
        held(case, by)
    event = Event.objects.filter(kind="legal_hold_placed").latest("seq")
    assert (event.role, event.capacity) == ("exec", "staff")


def test_ig9_nobody_with_a_tie_to_the_case_asks_to_lift_it(case: Story) -> None:
    hold = held(case)
    case.do(record_connection, "lead", person=case.who("exec"), kind="relative")
    with refused("IG9"):
        case.do(legal_holds.ask_to_lift_hold, "exec", hold=hold.pk, reason="The inquest is over.")


def test_ig9_two_people_lift_it(case: Story) -> None:
    hold = held(case)
    case.do(legal_holds.ask_to_lift_hold, "quality", hold=hold.pk, reason="The inquest is over.")
    assert LegalHold.objects.get(pk=hold.pk).stands
    with refused("IG9"):
        case.do(legal_holds.lift_hold, "quality", hold=hold.pk)
    with refused("IG9"):
        case.do(legal_holds.lift_hold, "chair", hold=hold.pk)
    case.do(legal_holds.lift_hold, "caldicott", hold=hold.pk)
    assert not LegalHold.objects.get(pk=hold.pk).stands
    proposed(case)


def test_ig9_keeping_it_answers_a_request_to_lift_it(case: Story) -> None:
    hold = held(case)
    case.do(legal_holds.ask_to_lift_hold, "quality", hold=hold.pk, reason="The inquest is over.")
    case.do(legal_holds.keep_hold, "exec", hold=hold.pk, reason="There is an appeal.")
    with refused("STALE"):
        case.do(legal_holds.lift_hold, "caldicott", hold=hold.pk)


def test_ig9_it_is_asked_every_year_whether_it_is_still_needed(case: Story) -> None:
    hold = held(case)
    assert tell_of_what_is_late(lambda: case.at + timedelta(days=300)) == (0, 0)
    for year in (1, 2):
        case.at += timedelta(days=366)
        assert tell_of_what_is_late(lambda: case.at) == (1, 0), year
        assert tell_of_what_is_late(lambda: case.at) == (0, 0)
    told = Notice.objects.filter(person=case.who("quality"), text__startswith="Is the legal hold on")
    assert told.count() == 2
    assert LegalHold.objects.get(pk=hold.pk).stands
