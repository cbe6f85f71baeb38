"""Blind first, attacked: what others answered shows by a message, a refusal, a new text or a reminder."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit.models import Event
from cases.models import Comment, Position, Visit
from notifications.models import Notice
from permissions.scope import open_comments, open_positions, visible_events
from permissions.verdict import Refused
from tests.builders import BEGINNING, a_story, a_trust, again, refused, second_key_on, undone
from workflows.deadlines.running import run_due
from workflows.doors import seats, second_key
from workflows.processes.improvement.story import ImprovementStory
from workflows.processes.oversight.story import Story
from workflows.ways import CHANGED

pytestmark = pytest.mark.usefixtures("apart")

WORDS = "Page 2 is hard to follow."


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    """The draft is before the group, and nobody has answered."""
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    return case


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def reads(case: Story, key: str, said: str = "pat") -> tuple[int, int, int]:
    """How many answers, comments and events of somebody's answers on the draft a person reads."""
    person, by = case.who(key), case.who(said)
    stays = Visit.objects.filter(case=case.case_id, stage="draft_review")
    told = visible_events(person, case.at).filter(kind="position_taken", person_id=by.pk, facts__stage="draft_review")
    return (
        open_positions(person, Position.objects.filter(visit__in=stays, person=by)).count(),
        open_comments(person, Comment.objects.filter(position__visit__in=stays, person=by)).count(),
        told.count(),
    )


def test_no_message_tells_which_answer_came_with_words(case: Story) -> None:
    """Words with a yes are owed a reply and words with a no are not: to be told that there are some is to be told the answer."""

    def told(answer: str) -> list[tuple[str, str]]:
        with undone():
            case.answer("pat", answer, WORDS)
            return sorted(Notice.objects.filter(case=case.case_id).values_list("person__name", "text"))

    assert told("support_with_comments") == told("do_not_support")


def test_those_who_owe_a_reply_find_it_once_the_answers_are_open(case: Story) -> None:
    case.wait(6)
    case.answer("pat", "support_with_comments", WORDS)
    for key in ("amina", "chair"):
        case.answer(key)
    assert case.case.state == "actions"
    assert [one.text for one in case.look.unanswered_comments] == [WORDS]
    case.answer_comments()
    assert case.look.unanswered_comments == []


@pytest.mark.parametrize("answer", ["support", "do_not_support"])
def test_no_refusal_tells_which_answer_it_was(case: Story, answer: str) -> None:
    """The lead tries to withdraw the case, and an executive to end the seat, to see whether there is a no to protect."""
    asked = case.do(seats.ask_to_end_seat, "chair", seat=case.seat("pat").pk, reason="She moved away.")
    case.answer("pat", answer, WORDS)
    for attempt in (
        lambda: case.do(second_key.ask_to_withdraw, "lead", reason="It was opened twice."),
        lambda: second_key_on(case, asked),
    ):
        with refused("R3"):
            attempt()
        said = Event.objects.filter(case_id=case.case_id, kind="refused").latest("seq").facts["reasons"]
        assert len(said) == 1
        assert said[0].startswith("What lay partners have answered is sealed until the others have answered too.")


def test_a_partner_who_has_not_answered_can_still_be_replaced(case: Story) -> None:
    asked = case.do(seats.ask_to_end_seat, "chair", seat=case.seat("amina").pk, reason="She moved away.")
    case.answer("pat")
    second_key_on(case, asked)
    assert case.seat("amina").state == "ended"


def test_a_new_text_opens_nothing_that_was_said_of_the_old_one(case: Story) -> None:
    """The lead changes a comma to see who said what, before the others answer."""
    assert CHANGED == Visit.CUT_SHORT
    case.answer("pat", "support_with_comments", WORDS)
    case.paper("report", text="The second text.")
    for key in ("amina", "lead", "exec"):
        assert reads(case, key) == (0, 0, 0), key
    case.put_draft_to_group()
    for key in ("amina", "lead", "exec"):
        assert reads(case, key) == (0, 0, 0), key
    assert reads(case, "pat") == (1, 1, 1)
    with refused("R3"):
        case.do(second_key.ask_to_withdraw, "lead", reason="It was opened twice.")
    case.answer("amina", enough_time=True)
    assert reads(case, "amina") == (1, 1, 1)
    assert reads(case, "lead") == (0, 0, 0)
    for key in ("chair", "pat"):
        case.answer(key, enough_time=True)
    assert case.case.state == "actions"
    assert reads(case, "lead") == (2, 1, 2)


def test_no_reminder_names_whose_comment_is_owed_a_reply_while_it_is_sealed(case: Story) -> None:
    case.answer("pat", "support_with_comments", WORDS)
    known = Event.objects.filter(case_id=case.case_id).latest("seq").seq
    for _ in range(40):
        case.at += timedelta(days=1)
        run_due(lambda: case.at)
    later = Event.objects.filter(case_id=case.case_id, seq__gt=known).values_list("facts__what", flat=True)
    about = {what for what in later if what and "comment" in what}
    assert about == {"The answer to a comment of a partner"}


def test_results_of_a_project_are_answered_blind_too() -> None:
    """A6: each partner says what they think before they or the sponsor, who decides, know what another thinks."""
    project = ImprovementStory(a_trust(), BEGINNING).walk_to("review")
    project.put_results()
    project.answer("pat", "support_with_comments", WORDS)
    said = Position.objects.filter(visit=project.visit)
    for key in ("amina", "lead", "chair", "exec"):
        assert not open_positions(project.who(key), said).exists(), key
    project.answer("amina", enough_time=True)
    assert open_positions(project.who("amina"), said).count() == 2
    assert not open_positions(project.who("chair"), said).exists()
    project.answer("pat", enough_time=True)
    assert open_positions(project.who("chair"), said).count() == 3
    project.decide_review()
    with pytest.raises(Refused):
        project.decide_review()
