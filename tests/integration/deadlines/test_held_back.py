"""The clock on what is held back: a challenge that nobody answers, and a day that has passed."""

from __future__ import annotations

import pytest

from cases.models import Withholding
from tests.builders import a_story
from tests.integration.deadlines.clock import next_working_day, rows, told
from workflows.doors import withholding
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Story:
    story = a_story().walk_to("gathering")
    story.paper_in_part("progress")
    return story


def held(case: Story) -> Withholding:
    return case.look.withholdings[0]


def test_a_challenge_that_nobody_answers_is_told_to_whoever_is_above(case: Story) -> None:
    challenge = case.challenge("pat", held(case))
    assert ("challenge_late", case.look.calendar.add(challenge.due_on, 1).isoformat()) in rows(case)
    for _ in range(7):
        next_working_day(case)
    (event,) = told(case, "escalated")
    assert event.facts["what"] == "The answer to Pat Mercer, who challenged something held back,"
    assert set(event.facts["people"]) == {"Xavier Stone", "Priya Nair"}
    assert held(case).in_force


def test_a_challenge_that_was_answered_is_waited_for_no_longer(case: Story) -> None:
    challenge = case.challenge("pat", held(case))
    case.do(withholding.answer_challenge, "exec", challenge=challenge.pk, outcome="upheld", answer="The family asked.")
    assert "challenge_late" not in dict(rows(case))


def test_when_its_day_has_passed_somebody_decides_again_and_nothing_opens_by_itself(case: Story) -> None:
    days = case.look.calendar.between(case.look.today, held(case).until)
    for _ in range(days + 1):
        next_working_day(case)
    what = "Whether this is still held back from lay partners (Two names on page 3)"
    (event,) = [one for one in told(case, "escalated") if one.facts["what"] == what]
    assert event.facts["people"] == ["Eleanor Hughes"]
    assert held(case).in_force


def test_once_decided_again_it_is_waited_for_until_the_new_day(case: Story) -> None:
    until = case.look.calendar.add(case.look.today, 40)
    case.do(withholding.prolong_withholding, "exec", withholding=held(case).pk, until=until, reason="Still.")
    (day,) = [day for kind, day in rows(case) if kind == "withholding_over"]
    assert day > until.isoformat()
