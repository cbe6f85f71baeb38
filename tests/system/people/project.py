"""The people of an improvement project, each with their part in it."""

from __future__ import annotations

from tests.system.people.anybody import Colleague
from tests.system.people.partner import Partner
from tests.system.visitor import begins


class Proposer(Partner):
    """A Patient Safety Partner who begins a project, measures what matters, stops the work, and is told what came of it."""

    def proposes(self, title: str, idea: str) -> None:
        self.goes_home()
        self.presses("Propose an improvement project")
        self.writes("What is it to be called?", title)
        self.chooses("A concern that a Patient Safety Partner raised")
        self.writes("Which one? Give its reference or name.", "Raised at the partners\u2019 meeting in February")
        self.writes("What should be better, and for whom?", idea)
        self.presses("Send my proposal")

    def is_told_to_declare_and_who_answers(self, *texts: str) -> None:
        self.sees("Your proposal has been sent", "First, declare your interests", *texts)
        self.presses("Declare your interests")
        self.declares_no_conflict()
        self.sees("You have joined the group")

    def proposes_a_measure(self, title: str) -> None:
        self.opens_the_case()
        self.presses("Propose a measure")
        self.writes("What do you want to measure?", title)
        self.writes("Why does it matter to patients?", "Being called by your name is being seen.")
        self.writes("How is it measured, and how often?", "We ask ten patients on each ward, every week.")
        self.presses("Propose it")
        self.sees(f"1. {title}", "Proposed by a partner")

    def stops_the_testing(self, why: str) -> None:
        self.opens_the_case()
        self.follows("Stop the testing until you are answered")
        self.sees("Gareth Lloyd (project sponsor) must answer you in writing by", "nobody may hold it against you")
        self.writes("Why must it stop?", why)
        self.presses("Stop the work now")
        self.sees("Waiting for an answer", " ".join(why.split()))

    def reads_the_answer_on_the_case(self, why: str, answer: str) -> None:
        self.opens_the_case()
        self.does_not_see("Nothing goes on until")
        self.follows(begins("When the work was stopped"))
        self.sees("Answered", why, answer)

    def reads_from_a_message_what_changed(self, *texts: str) -> None:
        self.goes_home()
        self.follows(begins("Messages"))
        self.follows(begins("You said, we did: read what changed"))
        self.sees(*texts)

    def says_what_it_was_like(self, words: str) -> None:
        self.takes_up("Say what it was like to be involved")
        self.writes("What is different because you were there?", words)
        self.presses("Send what I wrote")
        self.sees("Answered", words)


class SafetySpecialist(Colleague):
    """Answers a proposal."""

    def accepts_the_proposal(self, idea: str) -> None:
        self.opens_the_case()
        self.sees(idea)
        self.takes_up("Answer the proposal")
        self.chooses("Accept the proposal")
        self.checks_and_sends("Accept the proposal")


class ProjectLead(Colleague):
    """Writes down what things were like before, answers comments, says what changed."""

    def writes_down_the_baseline(self, baseline: str) -> None:
        self.opens_the_case()
        self.presses(begins("Write down the baseline"))
        self.writes("What is it now, before any change?", baseline)
        self.presses("Save")
        self.sees(baseline)

    def puts_the_measures_to_everybody(self, measure: str) -> None:
        self.takes_up("Agree the measures")
        self.sees(f"1. {measure}")
        self.presses("Send")

    def cannot_go_on(self, who: str) -> None:
        self.takes_up("Test changes")
        self.sees("What is missing", who, "Rule R12")

    def answers_the_comment(self, words: str) -> None:
        self.goes_to(self.address("comments"))
        self.follows(begins("Answer this comment"))
        self.chooses("Yes, it was changed")
        self.writes("What was changed and where, or why was nothing?", words)
        self.presses("Send the answer")

    def says_what_changed(self, words: str) -> None:
        self.takes_up("Share: you said, we did")
        self.writes("What changed because of the partners", words)
        self.writes("Where was it shared?", "On the ward boards.")
        self.checks_and_sends()


class Sponsor(Colleague):
    """Answers a partner who stopped the work."""

    def answers_whoever_stopped_the_work(self, who: str, why: str, answer: str) -> None:
        self.takes_up(f"Answer {who}, who stopped the work")
        self.sees(why)
        self.writes("Your answer", answer)
        self.presses("Send the answer")
        self.sees("Answered", answer)


class PartnerCoordinator(Colleague):
    """Asks the partners what it was like."""

    def asks_everybody_what_it_was_like(self) -> None:
        self.goes_to(self.address("evaluations"))
        self.presses("Ask everybody who has not been asked")
        self.does_not_see("Not asked yet")
