"""The pages of sight in an emergency in a real browser: wide, on a telephone, zoomed, with nothing that axe minds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.web.cases.test_in_a_browser import DESK, TELEPHONE, ZOOMED, Opens, open_as, wider_than_the_screen
from tests.web.casework import Casework
from workflows.doors import emergency

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WHY = "Ward 7 uses the same pump tonight, and nobody on the group answers the telephone."


def pages_of(work: Casework) -> list[tuple[str, str]]:
    """Who opens which page: one request is over with a paper read, one runs, one waits."""
    story = work.story
    story.walk_to("planning")
    first = story.do(emergency.ask_for_sight, "lead2", reason=WHY)
    story.do(emergency.agree_to_sight, "gwen", emergency=first.pk)
    story.read("lead2", "terms")
    story.do(emergency.end_sight, "gwen", emergency=first.pk)
    running = story.do(emergency.ask_for_sight, "gwen", reason=WHY)
    story.do(emergency.agree_to_sight, "tomas", emergency=running.pk)
    waits = story.do(emergency.ask_for_sight, "chair2", reason=WHY)
    story.wait()
    return [
        ("gwen", reverse("emergencies")), ("lead2", reverse("emergency_ask")), ("tomas", reverse("emergency", args=(waits.pk,))),
        ("tomas", reverse("emergency_agree", args=(waits.pk,))), ("tomas", reverse("emergency_refuse", args=(waits.pk,))),
        ("quality", reverse("emergency_list")), ("pat", work.address("case")), ("pat", reverse("me")),
    ]  # fmt: skip


@pytest.fixture
def asked(work: Casework) -> tuple[Casework, list[tuple[str, str]]]:
    return work, pages_of(work)


def test_every_page_fits_the_screen_and_can_be_used_by_everybody(
    asked: tuple[Casework, list[tuple[str, str]]], live_server: LiveServer, new_page: Opens, axe: Callable[[Page], None]
) -> None:
    work, pages = asked
    for key, address in pages:
        for width in (DESK, TELEPHONE, ZOOMED):
            page = open_as(work, new_page, live_server, key, width)
            page.goto(f"{live_server.url}{address}")
            assert page.locator("h1").count() == 1, address
            assert wider_than_the_screen(page) == 0, (address, width)
            if width == TELEPHONE:
                axe(page)
            page.close()
