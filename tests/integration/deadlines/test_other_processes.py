"""The clock on the other two processes: a hold that nobody answers, and training that comes to its day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.models import TrainingRecord
from notifications.models import Notice
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


def test_whoever_answers_a_hold_is_reminded_two_working_days_before() -> None:
    case = ImprovementStory(a_trust(), BEGINNING).walk_to("testing")
    hold = case.hold("pat")
    calendar = case.look.calendar
    assert (hold.due_on, ("hold_due", calendar.add(hold.due_on, -2).isoformat()) in rows(case)) == (
        calendar.add(london_day(case.at), 5), True)  # fmt: skip
    sweep_at(case, nine(*calendar.add(hold.due_on, -2).timetuple()[:3]))
    (event,) = told(case, "answer_due")
    assert (event.facts["what"], event.facts["people"]) == ("The answer to Pat Mercer\u2019s hold", ["Gareth Lloyd"])
    assert Notice.objects.filter(event_id=event.pk).get().person == case.who("chair")
    case.answer_hold(hold)
    assert not {kind for kind, _ in rows(case)} & {"hold_due", "hold_late"}


def test_a_partners_comment_is_answered_in_time_or_told_upward() -> None:
    case = ImprovementStory(a_trust(), BEGINNING).walk_to("review")
    case.put_results()
    made = case.comment("pat", "Say who fills in the card at night.", kind="results")
    calendar, due_on = case.look.calendar, case.look.calendar.add(london_day(made.at), 10)
    found = {(kind, day) for kind, day in rows(case) if kind.startswith("comment")}
    assert found == {("comment_due", calendar.add(due_on, -2).isoformat()), ("comment_late", calendar.add(due_on, 1).isoformat())}
    sweep_at(case, nine(*calendar.add(due_on, -2).timetuple()[:3]))
    (event,) = told(case, "answer_due")
    assert event.facts["what"] == "The answer to a comment of Pat Mercer"
    assert {"Gareth Lloyd"} < set(event.facts["people"])
    sweep_at(case, nine(*calendar.add(due_on, 1).timetuple()[:3]))
    (late,) = [one for one in told(case, "escalated") if one.facts["what"] == "The answer to a comment of Pat Mercer"]
    assert late.facts["people"] == ["Eleanor Hughes"]


def test_a_comment_that_was_answered_and_one_of_staff_are_waited_for_no_longer() -> None:
    case = ImprovementStory(a_trust(), BEGINNING).walk_to("review")
    case.put_results()
    case.comment("lead", "The night is hard.", kind="results")
    assert "comment_late" not in dict(rows(case))
    case.comment("pat", "Say who fills in the card at night.", kind="results")
    assert "comment_late" in dict(rows(case))
    case.answer_comments()
    assert not {kind for kind, _ in rows(case)} & {"comment_due", "comment_late"}


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
