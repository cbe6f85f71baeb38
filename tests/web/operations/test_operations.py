"""Operations: whom to tell by post or phone, what failed and can be tried again, and whether the clock runs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from notifications.models import Dispatch
from tests.builders_payment import claimed, terms
from tests.integration.deadlines.clock import send_at, sweep_at, works_by_phone
from tests.web.casework import FORBIDDEN, FOUND, STALE, Casework, words
from workflows.deadlines import acts
from workflows.deadlines.models import Deadline, Untold

pytestmark = pytest.mark.django_db
OPERATIONS = reverse("operations")


def page(work: Casework, key: str = "coordinator") -> str:
    return words(work.client(key).get(OPERATIONS))


def press(work: Casework, act: str, about: Any, key: str = "coordinator") -> Any:
    return work.client(key).post(OPERATIONS, {"act": act, "about": str(about)})


@pytest.fixture
def by_phone(work: Casework) -> Dispatch:
    """Pat works by phone, and something is waiting for him."""
    work.story.walk_to("terms")
    works_by_phone(work.story, "pat")
    work.story.wait(1)
    work.story.paper("terms")
    work.story.wait()
    send_at(work.story.at)
    return Dispatch.objects.get(person=work.story.who("pat"), channel="phone")


def test_a_coordinator_reads_whom_to_tell_what_and_says_that_it_was_done(work: Casework, by_phone: Dispatch) -> None:
    shown = page(work)
    assert "Tell Pat Mercer by phone" in shown
    assert "Terms of reference, version 1, is there to read." in shown
    assert press(work, "told", by_phone.pk).status_code == FOUND
    assert "Nobody is waiting to be told." in page(work)
    assert press(work, "told", by_phone.pk, "quality").status_code == STALE


def test_the_coordinator_is_told_that_there_is_somebody_to_tell(work: Casework, by_phone: Dispatch) -> None:
    told = words(work.client("coordinator").get(reverse("notices")))
    assert "Please tell Pat Mercer by phone that something is waiting." in told


def test_an_e_mail_that_was_refused_five_times_is_shown_and_can_be_sent_again(
    work: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.story.walk_to("terms")

    def refuses(*_: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuses)
        for minutes in (6, 8, 12, 20, 36):
            send_at(work.story.at + timedelta(minutes=minutes))
    failed = Dispatch.objects.get(person=work.story.who("pat"), state="failed")
    shown = page(work, "quality")
    assert "E-mail to Pat Mercer" in shown
    assert "ConnectionRefusedError" in shown
    assert press(work, "send_again", failed.pk).status_code == FOUND
    assert "E-mail to Pat Mercer" not in page(work)
    assert "E-mail to Leila Grant" in page(work)
    press(work, "send_all_again", work.story.trust.organisation.pk)
    assert "Every e-mail went out." in page(work)
    assert send_at(work.story.at + timedelta(hours=1)).sent == len(mail.outbox) > 1


def test_a_deadline_that_failed_is_shown_and_can_be_tried_again(work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    story = work.story.walk_to("terms")
    at = datetime.combine(story.at.date() + timedelta(days=60), story.at.timetz())

    def breaks(*_: Any) -> None:
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr(acts, "escalate_stage", breaks)
        for minutes in (0, 2, 6, 14, 30):
            sweep_at(story, at + timedelta(minutes=minutes))
    shown = page(work)
    assert "Tell the next person up that a stage is a day late" in shown
    assert story.case.reference in shown
    press(work, "do_again", Deadline.objects.get(state="failed").pk)
    assert "Every deadline was worked." in page(work)


def test_what_nobody_could_be_told_of_is_shown_and_can_be_tried_again(work: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim is on no case, so its lateness has no deadline of a case: what failed is kept, and left alone between tries."""
    story = work.story
    terms(story.trust, story.at)
    claim = claimed(story.trust, story.at)
    at = datetime.combine(claim.due_on + timedelta(days=5), story.at.timetz())

    def breaks(*_: Any) -> None:
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr("workflows.doors.claims.first_office", breaks)
        for minutes in (0, 1, 2, 6, 14, 30, 90):
            sweep_at(story, at + timedelta(minutes=minutes))
    kept = Untold.objects.get()
    assert (kept.attempts, kept.error) == (5, "ValueError")
    assert "Tell of a claim that is not paid in time" in page(work, "quality")
    press(work, "tell_again", kept.pk)
    assert "Everybody was told of what is late." in page(work)
    sweep_at(story, at + timedelta(minutes=91))
    assert not Untold.objects.exists()
    claim.refresh_from_db()
    assert claim.tell_up_at is None


def test_a_clock_that_has_stopped_is_said_to_have_stopped(work: Casework) -> None:
    stopped = page(work)
    assert "The clock has stopped" in stopped
    assert "Tell the people who run this service that its background work has stopped." in stopped
    assert "manage.py" not in stopped
    sweep_at(work.story, work.story.at)
    send_at(work.story.at)
    assert "The clock has stopped" not in page(work)
    work.story.at += timedelta(minutes=61)
    assert "The clock has stopped" in page(work)


def test_a_button_of_another_time_or_of_another_organisation_does_nothing(work: Casework) -> None:
    for act, about in (
        ("told", "no key"),
        ("burn", work.story.who("pat").pk),
        ("send_again", work.story.who("pat").pk),
        ("tell_again", work.story.who("pat").pk),
    ):
        assert press(work, act, about).status_code == STALE


def test_a_partner_is_told_whose_page_it_is(work: Casework) -> None:
    response = work.client("pat").get(OPERATIONS)
    assert response.status_code == FORBIDDEN
    assert "The coordinators and the quality team look after this." in words(response)


def test_the_header_leads_there_only_those_who_look_after_it(work: Casework) -> None:
    home = {key: work.client(key).get("/").content.decode() for key in ("coordinator", "quality", "pat", "lead")}
    assert {key for key, shown in home.items() if f'href="{OPERATIONS}"' in shown} == {"coordinator", "quality"}


def test_a_person_chooses_how_often_to_get_an_e_mail(work: Casework) -> None:
    address = reverse("mail_choice")
    opened = work.client("pat").get(address)
    assert "Once a day, in the morning" in words(opened)
    assert work.client("pat").post(address, {"choice": "daily", "request": "form-1"}).status_code == FOUND
    person = work.story.who("pat")
    person.refresh_from_db()
    assert person.mail == "daily"


def test_the_page_costs_the_same_however_much_is_on_it(work: Casework, by_phone: Dispatch, statements: Any) -> None:
    few = statements(work, "coordinator", OPERATIONS)
    for key in ("amina", "chair", "lead", "engagement", "exec"):
        work.story.wait()
        works_by_phone(work.story, key)
    work.story.paper("plan")
    send_at(work.story.at + timedelta(days=1))
    assert page(work).count("by phone") > 3
    assert statements(work, "coordinator", OPERATIONS) == few <= 8


def test_axe_finds_nothing(work: Casework, by_phone: Dispatch, page, axe, live_server) -> None:  # noqa: ANN001
    client = work.client("coordinator")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    for address in (OPERATIONS, reverse("mail_choice")):
        page.goto(live_server.url + address)
        axe(page)
