"""IG16: a password alone lets nobody in. The second step is a code, by e-mail or from an app."""

import time
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_email.models import EmailDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from audit.models import Event
from cases.models import Person
from tests.web.design_system.conftest import PASSWORD, newest_code
from web.pages.signin.code_views import WRONG_CODE
from web.pages.signin.second_step import HALF_SECONDS

pytestmark = pytest.mark.proves("IG16")

People = dict[str, Person]


def password(client: Client, email: str = "amina@example.org", **more: str) -> Any:
    return client.post("/sign-in/", {"email": email, "password": PASSWORD, **more})


def code(client: Client, given: str) -> Any:
    return client.post("/sign-in/code/", {"code": given})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_password_alone_opens_no_page_and_is_no_sign_in_on_record(client: Client, people: People) -> None:
    assert password(client).headers["Location"] == "/sign-in/code/"
    assert not is_signed_in(client)
    assert client.get("/").status_code == 302
    assert not Event.objects.filter(kind="signed_in").exists()
    code(client, newest_code())
    assert client.get("/").status_code == 200
    assert Event.objects.filter(kind="signed_in").count() == 1


def test_the_code_goes_to_the_person_and_says_nothing_else(client: Client, people: People) -> None:
    password(client)
    assert mail.outbox[-1].to == ["amina@example.org"]
    assert "Amina" not in str(mail.outbox[-1].body)
    assert newest_code() not in mail.outbox[-1].subject


def test_the_code_may_be_typed_with_spaces_and_leads_to_the_page_that_was_asked_for(client: Client, people: People) -> None:
    password(client, next="/messages/")
    right = newest_code()
    assert code(client, f" {right[:3]} {right[3:]} ").headers["Location"] == "/messages/"


def test_a_wrong_code_says_so_and_the_next_must_wait(client: Client, people: People) -> None:
    password(client)
    right = newest_code()
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(3):
        assert WRONG_CODE in code(client, wrong).content.decode()
    assert WRONG_CODE in code(client, right).content.decode()  # four seconds have not gone by
    assert not is_signed_in(client)


def test_a_code_counts_once_and_only_for_its_owner(client: Client, people: People) -> None:
    password(client)
    right = newest_code()
    other = Client()
    password(other, email="samir@example.org")
    assert WRONG_CODE in code(other, right).content.decode()
    assert code(client, right).status_code == 302
    again = Client()
    password(again)
    assert newest_code() != right  # a new one came, for the other was used
    assert WRONG_CODE in code(again, right).content.decode()


@pytest.mark.parametrize("where", ["code", "password"])
def test_after_ten_minutes_one_begins_again(client: Client, people: People, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    password(client)
    right, clock = newest_code(), time.time
    if where == "password":
        monkeypatch.setattr("web.pages.signin.second_step.time.time", lambda: clock() + HALF_SECONDS + 1)
        assert code(client, right).headers["Location"] == "/sign-in/"
    else:
        device = EmailDevice.objects.get(user__username="amina@example.org")
        device.valid_until = device.valid_until.replace(year=2020)
        device.save()
        assert WRONG_CODE in code(client, right).content.decode()
    assert not is_signed_in(client)


def test_without_the_password_there_is_no_code_to_ask_for(client: Client, people: People) -> None:
    assert client.get("/sign-in/code/").headers["Location"] == "/sign-in/"
    assert client.post("/sign-in/code/send/").headers["Location"] == "/sign-in/"
    assert not mail.outbox


def test_it_is_sent_again_but_not_within_a_minute(client: Client, people: People) -> None:
    password(client)
    client.post("/sign-in/code/send/")
    assert len(mail.outbox) == 1
    device = EmailDevice.objects.get(user__username="amina@example.org")
    device.last_generated_timestamp = device.last_generated_timestamp.replace(year=2020)
    device.save()
    client.post("/sign-in/code/send/")
    assert len(mail.outbox) == 2


def test_where_no_e_mail_goes_out_one_is_told(client: Client, people: People, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    assert "could not send you a code" in password(client).content.decode()
    assert not is_signed_in(client)


def test_no_page_of_the_administrator_shows_the_key_of_somebodys_app(client: Client, people: People, administrator: User) -> None:
    """Whoever reads it has the codes of that partner for ever, and nobody would know."""
    account = User.objects.get(username="amina@example.org")
    app = TOTPDevice.objects.create(user=account, confirmed=True)
    client.force_login(administrator)
    assert client.get("/admin/auth/user/").status_code == 200
    for page in ("", f"{app.pk}/change/", f"{app.pk}/config/", "add/"):
        assert client.get(f"/admin/otp_totp/totpdevice/{page}").status_code == 404, page
    assert client.get("/admin/otp_email/emaildevice/").status_code == 404


def test_the_administrator_comes_in_by_the_same_door(client: Client, administrator: User) -> None:
    assert client.get("/admin/login/?next=/admin/").headers["Location"] == "/sign-in/?next=/admin/"
    assert client.post("/admin/login/", {"username": "admin@example.org", "password": PASSWORD}).headers["Location"] == "/sign-in/"
    assert not is_signed_in(client)


class TestAnApp:
    """A telephone that gives the codes."""

    @staticmethod
    def shown(device: TOTPDevice) -> str:
        """What the app shows now."""
        app = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
        app.time = time.time()
        return f"{app.token():06d}"

    @pytest.fixture
    def device(self, client: Client, people: People) -> TOTPDevice:
        password(client)
        code(client, newest_code())
        page = client.get("/sign-in/app/").content.decode()
        waiting: TOTPDevice = TOTPDevice.objects.get()
        assert "<svg" in page
        assert not waiting.confirmed
        assert client.post("/sign-in/app/", {"code": self.shown(waiting)}).status_code == 302
        waiting.refresh_from_db()
        assert waiting.confirmed
        client.post("/sign-out/")
        mail.outbox.clear()
        return waiting

    def test_it_gives_the_code_instead_of_an_e_mail(self, client: Client, device: TOTPDevice) -> None:
        TOTPDevice.objects.update(last_t=-1)  # as if half a minute had passed since it was set up
        assert password(client).status_code == 302
        assert not mail.outbox
        assert "Open the app" in client.get("/sign-in/code/").content.decode()
        assert code(client, self.shown(device)).headers["Location"] == "/"
        assert is_signed_in(client)

    def test_a_code_of_it_counts_once(self, client: Client, device: TOTPDevice) -> None:
        password(client)
        assert WRONG_CODE in code(client, self.shown(device)).content.decode()  # it was typed to set the app up

    def test_whoever_has_lost_it_is_sent_an_e_mail(self, client: Client, device: TOTPDevice) -> None:
        password(client)
        client.post("/sign-in/code/send/")
        assert code(client, newest_code()).headers["Location"] == "/"

    def test_it_is_given_up_again(self, client: Client, device: TOTPDevice) -> None:
        TOTPDevice.objects.update(last_t=-1)
        password(client)
        code(client, self.shown(device))
        client.post("/sign-in/app/", {"forget": "1"})
        client.post("/sign-out/")
        password(client)
        assert newest_code()

    def test_one_that_was_never_confirmed_counts_for_nothing(self, client: Client, people: People) -> None:
        password(client)
        code(client, newest_code())
        client.get("/sign-in/app/")
        waiting: TOTPDevice = TOTPDevice.objects.get()
        client.post("/sign-in/app/", {"code": "000000"})
        client.post("/sign-out/")
        password(client)
        assert WRONG_CODE in code(client, self.shown(waiting)).content.decode()
