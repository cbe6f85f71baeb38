"""A partner who is being trained, and the staff who owe them the training."""

from __future__ import annotations

import re

from tests.system.people.partner import Partner
from tests.system.people.staff import Coordinator
from tests.system.visitor import begins


def on(act: str, training: str) -> re.Pattern[str]:
    """The words of a link that the eye reads short and the ear hears in full."""
    return re.compile(rf"^{re.escape(act)}\s*: {re.escape(training)}$")


class Trainee(Partner):
    """Somebody who was appointed not long ago, at home with a telephone."""

    def reads_what_is_owed(self, *texts: str) -> None:
        """From the header, their own page."""
        self.goes_home()
        self.follows("My page")
        self.sees("My training", "What the organisation owes me", *texts)

    def says_what_would_help(self, training: str, words: str) -> None:
        self.opens_the_case()
        self.follows(on("Say what would help you", training))
        self.writes("What would help you to take part?", words)
        self.presses("Send")

    def says_that_it_is_done(self, training: str) -> None:
        """One page of questions, one to check them."""
        self.opens_the_case()
        self.presses(on("Say that it is done", training))
        self.gives_the_day("On which day was it finished?", self.in_days(0))
        self.writes("Who ran it?", "NHS England")
        self.writes("How can somebody see that it was done?", "Certificate 4471, sent to Cora Bell.")
        self.presses("Continue")
        self.sees("Check before you send", "Certificate 4471")
        self.presses("Hand it in")
        self.sees("Handed in, not checked yet")

    def hands_everything_in(self) -> None:
        self.takes_up("Complete the training")
        self.presses("Send")

    def says_that_they_are_ready(self) -> None:
        """Asking for more is the button beside it, and looks the same."""
        self.opens_the_case()
        ready = self.page.get_by_role("button", name="I am ready")
        more = self.page.get_by_role("button", name="Ask for more training")
        assert ready.get_attribute("class") == more.get_attribute("class")
        self.presses("I am ready")
        self.answers("Yes, ready")
        self.sends_it()

    def signs(self) -> None:
        self.takes_up("Sign")
        self.answers("I sign")
        self.sends_it()

    def finds_themselves_ready(self, *texts: str) -> None:
        self.goes_to("/me/")
        self.sees("Oversight training In date", *texts)
        self.does_not_see("What I need, and why")


class TrainingCoordinator(Coordinator):
    """Starts the training, confirms what is required, offers it, checks it."""

    def starts_the_training_of(self, partner: str) -> None:
        self.goes_home()
        self.sees("Partners whose training is due")
        self.follows(begins(f"{partner}: start the training"))
        self.presses("Start the training")
        self.sees(f"The training of {partner}")

    def confirms_what_is_required(self) -> None:
        self.takes_up("Confirm what is required")
        self.presses("Send")

    def offers(self, training: str, need: str) -> None:
        """The page repeats what the partner needs, and asks how it is met."""
        self.opens_the_case()
        self.presses(on("Offer this training", training))
        self.sees(need)
        self.writes("What is the course called, and who runs it?", f"{training}, NHS England")
        self.writes("How is it done?", "Online, half an hour")
        self.writes("When can they do it?", "At any time")
        self.writes("How does this offer meet what they need?", "Every film has subtitles.")
        self.presses("Continue")
        self.presses("Send the offer")

    def accepts(self, training: str) -> None:
        self.opens_the_case()
        self.presses(on("Check that it was done", training))
        self.sees("Certificate 4471")
        self.chooses("Yes, it is in order")
        self.presses("Continue")
        self.presses("Send my decision")
        self.sees("Checked, in order")
