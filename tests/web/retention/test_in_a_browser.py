"""The pages on how long records are kept in a real browser: wide, on a telephone, zoomed, with nothing that axe minds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from cases.models import Case
from tests.specification.retention.old_cases import disposed, years_later
from tests.web.cases.test_in_a_browser import DESK, TELEPHONE, ZOOMED, Opens, open_as, wider_than_the_screen
from tests.web.casework import Casework
from workflows.doors import disposal, legal_holds
from workflows.processes.oversight.story import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pages_of(work: Casework) -> list[tuple[str, str]]:
    """One case is gone, one is proposed with an objection and was held, one runs."""
    first = work.story
    second = Story(first.trust, first.at, partners=("amina", "pat"))
    second.open("Falls on the stairs")
    second.propose_response(response="swarm")
    second.decide_response("other_response", by="directorate", reason="A huddle was held on the day.")
    first.walk_to("closed")
    years_later(first)
    disposed(first)
    second.at = first.at
    hold = second.do(
        legal_holds.place_hold, "quality", kind="inquest", asked_by="The coroner", reference="C-77", reason="She wrote."
    )
    second.do(legal_holds.ask_to_lift_hold, "quality", hold=hold.pk, reason="The inquest is over.")
    second.do(legal_holds.lift_hold, "caldicott", hold=hold.pk)
    one = second.do(disposal.propose_disposal, "quality")
    second.do(disposal.object_to_disposal, "newcomer", disposal=one.pk, text="We still teach from it.")
    first.at = second.at
    first.wait()
    reference = Case.objects.get(pk=second.case_id).reference
    return [
        ("quality", reverse("retention")), ("quality", reverse("retention_rule")),
        ("caldicott", reverse("retention_case", args=(reference,))),
        ("quality", reverse("retention_act", args=(reference, "hold"))), ("auditor", work.address("case")),
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
