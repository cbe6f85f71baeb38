"""The pages of evidence in a real browser: wide, on a telephone, zoomed, with nothing that axe minds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.web.cases.test_in_a_browser import DESK, TELEPHONE, ZOOMED, Opens, open_as, wider_than_the_screen
from tests.web.casework import Casework

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pages_of(work: Casework) -> list[tuple[str, str]]:
    """Who opens which page of a signed case."""
    work.story.walk_to("sharing")
    own = reverse("access_of_person", args=(work.story.who("pat").pk,))
    return [
        ("auditor", work.address("access")), ("pat", own), ("auditor", work.address("questions")),
        ("auditor", work.address("question", number=5)), ("auditor", work.address("question", number=7)),
        ("auditor", reverse("record_search")), ("quality", reverse("record_search") + "?rule=R9"),
        ("auditor", work.address("case")), ("auditor", reverse("access_differences")),
    ]  # fmt: skip


def test_every_page_fits_the_screen_and_can_be_used_by_everybody(
    work: Casework, live_server: LiveServer, new_page: Opens, axe: Callable[[Page], None]
) -> None:
    for key, address in pages_of(work):
        for width in (DESK, TELEPHONE, ZOOMED):
            page = open_as(work, new_page, live_server, key, width)
            page.goto(f"{live_server.url}{address}")
            assert page.locator("h1").count() == 1, address
            assert wider_than_the_screen(page) == 0, (address, width)
            if width == TELEPHONE:
                axe(page)
            page.close()
