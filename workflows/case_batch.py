"""Many cases read together: one statement for each kind of fact, made when first asked for, however many cases there are.

What is asked of one case is declared once, in `workflows.case_rows`; here the same queryset is asked for many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet

from audit.compiled import Compiled, NotCompilable
from audit.row_readers import read_quickly
from audit.versions import Versions
from cases.models import Case, Incident, Lapse, Position, SafetyAction, Seat, Waiver
from workflows import case_rows
from workflows.look import Look
from workflows.registry import process_of

Rows = dict[Any, list[Any]]


def asked_of_many(read: Compiled[..., Any], *, at: datetime | None = None, **things: Iterable[Any]) -> QuerySet[Any]:
    """What `read` asks for one case (`case=...`), for many: where it looks for one thing, any of these will do.

    `at`: the moment, where it wants one. Raises NotCompilable where it does more with the thing than look for it.
    """
    one = {name: uuid4() for name in things}
    rows = read.queryset(**one, **({"at": at} if at else {}))
    for name, alone in one.items():
        places = [place for place, lookup in enumerate(rows.query.where.children) if _looks_for(lookup, alone)]
        if len(places) != 1:
            raise NotCompilable(f"{read.queryset.__qualname__} does not simply look for one {name}.")
        exact: Any = rows.query.where.children[places[0]]
        rows.query.where.children[places[0]] = exact.lhs.output_field.get_lookup("in")(exact.lhs, list(things[name]))
    return rows


def _looks_for(lookup: Any, thing: UUID) -> bool:
    return getattr(lookup, "lookup_name", "") == "exact" and str(lookup.rhs) == str(thing)


class CaseBatch:
    """Some cases at one moment. It holds all that was read of them, so take no more than some hundreds."""

    def __init__(self, cases: Iterable[Case], at: datetime) -> None:
        """`cases` come with their organisations."""
        self.cases, self.at = {case.pk: case for case in cases}, at
        self._rows: dict[Compiled[..., Any], Rows] = {}

    def look(self, case: Case) -> LookInBatch:
        """All the facts of one of the cases."""
        return LookInBatch(case, self)

    def rows(self, read: Compiled[..., Any], case: UUID, of: str = "case_id") -> list[Any]:
        """What `read` finds on one of the cases. `of`: where a row says which case it is on."""
        if read not in self._rows:
            at = self.at if read is case_rows.seats else None
            self._rows[read] = grouped(asked_of_many(read, at=at, case=self.cases), of)
        return self._rows[read].get(case, [])

    @cached_property
    def seats(self) -> dict[UUID, Seat]:
        """Every seat on the cases, by key."""
        return {seat.pk: seat for case in self.cases for seat in self.rows(case_rows.seats, case)}

    @cached_property
    def incidents(self) -> Rows:
        """By organisation and reference."""
        named = {case.incident_reference for case in self.cases.values()} - {""}
        organisations = {case.organisation_id for case in self.cases.values()}
        rows = Incident.objects.filter(organisation__in=organisations, reference__in=named)
        return grouped(rows, "organisation_id", "reference")

    # What was said in which visit

    @cached_property
    def _visits(self) -> list[UUID]:
        return [visit.pk for case in self.cases for visit in self.rows(case_rows.visits, case)]

    @cached_property
    def positions(self) -> Rows:
        return grouped(case_rows.positions.queryset(visits=tuple(self._visits)), "visit_id")

    @cached_property
    def lapses(self) -> Rows:
        return grouped(asked_of_many(case_rows.lapses, visit=self._visits), "visit_id")

    # As it stood

    @cached_property
    def seats_then(self) -> Versions[Seat]:
        return Versions(Seat, "case_id", self.cases)

    @cached_property
    def actions_then(self) -> Versions[SafetyAction]:
        return Versions(SafetyAction, "case_id", self.cases)

    @cached_property
    def waivers_then(self) -> Versions[Waiver]:
        return Versions(Waiver, "case_id", self.cases)


def grouped(rows: QuerySet[Any], *of: str) -> Rows:
    """Rows by one of their attributes, or by several together, in the order of the queryset."""
    found: Rows = defaultdict(list)
    which = attrgetter(*of)
    for row in read_quickly(rows):
        found[which(row)].append(row)
    return found


def _shared(read: Compiled[..., Any], of: str = "case_id") -> cached_property[list[Any]]:
    """One kind of fact of a case, read for the whole batch."""
    return cached_property(lambda look: look.batch.rows(read, look.case.pk, of))


class LookInBatch(Look):
    """A Look whose facts are read together with those of other cases; what no check of a record asks for is read alone."""

    def __init__(self, case: Case, batch: CaseBatch) -> None:
        super().__init__(case, process_of(case.process, case.definition_version), batch.at)
        self.batch = batch

    visits = _shared(case_rows.visits)
    seats = _shared(case_rows.seats)
    versions = _shared(case_rows.versions, "paper.case_id")
    unanswered_comments = _shared(case_rows.unanswered_comments)
    actions = _shared(case_rows.actions)
    measures = _shared(case_rows.measures)
    evaluations = _shared(case_rows.evaluations)
    training_items = _shared(case_rows.training_items)
    waivers = _shared(case_rows.waivers)
    holds = _shared(case_rows.holds)
    proposals = _shared(case_rows.proposals)
    connections = _shared(case_rows.connections)
    withholdings = _shared(case_rows.withholdings)
    challenges = _shared(case_rows.challenges)
    reminders = _shared(case_rows.reminders)

    @cached_property
    def incident(self) -> Incident | None:
        named = self.case.incident_reference
        return next(iter(self.batch.incidents[self.case.organisation_id, named]), None) if named else None

    @cached_property
    def positions(self) -> list[Position]:
        return self.said_in(self.speaking_visits)

    def said_in(self, visits: Iterable[UUID]) -> list[Position]:
        """What was said in some visits of the case, oldest first."""
        said = [position for visit in visits for position in self.batch.positions[visit]]
        return sorted(said, key=lambda one: (one.at, one.number))

    @cached_property
    def lapses(self) -> list[Lapse]:
        return self.batch.lapses[self.visit.pk] if self.visit else []
