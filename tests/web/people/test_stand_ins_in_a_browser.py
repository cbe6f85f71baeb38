"""The pages of standing in, in a real browser: accessible at every width."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from tests.web.people.test_in_a_browser import Browsing, browsing, check
from workflows.calendar import london_day
from workflows.doors import stand_ins

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["browsing"]


def test_the_pages_are_accessible_at_every_width(browsing: Browsing, axe: Callable[[Page], None]) -> None:
    work, story = browsing.work, browsing.work.story.walk_to("terms")
    pat, seat, today = browsing.as_("pat"), story.seat("pat").pk, london_day(story.at)
    check(pat, work.address("stand_in_ask", seat=seat), axe)
    who = story.who("gwen")
    story.do(stand_ins.hand_over, "pat", seat=seat, person=who, starts_on=today, until=today + timedelta(days=9))
    check(browsing.as_("gwen"), work.address("seat_answer", seat=story.seat("gwen").pk), axe)
    story.joins("gwen")
    check(pat, work.address("seat_return", seat=seat), axe)
    check(browsing.as_("lead"), work.address("people"), axe)
