"""What every test can ask for: a browser page, an accessibility check, and tables emptied after a test that commits."""

import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import TransactionTestCase
from playwright.sync_api import Browser, Page, sync_playwright

from audit import triggers
from tests.rig import browser as chromium
from tests.rig import empty_database, walked
from workflows.demo import trust
from workflows.testing import Walk

SECONDS_A_PAGE_MAY_TAKE = 15
ACCESSIBILITY = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]  # axe tags none as 2.2 A

# Two busy cores make an example's time say nothing about the code.
hypothesis.settings.register_profile("parity", deadline=None, derandomize=True)
# Not for every day: `pytest --hypothesis-profile=long tests/integration/walks` takes other ways each time, and many more.
hypothesis.settings.register_profile("long", deadline=None, derandomize=False, max_examples=300, print_blob=True)
hypothesis.settings.load_profile("parity")

# What tests begin with is walked to once and remembered: at once, before the conftest of a folder reads the builders.
trust.build_trust = walked.remembered(trust.build_trust)
Walk.walk_to = walked.remember_walks(Walk.walk_to)  # type: ignore[method-assign]


def pytest_sessionstart() -> None:
    """What is written is counted from here on."""
    connection.execute_wrappers.append(walked.memory.notice)


def pytest_configure() -> None:
    """A run that is told to stop still takes away its database server and its folder."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On SQLite every process of the run begins with a copy of an empty database, in place of running the migrations."""
    if connection.vendor == "sqlite":
        empty_database.copy_to(Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Take the copy as it is; it goes with the folder of the run."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_are_emptied() -> Iterator[None]:
    """After a test that commits, lift the triggers that refuse DELETE and TRUNCATE, empty the tables, put them back."""
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def lift_and_empty(test_case: TransactionTestCase) -> None:
        fixed = walked.Fixed()
        triggers.lift()
        empty(test_case)
        fixed.put_back()
        triggers.ensure()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_empty)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run. Ask for `page` or `new_page` instead: each of those begins signed out."""
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # The driver keeps an event loop in this thread, which Django would take for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        running = chromium.launch(playwright)
        yield running
        running.close()


@pytest.fixture
def new_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens a page for one more person, with cookies of their own. Takes Playwright's options for a new context."""
    contexts = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**{"base_url": live_server.url, "locale": "en-GB", "timezone_id": "Europe/London", **options})
        context.set_default_timeout(SECONDS_A_PAGE_MAY_TAKE * 1000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page on the live server, signed out. Addresses may be relative: `page.goto("/")`."""
    return new_page()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """A check of the page as it stands: `axe(page)` fails on any violation of WCAG 2.2, levels A and AA."""
    checker = Axe()

    def check(page: Page) -> None:
        options = {"runOnly": {"type": "tag", "values": ACCESSIBILITY}, "resultTypes": ["violations"]}
        results = checker.run(page, options=options)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check


QUICK = ("architecture", "unit")
"""Folders of tests that take no time: they fill what is left when one worker still has a long one in hand."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys go first, what is quick goes last. Whatever asks for the browser is marked `browser`: no journey is forgotten."""
    items.sort(key=_when)
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


def _when(item: pytest.Item) -> int:
    folder = item.nodeid.split("/")[1]
    return 0 if folder == "system" else 2 if folder in QUICK else 1
