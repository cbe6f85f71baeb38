"""The staff of the trust, each with their part in a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.system.people.anybody import Colleague
from tests.system.visitor import begins

SUMMARY = "This says what happened, what we found and what we will do. Nobody is blamed."


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

    def finds_two_empty_seats(self) -> None:
        self.opens_the_case()
        self.follows("More about the people and seats of this case")
        self.sees("This group needs two lay partners. It has none.")

    def sees_everybody_with_each_condition(self) -> None:
        self.goes_to(self.address("seat_assign", role="psp"))
        self.sees("Pat Mercer", "Amina Yusuf", "Gwen Parry", "Cannot be asked now", "Oversight training ran out on")

    def asks_for_a_waiver(self, reason: str) -> None:
        self.opens_the_case()
        self.follows("Ask for a waiver of the lay seats")
        self.gives_the_day("Until which day?", self.in_days(14))
        self.writes("Why can the case not wait?", reason)
        self.presses("Ask an executive")
        self.sees("Nothing changes until then.")

    def answers_the_comment(self, words: str) -> None:
        self.goes_to(self.address("comments"))
        self.follows(begins("Answer this comment"))
        self.chooses("Yes, it was changed")
        self.writes("What was changed and where, or why was nothing?", words)
        self.presses("Send the answer")
        self.sees("No comment is waiting for an answer.", words)

    def uploads_and_releases(self, paper: str, kind: str) -> None:
        self.goes_to(self.address("paper_upload", kind=kind))
        self.attaches(f"{kind}.txt", f"{paper}. What happened on the ward, hour by hour.".encode())
        note = self.page.get_by_label("What changed since the last version?")
        if note.count():
            self.hand.write(note, "Page 2 says how long the family waited.")
        self.presses("Upload")
        self.chooses("The same file as staff")
        self.chooses("No", under="Does what they read point to")
        self.writes("Summary in plain language", SUMMARY)
        self.presses("Release to everyone")
        self.sees(SUMMARY)

    def submits(self, task: str) -> None:
        """A part that asks for nothing but the paper."""
        self.takes_up(task)
        self.presses("Send")

    def submits_the_plan(self) -> None:
        self.takes_up("Note the plan")
        self.gives_the_day("On which day should the investigation end?", self.in_days(90))
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
        self.chooses("A patient safety incident investigation (PSII)")
        self.writes("Why this response?", "Several things went wrong together and we do not yet understand why.")
        self.writes("Why not another response?", "A review of one shift would miss how the teams work together.")
        self.checks_and_sends()

    def writes_an_action(self, title: str) -> None:
        self.goes_to(self.address("actions"))
        self.presses("Add a safety action")
        self.writes("What will be done?", title)
        self.picks("Who does it?", self.name)
        self.writes("How will we know that it worked?", "An audit of call bell times each month.")
        self.gives_the_day("By when?", self.in_days(60))
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

    def agrees_as_the_second_person(self, reason: str, answer: str) -> None:
        self.takes_up("Answer as the second person")
        self.sees("What was asked, and why", reason)
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

    def cannot_confirm_the_group_yet(self) -> None:
        """The way is shown, greyed, with the reason and who can mend it."""
        self.opens_the_case()
        self.presses("Decide: form the group")
        self.sees("Confirm the group", "Rule R9")
        assert self.page.get_by_label("Confirm the group", exact=True).count() == 0


class EngagementLead(Colleague):
    """Speaks for those affected."""

    def records_questions(self, words: str) -> None:
        self.opens_the_case()
        self.follows("Record questions from those affected")
        self.chooses("They asked questions, written below")
        self.writes("The questions of those affected, in their words", words)
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
        self.gives_the_day("On which day did you meet the partner?", self.in_days(0))
        self.writes("What was said?", "We went through it line by line.")
        self.chooses("Go on in spite of it")
        self.writes("Your reasons", reason)
        self.checks_and_sends("Go on in spite of it")

    def cannot_sign_yet(self, *because: str) -> None:
        """There is no button for it; the list says what is missing."""
        self.takes_up("Sign the report")
        self.sees("You cannot sign yet.", *because)
        assert self.page.get_by_label("Sign the report", exact=True).count() == 0

    def signs(self) -> None:
        self.takes_up("Sign the report")
        self.sees("What must be true before you sign", "fingerprint (SHA-256)")
        self.chooses("Sign the report")
        self.checks_and_sends("Sign the report")


class Quality(Colleague):
    """Takes the learning further, and looks at the evidence."""

    def shares_what_was_learned(self, words: str) -> None:
        self.takes_up("Share what was learned")
        self.gives_the_day("On which day does it reach the board sub-committee?", self.in_days(10))
        self.writes("In which quarterly report to the integrated care board?", "Quarter 4")
        self.writes("What changed because of the lay partners?", words)
        self.checks_and_sends()

    def has_seen_that_it_was_done(self) -> None:
        self.says("Say whether you have seen that it was done", "Yes, I have seen that it was done")

    def finds_the_waiver_listed(self, reason: str) -> None:
        self.goes_home()
        self.follows("Every rule that was waived, and why")
        self.sees(reason)

    def reads_the_record(self, name: str) -> None:
        """The whole of it, then what one person did."""
        self.opens_the_case()
        self.follows("The whole record of this case")
        self.picks("Who did it", name)
        self.presses("Show")
        self.sees(name)


class Chair(Colleague):
    """Sits in the group, reminds, and records late that nobody answered."""

    def reminds(self, person: str) -> None:
        self.opens_the_case()
        self.follows(f"Remind {person}")
        self.presses("Send the reminder")
        self.sees(f"{person} was reminded")

    def cannot_record_yet_that_nobody_answered(self, person: str, *because: str) -> None:
        """Each condition with a tick or the reason, and no way to record it."""
        self.goes_to(self.address("lapse", seat=self._seat_of(person)))
        self.sees("Was there time to answer?", "This cannot be recorded yet.", *because)
        assert self.page.get_by_role("button", name="Record that no answer came").count() == 0

    def records_that_nobody_answered(self, person: str, reason: str) -> None:
        self.opens_the_case()
        self.follows(f"Record that {person} gave no answer")
        self.writes("Why do you record this now?", reason)
        self.presses("Record that no answer came")
        self.sees(f"It is on record that {person} gave no answer", reason)

    def asks_to_end_the_seat_of(self, person: str, reason: str) -> None:
        self.goes_to(self.address("seat_end", seat=self._seat_of(person)))
        self.chooses("End the seat: they leave the group")
        self.writes("Reason", reason)
        self.presses("Ask a second person")
        self.sees("Nothing changes until then.")

    def _seat_of(self, person: str) -> UUID:
        return next(seat.pk for seat in self.story.look.seats if seat.person.name == person and seat.is_active)


class Member(Colleague):
    """A clinician in the group: reads, speaks, and is asked for no decision of their own."""

    def reads_the_offer(self, why: str) -> None:
        self.takes_up("Answer the offer of a seat as Group member")
        self.sees("asks you to join a group", why, "You are not asked for a decision of your own.", "Whom you can talk to first")

    def finds_that_it_waits_for_others(self, whom: str) -> None:
        self.goes_home()
        self.sees("Nothing is waiting for you.")
        self.opens_the_case()
        self.sees(f"Waiting for {whom}")

    def reads_and_comments(self, paper: str, words: str) -> None:
        self.opens_the_case()
        self.follows(begins(paper))
        self.sees("In plain language")
        version = self.page.url
        self.follows(begins("Read version"))
        self.goes_to(version)
        self.presses("Comment on this version")
        self.writes("Your comment", words)
        self.presses("Send my comment")
        self.sees(words)

    def has_nothing_to_do(self) -> None:
        self.goes_home()
        self.sees("Nothing is waiting for you.")
        self.does_not_see("Say what you think")

    def is_refused_the_partners_question(self, visit: UUID) -> None:
        self.goes_to(self.address("position", visit=visit), expecting=403)
        self.sees("This question is not put to you", "Nothing was changed.")

    def steps_down(self) -> None:
        self.opens_the_case()
        self.follows(begins("Step down, or declare a conflict"))
        self.chooses("Step down")
        self.presses("Leave this case")
        self.sees("You no longer see this case.")


class Auditor(Colleague):
    """Reads every case of the trust, and changes nothing."""

    def reads_all_there_is(self, version: UUID) -> None:
        """On no page is there a form that would change something, but the one for leaving."""
        for name in ("case", "people", "record", "picture", "comments", "actions"):
            self.goes_to(self.address(name))
            self._finds_nothing_to_change()
        self.goes_to(self.address("paper", version=version))
        self._finds_nothing_to_change()
        self.follows(begins("Read version"))

    def _finds_nothing_to_change(self) -> None:
        assert self.page.locator("main form[method=post]").count() == 0, self.page.url
        self.does_not_see("What you can do now")

    def is_refused(self, page: str, **more: Any) -> None:
        self.goes_to(self.address(page, **more), expecting=403)
        self.sees("Nothing was changed.")
