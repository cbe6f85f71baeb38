"""Somebody at a browser. Every page that opens before them is checked before they go on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from playwright.sync_api import FilePayload, Locator, Page, Response, expect

from tests.system.hands import Mouse
from tests.system.pages import is_well_made

OK = 200
BLAME = "Content Security Policy"


def begins(text: str) -> re.Pattern[str]:
    """Words that begin so: a label, a link."""
    return re.compile(rf"^\s*{re.escape(text)}")


class Visitor:
    """Reads a page as people do: by headings, labels and the words on links and buttons."""

    def __init__(self, page: Page, axe: Callable[[Page], None], name: str, hand: type[Mouse] = Mouse, scripts: bool = True) -> None:
        self.page, self.name, self.hand, self.scripts = page, name, hand(page), scripts
        self._axe = axe
        page.on("console", lambda message: self._faults.append(message.text) if BLAME in message.text else None)
        page.on("pageerror", lambda error: self._faults.append(str(error)))
        self._faults: list[str] = []

    # Going about

    def goes_home(self) -> None:
        self.goes_to("/")

    def goes_to(self, address: str, expecting: int = OK) -> None:
        self._arrives(self.page.goto(address), expecting)

    def follows(self, text: str | re.Pattern[str], within: Locator | None = None, expecting: int = OK) -> None:
        self._presses((within or self.page).get_by_role("link", name=text, exact=isinstance(text, str)), expecting)

    def presses(self, text: str | re.Pattern[str], expecting: int = OK, within: Locator | None = None) -> None:
        """A button, or a link that looks like one."""
        buttons = (within or self.page).get_by_role("button", name=text, exact=isinstance(text, str))
        self._presses(buttons, expecting)

    def _presses(self, what: Locator, expecting: int = OK) -> None:
        with self.page.expect_navigation() as arrival:
            self.hand.activate(what.first)
        self._arrives(arrival.value, expecting)

    # Filling in

    def writes(self, label: str, text: str) -> None:
        """Into the box whose label begins so: some go on with "(optional)"."""
        self.hand.write(self.page.get_by_label(begins(label)).first, text)

    def chooses(self, label: str | re.Pattern[str], under: str = "") -> None:
        """A radio or a checkbox; `under` names the question where several have the same answers."""
        place = self.page.get_by_role("group", name=under) if under else self.page
        self.hand.tick(place.get_by_label(label, exact=isinstance(label, str)).first)

    def picks(self, label: str, option: str) -> None:
        self.page.get_by_label(label).select_option(label=option)

    def gives_the_day(self, question: str, day: date) -> None:
        group = self.page.get_by_role("group", name=question)
        for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.hand.write(group.get_by_label(part), str(number))

    def attaches(self, name: str, words: bytes) -> None:
        """The one file that a page asks for."""
        self.page.locator('input[type="file"]').set_input_files(FilePayload(name=name, mimeType="text/plain", buffer=words))

    # Seeing

    @property
    def title(self) -> str:
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def words(self) -> str:
        """Everything that the page says, folded parts included."""
        return " ".join((self.page.locator("main").text_content() or "").split())

    def sees(self, *texts: str) -> None:
        words = self.words
        missing = [text for text in texts if text not in words]
        assert not missing, f"{self.name} does not see {missing} on {self.page.url}:\n{words}"

    def does_not_see(self, *texts: str) -> None:
        seen = [text for text in texts if text in self.words]
        assert not seen, f"{self.name} sees {seen} on {self.page.url}"

    def is_told_of_an_error(self, message: str, field: str) -> None:
        """The title says so, the summary has the focus and leads to the field, and nothing typed is lost."""
        expect(self.page).to_have_title(re.compile("^Error:"))
        self.sees(message)
        if self.scripts:
            expect(self.page.locator(":focus")).to_have_class("nhsuk-error-summary")
            self.hand.activate(self.page.get_by_role("link", name=message))
            expect(self.page.locator(":focus")).to_have_attribute("name", field)

    # What holds for every page

    def _arrives(self, response: Response | None, expecting: int = OK) -> None:
        assert response is not None
        assert response.status == expecting, f"{self.name} gets {response.status} at {self.page.url}: {self.words[:2000]}"
        is_well_made(self.page, self._axe if self.scripts else None)
        assert self._faults == []
