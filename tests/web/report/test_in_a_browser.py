"""The report and a signal in a real browser: wide and on a telephone, with nothing that axe minds; and as a paper."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from tests.web.cases.test_in_a_browser import DESK, TELEPHONE, Opens, open_as, wider_than_the_screen
from tests.web.casework import Casework
from tests.web.report.conftest import Sets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_report_fits_every_screen_and_prints_as_a_paper(
    work: Casework, sets: Sets, live_server: LiveServer, new_page: Opens, axe: Callable[[Page], None]
) -> None:
    sets((1, 10), (2, 3), (3, 12))
    faults: list[str] = []
    for width in (DESK, TELEPHONE):
        page = open_as(work, new_page, live_server, "quality", width)
        page.on("console", lambda message: faults.append(message.text))
        for name, *args in (("power_sharing",), ("signal", "X1"), ("signal_explain", "X1")):
            page.goto(f"{live_server.url}{reverse(name, args=args)}")
            assert wider_than_the_screen(page) == 0, (name, width)
            axe(page)
    assert faults == []
    page.goto(f"{live_server.url}{reverse('signal', args=('X1',))}")
    chart = page.get_by_role("img", name="Papers that came late, by quarter")
    expect(chart).to_have_count(1)  # of the two, the one for this width
    page.emulate_media(media="print")
    expect(page.get_by_text("Made on Monday 2 March 2026")).to_be_visible()
    for gone in ("Sign out", "Home", "Show", "Hand it out", "Say why the number is so"):
        expect(page.get_by_text(gone, exact=True).first).to_be_hidden()
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert [round(float(side) / 72 * 25.4) for side in printed.pages[0].mediabox[2:]] == [210, 297]
