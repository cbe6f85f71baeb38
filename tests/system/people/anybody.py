"""What everybody with a seat does: find what waits for them, answer an offer, say what they think, upload a paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, Response

from tests.system.hands import Mouse
from tests.system.visitor import OK, Visitor, begins
from workflows.calendar import london_day
from workflows.processes.oversight.story import Story


class Colleague(Visitor):
    """A person of the trust, with the story of the case they are in."""

    def __init__(
        self, story: Story, page: Page, axe: Callable[[Page], None], name: str, hand: type[Mouse] = Mouse, scripts: bool = True
    ) -> None:
        super().__init__(page, axe, name, hand, scripts)
        self.story = story

    def _arrives(self, response: Response | None, expecting: int = OK) -> None:
        super()._arrives(response, expecting)
        self.story.wait(minutes=1)

    def in_days(self, days: int) -> date:
        return london_day(self.story.at) + timedelta(days=days)

    # Getting there

    def address(self, page: str, **more: Any) -> str:
        case = self.story.case
        return reverse(page, kwargs={"ods": case.organisation.ods_code, "reference": case.reference, **more})

    def opens_the_case(self) -> None:
        self.goes_to(self.address("case"))

    def takes_up(self, task: str) -> None:
        """What waits for them, from home."""
        self.goes_home()
        self.sees("What is waiting for you", task)
        self.follows(begins(task))

    def finds_no_case(self) -> None:
        """Neither on home nor at its address."""
        self.goes_home()
        self.sees("You have no cases yet.")
        self.goes_to(self.address("case"), expecting=404)

    # A seat

    def takes_the_seat(self, role: str) -> None:
        self.takes_up(f"Answer the offer of a seat as {role}")
        self.chooses("Accept")
        self.presses("Send my answer")
        self.declares_no_conflict()
        self.sees("You have joined the group")

    def declares_no_conflict(self) -> None:
        self.chooses("I will keep what I read and hear on this case confidential")
        self.presses("Continue")
        self.chooses("No, I have none that I know of")
        self.presses("Continue")
        self.presses("Send my declaration")

    # An answer

    def says(self, task: str, answer: str, words: str = "") -> None:
        """Answers what waits for them: question, check, done."""
        self.takes_up(task)
        self.answers(answer, words)
        self.sends_it()
        self.sees("What you said is in the record")

    def answers(self, answer: str, words: str = "") -> None:
        self.chooses(answer)
        if words:
            self.writes("What you want the record to say", words)
        self.has_had_enough_time()
        self.presses("Continue")

    def has_had_enough_time(self) -> None:
        """Lay partners can shorten the notice; nobody else is asked."""
        quick = self.page.get_by_label(begins("I have had enough time"))
        if quick.count():
            self.hand.tick(quick)

    def sends_it(self, expecting: int = OK) -> None:
        self.presses("Send my answer", expecting)

    def finds_words_unaltered(self, words: str) -> None:
        """What a lay partner wrote against it, line by line, on the page of the case."""
        self.opens_the_case()
        said = self.page.get_by_role("region", name=re.compile("disagreement", re.IGNORECASE)).locator(".app-words")
        assert words in said.first.inner_text(), said.first.inner_text()

    # Doing one's part of a stage

    def checks_and_sends(self, button: str = "Send") -> None:
        self.presses("Continue")
        self.presses(button)
