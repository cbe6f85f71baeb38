"""What a journey can ask for: a story, and its people, each at a browser of their own that goes by the clock of the story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from tests.system.hands import Mouse
from tests.system.people.anybody import Colleague
from tests.web.casework import BEGINNING
from workflows.demo.trust import build_trust
from workflows.processes.oversight.story import Story

TELEPHONE: dict[str, Any] = {"viewport": {"width": 375, "height": 800}}
Somebody = TypeVar("Somebody", bound=Colleague)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys commit: the server that answers the browser has a connection of its own."""
    for item in items:
        if "/system/" in item.path.as_posix():
            item.add_marker(pytest.mark.django_db(transaction=True))


@dataclass
class Cast:
    """The people of a story. `cast(Lead, "lead")` seats one at a browser, signed in."""

    story: Story
    open_page: Callable[..., Page]
    axe: Callable[[Page], None]
    server: str

    def __call__(self, kind: type[Somebody], key: str, hand: type[Mouse] = Mouse, **options: Any) -> Somebody:
        page = self.open_page(**options)
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": self._session(key), "url": self.server}])
        scripts = options.get("java_script_enabled", True)
        return kind(self.story, page, self.axe, self.story.who(key).name, hand, scripts)

    def _session(self, key: str) -> str:
        client = Client()
        account = get_user_model().objects.get(person=self.story.who(key))
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


@pytest.fixture
def story(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Story:
    """A case yet to be opened. Its acts can be done by door or by browser, in turn: each page that opens takes a minute."""
    begun = Story(build_trust(BEGINNING), BEGINNING)
    monkeypatch.setattr(timezone, "now", lambda: begun.at)
    return begun


@pytest.fixture
def cast(story: Story, new_page: Callable[..., Page], axe: Callable[[Page], None], live_server: Any) -> Cast:
    return Cast(story, new_page, axe, live_server.url)
