"""The pages of claims, concerns and what is owed in a real browser: wide, on a telephone, zoomed, with nothing that axe minds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.builders_payment import claimed, expense, terms, time
from tests.web.cases.test_in_a_browser import DESK, TELEPHONE, ZOOMED, Opens, open_as, wider_than_the_screen
from tests.web.casework import Casework
from workflows.doors import claims, matters

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def owing(work: Casework) -> Casework:
    """A late claim, one asked about, an answered concern and an item of which a part is withheld."""
    story = work.story
    terms(story.trust, story.at)
    claimed(story.trust, story.at, expense("6.40", "Bus"), time("reading", "2.5"))
    story.wait(21)
    asked = claimed(story.trust, story.at, time("meeting", "3"))
    claims.question_claim(by=story.who("coordinator"), at=story.at, claim=asked.pk, text="Which meeting was it?")
    for kind in ("concern", "concern", "board_item"):
        made = matters.raise_matter(
            organisation=story.trust.organisation, by=story.who("pat"), at=story.at, kind=kind, title="Nobody came at night",
            text="I rang three times.\nI would like to know why.",
        )  # fmt: skip
    first = story.who("pat").matters.earliest("number", "raised_at")
    matters.answer_matter(by=story.who("exec"), at=story.at, matter=first.pk, outcome="partly", text="Two more nurses from May.")
    shown = {"title": "At night", "text": "Somebody rang.", "why": "It points to a patient."}
    matters.withhold_part(by=story.who("quality"), at=story.at, matter=made.pk, **shown)
    return work


def pages_of(work: Casework, key: str) -> list[str]:
    pat = work.story.who("pat")
    claim, asked = pat.claims.order_by("number")
    answered, waits, item = pat.matters.order_by("raised_at", "id")
    found: dict[str, list[Any]] = {
        "pat": [("me",), ("claims",), ("claim_new",), ("claim", claim.pk), ("claim_answer", asked.pk), ("concerns",),
                ("board_items",), ("matter_new", "concern"),
                ("matter", answered.pk), ("matter_again", answered.pk), ("payment_terms",)],
        "coordinator": [("home",), ("claims_office",), ("claim", claim.pk), ("claim_pay", _approved(work, asked)),
                        ("claim_decline", claim.pk), ("payment_terms_new",), ("claims_totals",)],
        "exec": [("home",), ("concerns",), ("matter_answer", waits.pk)],
        "quality": [("matter_withhold", item.pk), ("matter", item.pk)],
    }  # fmt: skip
    return [reverse(name, args=args) for name, *args in found[key]]


def _approved(work: Casework, claim: Any) -> Any:
    return claims.approve_claim(by=work.story.who("coordinator"), at=work.story.at, claim=claim.pk).pk if claim else None


@pytest.mark.parametrize("width", [DESK, TELEPHONE, ZOOMED])
@pytest.mark.parametrize("key", ["pat", "coordinator", "exec", "quality"])
def test_every_page_fits_the_screen_and_can_be_used_by_everybody(
    owing: Casework, key: str, width: int, live_server: LiveServer, new_page: Opens, axe: Callable[[Page], None]
) -> None:
    page = open_as(owing, new_page, live_server, key, width)
    for address in pages_of(owing, key):
        page.goto(f"{live_server.url}{address}")
        assert page.locator("h1").count() == 1, address
        assert wider_than_the_screen(page) == 0, address
        axe(page)
