"""Messages: told in the header, read in one place, marked as read by a button; no link to a case one may not see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse

from notifications.models import Notice
from notifications.reading import SHOWN
from tests.web.casework import Casework
from web.pages.notices.elsewhere import SUBJECTS, open_to

pytestmark = pytest.mark.django_db
MESSAGES = reverse("notices")
BUDGET = 3
"""Statements beyond the account and the person, and one for each other kind of thing that a message leads to."""


def _page(work: Casework, key: str) -> str:
    return work.client(key).get(MESSAGES).content.decode()


def test_the_header_counts_what_is_new_until_it_is_marked_as_read(work: Casework) -> None:
    work.story.walk_to("form_group")
    work.story.offer("gwen")
    assert "Messages (1 new)" in _page(work, "gwen")
    work.client("gwen").post(MESSAGES)
    assert "new)" not in _page(work, "gwen")


def test_a_message_about_a_case_that_one_may_not_see_names_it_and_does_not_open_it(work: Casework) -> None:
    work.story.walk_to("form_group")
    work.story.offer("gwen")
    page = _page(work, "gwen")
    assert "asks you to join" in page
    assert work.story.case.reference in page
    assert work.story.case.title not in page


def test_reading_the_messages_writes_nothing(work: Casework) -> None:
    work.story.walk_to("terms")
    first, second = _page(work, "pat"), _page(work, "pat")
    assert "new)" in first
    assert "new)" in second


def test_an_empty_page_says_so(work: Casework) -> None:
    assert "You have no messages." in _page(work, "tomas")


def test_messages_cost_the_same_for_few_and_for_many(work: Casework, statements: Callable[..., int]) -> None:
    """The notices with what names their cases; what was set down on those of projects; what those on no case in sight are about."""
    work.story.walk_to("terms")
    few = statements(work, "pat", MESSAGES)
    told = Notice.objects.filter(person=work.story.who("pat"))[0]
    for number in range(SHOWN + 1):
        told.pk, told.event_id, told.at = None, uuid4(), told.at + timedelta(minutes=number)
        told.save(force_insert=True)
    assert few == statements(work, "pat", MESSAGES) <= BUDGET


@pytest.mark.parametrize("table", SUBJECTS)
def test_what_a_message_leads_to_is_what_its_reader_may_open(work: Casework, table: str) -> None:
    """Asked by a statement that is compiled once, or as its page asks it."""
    at, rows = work.story.at, list(apps.get_model(table)._default_manager.values_list("pk", flat=True)[:SHOWN])
    for key in ("pat", "coordinator", "auditor", "tomas"):
        person = work.story.who(key)
        mine = set(SUBJECTS[table].visible(person, at).values_list("pk", flat=True))
        assert open_to(table, [*rows, uuid4()], person, at) == mine & set(rows)


def test_axe_finds_nothing(work: Casework, page, axe, live_server) -> None:  # noqa: ANN001
    work.story.walk_to("terms")
    client = work.client("pat")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page.goto(live_server.url + MESSAGES)
    axe(page)
