"""The pages of training and one's own page in a real browser: wide, narrow, zoomed, by keyboard alone, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.integration.doors.training_doors import requirements
from tests.system.hands import Keyboard
from tests.system.people.trainees import on
from tests.web.cases.test_in_a_browser import DESK, TELEPHONE, ZOOMED, Opens, open_as, wider_than_the_screen
from tests.web.training.conftest import TrainingWork
from tests.web.training.test_sets import newest
from workflows.doors.requirements import record_requirement_set

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ESSENTIALS = "Patient safety syllabus, level 1: Essentials"


@pytest.fixture
def in_hand(offering: TrainingWork) -> TrainingWork:
    """A training with an item in each state: late, offered, handed in, sent back, in need of something."""
    story = offering.story
    first, second, third, fourth, _late = story.look.training_items
    for item in (first, second, third, fourth):
        story.offer_item(item)
    story.complete(second)
    story.complete(third)
    story.check(offering.item(3), accepted=False, reason="It has no date on it.")
    story.ask_adjustment(fourth)
    story.wait(25)
    return offering


def pages_of(work: TrainingWork, key: str) -> list[str]:
    """Everything of training that this person can open."""
    acts = {
        "iris": ("adjust", 1), "coordinator": ("offer", 5), "coordinator2": ("check", 2), "specialist": ("waive", 5),
    }  # fmt: skip
    act, number = acts[key]
    own = [work.address("case"), work.address(f"training_{act}", item=work.item(number).pk), "/", reverse("requirement_sets")]
    more = {
        "iris": [reverse("me"), work.address("training_more"), work.address("training_complete", item=work.item(3).pk),
                 work.address("training_book", item=work.item(1).pk)],
        "coordinator": [reverse("training_start"), reverse("requirement_set_new", args=("oversight",)),
                        work.address("training_meet", item=work.item(4).pk)],
        "specialist": [reverse("requirement_set_answer", args=(newest(work).pk,)),
                       reverse("requirement_set", args=(newest(work).pk,))],
    }  # fmt: skip
    return own + more.get(key, [])


@pytest.mark.parametrize(
    ("key", "width"), [("iris", TELEPHONE), ("coordinator", DESK), ("coordinator2", ZOOMED), ("specialist", ZOOMED)]
)
def test_every_page_is_accessible_and_fits(
    in_hand: TrainingWork, new_page: Opens, live_server: LiveServer, axe: Callable[[Page], None], key: str, width: int
) -> None:
    story = in_hand.story
    record_requirement_set(by=story.who("quality"), at=story.at, **requirements(story))
    page = open_as(in_hand, new_page, live_server, key, width)
    for address in pages_of(in_hand, key):
        answer = page.goto(address)
        assert answer is not None, address
        assert answer.status == 200, address
        axe(page)
        assert wider_than_the_screen(page) <= 0, address


def test_a_new_version_with_mistakes_is_accessible(
    in_hand: TrainingWork, new_page: Opens, live_server: LiveServer, axe: Callable[[Page], None]
) -> None:
    page = open_as(in_hand, new_page, live_server, "quality", TELEPHONE)
    page.goto(reverse("requirement_set_new", args=("oversight",)))
    page.get_by_text("Add training 6").click()
    page.get_by_label("What is it called?").nth(5).fill("Reading charts")
    page.get_by_role("button", name="Put version 2 on record").click()
    expect(page).to_have_title(re.compile("^Error:"))
    page.get_by_role("link", name="Training 6: say why it is asked").click()
    expect(page.locator(":focus")).to_have_attribute("name", "why_6")
    axe(page)


def test_a_training_is_handed_in_with_the_keyboard_alone(learning: TrainingWork, new_page: Opens, live_server: LiveServer) -> None:
    page = open_as(learning, new_page, live_server, "iris", DESK)
    hand = Keyboard(page)
    page.goto(learning.address("case"))
    with page.expect_navigation():
        hand.activate(page.get_by_role("button", name=on("Say that it is done", ESSENTIALS)))
    today = learning.story.look.today
    for part, number in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        hand.write(page.get_by_label(part, exact=True), str(number))
    hand.write(page.get_by_label("Who ran it?"), "NHS England")
    hand.write(page.get_by_label("How can somebody see that it was done?"), "Certificate 4471")
    for button in ("Continue", "Hand it in"):
        with page.expect_navigation():
            hand.activate(page.get_by_role("button", name=button))
    assert learning.item().state == "completed"


def test_more_is_asked_for_without_javascript(learning: TrainingWork, new_page: Opens, live_server: LiveServer) -> None:
    page = open_as(learning, new_page, live_server, "iris", TELEPHONE, java_script_enabled=False)
    page.goto(reverse("me"))
    page.get_by_role("link", name=ESSENTIALS).first.click()
    page.get_by_role("button", name="Ask for more training").click()
    page.get_by_label("What would you like to learn more about?").fill("How to read a chart")
    page.get_by_label("What would it help you with?").fill("I lost the thread at page three.")
    page.get_by_role("button", name="Ask for this").click()
    expect(page.get_by_text("Offer it: How to read a chart")).to_be_visible()
