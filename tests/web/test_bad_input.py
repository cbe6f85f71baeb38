"""What people do wrong, or see too late: a clear sentence that names the rule, nothing changed, nothing lost that was typed."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audit.models import Event
from tests.builders import EVENTS, another_trust, changed_since, contents, nothing_changes
from tests.web.casework import FORBIDDEN, NOT_FOUND, OK, STALE, Casework, hidden, words

WORDS = "The family called three times, and page 2 says once."
NOTE = "Page 2 now says how long the family waited."
PROFILE = {"hours": "Six hours a month", "meetings": "Four, online", "until": "June 2026", "pay": "£75 a half day"}
REPLY_BY = {"reply_by_day": "20", "reply_by_month": "3", "reply_by_year": "2026"}
MB = 1024 * 1024


@pytest.fixture
def asked(work: Casework) -> Casework:
    """The group is asked about the draft report."""
    work.story.walk_to("draft_review")
    work.story.put_draft_to_group()
    return signed_in(work)


@pytest.fixture
def forming(work: Casework) -> Casework:
    work.story.walk_to("form_group")
    return signed_in(work)


def signed_in(work: Casework) -> Casework:
    """Signing in is itself on the record: it is over before anybody looks at what changed."""
    for key in ("pat", "lead", "coordinator"):
        work.client(key)
    return work


@contextmanager
def only_the_refusal_is_recorded(rule: str) -> Iterator[None]:
    """No fact changes; the ledger says who tried what, and by which rule it was refused."""
    before, known = contents(), set(Event.objects.values_list("pk", flat=True))
    yield
    assert changed_since(before) == {EVENTS}
    (event,) = Event.objects.exclude(pk__in=known)
    assert event.kind == "refused"
    assert rule in event.facts["rules"]


def says(response: Any, *texts: str, status: int = OK) -> None:
    assert response.status_code == status, words(response)
    missing = [text for text in texts if text not in words(response)]
    assert not missing, (missing, words(response))


def keeps(response: Any, *typed: str) -> None:
    """What was typed is still on the page, in its box or to be copied."""
    page = html.unescape(response.content.decode())
    assert not [text for text in typed if text not in page]


def answer(text: str = WORDS, choice: str = "do_not_support", **more: Any) -> dict[str, Any]:
    return {"answer": choice, "text": text, **more}


def offer(work: Casework, *keys: str) -> dict[str, Any]:
    people = [str(work.story.who(key).pk) for key in keys]
    return {"people": people, "why": WORDS, **PROFILE, "membership": "member", **REPLY_BY}


# Too late


def test_two_tabs(forming: Casework) -> None:
    """The coordinator confirms the group in one tab and sends it back in the other."""
    story = forming.story
    story.form_group()
    visit: dict[str, Any] = {"visit": story.visit}
    tabs = [forming.send("coordinator", "stage_decide", chosen, **visit) for chosen in ({"outcome": "confirm"}, SENT_BACK)]
    first, second = ({**hidden(tab), "asking_to": "confirm"} for tab in tabs)
    at = forming.address("stage_decide", **visit)
    assert forming.post("coordinator", at, first).status_code == 302

    with only_the_refusal_is_recorded("STALE"):
        response = forming.post("coordinator", at, second)
    says(response, "This has already been decided", "nothing was changed by what you sent", status=STALE)
    keeps(response, SENT_BACK["reason"])
    assert story.case.state == "terms"


SENT_BACK = {"outcome": "send_back", "reason": "One of them is on leave until June."}


def test_a_page_that_a_new_version_has_overtaken(asked: Casework) -> None:
    visit: dict[str, Any] = {"visit": asked.story.visit}
    sent = {**hidden(asked.send("pat", "position", answer(), **visit)), "asking_to": "confirm"}
    asked.story.paper("report", note=NOTE)

    with only_the_refusal_is_recorded("STALE"):
        response = asked.post("pat", asked.address("position", **visit), sent)
    says(response, "so nothing was changed by what you sent", "It is here so that you can copy it.", status=STALE)
    keeps(response, WORDS)


# Round the page


def test_a_post_without_the_form_page_asks_for_what_the_page_asks(asked: Casework) -> None:
    at = asked.address("position", visit=asked.story.visit)
    with nothing_changes():
        response = asked.post("pat", at, {**answer(text=""), "asking_at": "view", "asking_to": "confirm"})
        says(response, "Write what you want the record to say, because you chose \u201cI do not support it\u201d")
        response = asked.post("pat", at, {**answer(choice="veto"), "asking_at": "view", "asking_to": "confirm"})
        says(response, "Choose one of the answers")
        keeps(response, WORDS)


def test_a_post_for_somebody_else_is_refused_by_the_rule(asked: Casework) -> None:
    """R2: only the person in the seat answers; the lead has none that is asked."""
    version = asked.story.look.latest_released("report")
    assert version
    sent = {**answer(version=version.pk), "asking_at": "view", "asking_to": "confirm"}
    with only_the_refusal_is_recorded("R2"):
        response = asked.post("lead", asked.address("position", visit=asked.story.visit), sent)
    says(response, "This cannot be done", "Rule R2", status=FORBIDDEN)
    keeps(response, WORDS)


def test_identifiers_of_another_organisation_are_not_found(asked: Casework) -> None:
    elsewhere = another_trust().organisation.ods_code
    with nothing_changes():
        for changed in ({"ods": elsewhere}, {"reference": "OVS-2026-0099"}):
            response = asked.post("pat", asked.address("position", visit=asked.story.visit, **changed), answer())
            says(response, "Page not found", "Cases and papers are shown only to the people who sit on the case.", status=NOT_FOUND)


# Power that is none


def test_a_superuser_without_a_person_decides_nothing(asked: Casework) -> None:
    root = Client()
    account = get_user_model().objects.create_superuser("root", "root@example.org", None)
    root.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    at = asked.address("position", visit=asked.story.visit)
    with nothing_changes():
        response = root.post(at, {**answer(), "asking_at": "view", "asking_to": "confirm"})
    says(response, "This account belongs to nobody here", "an administrator's account has no seat", status=FORBIDDEN)


@pytest.mark.parametrize(("key", "status"), [("coordinator", FORBIDDEN), ("lead2", NOT_FOUND)])
def test_a_superuser_with_another_seat_or_none_does_not_answer_for_a_partner(asked: Casework, key: str, status: int) -> None:
    """R2: what counts is the seat, never a permission."""
    get_user_model().objects.filter(person=asked.story.who(key)).update(is_superuser=True, is_staff=True)
    version = asked.story.look.latest_released("report")
    assert version
    client, before = asked.client(key), contents()
    sent = {**answer(version=version.pk), "asking_at": "view", "asking_to": "confirm"}
    response = client.post(asked.address("position", visit=asked.story.visit), sent)
    assert response.status_code == status
    assert changed_since(before) <= {EVENTS}
    assert not asked.story.look.positions


# Seats


def test_a_partner_with_lapsed_training_is_not_asked(forming: Casework) -> None:
    """By hand, for the page offers no box for them."""
    with only_the_refusal_is_recorded("B1"):
        response = forming.send("lead", "seat_assign", offer(forming, "tomas"), role="psp")
    says(response, "Tom\u00e1s Silva cannot be asked. Oversight training ran out on", "The partner coordinator can put this right.")
    keeps(response, WORDS, *PROFILE.values())


def test_a_seat_is_not_offered_twice(forming: Casework) -> None:
    assert forming.send("lead", "seat_assign", offer(forming, "pat"), role="psp").status_code == 302
    with only_the_refusal_is_recorded("B1"):
        response = forming.send("lead", "seat_assign", offer(forming, "pat"), role="psp")
    says(response, "Pat Mercer already has a seat or an offer on this case.")
    keeps(response, WORDS, *PROFILE.values())


# Files

PNG_AS_PDF = SimpleUploadedFile("report.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 200)
TEXT_AS_WORD = SimpleUploadedFile("report.docx", b"What happened, hour by hour.")
PROGRAM_AS_TEXT = SimpleUploadedFile("report.txt", b"MZ\x90\x00\x03" + b"\0" * 200)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("report.pdf", b"%PDF-1.7\n" + b"x" * (30 * MB)), "The file is 30.1 MB; the limit is 25 MB."),
        (PNG_AS_PDF, "The name says PDF (.pdf), but the content of the file is something else."),
        (TEXT_AS_WORD, "(.docx), but the content of the file is something else."),
        (PROGRAM_AS_TEXT, "(.txt), but the content of the file is something else."),
        (SimpleUploadedFile("report.exe", b"MZ"), "This is a .exe file, which cannot be a paper."),
        (SimpleUploadedFile("report.txt", b""), "The file is empty."),
    ],
    ids=["30 MB", "a picture named PDF", "text named Word", "a program named text", "a program", "empty"],
)
def test_a_file_that_cannot_be_a_paper(work: Casework, file: SimpleUploadedFile, sentence: str) -> None:
    work.story.walk_to("terms")
    work.story.paper("terms")
    file.seek(0)
    before = contents()
    response = work.send("lead", "paper_upload", {"file": file, "change_note": NOTE}, kind="terms")
    says(response, "There is a problem", sentence, "Please choose the file again")
    keeps(response, NOTE)
    assert changed_since(before) <= {EVENTS}
    assert len(work.story.look.versions_of("terms")) == 1
