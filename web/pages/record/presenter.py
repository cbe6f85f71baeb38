"""The record of a case: everything that happened, as far as one person may read it, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from audit.models import Event
from cases.models import Comment, Person, Position, Seat
from permissions.scope import visible_events
from web.pages.cases.found import address
from web.pages.record.telling import Entry, entry
from web.pages.record.withheld import reads_words
from workflows.doors.measures import has_measures
from workflows.look import Look

LINES = 50
"""Events on one page."""

SUBJECTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "answers": ("Answers and decisions", (
        "submitted", "position_taken", "decided", "settled", "lapsed", "reminded", "case_opened", "facts_recorded",
        "answer_typed_in", "typed_answer_confirmed", "typed_answer_denied", "typed_answer_taken_back", "signed_form_filed",
        "signed_form_witnessed")),
    "papers": ("Papers and comments", (
        "paper_uploaded", "paper_released", "comment_made", "comment_answered", "answer_satisfies", "answer_does_not_satisfy")),
    "seats": ("People and seats", (
        "seat_offered", "seat_accepted", "seat_declined", "offer_withdrawn", "interests_declared", "recused", "stepped_down",
        "stand_in_asked", "returned_to_seat", "stand_in_over",
        "seat_end_asked", "seat_ended", "membership_change_asked", "membership_changed", "offices_filled")),
    "actions": ("Safety actions", ("action_drafted", "action_changed", "action_evidenced")),
    "project": ("Measures, work that was stopped, what it was like", (
        "measure_proposed", "measure_changed", "baseline_recorded", "measure_endorsed", "measure_dropped", "hold_placed",
        "hold_answered", "hold_taken_back", "evaluation_offered", "evaluation_answered")),
    "exceptions": ("Rules lifted, second persons, withdrawal", (
        "waiver_asked", "waived", "waiver_ended", "second_person_refused", "case_withdrawal_asked", "case_withdrawn", "lapsed")),
    "reads": ("Reads and refusals", ("paper_read", "evidence_read", "refused")),
}  # fmt: skip
"""What one can filter by: the words, and the kinds of event behind them."""


@dataclass(frozen=True)
class Filter:
    """What of the record is wanted: a subject, a person, and events before a place in the chain. Anything odd is ignored."""

    subject: str = ""
    person: str = ""
    before: int | None = None

    @classmethod
    def read(cls, asked: dict[str, str]) -> Filter:
        before = asked.get("before", "")
        subject = asked.get("subject", "")
        place = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
        return cls(subject if subject in SUBJECTS else "", asked.get("person", ""), place)


class Record:
    """The record of one case for one person, `LINES` events a page, newest first."""

    def __init__(self, look: Look, person: Person, wanted: Filter) -> None:
        self._look = look
        self._person = person
        self.wanted = wanted

    @property
    def title(self) -> str:
        return self._look.case.title

    @property
    def reference(self) -> str:
        return self._look.case.reference

    @property
    def case_href(self) -> str:
        return address("case", self._look.case)

    @property
    def subjects(self) -> list[tuple[str, str]]:
        """Those that this process can have anything of."""
        has = {"actions": any(stage.on_each for stage in self._look.process.stages), "project": has_measures(self._look)}
        return [(code, words) for code, (words, _kinds) in SUBJECTS.items() if has.get(code, True)]

    @cached_property
    def people(self) -> list[tuple[str, str]]:
        """Everybody who sits or sat on the case, to filter by."""
        named = {str(seat.person_id): seat.person.name for seat in self._look.seats}
        return sorted(named.items(), key=lambda pair: pair[1])

    @cached_property
    def _page(self) -> list[Event]:
        """One more than is shown, to know whether there is a next page."""
        events = self._readable().filter(case_id=self._look.case.pk)
        if self.wanted.subject:
            events = events.filter(kind__in=SUBJECTS[self.wanted.subject][1])
        if self.wanted.person in dict(self.people):
            events = events.filter(person_id=self.wanted.person)
        if self.wanted.before is not None:
            events = events.filter(seq__lt=self.wanted.before)
        return list(events.order_by("-seq")[: LINES + 1])

    def _readable(self) -> QuerySet[Event]:
        """What this person may read; with it, who opened the texts that they wrote about (R15)."""
        mine = self._versions_written_about()
        told = visible_events(self._person, self._look.at)
        if not mine:
            return told
        reads = Q(kind="paper_read", facts__version_id__in=mine, case_id=self._look.case.pk)
        return Event.objects.filter(Q(pk__in=told.filter(case_id=self._look.case.pk).values("pk")) | reads)

    def _versions_written_about(self) -> list[str]:
        if not any(seat.is_lay for seat in self._look.seats_of(self._person.pk)):
            return []
        mine = {"case": self._look.case, "person": self._person}
        answered = Position.objects.filter(**mine, version__isnull=False).values_list("version_id", flat=True)
        found = set(answered) | set(Comment.objects.filter(**mine, version__isnull=False).values_list("version_id", flat=True))
        return [str(pk) for pk in found]

    @property
    def entries(self) -> list[Entry]:
        words = reads_words(self._look, self._person)
        return [entry(event, self._look.process, words=words) for event in self._page[:LINES]]

    @property
    def older(self) -> str:
        """The address of the page with what happened before; empty on the last."""
        if len(self._page) <= LINES:
            return ""
        return "?" + urlencode(self._kept() | {"before": str(self._page[LINES - 1].seq)})

    @property
    def newest(self) -> str:
        """The address of the first page; empty there."""
        return "?" + urlencode(self._kept()) if self.wanted.before is not None else ""

    def _kept(self) -> dict[str, str]:
        return {name: value for name, value in (("subject", self.wanted.subject), ("person", self.wanted.person)) if value}

    @property
    def begins(self) -> datetime | None:
        """From when a lay partner reads the record: the beginning of the stage that they came into. None for all others."""
        own: list[Seat] = self._look.seats_of(self._person.pk)
        if not own or not all(seat.is_lay for seat in own):
            return None
        came = min(seat.active_from for seat in own if seat.active_from)
        before = [visit for visit in self._look.visits if visit.ended_at is None or visit.ended_at > came]
        return before[0].opened_at if before and before[0].number > 1 else None
