"""IG16: partners work at home on a machine that others use too. A session is short, it warns, and nothing typed is lost."""

import re
import time
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as in_force
from django.test import Client
from django.urls import reverse

from cases.models import Person
from tests.web.design_system.conftest import PASSWORD
from web.pages.signin.kept import LONGEST_SECONDS, kept_for
from web.pages.signin.sessions import SEEN, SINCE

pytestmark = pytest.mark.proves("IG16")

People = dict[str, Person]
Later = Callable[[float], None]
IDLE = 60 * in_force.PARITY_IDLE_MINUTES
HIDDEN = re.compile(r'<input type="hidden" name="kept" value="([^"]+)"')


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Lets so many seconds pass; no other time does."""
    passed = [time.time()]
    standing = SimpleNamespace(time=lambda: passed[0])
    monkeypatch.setattr("web.pages.signin.sessions.time", standing)
    monkeypatch.setattr("web.pages.signin.timing_out.time", standing)

    def pass_by(seconds: float) -> None:
        passed[0] += seconds

    return pass_by


def as_(people: People, name: str) -> Client:
    client = Client()
    account = people[name].account
    assert account
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/")
    return client


def test_whoever_is_away_too_long_signs_in_again_and_comes_back_to_the_page(people: People, later: Later) -> None:
    client = as_(people, "Amina")
    later(IDLE - 1)
    assert client.get("/messages/").status_code == 200
    later(IDLE - 1)
    assert client.get("/messages/").status_code == 200  # the page before began the time anew
    later(IDLE)
    sent = client.get("/messages/")
    assert sent.headers["Location"] == "/sign-in/?next=%2Fmessages%2F&why=time"
    assert "nothing was done for 30 minutes" in client.get(sent.headers["Location"]).content.decode()
    assert client.get("/").status_code == 302


def test_a_day_is_too_long_however_busy(people: People, later: Later) -> None:
    client = as_(people, "Amina")
    for _ in range(2 * 12):
        later(IDLE - 1)
        assert client.get("/messages/").status_code == 200
    later(IDLE - 1)
    assert client.get("/messages/").status_code == 302


def test_asking_how_long_is_left_does_not_say_that_anybody_is_there(people: People, later: Later) -> None:
    client = as_(people, "Amina")
    later(600)
    asked = client.get(reverse("still_here"), headers={"X-Only-Asking": "1"}).json()["seconds"]
    assert asked == IDLE - 600
    assert client.get(reverse("still_here")).json()["seconds"] == IDLE


def test_a_session_ends_with_the_browser(people: People) -> None:
    assert as_(people, "Amina").cookies["sessionid"]["expires"] == ""


class TestWhatWasTyped:
    """A form that is sent after the end of the session."""

    WORDS = "The family were not asked."

    @pytest.fixture
    def kept(self, people: People, later: Later) -> Any:
        client = as_(people, "Amina")
        later(IDLE)
        return client.post("/words/ask/", {"short": "LFPSE", "met": self.WORDS, "both": ["one two", "three four"]})

    def test_it_is_kept_in_the_page_and_nothing_of_it_is_done(self, kept: Any) -> None:
        page = kept.content.decode()
        assert "What you wrote is kept" in page
        assert 'action="/sign-in/"' in page
        assert self.WORDS not in page  # whoever sits there now does not read it

    def test_it_cannot_be_read_in_the_source_of_the_page(self, kept: Any) -> None:
        """Whoever sits there now has no key, and tries all that needs none."""
        sealed = HIDDEN.search(kept.content.decode())
        assert sealed
        text = sealed[1].lstrip(".").split(":")[0]
        bare = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        bare = zlib.decompress(bare) if sealed[1].startswith(".") else bare
        assert self.WORDS.encode() not in bare
        assert b"/words/ask/" not in bare

    def test_it_is_shown_to_the_same_person_after_signing_in_who_then_sends_it(
        self, kept: Any, people: People, settings: Any
    ) -> None:
        settings.PARITY_SECOND_STEP = False
        sealed = HIDDEN.search(kept.content.decode())
        assert sealed
        client = Client()
        back = client.post("/sign-in/", {"email": "amina@example.org", "password": PASSWORD, "kept": sealed[1]}).content.decode()
        assert self.WORDS in back
        assert 'action="/words/ask/"' in back
        assert '<input type="hidden" name="short" value="LFPSE">' in back
        assert back.count('name="both"') == 2

    def test_nobody_else_is_shown_it(self, kept: Any, people: People, settings: Any) -> None:
        settings.PARITY_SECOND_STEP = False
        sealed = HIDDEN.search(kept.content.decode())
        assert sealed
        back = Client().post("/sign-in/", {"email": "samir@example.org", "password": PASSWORD, "kept": sealed[1]})
        assert back.headers["Location"] == "/"

    def test_it_counts_neither_altered_nor_for_ever(self, kept: Any, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
        sealed = HIDDEN.search(kept.content.decode())
        account = people["Amina"].account
        assert sealed
        assert account
        assert kept_for(sealed[1], str(account.pk))
        assert kept_for(sealed[1][:-1] + ("A" if sealed[1][-1] != "A" else "B"), str(account.pk)) is None
        now = time.time()
        monkeypatch.setattr("django.core.signing.time.time", lambda: now + LONGEST_SECONDS + 60)
        assert kept_for(sealed[1], str(account.pk)) is None


def test_it_is_kept_though_another_page_had_found_out_before(people: People, later: Later) -> None:
    """The script that asks how long is left, or another tab."""
    client = as_(people, "Amina")
    later(IDLE)
    client.get(reverse("still_here"), headers={"X-Only-Asking": "1"})
    assert "What you wrote is kept" in client.post("/words/ask/", {"short": "LFPSE"}).content.decode()


def test_nothing_is_kept_once_somebody_signed_out_themselves(people: People) -> None:
    client = as_(people, "Amina")
    client.post("/sign-out/")
    assert client.post("/words/ask/", {"short": "LFPSE"}).headers["Location"] == "/sign-in/?next=/words/ask/"


def test_a_form_that_another_site_sent_is_not_kept(people: People, later: Later) -> None:
    """Otherwise whoever makes somebody open a page elsewhere would put words before them to send."""
    client = Client(enforce_csrf_checks=True)
    account = people["Amina"].account
    assert account
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/")
    later(IDLE)
    answer = client.post("/words/ask/", {"short": "LFPSE"})
    assert answer.status_code == 403
    assert "kept" not in answer.content.decode()


def test_the_session_says_only_who_and_since_when(people: People) -> None:
    """It lies in a cookie that its owner can read."""
    kept = dict(as_(people, "Amina").session)
    assert {name for name in kept if not name.startswith("_auth")} == {SINCE, SEEN}
