"""A Patient Safety Partner."""

from __future__ import annotations

import re

from tests.system.people.anybody import Colleague
from tests.system.visitor import begins

SAY = "Say what you think of the investigation report"


class Partner(Colleague):
    """Somebody who is asked, reads, and says what they think."""

    # Being asked

    def reads_the_offer(self) -> None:
        """Who asks, for what, what one will see and decide, whom to talk to; and how it all works."""
        self.takes_up("Answer the offer of a seat as Patient Safety Partner")
        self.sees("asks you to join a group", "What you will see", "What you will be asked to decide", "Whom you can talk to first")
        self.follows("How this process works, step by step")
        self.sees("Lay right")

    def declares_a_conflict(self, what: str) -> None:
        self.takes_up(SAY)
        self.follows("I have a conflict of interest")
        self.chooses("Declare a conflict of interest")
        self.writes("What is the conflict, in a few words?", what)
        self.presses("Leave this case")
        self.sees("You no longer see this case.")

    # Reading

    def reads_the_paper_from_the_question(self) -> None:
        """What is being decided, the summary, what follows from each answer: all before the question."""
        self.takes_up(SAY)
        self.sees("In plain language", "What happens after each answer", "must meet you within")
        question = self.page.url
        self.follows(begins("Read version"))
        self.sees("These are the words of the file")
        self.goes_to(question)

    # Going wrong, and going back

    def forgets_to_say_why(self, answer: str) -> None:
        self.chooses(answer)
        self.presses("Continue")

    def is_asked_to_say_why(self, answer: str) -> None:
        message = f"Write what you want the record to say, because you chose \u201c{answer}\u201d"
        self.is_told_of_an_error(message, field="text")
        assert self.page.get_by_label(answer, exact=True).is_checked()

    def writes_why(self, words: str) -> None:
        self.writes("What you want the record to say", words)
        self.has_had_enough_time()
        self.presses("Continue")

    def changes_the_words_before_sending(self, words: str) -> None:
        self.presses(begins("Change your answer to: What you want the record to say"))
        self.writes_why(words)

    def checks_and_sends_it(self, *texts: str) -> None:
        self.sees("Check what you are about to say", *texts)
        self.sends_it()

    def is_told_what_comes_next(self, *texts: str) -> None:
        self.sees("What you said is in the record", "What happens next", *texts)

    def thinks_again(self, answer: str, words: str = "") -> None:
        """The case says what one can still do."""
        self.opens_the_case()
        self.follows("Change what you said")
        self.sees("If you answer again, the new answer counts. The earlier one stays in the record.")
        self.answers(answer, words)
        self.sends_it()

    # Disagreeing

    def does_not_support_it(self, words: str) -> None:
        self.says(SAY, "I do not support it", words)

    def says_they_were_heard(self) -> None:
        self.says("Say whether you were heard", "Yes, I was heard. My disagreement stands")

    def reads_the_answer(self, reason: str) -> None:
        self.takes_up("Say whether you were heard")
        self.sees("You are not asked whether you agree.", reason)

    # Safety actions, evidence

    def supports_each_action(self) -> None:
        self.takes_up("Say what you think of the safety actions")
        for question in self.page.get_by_role("group", name=re.compile("what do you think of it")).all():
            self.hand.tick(question.get_by_label("I support it", exact=True))
        self.has_had_enough_time()
        self.presses("Continue")
        self.sends_it()
        self.sees("What you said is in the record")

    def has_seen_that_it_was_done(self) -> None:
        self.says("Say whether you have seen that it was done", "Yes, I have seen that it was done")
