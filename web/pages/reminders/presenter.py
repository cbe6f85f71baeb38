"""A seat that owes an answer: what it was asked, by when, and when it was reminded."""

from __future__ import annotations

from functools import cached_property
from uuid import UUID

from cases.models import Lapse, Person, Reminder, Seat
from permissions.roles import ROLES
from permissions.verdict import Verdict
from web.design_system import words
from web.pages.cases.wording import recording_silence
from web.pages.reminders.forms import NO_VISIT
from workflows.doors.reminders import REMINDERS_BEFORE_LAPSE, may_lapse, may_remind, reminded_on, time_was_given
from workflows.look import Look
from workflows.offers import REASON


class Awaited:
    """One seat whose answer is awaited, as the chair, the lead or the coordinator sees it."""

    def __init__(self, look: Look, seat: Seat, person: Person) -> None:
        self.look, self.seat, self.person, self.case = look, seat, person, look.case

    @property
    def role(self) -> str:
        return ROLES[self.seat.role].title

    @property
    def visit(self) -> str:
        return str(self.look.visit.pk) if self.look.visit else ""

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What is awaited, since when, and what was done about it."""
        live, stage = self.look.visit, self.look.stage
        return [
            ("Who", f"{self.seat.person.name}, {self.role}"),
            ("What is awaited", stage.title if stage else ""),
            ("Answer by", self._due if live else ""),
            ("Reminders so far", self._sent),
        ]

    @property
    def _due(self) -> str:
        by = self.look.visit.due_on if self.look.visit else None
        return words.due(by, self.look.calendar.between(self.look.today, by), self.look.today) if by else "No day was set"

    @property
    def _sent(self) -> str:
        return "; ".join(f"{words.day_and_time(one.at)}, by {self._sender(one)}" for one in self.reminders) or "None"

    def _sender(self, reminder: Reminder) -> str:
        """Whoever sent it; the clock sends most of them."""
        if reminder.sent_by_id is None:
            return "the clock"
        names = {seat.person_id: seat.person.name for seat in self.look.seats}
        return names.get(reminder.sent_by_id, "somebody who has left")

    @cached_property
    def reminders(self) -> list[Reminder]:
        return [one for one in self.look.reminders if one.seat_id == self.seat.pk]

    @property
    def was_reminded_today(self) -> bool:
        return self.look.today in reminded_on(self.look, self.seat.pk)

    @property
    def days_left(self) -> int:
        """On how many more days a reminder must go before a lapse can be recorded (R1)."""
        return max(0, REMINDERS_BEFORE_LAPSE - len(reminded_on(self.look, self.seat.pk)))

    @property
    def recorder(self) -> str:
        """Who may record that no answer came; empty where nobody may."""
        return recording_silence(self.look.process)

    @property
    def may_remind(self) -> list[Verdict]:
        return may_remind(self.look, self.person, self._visit, self.seat.pk)[2]

    @property
    def _visit(self) -> UUID:
        return self.look.visit.pk if self.look.visit else NO_VISIT

    # A lapse

    @cached_property
    def conditions(self) -> list[Verdict]:
        """That time was given: each condition, met or not."""
        return list(time_was_given(self.look, self.seat.pk))

    @property
    def lapse_refusals(self) -> list[Verdict]:
        """What else stands in the way, whatever the time given; the reason is asked for on the page."""
        told = {one.reason for one in self.conditions}
        verdicts = may_lapse(self.look, self.person, self._visit, self.seat.pk, REASON)[2]
        return [one for one in verdicts if not one.allowed and one.reason not in told]

    @property
    def lapse_allowed(self) -> bool:
        return all(self.conditions)

    @property
    def recorded(self) -> Lapse | None:
        """The newest lapse of this seat. One statement."""
        return Lapse.objects.filter(case=self.case.pk, seat=self.seat.pk).select_related("recorded_by").order_by("-at").first()
