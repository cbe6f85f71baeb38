"""A case and its people as the pages see them: sign in as anybody, open a page, send its form, in the story's own time."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from workflows.calendar import LONDON
from workflows.demo.trust import build_trust
from workflows.processes.oversight.story import Story

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=LONDON)
OK, FOUND, FORBIDDEN, NOT_FOUND, STALE = 200, 302, 403, 404, 409
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"[^>]*?value="([^"]*)"')
NOTES = re.compile(r'<div class="app-word-note".*?</div>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


@dataclass
class Casework:
    """A story, and a browser for each of its people."""

    story: Story
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, key: str) -> Client:
        """Signed in as one of the trust's people, by key or by part."""
        if key not in self.clients:
            client = Client()
            account = self.story.who(key).account
            assert account
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
            self.clients[key] = client
        return self.clients[key]

    def address(self, name: str, **more: Any) -> str:
        case = self.story.case
        return reverse(name, kwargs={"ods": case.organisation.ods_code, "reference": case.reference, **more})

    def get(self, key: str, name: str, query: str = "", **more: Any) -> HttpResponse:
        self.story.wait()
        return cast(HttpResponse, self.client(key).get(self.address(name, **more) + query))

    def post(self, key: str, address: str, data: dict[str, Any]) -> HttpResponse:
        self.story.wait()
        return cast(HttpResponse, self.client(key).post(address, data))

    def send(self, key: str, name: str, answers: dict[str, Any], query: str = "", **more: Any) -> HttpResponse:
        """Open a page with a form, fill it in and send it."""
        opened = self.get(key, name, query, **more)
        assert opened.status_code == OK, words(opened)
        return self.post(key, self.address(name, **more), {**hidden(opened), **answers})

    def press_twice(self, key: str, name: str, answers: dict[str, Any], **more: Any) -> list[HttpResponse]:
        """Answer, check, and press the button of the checking page twice."""
        sent = {**hidden(self.send(key, name, answers, **more)), "asking_to": "confirm"}
        return [self.post(key, self.address(name, **more), sent) for _ in range(2)]

    def statements(self, key: str, name: str, **more: Any) -> int:
        """How many SQL statements a page costs once the session is warm."""
        self.get(key, name, **more)
        with CaptureQueriesContext(connection) as queries:
            assert self.get(key, name, **more).status_code == OK
        return sum(1 for query in queries.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE")))

    def confirm(self, key: str, name: str, answers: dict[str, Any], **more: Any) -> HttpResponse:
        """Answer the questions of a page, then press the button of the page that checks them."""
        return self.post(key, self.address(name, **more), {**hidden(self.send(key, name, answers, **more)), "asking_to": "confirm"})


def hidden(response: Any) -> dict[str, str]:
    """What the page carries unseen, as a browser would send it back."""
    found = HIDDEN.findall(response.content.decode())
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def words(response: Any) -> str:
    """What a reader reads: no tags, one space between words, and not the notes that open only when asked for."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")] if "<main" in page else page
    return " ".join(html.unescape(TAGS.sub(" ", NOTES.sub(" ", main))).split())


@pytest.fixture
def work(db: None, monkeypatch: pytest.MonkeyPatch) -> Casework:
    """The fictional trust with a story that has yet to begin; the pages read the story's clock."""
    made = Casework(Story(build_trust(BEGINNING), BEGINNING))
    monkeypatch.setattr(timezone, "now", lambda: made.story.at)
    return made


def day(field_name: str, on: date) -> dict[str, str]:
    """The three boxes of a day."""
    return {f"{field_name}_day": str(on.day), f"{field_name}_month": str(on.month), f"{field_name}_year": str(on.year)}
