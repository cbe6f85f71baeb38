"""Who is told what: the partner and the quality team of anything that touches a lay seat (R8), everybody of a move."""

from __future__ import annotations

from datetime import datetime

import pytest

from audit.kinds import kinds
from cases.models import Comment
from notifications.models import Notice
from notifications.rules import RULES
from workflows.calendar import LONDON
from workflows.demo.trust import build_trust
from workflows.doors import seats
from workflows.processes.improvement.story import ImprovementStory
from workflows.processes.oversight.story import Story
from workflows.testing import Walk

pytestmark = pytest.mark.django_db

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=LONDON)


@pytest.fixture
def story() -> Story:
    return Story(build_trust(BEGINNING), BEGINNING)


def _told(story: Walk, key: str) -> list[str]:
    return list(Notice.objects.filter(person=story.who(key)).order_by("at", "id").values_list("text", flat=True))


def test_every_rule_is_about_a_kind_of_event_that_exists() -> None:
    assert {rule.kind for rule in RULES} <= set(kinds)


def test_the_partner_and_the_quality_team_are_told_when_a_seat_is_to_be_ended(story: Story) -> None:
    story.walk_to("terms").wait()
    seats.ask_to_end_seat(
        case=story.case_id, by=story.who("lead"), at=story.at, seat=story.seat("pat").pk, reason="Too many questions."
    )
    assert "Pat Mercer" in _told(story, "pat")[-1]
    assert "(R8)" in _told(story, "quality")[-1]
    assert not any("seat be ended" in text for text in _told(story, "amina"))


def test_everyone_but_the_actor_is_told_that_a_case_has_moved(story: Story) -> None:
    story.walk_to("terms")
    assert _told(story, "lead")[-1] == "The case has moved on: Agree the terms of reference."
    assert not any("terms of reference" in text for text in _told(story, "coordinator"))


def test_a_person_who_is_asked_to_join_is_told(story: Story) -> None:
    story.walk_to("form_group").wait()
    story.offer("gwen")
    assert _told(story, "gwen") == ["Leila Grant asks you to join as Patient Safety Partner. Please answer."]


def test_a_refused_act_tells_nobody(story: Story) -> None:
    story.walk_to("form_group")
    before = Notice.objects.count()
    with pytest.raises(Exception, match="training"):
        story.offer("tomas")
    assert Notice.objects.count() == before


def test_every_partner_who_commented_is_told_what_changed_because_of_them_also_one_who_has_left(story: Story) -> None:
    project = ImprovementStory(story.trust, BEGINNING).walk_to("share")
    assert set(Comment.objects.values_list("person__name", flat=True)) == {"Pat Mercer"}
    project.step_down("pat")
    project.share()
    assert _told(project, "pat")[-1].startswith("You said, we did: what changed because of the partners")
    assert not any(text.startswith("You said") for text in _told(project, "amina"))


def test_a_partner_whose_project_is_declined_is_told_though_they_have_no_seat_yet(story: Story) -> None:
    project = ImprovementStory(story.trust, BEGINNING)
    project.open()
    project.answer_proposal("decline", "It belongs to the estates plan.")
    assert _told(project, "pat") == ["The case has moved on: Declined."]
