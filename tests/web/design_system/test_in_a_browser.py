"""The pages before any case, in a real browser: reachable by everybody, on a desk, on a telephone, and without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cases.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK, TELEPHONE, ZOOMED = 1280, 375, 320
"""Widths in CSS pixels; 320 is a 1280 pixel screen at 400 %."""


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.PARITY_DEMO = True


def wider_than_the_screen(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", [DESK, TELEPHONE, ZOOMED])
def test_signing_in_home_and_faults_are_accessible(
    people: dict[str, Person], new_page: Callable[..., Page], axe: Callable[[Page], None], width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if "Content Security Policy" in message.text else None)
    page.goto("/sign-in/")
    axe(page)
    assert wider_than_the_screen(page) <= 0
    page.get_by_role("button", name="Sign in", exact=True).click()
    axe(page)
    page.goto("/nothing/")
    axe(page)
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in as Amina Yusuf").click()
    axe(page)
    assert wider_than_the_screen(page) <= 0
    assert faults == []


def test_an_error_moves_the_focus_and_its_link_leads_to_the_field(people: dict[str, Person], page: Page) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("amina@example.org")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_title(re.compile("^Error: Sign in"))
    expect(page.locator(":focus")).to_have_attribute("class", "nhsuk-error-summary")
    expect(page.get_by_label("E-mail address")).to_have_value("amina@example.org")
    page.get_by_role("link", name="Enter your password").click()
    expect(page.locator(":focus")).to_have_attribute("name", "password")


def test_one_can_sign_in_and_out_without_javascript(people: dict[str, Person], new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in as Samir Iqbal").click()
    expect(page.get_by_text("acting as staff")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_the_first_key_press_offers_to_skip_to_the_content(people: dict[str, Person], page: Page) -> None:
    page.goto("/sign-in/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")


class TestGallery:
    """Every part and every field."""

    pytestmark = pytest.mark.urls("tests.web.design_system.gallery")

    @pytest.mark.parametrize("width", [DESK, TELEPHONE, ZOOMED])
    def test_every_part_and_field_is_accessible(
        self, db: None, new_page: Callable[..., Page], axe: Callable[[Page], None], width: int
    ) -> None:
        page = new_page(viewport={"width": width, "height": 900})
        for address in ("/parts/", "/form/", "/say/"):
            page.goto(address)
            axe(page)
            assert wider_than_the_screen(page) <= 0, address
        page.goto("/form/")
        page.get_by_label("I do not support it").check()
        page.get_by_role("button", name="Continue").click()
        axe(page)
        expect(page.get_by_label("Why not?")).to_be_visible()

    @pytest.mark.parametrize("javascript", [True, False])
    def test_a_walk_through_questions_loses_nothing(
        self, db: None, new_page: Callable[..., Page], axe: Callable[[Page], None], javascript: bool
    ) -> None:
        page = new_page(java_script_enabled=javascript)
        page.goto("/say/")
        page.get_by_label("I do not support it").check()
        page.get_by_label("Why not?").fill("The bell.\nTwice.")
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Back to the question before").click()
        expect(page.get_by_label("Why not?")).to_have_value("The bell.\nTwice.")
        page.get_by_role("button", name="Continue").click()
        for part, typed in (("Day", "3"), ("Month", "march"), ("Year", "2026")):
            page.get_by_label(part, exact=True).fill(typed)
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text("Tuesday 3 March 2026")).to_be_visible()
        if javascript:
            axe(page)
        page.get_by_role("button", name="Change your answer to: Why not?").click()
        page.get_by_label("Why not?").fill("The bell, three times.")
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Confirm and send").click()
        expect(page.get_by_role("heading", name="Your view is recorded")).to_be_visible()
        expect(page.get_by_text("The bell, three times.")).to_be_visible()
