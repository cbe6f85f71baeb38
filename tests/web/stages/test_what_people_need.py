"""What people need to see where they decide: what those affected asked, where a missing thing is mended, what was done."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.web.casework import FOUND, Casework, words
from workflows.calendar import london_day

QUESTION = "Why did nobody come when we called?"
SAID = "They asked that the night shift be described fairly."


def doing(work: Casework, key: str) -> str:
    """What the page of the case offers."""
    return words(work.get(key, "case")).partition("What you can do now")[2].partition("The stages")[0]


def buttons(work: Casework, key: str) -> list[str]:
    """The main things to do."""
    page = " ".join(work.get(key, "case").content.decode().partition("app-acts")[2].partition("</div>")[0].split())
    return [text.strip() for text in re.findall(r">([^<>]+)</a>", page)]


class TestThoseAffected:
    def test_it_is_said_on_the_case_that_nobody_has_asked_them_yet(self, work: Casework) -> None:
        work.story.walk_to("terms")
        page = words(work.get("pat", "case"))
        assert "Questions of those affected Nothing is recorded yet. That is the part of the engagement lead." in page

    def test_their_questions_stand_on_the_case_and_where_the_terms_are_written_and_agreed(self, work: Casework) -> None:
        story = work.story.walk_to("terms")
        story.record_questions()
        story.paper("terms")
        assert QUESTION in words(work.get("lead", "stage_submit", visit=story.visit))
        story.submit("lead")
        for key in ("pat", "chair"):
            assert QUESTION in words(work.get(key, "case"))
            assert QUESTION in words(work.get(key, "position", visit=story.visit))

    def test_what_they_said_of_the_draft_stands_where_it_is_answered_agreed_and_signed(self, work: Casework) -> None:
        story = work.story.walk_to("draft_review")
        assert SAID in words(work.get("lead", "stage_submit", visit=story.visit))
        story.put_draft_to_group()
        page = words(work.get("pat", "position", visit=story.visit))
        assert page.index(QUESTION) < page.index(SAID) < page.index("The part about the night shift was written again.")
        story.dissent("pat")
        story.answer("chair")
        story.answer("amina")
        assert SAID in words(work.get("exec", "stage_submit", visit=story.visit))
        story.hear_dissent()
        assert SAID in words(work.get("pat", "position", visit=story.visit))
        story.answer("pat", "heard")
        story.walk_to("sign_off")
        assert SAID in words(work.get("exec", "stage_submit", visit=story.visit))


class TestWhatIsMissing:
    """B4, B6, B11: each thing leads to the page where it is mended, or names who can."""

    def test_the_lead_is_led_to_the_progress_note(self, work: Casework) -> None:
        story = work.story.walk_to("gathering")
        page = work.get("lead", "stage_submit", visit=story.visit)
        assert work.address("paper_upload", kind="progress") in page.content.decode()
        note = story.paper("progress", release=False)
        page = work.get("lead", "stage_submit", visit=story.visit)
        assert work.address("paper_release", version=note.pk) in page.content.decode()

    def test_who_cannot_mend_it_is_told_who_can(self, work: Casework) -> None:
        story = work.story.walk_to("affected")
        page = words(work.get("engagement", "stage_submit", visit=story.visit))
        assert "Investigation report: no version has been released yet." in page
        assert "This can be mended by Leila Grant (investigation lead)." in page

    def test_the_lead_is_told_who_knows_the_questions_of_those_affected(self, work: Casework) -> None:
        story = work.story.walk_to("terms")
        page = work.get("lead", "stage_submit", visit=story.visit)
        assert "This can be mended by Erin Walsh (engagement lead)." in words(page)
        assert work.address("paper_upload", kind="terms") in page.content.decode()

    def test_the_directorate_is_led_to_the_evidence(self, work: Casework) -> None:
        story = work.story.walk_to("follow_up")
        page = work.get("directorate", "stage_submit", visit=story.visit)
        first = story.look.live_actions[0]
        assert work.address("action_evidence", action=first.pk) in page.content.decode()


@pytest.mark.parametrize(("stage", "key", "sentence"), [
    ("affected", "engagement", "It is recorded where the duty of candour stands"),
    ("draft_review", "lead", "What those affected said about the draft is answered"),
])  # fmt: skip
def test_nothing_is_ticked_before_it_is_so(work: Casework, stage: str, key: str, sentence: str) -> None:
    story = work.story.walk_to(stage)
    if stage == "affected":
        story.paper("report")
    page = words(work.get(key, "stage_submit", visit=story.visit))
    assert "a version has been released" in page
    assert sentence not in page


class TestTheMainButton:
    def test_the_lead_is_not_asked_to_upload_what_the_group_is_reading(self, work: Casework) -> None:
        story = work.story.walk_to("terms")
        story.record_questions()
        assert "app-acts" in work.get("lead", "case").content.decode()
        story.paper("terms")
        story.submit("lead")
        page = work.get("lead", "case").content.decode()
        assert "Upload: terms of reference" in doing(work, "lead")
        assert "app-acts" not in page

    def test_a_text_that_was_sent_back_is_to_be_written_anew(self, work: Casework) -> None:
        story = work.story.walk_to("terms")
        story.record_questions()
        story.paper("terms")
        assert buttons(work, "lead")[0].startswith("Agree the terms")
        assert "Upload: terms of reference" not in buttons(work, "lead")
        story.submit("lead")
        story.answer("chair")
        story.answer("amina")
        story.dissent("pat")
        story.hear_dissent("send_back")
        story.answer("pat", "heard")
        assert "Upload: terms of reference" in buttons(work, "lead")


class TestWhatWasDone:
    def test_it_is_told_once_and_where_the_case_stands_now(self, work: Casework) -> None:
        story = work.story
        story.open()
        facts = {"fact_trigger": "local_priority", "fact_response": "psii", "fact_why_this": "Much.", "fact_why_not_others": "No."}
        assert work.confirm("directorate", "stage_submit", facts, visit=story.visit).status_code == FOUND
        page = words(work.get("directorate", "case"))
        assert "Success Done: decide how to respond. Those who come next have been told." in page
        assert "Success" not in words(work.get("directorate", "case"))
        assert work.confirm("exec_team", "stage_decide", {"outcome": "investigate"}, visit=story.visit).status_code == FOUND
        page = words(work.get("exec_team", "case"))
        assert "Done: decide how to respond (investigate). The case now stands at \u201cForm the group\u201d." in page

    def test_signing_is_called_signing(self, work: Casework) -> None:
        story = work.story.walk_to("sign_off")
        assert work.confirm("exec", "stage_submit", {"outcome": "sign"}, visit=story.visit).status_code == FOUND
        page = words(work.get("exec", "case"))
        assert "You have signed: investigation report, version 1. The case now stands at" in page
        assert "Eleanor Hughes signed Investigation report, version 1" in words(work.get("lead", "case"))

    def test_facts_and_actions_too(self, work: Casework) -> None:
        story = work.story.walk_to("actions")
        asked = {"fact_questions_status": "asked_none"}
        assert work.send("engagement", "facts", asked, act="record_questions").status_code == FOUND
        assert "Recorded: questions of those affected." in words(work.get("engagement", "case"))
        due = london_day(story.at) + timedelta(days=60)
        action = {"title": "Answer every bell", "measure": "Audit", "owner": str(story.who("directorate").pk)}
        parts = {"due_on_day": str(due.day), "due_on_month": str(due.month), "due_on_year": str(due.year)}
        assert work.send("directorate", "action_draft", {**action, **parts}).status_code == FOUND
        assert "The safety action is there." in words(work.get("directorate", "actions"))


class TestReading:
    def test_who_owes_an_answer_finds_the_way_back_to_it(self, work: Casework) -> None:
        story = work.story.walk_to("draft_review")
        story.put_draft_to_group()
        version = story.look.latest_released("report")
        assert version
        for page in ("paper", "paper_read"):
            shown = work.get("pat", page, version=version.pk).content.decode()
            assert "Back to your decision" in shown
            assert work.address("position", visit=story.visit) in shown
        assert "Back to your decision" not in work.get("lead", "paper", version=version.pk).content.decode()
        story.answer("pat")
        assert "Back to your decision" not in work.get("pat", "paper", version=version.pk).content.decode()

    def test_who_hears_a_disagreement_can_open_the_text_that_it_is_about(self, work: Casework) -> None:
        story = work.story.walk_to("draft_review")
        story.put_draft_to_group()
        for key in ("chair", "amina"):
            story.answer(key)
        story.dissent("pat")
        version = story.look.latest_released("report")
        assert version
        page = work.get("exec", "stage_submit", visit=story.visit)
        assert work.address("paper_read", version=version.pk) in page.content.decode()
