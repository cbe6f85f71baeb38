"""What is held back, in a real browser: everybody sees that it is; a partner challenges it by keyboard; an executive answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.system.hands import Keyboard
from tests.web.cases.test_in_a_browser import DESK, TELEPHONE, ZOOMED, Opens, open_as, wider_than_the_screen
from tests.web.casework import Casework
from workflows.doors import renditions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def held(work: Casework) -> Casework:
    """A progress note in part, a letter not at all, a draft being made ready and one put to the guardian."""
    story = work.story.walk_to("gathering")
    story.paper_in_part("progress", "Two names on page 3", "A date of birth")
    story.paper_held_back()
    story.challenge("amina", story.look.withholdings[0])
    draft = story.paper("findings", release=False)
    story.hold_back(draft)
    asked = story.paper("report", release=False)
    story.do(renditions.ask_guardian, "lead", version=asked.pk, why="It is about her own words.")
    return work


def pages_of(work: Casework, key: str) -> list[str]:
    look = work.story.look
    note, letter, draft, asked = (look.versions_of(kind)[-1].pk for kind in ("progress", "other", "findings", "report"))
    of_a_part, of_all = look.withholdings[1].pk, look.withholdings[2].pk
    every = {
        "pat": [work.address("withheld"), work.address("paper", version=note), work.address("case"),
                work.address("withheld_challenge", withholding=of_all)],
        "lead": [work.address("paper_release", version=draft), work.address("withheld_part", version=draft),
                 work.address("withheld_file", version=draft), work.address("guardian_ask", version=draft),
                 work.address("paper_upload", kind="other") + "?held_back=1", work.address("withheld_end", withholding=of_a_part),
                 work.address("withheld_end", withholding=look.withholdings[3].pk)],
        "exec": [work.address("paper", version=letter), work.address("withheld"),
                 work.address("withheld_answer", challenge=look.challenges[0].pk),
                 work.address("withheld_longer", withholding=of_a_part)],
        "caldicott": [work.address("guardian_decide", version=asked), work.address("paper", version=asked), work.address("case")],
    }  # fmt: skip
    return every[key]


@pytest.mark.parametrize(("key", "width"), [("pat", TELEPHONE), ("lead", DESK), ("exec", ZOOMED), ("caldicott", TELEPHONE)])
def test_every_page_is_accessible_and_fits(
    held: Casework, new_page: Opens, live_server: LiveServer, axe: Callable[[Page], None], key: str, width: int
) -> None:
    page = open_as(held, new_page, live_server, key, width)
    for address in pages_of(held, key):
        answer = page.goto(address)
        assert answer is not None, address
        assert answer.status == 200, address
        axe(page)
        assert wider_than_the_screen(page) <= 0, address


def test_a_partner_challenges_by_keyboard_and_reads_the_answer_and_the_text(
    held: Casework, new_page: Opens, live_server: LiveServer
) -> None:
    pat = open_as(held, new_page, live_server, "pat", TELEPHONE)
    hand = Keyboard(pat)
    pat.goto(held.address("case"))
    for name in ("What is held back from lay partners, and why", "Challenge it: say why you should see it (A date of birth)"):
        with pat.expect_navigation():
            hand.activate(pat.get_by_role("link", name=name))
    hand.write(pat.get_by_label("Why should you see it?"), "Without her age we cannot judge the dose.")
    with pat.expect_navigation():
        hand.activate(pat.get_by_role("button", name="Send my challenge"))
    expect(pat.get_by_text("Without her age we cannot judge the dose.")).to_be_visible()
    executive = open_as(held, new_page, live_server, "exec", DESK)
    executive.goto(held.address("withheld"))
    executive.get_by_role("link", name="Answer this challenge about: A date of birth").click()
    executive.get_by_label("It is no longer held back").check()
    executive.get_by_label("Your answer").fill("You are right: the age matters.")
    executive.get_by_role("button", name="Send the answer").click()
    pat.goto(held.address("withheld"))
    expect(pat.get_by_text("You are right: the age matters.", exact=True)).to_be_visible()
