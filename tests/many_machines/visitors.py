"""Somebody at a browser who is sent to another web process with every request, as behind a balancer."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from itertools import cycle
from urllib.parse import urlencode

from tests.many_machines.building import PASSWORD
from tests.many_machines.processes import HOST

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"[^>]*?value="([^"]*)"')
TAGS = re.compile(r"<[^>]+>")
OK, FOUND = 200, 302


class NotAnswered(RuntimeError):
    """The page was not the one that was looked for."""


@dataclass
class Visitor:
    """`ports`: of the web processes, taken in turn; one that does not answer is passed over, as a balancer would."""

    email: str
    ports: list[int]
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._turns = cycle(range(len(self.ports)))

    def sign_in(self) -> None:
        """By e-mail address and password."""
        page = self.get("/sign-in/")
        self.post("/sign-in/", {**hidden(page), "email": self.email, "password": PASSWORD})
        self.get("/")

    def get(self, path: str) -> str:
        """The page. Raises NotAnswered for anything but a page."""
        status, _, body = self._ask("GET", path)
        if status != OK:
            raise NotAnswered(f"{path} answered {status} to {self.email}: {words(body)[:300]}")
        return body

    def post(self, path: str, answers: dict[str, str]) -> str:
        """Send a form; where it leads, or the page that it shows again."""
        status, leads_to, body = self._ask("POST", path, urlencode(answers))
        if status not in (OK, FOUND):
            raise NotAnswered(f"{path} answered {status} to {self.email}: {words(body)[:300]}")
        return leads_to or body

    def says(self, path: str, visit: str) -> str:
        """Support what a stage asks, check it, send it; the page that says so."""
        address = f"{path}stages/{visit}/position/"
        checking = self.post(address, {**hidden(self.get(address)), "answer": "support", "enough_time": "on"})
        return self.get(self.post(address, {**hidden(checking), "asking_to": "confirm"}))

    def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str, str]:
        for _ in self.ports:
            port = self.ports[next(self._turns)]
            try:
                return self._ask_at(port, method, path, body)
            except ConnectionRefusedError:
                continue
        raise NotAnswered(f"No web process answers at {self.ports}.")

    def _ask_at(self, port: int, method: str, path: str, body: str) -> tuple[int, str, str]:
        connection = HTTPConnection(HOST, port, timeout=60)
        connection.request(method, path, body or None, self._headers(body))
        answer = connection.getresponse()
        text = answer.read().decode()
        self._keep_cookies(answer)
        connection.close()
        return answer.status, answer.headers.get("Location", ""), text

    def _headers(self, body: str) -> dict[str, str]:
        """As a proxy that ends TLS passes them on."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        found = {"Host": HOST, "X-Forwarded-Proto": "https", "Cookie": cookies, "Referer": f"https://{HOST}/"}
        return found | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})

    def _keep_cookies(self, answer: HTTPResponse) -> None:
        for set_cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = set_cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]


def hidden(page: str) -> dict[str, str]:
    """What the page carries unseen, as a browser would send it back."""
    return {name: html.unescape(value) for name, value in HIDDEN.findall(page)}


def words(page: str) -> str:
    """What a reader reads."""
    main = page[page.index("<main") :] if "<main" in page else page
    return " ".join(html.unescape(TAGS.sub(" ", main)).split())
