"""The records of people in a real browser: accessible, as wide as the screen and no wider, and the act said to be done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.web.cases.test_in_a_browser import DESK, TELEPHONE, ZOOMED, Opens, open_as, wider_than_the_screen
from tests.web.casework import Casework
from web.pages.directory.acts import ACTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [DESK, TELEPHONE, ZOOMED])
def test_every_page_is_accessible_and_fits(
    work: Casework, new_page: Opens, live_server: LiveServer, axe: Callable[[Page], None], width: int
) -> None:
    pat = work.story.who("pat")
    page = open_as(work, new_page, live_server, "coordinator", width)
    own = [reverse(f"directory_{code}", args=(pat.pk,)) for code in ("person", *ACTS)]
    end = reverse("directory_end", args=(pat.pk, pat.appointments.get().pk))
    for address in [reverse("directory"), reverse("directory_add"), *own, end]:
        answer = page.goto(address)
        assert answer is not None, address
        assert answer.status == 200, address
        axe(page)
        assert wider_than_the_screen(page) <= 0, address


def test_an_appointment_is_ended_on_a_telephone_and_the_page_says_so(
    work: Casework, new_page: Opens, live_server: LiveServer, axe: Callable[[Page], None]
) -> None:
    page = open_as(work, new_page, live_server, "coordinator", TELEPHONE)
    page.goto(reverse("directory_person", args=(work.story.who("amina").pk,)))
    page.get_by_role("link", name="End this appointment").click()
    page.get_by_label("Why does it end?").fill("She has moved to another town.")
    page.get_by_role("button", name="Continue").click()
    axe(page)
    page.get_by_role("button", name="End the appointment today").click()
    assert "The appointment of Amina Yusuf has ended." in page.get_by_role("alert").inner_text()
    axe(page)
    assert wider_than_the_screen(page) <= 0
