"""The token of a request: any length of it fits on both databases, and it stands for one thing asked of one person."""

from __future__ import annotations

from datetime import datetime

import pytest

from audit.models import Event
from cases.models import Case, Seat
from workflows import engine
from workflows.calendar import LONDON
from workflows.demo.trust import build_trust
from workflows.doors import seats
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=LONDON)
LONG = "a form's token, and whatever a client of the API puts behind it " * 40


@pytest.fixture
def story() -> Story:
    return Story(build_trust(BEGINNING), BEGINNING)


def _offer(story: Story, key: str, request: str) -> bool:
    given = {"case": story.case_id, "by": story.who("lead"), "at": story.at, "request": request}
    return seats.offer_seats(**given, people=[story.who(key)], role="psp", why="You know the ward.").repeated


def test_a_token_of_any_length_is_recognised_again(story: Story) -> None:
    story.walk_to("form_group").wait()
    assert not _offer(story, "pat", LONG)
    assert _offer(story, "pat", LONG)
    assert Seat.objects.filter(case=story.case_id, person=story.who("pat")).count() == 1


def test_two_are_asked_with_one_form(story: Story) -> None:
    story.walk_to("form_group").wait()
    assert not _offer(story, "pat", "one form")
    assert not _offer(story, "amina", "one form")
    assert Seat.objects.filter(case=story.case_id, role="psp").count() == 2


def test_a_case_is_opened_once_with_a_token_of_any_length(story: Story) -> None:
    people = {"lead": story.who("lead"), "directorate": story.who("directorate")}
    opened = [
        engine.open_case(process="OVS", organisation=story.trust.organisation, by=story.who("lead"), at=BEGINNING, title="A fall",
                         people=people, request=LONG).pk
        for _ in range(2)
    ]  # fmt: skip
    assert opened[0] == opened[1]
    assert Case.objects.count() == Event.objects.filter(kind="case_opened").count() == 1
