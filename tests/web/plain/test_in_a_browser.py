"""Plain words in a real browser: how a summary reads is said while it is typed, to a screen reader too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.web.casework import BEGINNING, Casework
from tests.web.plain.test_reading import EASY, HARD
from workflows.demo.trust import build_trust
from workflows.processes.oversight.story import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK, TELEPHONE = 1280, 375


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Casework:
    made = Casework(Story(build_trust(BEGINNING), BEGINNING))
    monkeypatch.setattr(timezone, "now", lambda: made.story.at)
    return made


def sit(work: Casework, page: Page, key: str, address: str) -> None:
    cookie = work.client(key).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])


def hold(page: Page, axe: Callable[[Page], None]) -> None:
    """No violation of WCAG, and nothing wider than the screen."""
    for width in (DESK, TELEPHONE):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_it_says_how_a_summary_reads_while_it_is_typed(
    work: Casework, page: Page, axe: Callable[[Page], None], live_server: Any
) -> None:
    draft = work.story.walk_to("terms").paper("terms", text="NHS number 943 476 5919.", release=False)
    sit(work, page, "lead", live_server.url)
    page.goto(work.address("paper_release", version=draft.pk))
    said = page.locator("[aria-live=polite]", has_text="Reading age")
    page.get_by_label("The same file as staff").check()
    page.get_by_label("No", exact=True).check()
    page.get_by_label("Summary in plain language").fill(HARD)
    expect(said).to_contain_text("Aim for 11 or less.")
    hold(page, axe)
    page.get_by_label("Summary in plain language").fill(EASY)
    expect(said).to_contain_text("That is easy to read.")
    page.get_by_role("button", name="Check how it reads").click()
    expect(said).to_contain_text("That is easy to read.")
    hold(page, axe)
    page.get_by_role("button", name="Release to everyone").click()
    expect(page.get_by_role("alert")).to_contain_text("then tick the box")
    page.get_by_label("I have checked each of these").check()
    page.get_by_role("button", name="Release to everyone").click()
    expect(page.get_by_role("heading", name="In plain language")).to_be_visible()


def test_a_partner_stops_the_clock_and_the_author_lets_it_go_on(
    work: Casework, page: Page, axe: Callable[[Page], None], live_server: Any
) -> None:
    story = work.story.walk_to("terms")
    story.record_questions()
    version = story.paper("terms", summary=HARD)
    story.submit("lead")
    sit(work, page, "pat", live_server.url)
    page.goto(work.address("paper", version=version.pk))
    page.get_by_role("link", name="I cannot follow this paper").click()
    page.get_by_label("Which words or which part").fill("What is a multidisciplinary team?")
    hold(page, axe)
    page.get_by_role("button", name="Stop the clock").click()
    expect(page.get_by_text("The clock of this stage stands still")).to_be_visible()
    hold(page, axe)
    page.get_by_role("link", name="I can follow this paper after all").click()
    hold(page, axe)
    sit(work, page, "lead", live_server.url)
    page.goto(work.address("case"))
    hold(page, axe)
    page.get_by_role("button", name="Write the summary again").click()
    page.get_by_label("Summary in plain language").fill(EASY)
    hold(page, axe)
    page.get_by_role("button", name="Give everyone this summary").click()
    expect(page.get_by_text("The summary was written again")).to_be_visible()
