"""Passing a seat on, and the days by which something is due: what people ask of other systems in public, asked of ours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from cases.models import Seat
from notifications.models import Notice
from tests.builders import FullGroup, refused
from workflows.calendar import london_day
from workflows.deadlines.running import run_due
from workflows.doors import stand_ins


def hand_over(case: FullGroup, to: str = "gwen", by: str = "pat", seat: str = "pat") -> Any:
    today = london_day(case.at)
    given = {"seat": case.seat(seat).pk, "person": case.who(to), "starts_on": today, "until": today + timedelta(days=14)}
    return case.do(stand_ins.hand_over, by, **given)


@pytest.mark.proves("R8", "R2")
def test_a_lay_seat_passes_only_to_somebody_lay_only_by_its_partner_and_until_a_day(case: FullGroup) -> None:
    """viewflow/viewflow#373, documenso/documenso#3087, pneumaticapp/pneumaticworkflow#193, bonitasoft/bonita-doc#3367: stand-ins

    Here: the partner asks another eligible partner, for days that are named; no manager does it, and nobody of staff takes it.
    """
    for key in ("lead", "chair", "coordinator", "root"):
        with refused("R2"):
            hand_over(case, by=key)
    for key in ("chair2", "root", "tomas"):
        with refused("B1"):
            hand_over(case, to=key)
    with refused("R8"):
        hand_over(case, to="chair2", by="chair", seat="chair")
    other = hand_over(case)
    case.joins("gwen")
    assert (other.capacity, other.stands_in_until) == ("lay", london_day(case.at) + timedelta(days=14))
    assert {seat.person.name: seat.state for seat in case.look.seats if seat.role == "psp" and seat.state in Seat.HELD} == {
        "Pat Mercer": "away", "Gwen Parry": "active", "Amina Yusuf": "active", "Ivy Chen": "active",
    }  # fmt: skip


def test_a_seat_that_passes_is_written_down_at_once_under_the_name_of_whoever_did_it(case: FullGroup) -> None:
    """tsgrp/HPI#1966: a task given to somebody else was logged late, and under the wrong name.

    Here: the event bears the moment and the actor's name, and names the one who stands in beside it.
    """
    hand_over(case)
    said = Event.objects.filter(case_id=case.case_id).latest("seq")
    assert (said.kind, said.at, said.person_name, said.facts["person"]) == ("stand_in_asked", case.at, "Pat Mercer", "Gwen Parry")
    case.joins("gwen")
    case.answer("gwen")
    said = Event.objects.filter(case_id=case.case_id).latest("seq")
    assert (said.kind, said.person_name, said.capacity) == ("position_taken", "Gwen Parry", "lay")


def test_whoever_still_has_to_answer_is_reminded_before_the_day_with_no_word_of_the_case(case: FullGroup) -> None:
    """HyphaApp/hypha#273, coral-erm/coral#9: remind reviewers before the day, and say enough to know what it is about.

    Here: the clock reminds whoever owes an answer, before it is due; the message says nothing of the case itself.
    """
    case.answer("pat")
    live = case.look.visit
    assert live
    assert live.due_on
    case.at = case.at.replace(hour=9, minute=5) + timedelta(days=(live.due_on - london_day(case.at)).days - 2)
    assert london_day(case.at) < live.due_on
    run_due(lambda: case.at)
    reminded = Notice.objects.filter(event_id__in=Event.objects.filter(kind="reminded", case_id=case.case_id).values("pk"))
    assert set(reminded.values_list("person__name", flat=True)) == {"Amina Yusuf", "Charles Adeyemi"}
    assert not [one.text for one in reminded if "sepsis" in one.text or case.case.reference in one.text]
