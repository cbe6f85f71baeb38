"""Reminding, and recording late that no answer came: each condition is shown with a tick or with what is missing (R1)."""

from typing import Any
from uuid import uuid4

import pytest

from audit.models import Event
from cases.models import Lapse, Reminder
from tests.integration.deadlines.clock import nine, sweep_at
from tests.web.casework import Casework, hidden, words

TRIED = "Two reminders and a phone call."


@pytest.fixture
def asked(work: Casework) -> Casework:
    """The group is asked for its view of the draft report."""
    work.story.walk_to("draft_review").put_draft_to_group()
    return work


def pat(work: Casework) -> dict[str, Any]:
    return {"seat": work.story.seat("pat").pk}


@pytest.fixture
def silent(asked: Casework) -> Casework:
    """Pat was reminded on two days, and the day to answer by has passed."""
    for _ in range(2):
        asked.story.remind("pat")
        asked.story.wait(1)
    asked.story.wait(12)
    return asked


def test_it_is_said_who_sent_each_reminder(asked: Casework) -> None:
    asked.story.remind("pat")
    sweep_at(asked.story, nine(2026, 3, 22))
    shown = words(asked.get("lead", "remind", **pat(asked))).partition("Reminders so far")[2]
    assert shown.index(f"by {asked.story.who('chair').name};") < shown.index("by the clock")


@pytest.mark.parametrize("key", ["chair", "lead", "coordinator"])
def test_a_reminder_is_sent_and_the_page_says_what_comes_next(asked: Casework, key: str) -> None:
    shown = words(asked.get(key, "remind", **pat(asked)))
    assert "Remind Pat Mercer" in shown
    assert "Review the draft report" in shown
    assert "Reminders so far None" in shown
    response = asked.send(key, "remind", {}, **pat(asked))
    told = words(asked.client(key).get(response.headers["Location"]))
    assert "Pat Mercer was reminded" in told
    assert "a reminder must go out on 1 more day" in told


def test_pressing_twice_sends_one_and_a_second_on_a_day_is_pointed_out(asked: Casework) -> None:
    page = hidden(asked.get("chair", "remind", **pat(asked)))
    for _ in range(2):
        asked.post("chair", asked.address("remind", **pat(asked)), page)
    assert Reminder.objects.count() == 1
    assert "Two on one day count as one." in words(asked.get("chair", "remind", **pat(asked)))


@pytest.mark.parametrize("key", ["amina", "engagement", "exec"])
def test_who_may_not_remind_is_refused(asked: Casework, key: str) -> None:
    assert asked.get(key, "remind", **pat(asked)).status_code == 403
    sent = {"visit": str(asked.story.visit)}
    assert asked.post(key, asked.address("remind", **pat(asked)), sent).status_code == 403
    assert not Reminder.objects.exists()


def test_nobody_is_reminded_who_owes_nothing(asked: Casework) -> None:
    page = hidden(asked.get("chair", "remind", **pat(asked)))
    asked.story.answer("pat")
    late = asked.post("chair", asked.address("remind", **pat(asked)), page)
    assert late.status_code == 409
    assert "This person does not owe an answer." in words(late)
    assert asked.get("chair", "remind", seat=uuid4()).status_code == 404
    assert asked.post("chair", asked.address("remind", **pat(asked)), {"visit": "rubbish"}).status_code == 409


def test_too_early_the_page_says_what_is_missing_and_offers_a_reminder(asked: Casework) -> None:
    asked.story.remind("pat")
    shown = words(asked.get("chair", "lapse", **pat(asked)))
    assert "This cannot be recorded yet." in shown
    assert "Not met: Two reminders on two different days come first. So far there are 1." in shown
    assert "Not met: The time to answer is not over yet." in shown
    assert "Not met: The last reminder was sent today." in shown
    assert "Rule R1" in shown
    sent = {"visit": str(asked.story.visit), "reason": TRIED}
    response = asked.post("chair", asked.address("lapse", **pat(asked)), sent)
    assert response.status_code == 403
    assert TRIED in words(response)
    assert not Lapse.objects.exists()


def test_a_lapse_shows_every_condition_met_and_needs_a_reason(silent: Casework) -> None:
    shown = words(silent.get("chair", "lapse", **pat(silent)))
    for met in (
        "Reminders were sent on two different days",
        "The day to answer by has passed",
        "The last reminder was not sent today",
    ):
        assert f"Met: {met}." in shown
    assert "Silence is not agreement." in shown
    assert "Give the reason" in words(silent.send("chair", "lapse", {"reason": ""}, **pat(silent)))
    response = silent.send("chair", "lapse", {"reason": TRIED}, **pat(silent))
    told = words(silent.client("chair").get(response.headers["Location"]))
    assert "It is on record that Pat Mercer gave no answer" in told
    assert TRIED in told
    assert Lapse.objects.get().recorded_by == silent.story.who("chair")


def test_recording_twice_is_done_once(silent: Casework) -> None:
    page = {**hidden(silent.get("chair", "lapse", **pat(silent))), "reason": TRIED}
    for _ in range(2):
        assert silent.post("chair", silent.address("lapse", **pat(silent)), page).status_code == 302
    assert Lapse.objects.count() == 1


@pytest.mark.parametrize("key", ["lead", "pat", "amina", "exec"])
def test_only_the_chair_records_a_lapse(silent: Casework, key: str) -> None:
    assert silent.get(key, "lapse", **pat(silent)).status_code == 403
    sent = {"visit": str(silent.story.visit), "reason": TRIED}
    assert silent.post(key, silent.address("lapse", **pat(silent)), sent).status_code == 403
    assert Event.objects.filter(kind="refused", facts__attempt="lapsed").count() == 1
    assert not Lapse.objects.exists()


def test_an_answer_that_came_in_the_meantime_stands(silent: Casework) -> None:
    page = {**hidden(silent.get("chair", "lapse", **pat(silent))), "reason": TRIED}
    silent.story.answer("pat")
    assert silent.post("chair", silent.address("lapse", **pat(silent)), page).status_code == 409


def test_the_pages_of_what_was_done_lead_back_when_nothing_was(asked: Casework) -> None:
    for name in ("reminded", "lapsed"):
        assert asked.get("chair", name, **pat(asked)).headers["Location"] == asked.address("case")
