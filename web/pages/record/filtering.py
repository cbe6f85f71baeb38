"""What one can ask of a record: a subject, a person, a capacity, days; and from which place on. Anything odd is ignored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from audit.models import Event
from notifications.models import Notice
from workflows.calendar import LONDON

SUBJECTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "answers": ("Answers and decisions", (
        "submitted", "position_taken", "decided", "settled", "lapsed", "reminded", "case_opened", "facts_recorded",
        "answer_typed_in", "typed_answer_confirmed", "typed_answer_denied", "typed_answer_taken_back", "signed_form_filed",
        "signed_form_witnessed")),
    "papers": ("Papers and comments", (
        "paper_uploaded", "paper_released", "paper_given_to_staff", "lay_rendition_uploaded", "paper_unclear", "unclear_taken_back",
        "summary_mended", "comment_made", "comment_answered", "answer_satisfies", "answer_does_not_satisfy")),
    "seats": ("People and seats", (
        "seat_offered", "seat_accepted", "seat_declined", "offer_withdrawn", "interests_declared", "recused", "stepped_down",
        "stand_in_asked", "returned_to_seat", "stand_in_over", "sight_renewed", "sight_over", "sight_ended",
        "seat_end_asked", "seat_ended", "membership_change_asked", "membership_changed", "offices_filled")),
    "actions": ("Safety actions", ("action_drafted", "action_changed", "action_evidenced")),
    "project": ("Measures, work that was stopped, what it was like", (
        "measure_proposed", "measure_changed", "baseline_recorded", "measure_endorsed", "measure_dropped", "hold_placed",
        "hold_answered", "hold_taken_back", "evaluation_offered", "evaluation_answered")),
    "withheld": ("Held back, and seen in an emergency", (
        "part_withheld", "withholding_challenged", "challenge_answered", "withholding_ended", "withholding_prolonged",
        "caldicott_asked", "caldicott_decided", "emergency_asked", "emergency_agreed", "emergency_refused", "emergency_ended")),
    "exceptions": ("Rules lifted, second persons, withdrawal", (
        "waiver_asked", "waived", "waiver_ended", "waiver_expired", "second_person_refused", "case_withdrawal_asked",
        "case_withdrawn", "lapsed")),
    "keeping": ("How long it is kept", (
        "legal_hold_placed", "legal_hold_kept", "legal_hold_lift_asked", "legal_hold_lifted", "disposal_proposed",
        "disposal_objected", "objection_answered", "disposal_agreed", "disposal_dropped")),
    "reads": ("Reads and refusals", ("paper_read", "evidence_read", "refused")),
}  # fmt: skip
"""What one can filter by: the words, and the kinds of event behind them."""

MESSAGES, OTHER = "messages", "other"
MORE = {MESSAGES: "What people were told", OTHER: "Everything else"}
"""Two subjects that no list of kinds makes: acts of which somebody was told, and kinds that are under no subject above."""

CAPACITIES = {"lay": "A lay partner", "staff": "Staff", "system": "The system"}

_LISTED = frozenset(kind for _words, kinds in SUBJECTS.values() for kind in kinds)


@dataclass(frozen=True)
class Filter:
    """What of the record is wanted. `since` and `until` are days in London, both included; `before` a place in the chain."""

    subject: str = ""
    person: str = ""
    before: int | None = None
    capacity: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, asked: dict[str, str]) -> Filter:
        before = asked.get("before", "")
        subject, capacity = asked.get("subject", ""), asked.get("capacity", "")
        place = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
        return cls(
            subject if subject in SUBJECTS or subject in MORE else "", asked.get("person", ""), place,
            capacity if capacity in CAPACITIES else "", _day(asked.get("from", "")), _day(asked.get("to", "")),
        )  # fmt: skip

    def narrow(self, events: QuerySet[Event], people: set[str], told: QuerySet[Notice]) -> QuerySet[Event]:
        """Those of the events that are wanted; `people`: the keys of those whom one can filter by; `told`: messages one reads."""
        for wanted in self._wanted(people, told):
            events = events.filter(wanted)
        return events

    def _wanted(self, people: set[str], told: QuerySet[Notice]) -> Iterator[Q]:
        if self.subject in SUBJECTS:
            yield Q(kind__in=SUBJECTS[self.subject][1])
        if self.subject == MESSAGES:
            yield Q(Exists(told.filter(event_id=OuterRef("pk"))))
        if self.subject == OTHER:
            yield ~Q(kind__in=_LISTED)
        if self.person in people:
            yield Q(person_id=self.person)
        if self.capacity:
            yield Q(capacity=self.capacity)
        if self.since:
            yield Q(at__gte=_midnight(self.since))
        if self.until and self.until < date.max:
            yield Q(at__lt=_midnight(self.until + timedelta(days=1)))
        if self.before is not None:
            yield Q(seq__lt=self.before)

    def kept(self) -> dict[str, str]:
        """What the addresses of the other pages carry on."""
        told = {
            "subject": self.subject, "person": self.person, "capacity": self.capacity,
            "from": self.since.isoformat() if self.since else "", "to": self.until.isoformat() if self.until else "",
        }  # fmt: skip
        return {name: value for name, value in told.items() if value}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _day(typed: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(typed)
    return None
