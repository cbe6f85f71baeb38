"""Whoever was given an account chooses a password by themselves, and whoever forgot theirs chooses another."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from audit.models import Event
from cases.models import Person
from tests.web.design_system.conftest import PASSWORD
from web.pages.signin.attempts import ALLOWED
from workflows.doors.people import record_person

People = dict[str, Person]
NEW = "four herons on a wall"


def ask(client: Client, email: str) -> str:
    return str(client.post("/sign-in/password/", {"email": email}).content.decode())


def link() -> str:
    """The address in the newest e-mail, without the host."""
    found = re.search(r"https?://[^/]+(/sign-in/password/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def choose(client: Client, password: str, at: str = "") -> Any:
    return client.post(at or link(), {"password": password})


def signs_in(email: str, password: str) -> bool:
    sent = Client().post("/sign-in/", {"email": email, "password": password})
    return sent.status_code == 302


def test_the_first_password_of_an_account_that_has_none(client: Client, people: People) -> None:
    account = User.objects.get(username="amina@example.org")
    account.set_unusable_password()
    account.save()
    ask(client, " Amina@example.org ")
    assert mail.outbox[-1].to == ["amina@example.org"]
    assert "Amina" not in str(mail.outbox[-1].body)
    assert client.get(link()).status_code == 200
    assert choose(client, NEW).headers["Location"] == "/sign-in/"
    assert signs_in("amina@example.org", NEW)
    event = Event.objects.get(kind="password_set")
    assert event.person_id == people["Amina"].pk
    assert NEW not in str(event.facts)


def test_a_link_works_once_for_an_hour_and_for_its_owner(client: Client, people: People, settings: Any) -> None:
    ask(client, "amina@example.org")
    first = link()
    ask(client, "samir@example.org")
    swapped = "/".join([*first.split("/")[:3], link().split("/")[3], *first.split("/")[4:]])
    assert choose(client, NEW, swapped).status_code == 404
    assert choose(client, NEW, first).status_code == 302
    assert choose(client, "another one of some length", first).status_code == 404
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert choose(client, NEW).status_code == 404
    assert signs_in("samir@example.org", PASSWORD)


@pytest.mark.parametrize("where", ["/sign-in/password/x/y/", "/sign-in/password/MQ/set-password/", "/sign-in/password/_/_/"])
def test_what_never_was_a_link_says_so_calmly(client: Client, people: People, where: str) -> None:
    answer = client.get(where)
    assert answer.status_code == 404
    assert "This link does not work any more" in answer.content.decode()


@pytest.mark.parametrize("weak", ["short", "123456789012345", "amina@example.org", "administrator"])
def test_a_weak_password_is_not_taken_and_the_reason_is_given(client: Client, people: People, weak: str) -> None:
    ask(client, "amina@example.org")
    page = choose(client, weak)
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert signs_in("amina@example.org", PASSWORD)


def test_nobody_learns_who_has_an_account(client: Client, people: People) -> None:
    known, unknown = ask(client, "amina@example.org"), ask(client, "nobody@example.org")
    bare = [re.sub(r"csrf\S+|nonce=\S+|\w+@example.org", "", page) for page in (known, unknown)]
    assert bare[0] == bare[1]
    assert len(mail.outbox) == 1


def test_no_mailbox_is_filled(client: Client, people: People) -> None:
    for _ in range(ALLOWED + 3):
        ask(client, "amina@example.org")
    assert len(mail.outbox) == ALLOWED


def test_r2_whoever_keeps_the_records_of_people_does_not_get_the_link_or_the_code(client: Client, people: People) -> None:
    """The address in the record may be changed; what lets somebody in goes to the account's own."""
    amina = people["Amina"]
    record_person(
        by=None, organisation=amina.organisation, name=amina.name, email="keeper@example.org", person=amina, at=timezone.now()
    )
    ask(client, "keeper@example.org")
    assert not mail.outbox
    ask(client, "amina@example.org")
    client.post("/sign-in/", {"email": "amina@example.org", "password": PASSWORD})
    assert [message.to for message in mail.outbox] == [["amina@example.org"], ["amina@example.org"]]


def test_a_new_password_ends_the_sessions_of_the_old_one(client: Client, people: People) -> None:
    account = people["Amina"].account
    assert account
    elsewhere = Client()
    elsewhere.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert elsewhere.get("/").status_code == 200
    ask(client, "amina@example.org")
    choose(client, NEW)
    assert elsewhere.get("/").status_code == 302
