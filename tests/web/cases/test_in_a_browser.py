"""Home, a case, its record and picture, opening a case, how a process works: in a real browser, wide and narrow."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.web.casework import Casework

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK, TELEPHONE, ZOOMED = 1280, 375, 320
"""Widths in CSS pixels; 320 is a 1280 pixel screen at 400 %."""

Opens = Callable[..., Page]


@pytest.fixture
def case_in_dispute(work: Casework) -> Casework:
    """A case with everything on its page: a disagreement, comments, papers in versions, a lone partner, a waiver."""
    story = work.story
    story.walk_to("synthesis").paper("findings")
    story.comment("pat", "Nobody asked the night staff.")
    story.walk_to("draft_review")
    story.paper("report", note="The night shift was written again.")
    story.put_draft_to_group()
    story.answer("chair")
    story.answer("amina", "support_with_comments", "Page 4 is better now.")
    story.dissent("pat")
    return work


def open_as(work: Casework, new_page: Opens, live_server: LiveServer, key: str, width: int, **options: object) -> Page:
    """A page of somebody who is signed in."""
    page = new_page(viewport={"width": width, "height": 900}, **options)
    name, value = next(iter(work.client(key).cookies.items()))
    page.context.add_cookies([{"name": name, "value": value.value, "url": live_server.url}])
    return page


def wider_than_the_screen(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize(("key", "width"), [("lead", DESK), ("pat", TELEPHONE), ("quality", ZOOMED)])
def test_every_page_of_a_case_is_accessible(
    case_in_dispute: Casework, new_page: Opens, live_server: LiveServer, axe: Callable[[Page], None], key: str, width: int
) -> None:
    page = open_as(case_in_dispute, new_page, live_server, key, width)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if "Content Security Policy" in message.text else None)
    of_the_case = [case_in_dispute.address(name) for name in ("case", "record", "picture")]
    opening = ["/cases/open/"] if key != "pat" else []
    for address in ["/", *of_the_case, "/processes/OVS/", "/waivers/", *opening]:
        answer = page.goto(address)
        assert answer is not None, address
        assert answer.status == 200, address
        axe(page)
        assert wider_than_the_screen(page) <= 0, address
    assert faults == []


def test_a_mistake_in_opening_a_case_is_accessible(
    work: Casework, new_page: Opens, live_server: LiveServer, axe: Callable[[Page], None]
) -> None:
    page = open_as(work, new_page, live_server, "lead", TELEPHONE)
    page.goto("/cases/open/")
    with page.expect_navigation():
        page.get_by_role("button", name="Open the case").click()
    expect(page).to_have_title(re.compile("^Error: Open a case"))
    axe(page)


def test_a_closed_case_is_accessible(work: Casework, new_page: Opens, live_server: LiveServer, axe: Callable[[Page], None]) -> None:
    work.story.walk_to("closed")
    page = open_as(work, new_page, live_server, "auditor", DESK)
    page.goto(work.address("case"))
    axe(page)


def test_from_home_to_ones_answer_without_javascript(case_in_dispute: Casework, new_page: Opens, live_server: LiveServer) -> None:
    case_in_dispute.story.hear_dissent("send_back")
    case_in_dispute.story.answer("pat", "heard")
    page = open_as(case_in_dispute, new_page, live_server, "lead", TELEPHONE, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Delay in treating sepsis").first.click()
    expect(page.get_by_role("heading", name="Where it stands: Make sense of the findings")).to_be_visible()
    page.get_by_role("link", name="See it as a picture").click()
    expect(page.get_by_role("img", name="Where OVS-2026-0001 stands")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="The whole record of this case").click()
    page.get_by_label("What about").select_option(label="Papers and comments")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Pat Mercer commented on Findings")).to_be_visible()
