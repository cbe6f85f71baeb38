"""A visitor who is signed in and asks for pages, by a cookie that is made with the project's own secret."""

from __future__ import annotations

import os
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection, HTTPException, HTTPResponse
from re import compile as pattern
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from cases.models import Case, Person
from tests.bench.answering import WORDS, Asked
from tests.bench.serving.server import HOST

HIDDEN = pattern(r'<input type="hidden" name="([^"]+)"[^>]*?value="([^"]*)"')
BACKEND = "django.contrib.auth.backends.ModelBackend"
FORM = "application/x-www-form-urlencoded"

_open: dict[tuple[int, int], HTTPConnection] = {}


@dataclass(frozen=True)
class Visit:
    """One request: where to, as whom, and what is sent with it. `expected`: the status that tells that it was done."""

    port: int
    address: str
    cookies: str
    sent: str = ""
    expected: int = 200

    def go(self) -> bytes:
        """Ask, and read the whole answer. Raises RuntimeError where another status comes back than is expected."""
        response = self._asked()
        body = response.read()
        if response.status != self.expected:
            raise RuntimeError(f"{self.address} answered {response.status}.")
        return body

    def _asked(self) -> HTTPResponse:
        place = (os.getpid(), self.port)
        connection = _open.setdefault(place, HTTPConnection(HOST, self.port))
        headers = {"Cookie": self.cookies} | ({"Content-Type": FORM} if self.sent else {})
        try:
            connection.request("POST" if self.sent else "GET", self.address, self.sent or None, headers)
            return connection.getresponse()
        except (HTTPException, ConnectionError):
            connection.close()
            connection.request("POST" if self.sent else "GET", self.address, self.sent or None, headers)
            return connection.getresponse()


def client_of(person: Person) -> Client:
    """Signed in as somebody, in this process: the server has the same secret, so its cookies are good there too."""
    client = Client()
    assert person.account
    client.force_login(person.account, backend=BACKEND)
    client.get("/nothing/for-somebody/")  # the session notes when it began
    return client


def cookies_of(client: Client) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def address_of(name: str, case: Case, **more: Any) -> str:
    return reverse(name, kwargs={"ods": case.organisation.ods_code, "reference": case.reference, **more})


def about_to_answer(asked: Asked, port: int) -> Visit:
    """The press on "confirm" on the page that checks an answer, after the form was opened and filled in."""
    client = client_of(asked.person)
    case = Case.objects.select_related("organisation").get(pk=asked.case)
    address = address_of("position", case, visit=asked.visit)
    told = {"answer": asked.answer, "text": WORDS, "enough_time": "yes", "note": WORDS}
    opened = _hidden(client.get(address))
    checked = client.post(address, {**opened, **told})
    sent = {**_hidden(checked), "asking_to": "confirm"}
    return Visit(port, address, cookies_of(client), urlencode(sent), expected=302)


def _hidden(response: Any) -> dict[str, str]:
    """What the page carries unseen, as a browser would send it back."""
    assert response.status_code == 200, f"The form answered {response.status_code}."
    return {name: unescape(value) for name, value in HIDDEN.findall(response.content.decode())}
