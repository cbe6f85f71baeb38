"""A case as it stood at a moment, for whoever answers questions about it: rows from the history, events from the ledger."""

from __future__ import annotations

from functools import cached_property
from uuid import UUID

from audit.history import as_it_stood
from audit.models import Event
from cases.models import (
    CaldicottDecision,
    Comment,
    CommentAnswer,
    PaperVersion,
    Person,
    Seat,
    Visit,
)  # fmt: skip
from permissions.roles import title_of
from workflows.calendar import Calendar
from workflows.definition import Process, Stage
from workflows.evidence.as_of import CaseThen
from workflows.opening import calendar_of
from workflows.registry import process_of

SOMEBODY = "Somebody who is not on record"


class Then(CaseThen):
    """`CaseThen` for somebody who asks: people and papers by name, stages by title. Each kind of row is one statement."""

    @cached_property
    def process(self) -> Process:
        return process_of(self.case.process, self.case.definition_version)

    @cached_property
    def calendar(self) -> Calendar:
        return calendar_of(self.case.organisation)

    # People

    @cached_property
    def seats(self) -> list[Seat]:
        """Every seat, as they were offered, each with its person."""
        found = super().seats
        keys = tuple(sorted({seat.person_id for seat in found}))
        people = {one.pk: one for one in self._stood(Person, "name", id__in=keys)}
        for seat in found:
            seat.person = people[seat.person_id]
        return found

    @property
    def lay_seats(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.is_lay]

    @cached_property
    def names(self) -> dict[UUID, str]:
        """Everybody of the organisation by key, and whoever sits on the case."""
        known = as_it_stood(Person, self.at, organisation=self.case.organisation_id).values_list("id", "name")
        return {seat.person_id: seat.person.name for seat in self.seats} | dict(known)

    def name(self, person: UUID | None) -> str:
        """The name as it was then; empty for nobody."""
        return self.names.get(person, SOMEBODY) if person else ""

    def sitting(self, pk: UUID | None) -> str:
        """ "Pat Mercer, Patient Safety Partner"; empty for no seat."""
        seat = self.seat(pk)
        return f"{seat.person.name}, {title_of(seat.role)}" if seat else ""

    # What they read

    @cached_property
    def versions(self) -> list[PaperVersion]:
        """Every version of every paper, oldest first, each with its paper."""
        papers = {one.pk: one for one in self.papers}
        found = super().versions
        for version in found:
            version.paper = papers[version.paper_id]
        return found

    def called(self, pk: UUID | None) -> str:
        """ "Draft report, version 2"; empty for no paper."""
        found = self.version(pk)
        return f"{found.paper.title}, version {found.number}" if found else ""

    @cached_property
    def caldicott(self) -> list[CaldicottDecision]:
        return self._stood(CaldicottDecision, "asked_at")

    @cached_property
    def openings(self) -> list[Event]:
        """Every time that somebody opened a paper, oldest first (IG7)."""
        return self.events("paper_read")

    # What was said and decided

    def stay(self, pk: UUID) -> Visit | None:
        return next((one for one in self.visits if one.pk == pk), None)

    def stage_title(self, code: str) -> str:
        return self.process.title_of(code)

    def stage(self, code: str) -> Stage | None:
        return self.process.stage(code) if self.process.has_stage(code) else None

    @cached_property
    def comments(self) -> list[Comment]:
        return self._said(Comment)

    @cached_property
    def replies(self) -> dict[UUID, CommentAnswer]:
        """By comment."""
        found = CommentAnswer.objects.filter(case=self.case.pk, at__lte=self.at)
        return {one.comment_id: one for one in found.select_related("verdict")}

    def events(self, *kinds: str) -> list[Event]:
        """The acts of these kinds on the case until then, oldest first; of every kind where none is named."""
        found = Event.objects.filter(case_id=self.case.pk, at__lte=self.at)
        return list((found.filter(kind__in=kinds) if kinds else found).order_by("seq"))
