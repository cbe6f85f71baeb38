"""The pages of seats, second persons and reminders in a real browser: accessible at every width, and usable without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cases.models import Proposal
from tests.web.casework import Casework
from workflows.doors import seats

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (1280, 375, 320)
"""CSS pixels; 320 is a 1280 pixel screen at 400 %."""


class Browsing:
    """Opens pages as anybody of the trust, each signed in by the cookie of their test client."""

    def __init__(self, work: Casework, new_page: Callable[..., Page]) -> None:
        self.work, self.new_page = work, new_page

    def as_(self, key: str, **options: Any) -> Page:
        page = self.new_page(**options)
        page.goto("/sign-in/")
        signed_in = self.work.client(key).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": signed_in, "url": page.url.removesuffix("sign-in/")}])
        return page


@pytest.fixture
def browsing(work: Casework, new_page: Callable[..., Page]) -> Browsing:
    return Browsing(work, new_page)


def check(page: Page, address: str, axe: Callable[[Page], None]) -> None:
    """The page is accessible at every width and never wider than the screen."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        response = page.goto(address)
        assert response is not None
        assert response.ok, address
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, (address, width)


def test_every_page_is_accessible_at_every_width(browsing: Browsing, axe: Callable[[Page], None]) -> None:
    work = browsing.work
    story = work.story.walk_to("draft_review")
    story.put_draft_to_group()
    story.remind("pat")
    story.wait()
    pat, chair = story.seat("pat").pk, story.seat("chair").pk
    seats.ask_to_end_seat(
        case=story.case_id, by=story.who("lead"), at=story.at, seat=story.seat("amina").pk, reason="She has moved."
    )
    offer = story.offer("gwen").pk
    proposal = Proposal.objects.get().pk
    pages: dict[str, list[tuple[str, dict[str, Any]]]] = {
        "lead": [
            ("people", {}), ("seat_assign", {"role": "psp"}), ("seat_assign", {"role": "chair"}), ("connection", {}),
            ("seat_withdraw_offer", {"seat": offer}), ("seat_end", {"seat": chair}), ("proposal", {"proposal": proposal}),
            ("withdraw", {}), ("remind", {"seat": pat}), ("reminded", {"seat": pat}),
        ],
        "chair": [("lapse", {"seat": pat})],
        "exec": [("proposal", {"proposal": proposal})],
        "gwen": [("seat_answer", {"seat": offer}), ("seat_answered", {"seat": offer})],
        "pat": [("seat_leave", {"seat": pat}), ("seat_answered", {"seat": pat})],
    }  # fmt: skip
    for key, listed in pages.items():
        page = browsing.as_(key)
        for name, more in listed:
            check(page, work.address(name, **more), axe)
    story.step_down("amina")
    check(browsing.as_("lead"), work.address("waiver_ask"), axe)


@pytest.mark.parametrize("javascript", [True, False])
def test_two_partners_are_asked_and_one_joins(browsing: Browsing, axe: Callable[[Page], None], javascript: bool) -> None:
    work = browsing.work
    work.story.walk_to("form_group")
    lead = browsing.as_("lead", java_script_enabled=javascript)
    lead.goto(work.address("seat_assign", role="psp"))
    lead.get_by_role("button", name="Send the offer").click()
    expect(lead).to_have_title(re.compile("^Error: "))
    if javascript:
        axe(lead)
        lead.get_by_role("link", name="Choose one or two people").click()
        expect(lead.locator(":focus")).to_have_attribute("name", "people")
    for name in ("Amina Yusuf", "Pat Mercer"):
        lead.get_by_label(name).check()
    lead.get_by_label("Why these people?").fill("You know how a night on this ward is.")
    for label in ("How much time it takes", "Meetings", "Until when", "What it pays"):
        lead.get_by_label(label).fill(f"{label}, in a few words")
    lead.get_by_role("button", name="Send the offer").click()
    expect(lead.get_by_text("Amina Yusuf has been asked")).to_be_visible()
    expect(lead.get_by_text("Pat Mercer has been asked")).to_be_visible()

    pat = browsing.as_("pat", java_script_enabled=javascript, viewport={"width": 375, "height": 800})
    pat.goto(work.address("seat_answer", seat=work.story.seat("pat").pk))
    pat.get_by_label("Accept", exact=True).check()
    pat.get_by_role("button", name="Send my answer").click()
    pat.get_by_label("I will keep what I read and hear").check()
    pat.get_by_role("button", name="Continue").click()
    pat.get_by_label("No, I have none that I know of").check()
    pat.get_by_role("button", name="Continue").click()
    if javascript:
        axe(pat)
    pat.get_by_role("button", name="Send my declaration").click()
    expect(pat.get_by_role("heading", name="You have joined the group")).to_be_visible()
    pat.get_by_role("link", name="Go to the case").click()
    expect(pat.get_by_role("heading", level=1)).to_be_visible()
    assert work.story.seat("pat").is_active
