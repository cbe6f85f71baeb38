"""Signing in and out: by password, as somebody in the demo, and who is shown in the header afterwards."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cases.models import Person
from tests.web.design_system.conftest import PASSWORD, newest_code
from web.pages.signin.attempts import ALLOWED
from web.pages.signin.presenter import personas
from web.pages.signin.views import WAIT, WRONG

People = dict[str, Person]


def sign_in(client: Client, email: str = "amina@example.org", password: str = PASSWORD, **more: str) -> Any:
    """The password, and, where that was right, the code that came by e-mail."""
    first = client.post("/sign-in/", {"email": email, "password": password, **more})
    return client.post("/sign-in/code/", {"code": newest_code()}) if first.headers.get("Location") == "/sign-in/code/" else first


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_leads_home(client: Client, people: People) -> None:
    response = sign_in(client, email="Amina@example.org")
    assert response.headers["Location"] == "/"
    assert is_signed_in(client)


def test_a_wrong_password_says_so_without_saying_which_part_is_wrong(client: Client, people: People) -> None:
    for email in ("amina@example.org", "nobody@example.org"):
        response = sign_in(client, email=email, password="guess")
        assert WRONG in response.content.decode()
        assert f'value="{email}"' in response.content.decode()
    assert not is_signed_in(client)


def test_after_several_wrong_passwords_even_the_right_one_must_wait(client: Client, people: People) -> None:
    for _ in range(ALLOWED):
        sign_in(client, password="guess")
    assert WAIT in sign_in(client).content.decode()
    assert not is_signed_in(client)
    sign_in(client, email="samir@example.org")
    assert is_signed_in(client)


def test_the_page_that_was_asked_for_comes_after_signing_in(client: Client, people: People) -> None:
    asked = client.get("/?from=mail")
    assert asked.headers["Location"] == "/sign-in/?next=/%3Ffrom%3Dmail"
    assert 'value="/?from=mail"' in client.get(asked.headers["Location"]).content.decode()
    assert sign_in(client, next="/?from=mail").headers["Location"] == "/?from=mail"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(client: Client, people: People, elsewhere: str) -> None:
    assert sign_in(client, next=elsewhere).headers["Location"] == "/"


def test_signing_out_takes_a_button_not_a_link(client: Client, people: People) -> None:
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    assert is_signed_in(client)
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert not is_signed_in(client)


@pytest.mark.parametrize(("name", "acting_as"), [("Amina", "acting as lay partner"), ("Samir", "acting as staff")])
def test_the_header_says_who_one_is_and_in_what_capacity(client: Client, people: People, name: str, acting_as: str) -> None:
    sign_in(client, email=people[name].email)
    page = client.get("/").content.decode()
    assert people[name].name in page
    assert acting_as in page
    assert "Harbour and Vale NHS Foundation Trust" in page
    assert 'aria-label="NHS"' not in page


def test_an_account_that_is_nobodys_is_told_why_there_is_nothing_to_see(client: Client, administrator: User) -> None:
    sign_in(client, email="admin@example.org")
    response = client.get("/")
    assert response.status_code == 403
    assert "This account belongs to nobody here" in response.content.decode()


class TestInTheDemo:
    """With PARITY_DEMO one may be anybody, by a button."""

    @pytest.fixture(autouse=True)
    def _demo(self, settings: Any) -> None:
        settings.PARITY_DEMO = True

    def test_everybody_has_a_card_lay_partners_first(self, people: People) -> None:
        cards = personas(date(2026, 6, 1))
        assert cards[0].name == "Amina Yusuf"
        assert cards[0].lay
        assert {card.name for card in cards} == {person.name for person in people.values()}
        assert all(card.to_try for card in cards)

    def test_the_settings_may_choose_the_cards(self, people: People, settings: Any) -> None:
        settings.PARITY_DEMO_PERSONAS = ["jane@example.org"]
        assert [card.name for card in personas(date(2026, 6, 1))] == ["Jane Marsh"]

    def test_somebody_whose_appointment_has_not_begun_has_no_card(self, people: People) -> None:
        assert personas(date(2019, 6, 1)) == []

    def test_one_button_signs_in(self, client: Client, people: People) -> None:
        assert "Sign in as Amina Yusuf" in client.get("/sign-in/").content.decode()
        assert client.post("/sign-in/as/", {"person": str(people["Amina"].pk)}).headers["Location"] == "/"
        assert "Amina Yusuf" in client.get("/").content.decode()

    def test_a_link_signs_nobody_in(self, client: Client, people: People) -> None:
        assert client.get("/sign-in/as/", {"person": str(people["Amina"].pk)}).status_code == 404
        assert not is_signed_in(client)

    @pytest.mark.parametrize("person", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
    def test_nobody_else_can_be_chosen(self, client: Client, people: People, administrator: User, person: str) -> None:
        assert client.post("/sign-in/as/", {"person": person}).status_code == 404
        assert not is_signed_in(client)


def test_outside_the_demo_there_is_no_such_page_and_no_card(client: Client, people: People) -> None:
    assert client.post("/sign-in/as/", {"person": str(people["Amina"].pk)}).status_code == 404
    assert not is_signed_in(client)
    assert "Amina" not in client.get("/sign-in/").content.decode()
