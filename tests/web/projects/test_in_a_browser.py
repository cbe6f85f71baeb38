"""The pages of a project in a real browser: accessible at every width, and never wider than the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.web.projects.project import Project
from workflows.doors import measures, seats

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (1280, 375, 320)
"""CSS pixels; 320 is a 1280 pixel screen at 400 %."""

Shows = Callable[..., None]


@pytest.fixture
def shows(project: Project, new_page: Callable[..., Page], axe: Callable[[Page], None]) -> Shows:
    """Opens an address as somebody, at every width."""

    def at_every_width(key: str, address: str) -> None:
        page = new_page()
        page.goto("/sign-in/")
        signed_in = project.client(key).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": signed_in, "url": page.url.removesuffix("sign-in/")}])
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            response = page.goto(address)
            assert response is not None
            assert response.ok, address
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} scrolls sideways at {width}"

    return at_every_width


def test_a_measure_that_went_back_to_its_partner(project: Project, shows: Shows) -> None:
    project.story.walk_to("measures")
    measure = project.story.propose_measure("lead")
    project.story.do(measures.endorse_measure, "pat", measure=measure.pk)
    words = {"title": "Names at night", "why": "Being called by your name is being seen.", "how": "We ask ten people a week."}
    project.story.do(measures.change_measure, "lead", measure=measure.pk, **words)
    shows("pat", project.address("measures"))
    shows("lead", project.address("measure_change", measure=measure.pk))


def test_a_hold_that_was_answered_on_the_page_of_the_case(project: Project, shows: Shows) -> None:
    project.story.walk_to("testing")
    project.story.answer_hold(project.story.hold("pat"))
    shows("pat", project.address("case"))


def test_what_is_owed_to_a_partner_who_has_left(project: Project, shows: Shows) -> None:
    project.story.walk_to("share")
    project.story.do(seats.step_down, "pat", seat=project.story.seat("pat").pk)
    project.story.walk_to("evaluate").offer_evaluations()
    shows("pat", project.address("you_said"))
    mine = next(one for one in project.story.look.evaluations if one.seat_id == project.story.seat("pat").pk)
    shows("pat", project.address("evaluation_answer", evaluation=mine.pk))
