"""A Look: all the facts of one case at one moment, read once. Guards, counts and pages judge by it and by nothing else.

Each kind of fact is one statement, made when first asked for, whatever the number of rows. A door reads its Look
under the lock of the case and keeps it true while it writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from cases.models import (
    Case,
    Comment,
    Connection,
    Evaluation,
    Hold,
    Incident,
    Lapse,
    Measure,
    PaperVersion,
    Position,
    Proposal,
    Reminder,
    SafetyAction,
    Seat,
    TrainingItem,
    Visit,
    Waiver,
)
from cases.models.typed_answer import TypedAnswer
from permissions.roles import Role
from workflows import case_rows
from workflows.calendar import Calendar, london_day
from workflows.definition import Process, Stage
from workflows.held_back import HeldBackReads
from workflows.ways import CHANGED

TRAINING_RULE = "C6"
"""The rule that a waiver of one training lifts: everything that is required is in date when both sign."""


class Look(HeldBackReads):
    """One case as it stands at `at` (an aware time). Reads lazily; never writes."""

    def __init__(self, case: Case, process: Process, at: datetime) -> None:
        self.case, self.process, self.at = case, process, at
        self.pending: dict[str, Any] = {}
        self.typed: list[TypedAnswer] | None = None
        self.open_tasks: list[Any] | None = None  # those read with the lock

    @property
    def today(self) -> date:
        """The day in London, in which every deadline falls."""
        return london_day(self.at)

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar(frozenset(date.fromisoformat(day) for day in self.case.organisation.closed_days))

    # Where it stands

    @property
    def stage(self) -> Stage | None:
        """The stage that the case stands in; None once it has ended."""
        return self.process.stage(self.case.state) if self.process.has_stage(self.case.state) else None

    @cached_property
    def visits(self) -> list[Visit]:
        return case_rows.visits(case=self.case.pk)

    @property
    def visit(self) -> Visit | None:
        """The live visit; None once the case has ended."""
        return next((visit for visit in reversed(self.visits) if visit.is_live), None)

    @property
    def is_answering(self) -> bool:
        """The question of the stage has been put, and the texts it is about must stay as they are (R4)."""
        return self.visit is not None and self.visit.step == Visit.Step.ANSWER

    def last_visit(self, stage: str) -> Visit | None:
        """The newest visit of a stage, live or ended."""
        return next((visit for visit in reversed(self.visits) if visit.stage == stage), None)

    def fact(self, code: str) -> Any:
        """What was set down under this code: with the act in hand, or earlier on the case. None if nothing was."""
        return self.pending.get(code, self.case.facts.get(code))

    @cached_property
    def incident(self) -> Incident | None:
        """The incident as the incident system exported it; None where the case names none."""
        named = self.case.incident_reference
        return case_rows.incident.first(organisation=self.case.organisation_id, reference=named) if named else None

    # Who sits

    @cached_property
    def seats(self) -> list[Seat]:
        return case_rows.seats(case=self.case.pk, at=self.at)

    def seat(self, pk: UUID) -> Seat | None:
        return next((seat for seat in self.seats if seat.pk == pk), None)

    def seats_of(self, person_id: UUID | None) -> list[Seat]:
        """The active seats of a person."""
        return [seat for seat in self.seats if seat.person_id == person_id and seat.is_active]

    def active(self, role: Role) -> list[Seat]:
        """Active seats in a role, attendees included."""
        return [seat for seat in self.seats if seat.role == role.code and seat.is_active]

    def voting(self, role: Role) -> list[Seat]:
        """Active seats in a role that count: members, not attendees."""
        return [seat for seat in self.seats if seat.role == role.code and seat.counts]

    def can_see(self, seat: Seat) -> bool:
        """Whether nothing has run out or been ended on which the sight of a seat hangs (C9, IG3)."""
        ends = getattr(seat, "sight_ends", None)
        return getattr(seat, "appointed", True) and (ends is None or ends >= self.today)

    def vacant(self, role: Role) -> int:
        """How many seats of the target are empty (R9, R11)."""
        seats = self.process.seats_of(role)
        return max(0, seats.target - len(self.voting(role))) if seats else 0

    # What was said

    @cached_property
    def positions(self) -> list[Position]:
        """Of the live visit, and of the visit whose dissent it hears; oldest first."""
        said, papers, lapses = case_rows.what_was_said(self.case.pk, tuple(self.speaking_visits), self.visit)
        self.__dict__.setdefault("versions", papers)
        self.__dict__.setdefault("lapses", lapses)
        return said

    @property
    def speaking_visits(self) -> list[UUID]:
        """The keys of the visits whose positions matter now."""
        return [visit.pk for visit in (*self.stays(self.visit), *self.stays(self.heard_visit))]

    def stays(self, visit: Visit | None) -> list[Visit]:
        """A visit and those before it that a changed text cut short, oldest first: a "no" in one of them is not gone (R3)."""
        found = [visit] if visit else []
        for before in reversed(self.visits):
            if found and before.number == found[0].number - 1 and (before.stage, before.outcome) == (found[0].stage, CHANGED):
                found.insert(0, before)
        return found

    def last_words(self, visit: Visit | None) -> dict[tuple[UUID, UUID | None], Position]:
        """The last position of each seat on each thing that was asked, on whichever text it was."""
        stays = {one.pk for one in self.stays(visit)}
        return {(p.seat_id, p.item_id): p for p in self.positions if p.visit_id in stays}

    @property
    def heard_visit(self) -> Visit | None:
        """The visit whose dissent is being heard, in a dissent stage."""
        return self.last_visit(self.stage.hears) if self.stage and self.stage.hears else None

    def latest(self, visit: Visit | None, item: UUID | None = None) -> dict[UUID, Position]:
        """The last position of each seat in a visit, on one item where the stage asks on each."""
        rows = [p for p in self.positions if visit and p.visit_id == visit.pk and p.item_id == item]
        return {position.seat_id: position for position in rows}

    def answered_in(self, visit: Visit) -> set[UUID]:
        """The seats that took a position in a visit, whether or not it is the live one."""
        loaded = [one.pk for one in (self.visit, self.heard_visit) if one]
        if visit.pk in loaded or any(position.visit_id == visit.pk for position in self.positions):
            return {position.seat_id for position in self.positions if position.visit_id == visit.pk}
        return set(case_rows.seats_that_answered(visit=visit.pk))

    @property
    def dissenters(self) -> frozenset[UUID]:
        """The seats whose last word, on anything in the visit being heard, was "do not support" (R3)."""
        return frozenset(p.seat_id for p in self.last_words(self.heard_visit).values() if p.stance == "against")

    @cached_property
    def lapses(self) -> list[Lapse]:
        return case_rows.lapses(visit=self.visit.pk) if self.visit else []

    @cached_property
    def reminders(self) -> list[Reminder]:
        return case_rows.reminders(case=self.case.pk)

    # What they read

    @cached_property
    def versions(self) -> list[PaperVersion]:
        """Every version of every paper, oldest first."""
        return case_rows.versions(case=self.case.pk)

    def versions_of(self, kind: str) -> list[PaperVersion]:
        return [version for version in self.versions if version.paper.kind == kind]

    def version(self, pk: UUID | None) -> PaperVersion | None:
        return next((one for one in self.versions if one.pk == pk), None)

    def latest_released(self, kind: str) -> PaperVersion | None:
        """The newest version that everyone may read."""
        return next((v for v in reversed(self.versions_of(kind)) if v.is_released), None)

    def authors_of(self, kind: str) -> set[UUID]:
        """Everybody who wrote a version of this kind of paper, or sat as the one who writes it (R18)."""
        paper = self.process.paper(kind)
        sat = {seat.person_id for seat in self.seats if paper and seat.role == paper.author.code and seat.active_from}
        return sat | {version.author_id for version in self.versions_of(kind)}

    def is_signed(self, kind: str) -> bool:
        """The last thing that happened about this kind of paper is that it was signed."""
        about = [visit for visit in self.visits if self.process.has_stage(visit.stage)]
        about = [visit for visit in about if (paper := self.process.stage(visit.stage).paper) and paper.code == kind]
        stage = self.process.stage(about[-1].stage) if about else None
        way = stage.outcome(about[-1].outcome) if stage else None
        return stage is not None and stage.acts == self.process.signed_by and way is not None and not way.back

    def agreed_version(self, stage: str) -> UUID | None:
        """The version that a stage agreed when it was last passed (R4)."""
        visit = self.last_visit(stage)
        return visit.version_id if visit and not visit.is_live else None

    @cached_property
    def unanswered_comments(self) -> list[Comment]:
        """Comments of lay seats that nobody has answered (R7)."""
        return case_rows.unanswered_comments(case=self.case.pk)

    # The rest

    @cached_property
    def actions(self) -> list[SafetyAction]:
        return case_rows.actions(case=self.case.pk)

    @property
    def live_actions(self) -> list[SafetyAction]:
        return [one for one in self.actions if one.state != SafetyAction.State.DROPPED]

    @cached_property
    def measures(self) -> list[Measure]:
        return case_rows.measures(case=self.case.pk)

    @property
    def live_measures(self) -> list[Measure]:
        return [one for one in self.measures if one.dropped_at is None]

    @cached_property
    def evaluations(self) -> list[Evaluation]:
        return case_rows.evaluations(case=self.case.pk)

    @cached_property
    def training_items(self) -> list[TrainingItem]:
        return case_rows.training_items(case=self.case.pk)

    @property
    def trained_until(self) -> date | None:
        """The first day on which something that was signed off, or waived, runs out; None where nothing does."""
        return min((one.valid_until for one in self.training_items if one.valid_until is not None), default=None)

    @cached_property
    def waivers(self) -> list[Waiver]:
        return case_rows.waivers(case=self.case.pk)

    def waived(self, rule: str) -> bool:
        """True when the rule is lifted for this stay in the stage that the case stands in, today (R9, R17)."""
        return any(waiver.rule == rule and self.in_force(waiver) for waiver in self.waivers)

    def in_force(self, waiver: Waiver) -> bool:
        """True when a waiver of this case holds now: it is for one stay in a stage, or for one training."""
        visit = self.visit
        if waiver.rule == TRAINING_RULE:
            held = any(item.waiver_id == waiver.pk for item in self.training_items)
            return held and waiver.ended_at is None and waiver.until >= self.today
        here = visit is not None and waiver.stage == visit.stage and waiver.granted_at >= visit.opened_at
        return here and waiver.ended_at is None and waiver.until >= self.today

    def is_unexplained(self, action: SafetyAction) -> bool:
        """B11: what was done is shown after its day, or not yet though the day has passed, and nobody has said why."""
        shown = london_day(action.evidence_at) if action.evidence_at else self.today
        return shown > action.due_on and not action.delay_reason.strip()

    @cached_property
    def holds(self) -> list[Hold]:
        """R12: every hold that was placed, oldest first; no statement where the process knows none."""
        if not any(act.effect == "pauses" for act in self.process.any_time):
            return []
        return case_rows.holds(case=self.case.pk)

    @cached_property
    def proposals(self) -> list[Proposal]:
        return case_rows.proposals(case=self.case.pk)

    @cached_property
    def connections(self) -> list[Connection]:
        return case_rows.connections(case=self.case.pk)

    def released_to(self, version: PaperVersion, seat: Seat) -> datetime | None:
        """From when this seat could open this version: its release, or the day the seat became active, whichever is later."""
        times: Iterable[datetime | None] = (version.released_at, seat.active_from)
        return max(times) if version.released_at and seat.active_from else None  # type: ignore[type-var]
