"""Blind first: where a stage says so, nobody reads another's answer before their own is in."""

from __future__ import annotations

import pytest

from cases.models import Comment, Position
from permissions.scope import open_comments, open_positions, visible_events
from tests.builders import a_story, again
from workflows.doors.comments import may_answer_comment
from workflows.processes.oversight.story import Story
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    """The draft is before the group, and Pat has answered, with words."""
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    case.answer("pat", "support_with_comments", "Page 2 is hard to follow.")
    return case


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def reads(case: Story, key: str) -> tuple[int, int, bool]:
    """How many answers and comments of this stay somebody reads, and whether the timeline tells them of an answer of it."""
    person, visit = case.who(key), case.visit
    said = open_positions(person, Position.objects.filter(visit=visit)).count()
    words = open_comments(person, Comment.objects.filter(position__visit=visit)).count()
    told = visible_events(person, case.at).filter(case_id=case.case_id, kind="position_taken", facts__visit=str(visit))
    return said, words, told.exists()


@pytest.mark.parametrize("key", ["amina", "chair", "lead", "exec", "directorate"])
def test_whoever_has_not_answered_and_whoever_is_not_asked_reads_nothing_yet(case: Story, key: str) -> None:
    assert reads(case, key) == (0, 0, False)


def test_ones_own_answer_is_ones_own_to_read(case: Story) -> None:
    assert reads(case, "pat") == (1, 1, True)


def test_the_others_open_once_ones_own_is_in(case: Story) -> None:
    case.answer("amina")
    assert reads(case, "amina") == (2, 1, True)
    assert reads(case, "lead") == (0, 0, False)
    assert reads(case, "chair") == (0, 0, False)


def test_to_whoever_is_not_asked_they_open_when_the_stage_asks_nobody_any_more(case: Story) -> None:
    visit = case.visit
    comment = Comment.objects.get(position__visit=visit)
    assert may_answer_comment(case.look, case.who("lead"), comment.pk, "changed", "Page 2 is new.")[0] is None
    case.wait(6)
    case.answer("amina")
    case.answer("chair")
    assert case.case.state == "actions"
    assert open_positions(case.who("lead"), Position.objects.filter(visit=visit)).count() == 3
    assert may_answer_comment(case.look, case.who("lead"), comment.pk, "changed", "Page 2 is new.")[0] == comment
    assert list(verify_case(case.case, case.at)) == []


def test_the_quality_team_and_auditors_read_the_record_as_it_grows(case: Story) -> None:
    for key in ("auditor", "quality"):
        assert reads(case, key)[2], key


def test_a_stage_that_does_not_say_so_hides_nothing() -> None:
    case = a_story().walk_to("terms")
    case.record_questions()
    case.paper("terms")
    case.submit("lead")
    case.answer("pat")
    assert reads(case, "lead")[0] == reads(case, "amina")[0] == 1
