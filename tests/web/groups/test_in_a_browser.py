"""Safety groups and the ambition in a real browser: wide and on a telephone, with nothing that axe minds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from cases.models import SafetyGroup
from tests.web.cases.test_in_a_browser import DESK, TELEPHONE, Opens, open_as, wider_than_the_screen
from tests.web.casework import Casework
from workflows.calendar import london_day
from workflows.doors.groups import register_group, seat_partner
from workflows.doors.meetings import plan_meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def group(work: Casework) -> SafetyGroup:
    keeper, today = {"by": work.story.who("chair"), "at": work.story.at}, london_day(work.story.at)
    made: SafetyGroup = register_group(
        **keeper, organisation=work.story.trust.organisation, name="Falls group", kind="review", terms="Of May."
    )
    seat_partner(**keeper, group=made.pk, person=work.story.who("pat"), starts_on=today)
    plan_meeting(**keeper, group=made.pk, day=today)
    return made


def test_every_page_fits_the_screen_and_can_be_used_by_everybody(
    work: Casework, group: SafetyGroup, live_server: LiveServer, new_page: Opens, axe: Callable[[Page], None]
) -> None:
    meeting = group.meetings.get().pk
    for width in (DESK, TELEPHONE):
        page = open_as(work, new_page, live_server, "chair", width)
        for name, *args in (
            ("ambition",), ("groups",), ("group", group.pk), ("group_join", group.pk), ("meeting_held", meeting), ("group_new",),
        ):  # fmt: skip
            address = reverse(name, args=args)
            page.goto(f"{live_server.url}{address}")
            assert page.locator("h1").count() == 1, address
            assert wider_than_the_screen(page) == 0, address
            axe(page)
