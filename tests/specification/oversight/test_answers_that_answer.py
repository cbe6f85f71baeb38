"""R7: whoever commented says whether the answer answers them. A no asks for one more answer; a second no stands, and is shown."""

from __future__ import annotations

import pytest

from cases.models import AnswerVerdict, Comment, CommentAnswer
from notifications.models import Notice
from tests.builders import a_story, again, refused
from workflows import engine
from workflows.deadlines.models import Deadline
from workflows.doors.comments import answer_comment
from workflows.doors.verdicts import answers_on, is_second, say_whether_answered
from workflows.processes.oversight.story import Story
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    """Ready to be signed, but for what Pat asked about the report, which was answered."""
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    case.comment("pat", "Who rang the ward?", "report")
    answer(case)
    return case


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def answer(case: Story, text: str = "It is on page 4 now.") -> CommentAnswer:
    (asked,) = case.look.unanswered_comments
    made: CommentAnswer = case.do(answer_comment, "lead", comment=asked.pk, outcome="changed", text=text)
    return made


def says(case: Story, satisfied: bool, text: str = "", who: str = "pat") -> AnswerVerdict:
    newest = CommentAnswer.objects.filter(case=case.case_id).latest("at")
    made: AnswerVerdict = case.do(say_whether_answered, who, answer=newest.pk, satisfied=satisfied, text=text)
    return made


def told(case: Story, who: str) -> list[str]:
    return list(
        Notice.objects.filter(case=case.case_id, person=case.who(who), text__contains="answer them").values_list("text", flat=True)
    )


def test_r7_a_yes_needs_no_words_and_nothing_waits(case: Story) -> None:
    verdict = says(case, True)
    assert (verdict.satisfied, verdict.text, verdict.further) == (True, "", None)
    assert case.look.unanswered_comments == []
    assert [one.pk for one in answers_on(case.look).satisfied] == [verdict.answer_id]
    assert list(verify_case(case.case, case.at)) == []


def test_r7_a_no_says_what_is_missing(case: Story) -> None:
    with refused("R7"):
        says(case, False, "  ")


@pytest.mark.parametrize("who", ["amina", "lead", "chair", "exec"])
def test_r2_nobody_says_it_for_another(case: Story, who: str) -> None:
    with refused("R2"):
        says(case, True, who=who)


def test_r7_it_is_said_once(case: Story) -> None:
    says(case, True)
    with refused("STALE"):
        says(case, False, "I thought again.")


def test_r7_a_no_opens_the_comment_again_with_a_day_of_its_own(case: Story) -> None:
    before = set(Deadline.objects.filter(case=case.case_id, kind="comment_late").values_list("about", flat=True))
    verdict = says(case, False, " By whom? ")
    (asked,) = case.look.unanswered_comments
    assert asked == verdict.further
    assert (asked.text, asked.person, asked.about) == ("By whom?", case.who("pat"), verdict.answer.comment.about)
    due = Deadline.objects.filter(case=case.case_id, kind="comment_late", about=asked.pk)
    assert due.count() == 1
    assert asked.pk not in before
    assert list(verify_case(case.case, case.at)) == []


def test_r7_whoever_answered_hears_of_a_no(case: Story) -> None:
    says(case, False, "By whom?")
    (words,) = told(case, "lead")
    assert words == "Pat Mercer said that Leila Grant\u2019s answer does not answer them: one more answer is owed."


def test_r7_the_report_is_not_signed_while_one_more_answer_is_owed(case: Story) -> None:
    says(case, False, "By whom?")
    case.all_answer()
    case.agree_actions()
    version = case.look.latest_released("report")
    assert version
    with refused("R7"):
        engine.submit(case=case.case_id, by=case.who("exec"), at=case.at, visit=case.visit, outcome="sign", version=version.pk)
    second = answer(case, "By the night sister.")
    assert is_second(second)
    verdict = says(case, False, "That is not what I asked.")
    assert verdict.further is None
    assert case.look.unanswered_comments == []
    assert [one.pk for one in answers_on(case.look).not_satisfied] == [second.pk]
    case.sign()
    assert case.case.state == "sharing"
    assert list(verify_case(case.case, case.at)) == []


def test_r7_nothing_is_owed_after_a_second_no_and_the_first_answer_is_not_counted(case: Story) -> None:
    says(case, False, "By whom?")
    answer(case, "By the night sister.")
    assert len(answers_on(case.look).unsaid) == 1
    says(case, True, "Thank you.")
    given = answers_on(case.look)
    assert (len(given.satisfied), given.not_satisfied, given.unsaid) == (1, [], [])
    assert Comment.objects.filter(case=case.case_id).count() == 2


def test_r7_staff_are_not_asked(case: Story) -> None:
    case.comment("chair", "Is there a page 5?", "report")
    asked = Comment.objects.get(case=case.case_id, seat__capacity="staff")
    made = case.do(answer_comment, "lead", comment=asked.pk, outcome="not_changed", text="No.")
    with refused("R2"):
        case.do(say_whether_answered, "chair", answer=made.pk, satisfied=True)
    assert made.pk not in {one.pk for one in answers_on(case.look).unsaid}
