"""What waits for a person over all their cases: tasks of the route, seats offered to them, requests for a second person.

Only on cases that the person may know of, but for seats that are offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cases.models import Case, Evaluation, Proposal, Seat, Visit
from permissions.roles import EXEC, EXEC_TEAM, title_of
from permissions.scope import in_sight
from web.design_system.words import due
from web.pages.cases.found import address
from web.pages.cases.wording import PAGE_OF_STEP, lower, to_do
from web.pages.home.lines import OF_THE_CASE, Asker, Kind, Row
from workflows.calendar import london_day
from workflows.doors.second_key import second_keys
from workflows.look import Look
from workflows.models import Task
from workflows.opening import calendar_of
from workflows.registry import all_processes, process_of

MOST = 100
"""Lines on the page; the soonest come first."""

SOON = 3
"""Working days within which a day is called soon."""

WHAT_IT_WAS_LIKE = "Say what it was like to be involved, if you want to"
NEW_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, on which case, by when, since when."""

    title: str
    case: Case
    href: str
    due_on: date | None
    since: datetime
    at: datetime

    @property
    def about(self) -> str:
        return f"{self.case.title}, {self.case.reference}"

    @property
    def apart(self) -> str:
        """What tells the same thing on another case apart."""
        return f", {self.case.reference}"

    @property
    def due(self) -> str:
        return due(self.due_on, working_days=self._left, today=london_day(self.at)) if self.due_on else ""

    @property
    def tag(self) -> str:
        """Overdue, due soon, new, or nothing."""
        if self._left is not None and self._left <= SOON:
            return "Overdue" if self._is_late else "Due soon"
        return "New" if self.at - self.since < NEW_FOR else ""

    @property
    def _left(self) -> int | None:
        """Working days until it is due; negative when it was."""
        return calendar_of(self.case.organisation).between(london_day(self.at), self.due_on) if self.due_on else None

    @property
    def _is_late(self) -> bool:
        return self.due_on is not None and self.due_on < london_day(self.at)


# Tasks of the route


def _open_tasks(asker: Asker) -> QuerySet[Task]:
    tasks = Task.objects.filter(
        in_sight(asker.person, asker.at, "case_id"),
        finished__isnull=True, flow_task_type="HUMAN", seat__person=asker.person, seat__state=Seat.State.ACTIVE,
        visit__isnull=False,
    )  # fmt: skip
    return tasks.order_by(F("due_on").asc(nulls_last=True), "id")


def _of_task(_: Asker) -> dict[str, Any]:
    stands = {"key": "visit", "what": "visit__stage", "part": "visit__step", "who": "seat__role", "since": "created"}
    return OF_THE_CASE | stands | {"on": Coalesce("due_on", "visit__due_on")}


TASKS = Kind("task", _open_tasks, _of_task, MOST)


def _tasks(rows: list[Row], at: datetime) -> Iterator[Waiting]:
    """One line for each visit, by whichever task is due first."""
    seen: set[UUID] = set()
    for row in sorted(rows, key=lambda one: one.on or date.max):
        if row.key not in seen:
            seen.add(row.key)
            yield _of_visit(row, at)


def _of_visit(row: Row, at: datetime) -> Waiting:
    case, process = row.case, process_of(row.process, row.definition_version)
    step, stage = Visit.Step(row.part), process.stage(row.what) if process.has_stage(row.what) else None
    if stage and step == Visit.Step.PREPARE and stage.acts and row.who != stage.acts.code:
        title = f"Your part is needed first: {lower(stage.title)}"
        return Waiting(title, case, address("case", case), row.on, row.since, at)
    title = to_do(stage, step) if stage else case.title
    href = address(PAGE_OF_STEP[step], case, visit=row.key) if step in PAGE_OF_STEP else address("case", case)
    return Waiting(title, case, href, row.on, row.since, at)


# Offers to answer, interests to declare, and for a partner who has left, what it was like


def _seats_to_answer(asker: Asker) -> QuerySet[Seat]:
    left = Q(Exists(_unanswered()), case__closed_at__isnull=True) & ~Q(state__in=Seat.LIVE)
    return Seat.objects.filter(Q(state__in=(Seat.State.OFFERED, Seat.State.ACCEPTED)) | left, person=asker.person).order_by(
        "offered_at"
    )


def _unanswered() -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(seat=OuterRef("pk"), answered_at__isnull=True)


def _of_own_seat(_: Asker) -> dict[str, Any]:
    asked = {"other": Subquery(_unanswered().values("pk")[:1]), "until": Subquery(_unanswered().values("offered_at")[:1])}
    said = {"what": "state", "part": "role", "on": "reply_by", "since": Coalesce("replied_at", "offered_at")}
    return OF_THE_CASE | said | asked


OWN_SEATS = Kind("seat", _seats_to_answer, _of_own_seat, MOST)
"""Such a seat opens no case, so the title is all one sees. `other`, `until`: what they are asked about it, and since when."""


def _own_seats(rows: list[Row], at: datetime) -> Iterator[Waiting]:
    for row in rows:
        case = row.case
        if row.what not in Seat.LIVE:
            yield Waiting(WHAT_IT_WAS_LIKE, case, address("evaluation_answer", case, evaluation=row.other), None, row.until, at)
            continue
        offered = row.what == Seat.State.OFFERED
        title = f"Answer the offer of a seat as {title_of(row.part)}" if offered else "Declare your interests"
        href = address("seat_answer" if offered else "seat_declare", case, seat=row.key)
        yield Waiting(title, case, href, row.on, row.since, at)


# What others asked for and this person may confirm or refuse (R8, R9)


def _asked_for(asker: Asker) -> QuerySet[Proposal]:
    """One row for each seat of this person from which a second key is ever turned."""
    sits = Seat.objects.filter(case=OuterRef("case"), person=asker.person, office=False, state__in=Seat.LIVE)
    own = {"case__seats__person": asker.person, "case__seats__state": Seat.State.ACTIVE, "case__seats__role__in": sorted(_keys())}
    asked = Proposal.objects.filter(in_sight(asker.person, asker.at, "case_id"), ~Exists(sits), state=Proposal.State.OPEN, **own)
    return asked.exclude(asked_by=asker.person).order_by("asked_at")


def _of_proposal(_: Asker) -> dict[str, str]:
    return OF_THE_CASE | {"what": "kind", "part": "case__seats__role", "since": "asked_at"}


SECOND_KEYS = Kind("proposal", _asked_for, _of_proposal, for_whom=lambda roles: bool(roles & _keys()))


def _second_keys(rows: list[Row], at: datetime) -> Iterator[Waiting]:
    answered: set[UUID] = set()
    for row in rows:
        case, proposal = row.case, Proposal(kind=row.what)
        keys = {one.code for one in second_keys(Look(case, process_of(row.process, row.definition_version), at), proposal)}
        if row.part in keys and row.key not in answered:
            answered.add(row.key)
            title = f"Answer as the second person: {lower(proposal.get_kind_display())}"
            yield Waiting(title, case, address("proposal", case, proposal=row.key), None, row.since, at)


def _keys() -> set[str]:
    """The roles that ever turn a second key."""
    acts = (act for entry in all_processes().values() for process in entry.expanded.values() for act in process.any_time)
    return {EXEC.code, EXEC_TEAM.code} | {role.code for act in acts for role in act.second}


def waiting_for(found: Mapping[str, list[Row]], at: datetime) -> list[Waiting]:
    """Everything of these kinds that waits, soonest first."""
    keys = _second_keys(found[SECOND_KEYS.code], at)
    lines = [*_tasks(found[TASKS.code], at), *_own_seats(found[OWN_SEATS.code], at), *keys]
    return sorted(lines, key=lambda one: (one.due_on or date.max, one.since))[:MOST]
