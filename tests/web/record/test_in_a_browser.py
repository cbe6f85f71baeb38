"""The record, one event of it, the case as it stood and the check: in a real browser, wide and narrow, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from audit.models import Event
from tests.web.cases.test_in_a_browser import DESK, TELEPHONE, open_as, wider_than_the_screen
from tests.web.casework import Casework

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Opens = Callable[..., Page]


@pytest.fixture
def told(work: Casework) -> Casework:
    """A case with papers that were opened one after another, comments, and texts in two files."""
    story = work.story
    story.walk_to("synthesis").paper("findings")
    for key in ("pat", "amina", "chair"):
        story.read(key, "findings")
    story.comment("pat", "Nobody asked the night staff.")
    story.paper_in_part("report")
    return work


@pytest.mark.parametrize("width", [DESK, TELEPHONE])
def test_every_page_of_the_record_is_accessible(
    told: Casework, new_page: Opens, live_server: LiveServer, axe: Callable[[Page], None], width: int
) -> None:
    page = open_as(told, new_page, live_server, "auditor", width)
    newest = Event.objects.filter(case_id=told.story.case_id, kind="paper_released").latest("seq").seq
    for address in [
        told.address("record"), told.address("record_event", seq=newest), told.address("record_check"), told.address("stood"),
        told.address("stood") + "?at=yesterday", told.address("record_export"),
    ]:  # fmt: skip
        page.goto(address)
        axe(page)
        assert wider_than_the_screen(page) <= 0, address


def test_from_the_record_to_what_an_act_changed_and_to_another_day_without_javascript(
    told: Casework, new_page: Opens, live_server: LiveServer
) -> None:
    page = open_as(told, new_page, live_server, "auditor", DESK, java_script_enabled=False)
    page.goto(told.address("record"))
    expect(page.get_by_text("Pat Mercer opened Findings")).to_be_hidden()
    page.get_by_text("3 papers were opened").click()
    expect(page.get_by_text("Pat Mercer opened Findings")).to_be_visible()
    page.get_by_label("Acting as").select_option(label="A lay partner")
    page.get_by_label("What about").select_option(label="Papers and comments")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("What was recorded").first.click()
    page.get_by_role("link", name="What it changed").first.click()
    expect(page.get_by_role("heading", name="Added: A comment: Pat Mercer (Patient Safety Partner)")).to_be_visible()
    page.get_by_role("link", name="The case as it stood once this was done").click()
    page.get_by_label("Show it as it stood on").fill("2026-03-03T12:00")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="The case as it stood on 3 March 2026 at 12:00")).to_be_visible()
