"""One training of a case in words: why it is asked, how far it has got, whose turn it is and by when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from cases.models import TrainingItem
from permissions.traininglife import WITH_THE_PARTNER, clock_against, needs_are_met, standing
from web.design_system import words
from workflows.calendar import Calendar

State, Whose = TrainingItem.State, TrainingItem.Cause

TAGS = {
    State.REQUIRED: ("Not offered yet", "yellow"),
    State.OFFERED: ("Offered", "blue"),
    State.BOOKED: ("Booked", "blue"),
    State.COMPLETED: ("Handed in, not checked yet", "yellow"),
    State.REJECTED: ("Sent back", "orange"),
    State.VERIFIED: ("Checked, in order", "green"),
    State.WAIVED: ("Left out for a time", "orange"),
    State.SIGNED: ("Signed off", "green"),
    State.LAPSED: ("Run out", "red"),
}
"""Each state in words, and its colour."""

_TO_DO = {
    State.REQUIRED: "offer it",
    State.LAPSED: "offer it again",
    State.OFFERED: "book a day, or do it and say that it is done",
    State.BOOKED: "do it and say that it is done",
    State.COMPLETED: "check that it was done",
    State.REJECTED: "say again how one can see that it was done",
}
_MEET = "see to what is needed to take part"


@dataclass(frozen=True)
class Now:
    """The day by which a training is judged on a page. `check_by`: until when evidence is checked, where that is known."""

    today: date
    calendar: Calendar
    check_by: date | None = None

    def due(self, on: date | None) -> str:
        """ "Friday 4 December 2026 (in 6 working days)"; empty where no day is set."""
        return words.due(on, working_days=self.calendar.between(self.today, on), today=self.today) if on else ""

    def is_late(self, on: date | None) -> bool:
        return on is not None and on < self.today


class ItemInWords:
    """One training as it stands on a day. Reads nothing but the item and its requirement."""

    def __init__(self, item: TrainingItem, now: Now) -> None:
        self.item, self._now = item, now
        self.state = State(standing(item, now.today))

    @property
    def whose(self) -> str:
        """Whose time is running, a `TrainingItem.Cause`; empty where nothing is owed."""
        return clock_against(self.item, self._now.today)

    @property
    def is_owed(self) -> bool:
        """Whether it is the organisation that has to do something."""
        return self.whose == Whose.ORGANISATION

    @property
    def to_do(self) -> str:
        """What is to be done next, as a sentence goes on after "to"; empty where nothing is."""
        if self.state in WITH_THE_PARTNER and not needs_are_met(self.item):
            return _MEET
        return _TO_DO.get(self.state, "")

    @property
    def due_on(self) -> date | None:
        """By when that is to be done."""
        if self.state in (State.REQUIRED, State.LAPSED):
            return self.item.offer_by
        if self.state == State.COMPLETED:
            return self._now.check_by
        return self.item.due_on if self.state in WITH_THE_PARTNER else None

    @property
    def due(self) -> str:
        return self._now.due(self.due_on)

    @property
    def is_late(self) -> bool:
        return self._now.is_late(self.due_on)

    @property
    def tag(self) -> tuple[str, str]:
        """The state in words, with its colour; an offer that is late, and a day gone by, say so."""
        if self.is_late and self.state == State.REQUIRED:
            return "Not offered in time", "red"
        if self.is_late and self.state in WITH_THE_PARTNER:
            return "Overdue", "red"
        return TAGS[self.state]


def told_facts(item: TrainingItem, name_of: Callable[[object], str]) -> Iterator[tuple[str, str]]:
    """What is known of it beyond its state, as (what, value); empty values too. `name_of`: the name of a person by key."""
    yield "Offered on", words.day(item.offered_at)
    yield "What is offered", item.offer
    yield "What would help to take part", item.adjustments
    yield "What was done about that", item.adjustments_met
    yield "Booked for", words.day(item.booked_on)
    yield "Finished on", words.day(item.completed_on)
    yield "Who ran it", item.provider
    yield "Hours", f"{item.hours.normalize():f}" if item.hours else ""
    yield "How one can see that it was done", item.evidence
    yield "Who said so", _handed_in(item, name_of)
    yield "Checked on", words.day(item.checked_at)
    yield "Checked by", name_of(item.checked_by_id) if item.checked_by_id else ""
    yield "Holds until", words.day(item.valid_until)


def _handed_in(item: TrainingItem, name_of: Callable[[object], str]) -> str:
    if item.submitted_by_id is None:
        return ""
    return f"{name_of(item.submitted_by_id)}{', for the partner' if item.by_proxy else ''}"


def how_long(months: int | None) -> str:
    """ "3 years", "18 months"; how long a training holds."""
    if not months:
        return "Does not run out"
    years, rest = divmod(months, 12)
    return words.count(months, "month") if rest else words.count(years, "year")
