"""Does this answer you? Asked on home, on one's own page and on the case; said on one page; shown to whoever signs (R7)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.web.casework import FORBIDDEN, FOUND, STALE, Casework, words
from workflows.doors.verdicts import answers_on

ASKS = "Does this answer you?"


@pytest.fixture
def answered(work: Casework) -> Casework:
    """Pat asked about the terms, and was answered."""
    work.story.walk_to("terms").paper("terms")
    work.story.comment("pat", "Which ward?", "terms")
    work.story.answer_comments()
    return work


def key_of(work: Casework) -> str:
    (one,) = answers_on(work.story.look).unsaid
    return str(one.pk)


def test_a_no_is_asked_everywhere_said_once_and_answered_again(answered: Casework) -> None:
    key = key_of(answered)
    at = answered.address("answer_verdict", answer=key)
    for shown in (answered.client("pat").get("/"), answered.client("pat").get(reverse("me")), answered.get("pat", "case")):
        assert at in shown.content.decode()
        assert ASKS in words(shown)
    assert at not in answered.get("amina", "case").content.decode()
    assert answered.get("lead", "answer_verdict", answer=key).status_code == FORBIDDEN
    asked = words(answered.get("pat", "answer_verdict", answer=key))
    assert asked.index("Which ward?") < asked.index("they must answer you once more") < asked.index("Yes, this answers me")
    assert "Say what is not answered" in words(answered.send("pat", "answer_verdict", {"satisfied": "no"}, answer=key))
    said = {"satisfied": "no", "missing": "Ward 4 has two ends."}
    assert answered.send("pat", "answer_verdict", said, answer=key).status_code == FOUND
    assert answered.get("pat", "answer_verdict", answer=key).status_code == STALE
    told = words(answered.get("lead", "comments"))
    assert "Pat Mercer says: this does not answer me" in told
    assert "They asked again: Ward 4 has two ends." in told
    assert "Answer 1 comment" in words(answered.get("lead", "case"))
    assert ASKS not in words(answered.client("pat").get("/"))


def test_after_the_report_is_signed_nobody_is_told_that_it_waits_for_the_answer(answered: Casework) -> None:
    key = key_of(answered)
    assert "before the report is signed" in words(answered.get("pat", "answer_verdict", answer=key))
    answered.story.walk_to("sharing")
    shown = words(answered.get("pat", "answer_verdict", answer=key))
    assert "before the report is signed" not in shown
    assert "The report is signed already: what you say stands beside it." in shown


def test_a_second_no_stands_and_the_signer_reads_it(work: Casework) -> None:
    story = work.story.walk_to("draft_review")
    story.put_draft_to_group()
    story.comment("pat", "Who rang?", "report")
    story.answer_comments()
    work.send("pat", "answer_verdict", {"satisfied": "no", "missing": "And by when?"}, answer=key_of(work))
    story.answer_comments()
    work.send("pat", "answer_verdict", {"satisfied": "no", "missing": "Still not."}, answer=key_of(work))
    assert "It was the second answer. That they are not satisfied stays" in words(work.get("lead", "comments"))
    story.comment("amina", "Is page 2 right?", "report")
    story.all_answer()
    story.agree_actions()
    story.answer_comments()
    shown = words(work.get("exec", "stage_submit", visit=story.visit))
    assert "You should know: Pat Mercer is not satisfied with the answer to: And by when?" in shown
    assert "Amina Yusuf has not said yet whether the answers to their comments answer them" in shown
