"""Explained short forms in a real browser: by keyboard, by touch, without a script, wide and narrow; nothing that axe minds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.web.casework import BEGINNING, Casework
from workflows.demo.trust import build_trust
from workflows.processes.oversight.story import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, TELEPHONE = 1280, 375
NOTE = "It asks how and why, and blames nobody."


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch, live_server: Any) -> Callable[[Page], Casework]:
    """A page with two uses of one short form, and a comment with another, opened by Pat."""
    made = Casework(Story(build_trust(BEGINNING), BEGINNING))
    monkeypatch.setattr(timezone, "now", lambda: made.story.at)
    version = made.story.walk_to("terms").paper("terms", summary="The PSII begins in May. The PSII ends in June.")
    made.send("amina", "comment", {"text": "Who wrote the AAR?"}, version=version.pk)

    def opened(page: Page) -> Casework:
        cookie = made.client("pat").cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(live_server.url + made.address("paper", version=version.pk))
        return made

    return opened


def hold(page: Page, axe: Callable[[Page], None]) -> None:
    """No violation of WCAG, and nothing wider than the screen."""
    for width in (DESK, TELEPHONE):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_keyboard_opens_the_note_and_escape_closes_it(
    paper: Callable[[Page], Casework], page: Page, axe: Callable[[Page], None]
) -> None:
    paper(page)
    note, second = page.get_by_text(NOTE), page.get_by_role("button", name="PSII", exact=True).nth(1)
    expect(note).to_be_hidden()
    expect(second).to_have_accessible_description("PSII patient safety incident investigation " + description())
    page.get_by_role("button", name="PSII", exact=True).first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(note).to_be_visible()
    hold(page, axe)
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="All the words we use")).to_be_focused()
    expect(note).to_be_visible()


def description() -> str:
    return f"A careful look at something that went wrong. {NOTE} All the words we use"


def test_a_press_opens_it_without_a_script(paper: Callable[[Page], Casework], page: Page) -> None:
    page.route("**/*.js", lambda route: route.abort())
    paper(page)
    page.set_viewport_size({"width": TELEPHONE, "height": 900})
    page.get_by_role("button", name="AAR", exact=True).click()
    note = page.get_by_text("A short talk soon after something happened")
    expect(note).to_be_visible()
    box = page.locator(".app-word-note:popover-open").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= TELEPHONE
    page.get_by_role("heading", level=1).click()
    expect(note).to_be_hidden()


def test_the_list_holds(paper: Callable[[Page], Casework], page: Page, axe: Callable[[Page], None], live_server: Any) -> None:
    work = paper(page)
    page.goto(f"{live_server.url}{reverse('words')}")
    page.get_by_label("Search the words").fill("ombuds")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 word found")).to_be_visible()
    hold(page, axe)
    page.goto(f"{live_server.url}{reverse('word_ask')}?word=ABC")
    expect(page.get_by_label("Which word or short form?")).to_have_value("ABC")
    hold(page, axe)
    assert work.story.case
