"""R7: every comment of a partner needs an answer before the report is signed, also one that came with a yes."""

from __future__ import annotations

import pytest

from cases.models import Comment
from tests.builders import a_story, again, refused
from workflows import engine
from workflows.processes.oversight.story import Story
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")

WORDS = "Page 4 still says \u201coutlet\u201d."


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    """The draft report is before the group."""
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(6)
    return case


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def waiting(case: Story) -> list[tuple[str, str, str]]:
    return [(one.person.name, one.about, one.text) for one in case.look.unanswered_comments]


def cannot_be_signed(case: Story) -> None:
    version = case.look.latest_released("report")
    assert version
    with refused("R7"):
        engine.submit(case=case.case_id, by=case.who("exec"), at=case.at, visit=case.visit, outcome="sign", version=version.pk)


@pytest.mark.parametrize("answer", ["support", "support_with_comments"])
def test_r7_words_that_come_with_support_are_answered_before_the_report_is_signed(case: Story, answer: str) -> None:
    case.answer("chair")
    case.answer("pat", answer, f"  {WORDS}\n")
    case.answer("amina")
    assert waiting(case) == [("Pat Mercer", "Investigation report, version 1", WORDS)]
    case.agree_actions()
    cannot_be_signed(case)
    case.answer_comments()
    assert waiting(case) == []
    case.sign()
    assert case.case.state == "sharing"
    assert list(verify_case(case.case, case.at)) == []


def test_r7_words_on_a_single_safety_action_are_answered_too(case: Story) -> None:
    case.all_answer()
    case.put_actions_to_group()
    case.answer("pat", "support_with_comments", WORDS)
    case.answer("amina")
    first, second = (about for _, about, _ in waiting(case))
    assert first == "Safety action 1: Answer every call bell within five minutes"
    assert second == "Safety action 2: Families can call for a second opinion"
    cannot_be_signed(case)
    case.answer_comments()
    case.sign()
    assert list(verify_case(case.case, case.at)) == []


def test_r7_words_that_come_with_having_read_it_are_answered_too() -> None:
    case = a_story().walk_to("synthesis")
    case.paper("findings")
    case.submit("lead")
    case.answer("pat", "seen_with_comments", WORDS)
    assert waiting(case) == [("Pat Mercer", "Findings, version 1", WORDS)]


@pytest.mark.parametrize(
    ("who", "answer", "text"),
    [
        ("pat", "support", ""),
        ("pat", "do_not_support", WORDS),
        ("pat", "abstain", WORDS),
        ("chair", "support_with_comments", WORDS),
    ],
)
def test_r7_silence_a_disagreement_a_reason_not_to_say_and_words_of_staff_are_no_such_comments(
    case: Story, who: str, answer: str, text: str
) -> None:
    case.answer(who, answer, text)
    assert not Comment.objects.filter(case=case.case_id).exists()
