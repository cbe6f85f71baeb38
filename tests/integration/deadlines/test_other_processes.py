"""The clock on the other two processes: a hold that nobody answers, and training that comes to its day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.builders import BEGINNING, a_trust
from tests.integration.deadlines.clock import next_working_day, nine, rows, sweep_at, told
from tests.trainees import a_training
from workflows.processes.improvement.story import ImprovementStory

pytestmark = pytest.mark.django_db


def test_a_hold_that_nobody_answers_is_told_to_whoever_is_above_and_still_stops_the_work() -> None:
    case = ImprovementStory(a_trust(), BEGINNING).walk_to("testing")
    hold = case.hold("pat")
    assert ("hold_late", case.look.calendar.add(hold.due_on, 1).isoformat()) in rows(case)
    while not (events := told(case, "escalated")):
        next_working_day(case)
        assert case.at < BEGINNING + timedelta(days=90)
    assert events[0].facts["what"] == "The answer to Pat Mercer\u2019s hold"
    assert events[0].facts["people"] == ["Eleanor Hughes"]
    assert case.look.holds[0].stops


def test_a_hold_that_was_answered_is_waited_for_no_longer() -> None:
    case = ImprovementStory(a_trust(), BEGINNING).walk_to("testing")
    case.answer_hold(case.hold("pat"))
    assert "hold_late" not in dict(rows(case))


def test_training_in_force_is_asked_every_morning_whether_it_is_to_be_renewed() -> None:
    case = a_training().walk_to("in_force")
    (due,) = [day for kind, day in rows(case) if kind == "stage_expiry"]
    sweep_at(case, nine(*date.fromisoformat(due).timetuple()[:3]))
    assert case.case.state == "in_force"
    (next_day,) = [day for kind, day in rows(case) if kind == "stage_expiry"]
    assert date.fromisoformat(next_day) == date.fromisoformat(due) + timedelta(days=1)
    sweep_at(case, case.at + timedelta(days=2000))
    assert case.case.state != "in_force"
    assert told(case, "expired")
