"""The staff of the trust, each with their part in a case."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from tests.system.people.anybody import Colleague
from tests.system.visitor import begins
from workflows.calendar import london_day

SUMMARY = "This says what happened, what we found and what we will do. Nobody is blamed."


def in_days(days: int) -> date:
    return london_day(timezone.now()) + timedelta(days=days)


class Lead(Colleague):
    """Opens a case, forms the group, writes the papers."""

    def opens_a_case(self, title: str, directorate: str) -> None:
        self.goes_home()
        self.presses("Open a case")
        self.writes("What is the case called?", title)
        self.writes("What happened?", "A patient waited four hours for antibiotics.")
        self.picks("Who is the directorate lead?", directorate)
        self.presses("Open the case")
        assert self.title.endswith(title)

    def asks(self, role: str, *people: str) -> None:
        """Two minutes, one page, one confirmation."""
        self.goes_to(self.address("seat_assign", role=role))
        for person in people:
            self.chooses(person)
        self.writes("Why these people?" if role == "psp" else "Why this person?", "You know how it feels to wait on a ward.")
        if role == "psp":
            self._says_what_it_asks_of_them()
        self.presses("Send the offer")
        self.sees(*(f"{person} has been asked, and has until" for person in people))

    def _says_what_it_asks_of_them(self) -> None:
        for label, words in (
            ("How much time it takes", "About six hours a month"),
            ("Meetings", "Four, online, two hours each"),
            ("Until when", "Until the report is signed"),
            ("What it pays", "£75 a half day, reading time included"),
        ):
            self.writes(label, words)

    def sees_two_empty_seats(self) -> None:
        self.goes_to(self.address("people"))
        self.sees("This group needs two lay partners. It has none.")

    def uploads_and_releases(self, paper: str, kind: str) -> None:
        self.goes_to(self.address("paper_upload", kind=kind))
        self.attaches(f"{kind}.txt", f"{paper}. What happened on the ward, hour by hour.".encode())
        note = self.page.get_by_label("What changed since the last version?")
        if note.count():
            self.hand.write(note, "Page 2 says how long the family waited.")
        self.presses("Upload")
        self.writes("Summary in plain language", SUMMARY)
        self.presses("Release to everyone")
        self.sees(SUMMARY)

    def submits(self, task: str) -> None:
        """A part that asks for nothing but the paper."""
        self.takes_up(task)
        self.presses("Send")

    def submits_the_plan(self) -> None:
        self.takes_up("Note the plan")
        self.gives_the_day("On which day should the investigation end?", in_days(90))
        self.chooses("Yes", under="Was the timetable shared with those affected?")
        self.checks_and_sends()

    def puts_the_draft_to_the_group(self) -> None:
        self.takes_up("Review the draft report")
        self.writes("What was changed because of", "The part about the night shift was written again.")
        self.checks_and_sends()


class Directorate(Colleague):
    """Proposes the response, writes the actions, shows what was done."""

    def proposes_an_investigation(self) -> None:
        self.takes_up("Decide how to respond")
        self.chooses("A priority of our own plan")
        self.writes("Why this response?", "Several things went wrong together and we do not yet understand why.")
        self.writes("Why not another response?", "A review of one shift would miss how the teams work together.")
        self.checks_and_sends()

    def writes_an_action(self, title: str) -> None:
        self.goes_to(self.address("actions"))
        self.presses("Add a safety action")
        self.writes("What will be done?", title)
        self.picks("Who does it?", self.name)
        self.writes("How will we know that it worked?", "An audit of call bell times each month.")
        self.gives_the_day("By when?", in_days(60))
        self.presses("Add this action")
        self.sees(title)

    def puts_the_actions_to_the_group(self) -> None:
        self.takes_up("Agree the safety actions")
        self.presses("Send")

    def shows_that_it_was_done(self) -> None:
        self.goes_to(self.address("actions"))
        self.follows(begins("Say what became of it"))
        self.chooses("Yes, and I can show it")
        self.presses("Continue")
        self.writes("What was done, and how can one see it?", "The audit of May shows 96 in 100 answered within five minutes.")
        self.checks_and_sends()
        self.sees("96 in 100")

    def hands_it_to_the_group(self) -> None:
        self.takes_up("Check that the actions were done")
        self.presses("Send")


class ExecutiveTeam(Colleague):
    """Decides on the response; is the second person."""

    def decides_to_investigate(self) -> None:
        self.takes_up("Decide how to respond")
        self.chooses("Investigate")
        self.presses("Continue")
        self.presses("Confirm my decision")

    def agrees_as_the_second_person(self, task: str, answer: str) -> None:
        self.takes_up(f"Answer as the second person: {task}")
        self.chooses(begins(f"I agree. {answer}"))
        self.presses("Send my decision")
        self.sees(f"{self.name} agreed on")


class Coordinator(Colleague):
    """Confirms the group, looks after the partners."""

    def confirms_the_group(self) -> None:
        self.takes_up("Decide: form the group")
        self.chooses("Confirm the group")
        self.presses("Continue")
        self.presses("Confirm my decision")


class EngagementLead(Colleague):
    """Speaks for those affected."""

    def records_questions(self, words: str) -> None:
        self.opens_the_case()
        self.follows("Record questions from those affected")
        self.chooses("They asked questions, written below")
        self.writes("Their questions, in their words", words)
        self.presses("Record")

    def shares_the_draft(self) -> None:
        self.takes_up("Share the draft with those affected")
        self.chooses("The duty of candour was met")
        self.writes("What should the record say about it?", "Letter sent.")
        self.writes("What did those affected say about the draft?", "Please describe the night shift fairly.")
        self.checks_and_sends()


class Executive(Colleague):
    """Hears a disagreement; signs."""

    def hears_the_disagreement(self, words: str, reason: str) -> None:
        """The partner's own words come first and unaltered."""
        self.takes_up("Hear the disagreement: review the draft report")
        said = self.page.locator("main .app-words").first.inner_text()
        assert words in said, said
        self.gives_the_day("On which day did you meet the partner?", in_days(0))
        self.writes("What was said?", "We went through it line by line.")
        self.chooses("Go on in spite of it")
        self.writes("Your reasons", reason)
        self.checks_and_sends("Go on in spite of it")

    def signs(self) -> None:
        self.takes_up("Sign the report")
        self.sees("What must be true before you sign", "fingerprint (SHA-256)")
        self.chooses("Sign the report")
        self.checks_and_sends("Sign the report")


class Quality(Colleague):
    """Takes the learning further, and looks at the evidence."""

    def shares_what_was_learned(self, words: str) -> None:
        self.takes_up("Share what was learned")
        self.gives_the_day("On which day does it reach the board sub-committee?", in_days(10))
        self.writes("In which quarterly report to the integrated care board?", "Quarter 4")
        self.writes("What changed because of the lay partners?", words)
        self.checks_and_sends()

    def has_seen_that_it_was_done(self) -> None:
        self.says("Say whether you have seen that it was done", "Yes, I have seen that it was done")


class Chair(Colleague):
    """Sits in the group, reminds, and records late that nobody answered."""
