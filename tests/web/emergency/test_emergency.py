"""The pages of sight in an emergency: asked for, agreed to, shown to everybody concerned, over after two hours, and listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cases.models import EmergencySight
from tests.web.casework import FORBIDDEN, FOUND, NOT_FOUND, OK, Casework, day, hidden, words
from workflows.calendar import london_day
from workflows.doors import emergency

WHY = "A ward uses the same pump tonight, and nobody answers."
ALL, LIST = reverse("emergencies"), reverse("emergency_list")


@pytest.fixture
def seated(work: Casework) -> Casework:
    """Pat and Amina sit on a case; the terms were put to them."""
    work.story.walk_to("planning")
    return work


def send(work: Casework, key: str, address: str, answers: dict[str, Any]) -> Any:
    page = work.client(key).get(address)
    assert page.status_code == OK, words(page)
    return work.post(key, address, {**hidden(page), **answers})


def shown(work: Casework, key: str, address: str) -> str:
    response = work.client(key).get(address)
    assert response.status_code == OK, words(response)
    return words(response)


def ask(work: Casework, key: str = "lead2") -> EmergencySight:
    """By the pages: the question, the check, the sending."""
    address = reverse("emergency_ask")
    check = send(work, key, address, {"reference": work.story.case.reference, "reason": WHY})
    assert work.post(key, address, {**hidden(check), "asking_to": "confirm"}).status_code == FOUND
    return EmergencySight.objects.latest("asked_at")


def page_of(one: EmergencySight, act: str = "") -> str:
    return reverse(f"emergency_{act}" if act else "emergency", args=(one.pk,))


def opened(work: Casework) -> EmergencySight:
    one = ask(work)
    assert send(work, "gwen", page_of(one, "agree"), {}).status_code == FOUND
    one.refresh_from_db()
    return one


def test_the_second_person_learns_of_it_by_a_message_and_agrees_on_its_page(seated: Casework) -> None:
    one = ask(seated)
    title = seated.story.case.title
    told = seated.client("gwen").get(reverse("notices")).content.decode()
    assert page_of(one) in told
    text = shown(seated, "gwen", page_of(one))
    assert WHY in text
    assert title not in text  # whoever agrees does not see the case either
    assert "I agree: open it for two hours" in shown(seated, "gwen", page_of(one, "agree"))
    assert seated.get("lead2", "case").status_code == NOT_FOUND
    send(seated, "gwen", page_of(one, "agree"), {})
    assert title in shown(seated, "lead2", page_of(one))
    assert seated.get("gwen", "case").status_code == NOT_FOUND
    assert seated.get("lead2", "case").status_code == OK
    assert title in shown(seated, "lead2", "/")
    seated.story.at += timedelta(hours=2)
    assert seated.get("lead2", "case").status_code == NOT_FOUND
    assert title not in shown(seated, "lead2", "/")
    assert "Over" in shown(seated, "lead2", page_of(one))


def test_everybody_on_the_case_reads_who_saw_it_until_when_and_why(seated: Casework) -> None:
    opened(seated)
    for key in ("pat", "chair", "quality", "lead2"):
        text = words(seated.get(key, "case"))
        section = text[text.index("Sight in an emergency") :]
        assert "Owen Bright can see this case from" in section, key
        assert "agreed by Gwen Parry" in section
        assert WHY in section
    seated.story.at += timedelta(hours=3)
    assert "Owen Bright saw this case from" in words(seated.get("pat", "case"))
    own = shown(seated, "pat", reverse("me"))
    assert "Owen Bright saw this case from" in own
    assert "Sight in an emergency" not in shown(seated, "tomas", reverse("me"))


def test_a_partner_reads_who_opened_their_paper_in_an_emergency(seated: Casework) -> None:
    """R15: a lay person too, who else would not be named among staff."""
    story = seated.story
    asked = story.do(emergency.ask_for_sight, "gwen", reason=WHY)
    story.do(emergency.agree_to_sight, "tomas", emergency=asked.pk)
    version = story.look.latest_released("terms")
    assert version
    assert seated.get("gwen", "paper_read", version=version.pk).status_code == OK
    looked = shown(seated, "pat", reverse("me"))
    assert "No seat: saw it in an emergency" in looked


def test_no_is_said_with_a_reason_that_whoever_asked_reads(seated: Casework) -> None:
    one = ask(seated)
    assert "Say why not" in words(send(seated, "gwen", page_of(one, "refuse"), {"reason": " "}))
    assert send(seated, "gwen", page_of(one, "refuse"), {"reason": "The pumps were changed."}).status_code == FOUND
    assert "The pumps were changed." in shown(seated, "lead2", page_of(one))
    assert seated.get("lead2", "case").status_code == NOT_FOUND


def test_it_is_ended_early_on_its_page(seated: Casework) -> None:
    one = opened(seated)
    assert send(seated, "gwen", page_of(one, "end"), {}).status_code == FOUND
    assert seated.get("lead2", "case").status_code == NOT_FOUND
    assert "Ended early" in words(seated.get("pat", "case"))


def test_a_wrong_reference_is_said_and_nothing_typed_is_lost(seated: Casework) -> None:
    address = reverse("emergency_ask")
    check = send(seated, "lead2", address, {"reference": "OVS-2026-9999", "reason": WHY})
    refused = seated.post("lead2", address, {**hidden(check), "asking_to": "confirm"})
    assert refused.status_code == FORBIDDEN
    assert "There is no case with the reference “OVS-2026-9999”" in words(refused)
    assert WHY in words(refused)


def test_those_who_watch_read_the_list_with_what_was_read_and_for_how_long(seated: Casework) -> None:
    one = opened(seated)
    version = seated.story.look.latest_released("terms")
    assert version
    seated.get("lead2", "paper_read", version=version.pk)
    assert one.until
    seated.story.at = one.until + timedelta(minutes=1)
    for key in ("quality", "auditor", "caldicott"):
        text = shown(seated, key, LIST)
        for said in ("Owen Bright", WHY, "It was open for 2 hours", "Terms of reference, version 1", "agreed by Gwen Parry"):
            assert said in text, (key, said)
    assert seated.client("lead2").get(LIST).status_code == FORBIDDEN
    assert "Every time a case was opened" in shown(seated, "quality", ALL)
    assert "Every time a case was opened" not in shown(seated, "pat", ALL)


def test_the_list_is_asked_for_between_two_days(seated: Casework) -> None:
    opened(seated)
    today = london_day(seated.story.at)
    for first, last, there in ((0, 0, True), (1, None, False), (None, -1, False), (-1, 1, True)):
        asked = day("first", today + timedelta(days=first)) if first is not None else {}
        asked |= day("last", today + timedelta(days=last)) if last is not None else {}
        text = words(seated.client("quality").get(LIST, asked))
        assert (WHY in text) is there, (first, last)
    assert "must be a real date" in words(
        seated.client("quality").get(LIST, {"first_day": "31", "first_month": "2", "first_year": "2026"})
    )


def test_the_list_and_the_case_cost_the_same_for_one_and_for_many(seated: Casework, statements: Callable[..., int]) -> None:
    opened(seated)
    few = {page: statements(seated, "quality", page) for page in (LIST, seated.address("case"))}
    for _ in range(3):
        seated.story.at += timedelta(hours=2)
        opened(seated)
    assert {page: statements(seated, "quality", page) for page in few} == few
