"""Stages, papers and actions in a real browser: as lay partner, executive and whoever prepares; on a desk and a telephone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from tests.web.casework import BEGINNING, Casework
from workflows.calendar import london_day
from workflows.demo.trust import build_trust
from workflows.processes.oversight.story import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK, TELEPHONE = 1280, 375
WHY = "The report does not say why families were not listened to."


class Desk:
    """A browser in which one person after another sits down; every page opened is held to the rules for all pages."""

    def __init__(self, work: Casework, page: Page, axe: Callable[[Page], None], address: str) -> None:
        self.work, self.page, self._axe, self._address = work, page, axe, address

    def sit(self, key: str) -> None:
        cookie = self.work.client(key).cookies["sessionid"].value
        self.page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": self._address}])

    def open(self, name: str, query: str = "", **more: Any) -> None:
        self.work.story.wait()
        self.page.goto(self.work.address(name, **more) + query)
        self.hold()

    def press(self, words: str) -> None:
        self.work.story.wait()
        self.page.get_by_role("main").get_by_role("button", name=words, exact=True).click()
        self.hold()

    def hold(self) -> None:
        """No violation of WCAG, and nothing wider than the screen."""
        for width in (DESK, TELEPHONE):
            self.page.set_viewport_size({"width": width, "height": 900})
            self._axe(self.page)
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, self.page.url

    def reads(self, words: str) -> bool:
        return self.page.get_by_role("main").get_by_text(words).first.is_visible()


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, page: Page, axe: Callable[[Page], None], live_server: Any) -> Desk:
    work = Casework(Story(build_trust(BEGINNING), BEGINNING))
    monkeypatch.setattr(timezone, "now", lambda: work.story.at)
    return Desk(work, page, axe, live_server.url)


def test_a_partner_disagrees_is_heard_and_the_report_is_signed(desk: Desk) -> None:
    story = desk.work.story.walk_to("draft_review")
    story.paper("report", note="Page 4 now says that the family called three times.")
    story.put_draft_to_group()
    story.answer("chair")
    story.answer("amina")
    desk.sit("pat")
    desk.open("position", visit=story.visit)
    desk.press("Continue")
    expect(desk.page).to_have_title(re.compile("^Error: Say what you think of the investigation report"))
    desk.page.get_by_label("I do not support it", exact=True).check()
    desk.press("Continue")
    expect(desk.page.get_by_label("I do not support it", exact=True)).to_be_checked()
    desk.page.get_by_label("What you want the record to say").fill(WHY)
    desk.press("Continue")
    visit = story.visit
    desk.press("Send my answer")
    assert desk.reads("Eleanor Hughes must meet you and answer in writing")
    desk.open("position", visit=visit)
    assert desk.reads("This has already been decided")
    desk.sit("exec")
    desk.open("stage_submit", visit=story.visit)
    assert desk.reads(WHY)
    today = london_day(story.at)
    for part, typed in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        desk.page.get_by_label(part, exact=True).fill(str(typed))
    desk.page.get_by_label("What was said?").fill("We went through it line by line.")
    desk.page.get_by_label("Go on in spite of it").check()
    desk.page.get_by_label("Your reasons").fill("Page 4 says it now.")
    desk.press("Continue")
    desk.press("Go on in spite of it")
    desk.sit("pat")
    desk.open("position", visit=story.visit)
    assert desk.reads("You are not asked whether you agree.")
    desk.page.get_by_label("Yes, I was heard. My disagreement stands").check()
    desk.press("Continue")
    desk.press("Send my answer")
    story.walk_to("sign_off")
    story.comment("pat", "One more thing.", "report")
    desk.sit("exec")
    desk.open("stage_submit", visit=story.visit)
    assert desk.reads("You cannot sign yet.")
    expect(desk.page.get_by_label("Sign the report")).to_be_hidden()
    story.answer_comments()
    desk.open("stage_submit", visit=story.visit)
    desk.page.get_by_label("Sign the report").check()
    desk.press("Continue")
    desk.press("Sign the report")
    assert story.case.state == "sharing"


def test_papers_are_uploaded_released_read_and_commented_on(desk: Desk) -> None:
    story = desk.work.story.walk_to("terms")
    story.record_questions()
    desk.sit("lead")
    desk.open("stage_submit", visit=story.visit)
    assert desk.reads("Terms of reference: no version has been released yet.")
    desk.page.get_by_role("link", name="Upload: terms of reference").click()
    desk.press("Upload")
    words = FilePayload(name="terms.txt", mimeType="text/plain", buffer=b"The terms.\nWe will ask what happened.")
    desk.page.locator("input[type=file]").set_input_files(words)
    desk.press("Upload")
    desk.page.get_by_label("The same file as staff").check()
    desk.page.get_by_label("No", exact=True).check()
    desk.page.get_by_label("Summary in plain language").fill("What we will look at, and whose questions we will answer.")
    desk.press("Release to everyone")
    version = story.look.versions[-1]
    desk.sit("pat")
    desk.open("paper", version=version.pk)
    desk.page.get_by_role("link", name="Read version 1 of terms of reference here").click()
    desk.hold()
    assert desk.reads("We will ask what happened.")
    desk.open("comment", version=version.pk)
    desk.page.get_by_label("Your comment").fill("What does “terms” mean?")
    desk.press("Send my comment")
    assert desk.reads("What does “terms” mean?")
    desk.sit("lead")
    desk.open("comments")
    desk.page.get_by_role("link", name="Answer this comment").click()
    desk.hold()
    desk.page.get_by_label("Yes, it was changed").check()
    desk.page.get_by_label("What was changed and where").fill("The first line says it now.")
    desk.press("Send the answer")
    assert desk.reads("The first line says it now.")


def test_actions_are_written_answered_one_by_one_and_followed_up(desk: Desk) -> None:
    story = desk.work.story.walk_to("actions")
    story.draft_action("Families can call for a second opinion")
    desk.sit("directorate")
    desk.open("actions")
    desk.page.get_by_role("button", name="Add a safety action").click()
    desk.press("Add this action")
    desk.page.get_by_label("What will be done?").fill("Answer every call bell")
    desk.page.get_by_label("Who does it?").select_option(label="Dev Patel")
    desk.page.get_by_label("How will we know that it worked?").fill("Audit each month")
    for part, typed in (("Day", "1"), ("Month", "June"), ("Year", "2026")):
        desk.page.get_by_label(part, exact=True).fill(typed)
    desk.press("Add this action")
    assert desk.reads("2. Answer every call bell")
    desk.open("stage_submit", visit=story.visit)
    desk.press("Send")
    desk.sit("pat")
    desk.open("position", visit=story.visit)
    for box in desk.page.get_by_label("I support it", exact=True).all():
        box.check()
    desk.press("Continue")
    desk.press("Send my answer")
    desk.open("position", visit=story.visit)
    assert desk.reads("You have answered on all of them.")
    story.answer("amina")
    story.walk_to("follow_up")
    desk.sit("directorate")
    desk.open("actions")
    desk.page.get_by_role("link", name="Say what became of it").first.click()
    desk.page.get_by_label("Yes, and I can show it").check()
    desk.press("Continue")
    desk.page.get_by_label("What was done, and how can one see it?").fill("The audit of May shows 96 in 100.")
    desk.press("Continue")
    desk.press("Send")
    assert desk.reads("The audit of May shows 96 in 100.")
