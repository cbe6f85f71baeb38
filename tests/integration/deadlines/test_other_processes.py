"""The clock on the other two processes: a hold that nobody answers, and training that comes to its day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.models import TrainingRecord
from tests.builders import BEGINNING, a_story, a_trust
from tests.integration.deadlines.clock import next_working_day, nine, rows, sweep_at, told
from tests.trainees import a_training
from workflows.calendar import london_day
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


def test_a_training_that_the_organisation_does_not_offer_is_told_to_whoever_is_above_the_coordinator() -> None:
    case = a_training().walk_to("offer")
    late = [date.fromisoformat(day) for kind, day in rows(case) if kind == "training_offer_late"]
    assert len(late) == len(case.look.training_items)
    sweep_at(case, nine(*min(late).timetuple()[:3]))
    said = [one.facts for one in told(case, "escalated") if one.facts["what"].startswith("The offer of the training")]
    assert {tuple(one["people"]) for one in said} == {("Sam Ward",)}


def test_when_sight_has_ended_the_chair_is_asked_what_follows_and_the_seat_stays() -> None:
    case = a_story().walk_to("draft_review")
    ends = TrainingRecord.objects.filter(person=case.who("pat"), subject="oversight").latest("valid_until").valid_until
    assert ends
    sweep_at(case, case.at + timedelta(days=(ends - london_day(case.at)).days + 31))
    (event,) = [one for one in told(case, "sight_over") if one.facts["person"] == "Pat Mercer"]
    assert {"Pat Mercer", "Charles Adeyemi"} <= set(event.facts["people"])
    assert case.seat("pat").is_active
