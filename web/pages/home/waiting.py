"""What waits for a person over all their cases: tasks of the route, seats offered to them, requests for a second person.

Two or three statements, whatever the number of rows, and only on cases that the person may know of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from audit.compiled import compiled
from cases.models import Case, Evaluation, Person, Proposal, Seat, Visit
from permissions.eligibility import day_of
from permissions.known import keys_of, known_by
from permissions.roles import EXEC, EXEC_TEAM, title_of
from permissions.scope import in_sight
from web.design_system.words import due
from web.pages.cases.found import address
from web.pages.cases.wording import PAGE_OF_STEP, lower, to_do
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


def waiting_for(person: Person, roles: frozenset[str], at: datetime) -> list[Waiting]:
    """Everything that waits for a person who holds these roles, soonest first. Two statements, three for an executive."""
    keys = _second_keys(person, at) if roles & _keys() else iter(())
    found = [*_tasks(person, at), *_own_seats(person, at), *keys]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.since))[:MOST]


@compiled(day_of)
def _soonest_tasks(person: UUID, account: int, at: datetime) -> QuerySet[Task]:
    tasks = Task.objects.filter(
        in_sight(known_by(person, account), at, "case_id"),
        finished__isnull=True, flow_task_type="HUMAN", seat__person=person, seat__state=Seat.State.ACTIVE,
    )  # fmt: skip
    return tasks.select_related("case__organisation", "visit", "seat").order_by(F("due_on").asc(nulls_last=True), "id")[:MOST]


def _tasks(person: Person, at: datetime) -> Iterator[Waiting]:
    seen: set[object] = set()
    for task in _soonest_tasks(**keys_of(person), at=at):
        if task.visit is not None and task.visit_id not in seen:
            seen.add(task.visit_id)
            yield _of_visit(task, task.case, task.visit, at)


def _of_visit(task: Task, case: Case, visit: Visit, at: datetime) -> Waiting:
    process = process_of(case.process, case.definition_version)
    step, due_on = Visit.Step(visit.step), task.due_on or visit.due_on
    stage = process.stage(visit.stage) if process.has_stage(visit.stage) else None
    if stage and step == Visit.Step.PREPARE and stage.acts and task.seat and task.seat.role != stage.acts.code:
        title = f"Your part is needed first: {lower(stage.title)}"
        return Waiting(title, case, address("case", case), due_on, task.created, at)
    title = to_do(stage, step) if stage else case.title
    href = address(PAGE_OF_STEP[step], case, visit=visit.pk) if step in PAGE_OF_STEP else address("case", case)
    return Waiting(title, case, href, due_on, task.created, at)


@compiled()
def _seats_to_answer(person: UUID) -> QuerySet[Seat]:
    asked = Evaluation.objects.filter(seat=OuterRef("pk"), answered_at__isnull=True)
    left = Q(Exists(asked), case__closed_at__isnull=True) & ~Q(state__in=Seat.LIVE)
    answerable = Seat.objects.filter(Q(state__in=(Seat.State.OFFERED, Seat.State.ACCEPTED)) | left, person=person)
    answerable = answerable.annotate(asked=Subquery(asked.values("pk")[:1]), asked_at=Subquery(asked.values("offered_at")[:1]))
    return answerable.select_related("case__organisation").order_by("offered_at")[:MOST]


def _own_seats(person: Person, at: datetime) -> Iterator[Waiting]:
    """Offers to answer, interests to declare, and for a partner who has left, what it was like. One statement.

    Such a seat opens no case, so the title is all one sees.
    """
    for seat in _seats_to_answer(person=person.pk):
        if seat.state not in Seat.LIVE:
            href = address("evaluation_answer", seat.case, evaluation=seat.asked)  # type: ignore[attr-defined]
            yield Waiting(WHAT_IT_WAS_LIKE, seat.case, href, None, seat.asked_at, at)  # type: ignore[attr-defined]
            continue
        offered = seat.state == Seat.State.OFFERED
        title = f"Answer the offer of a seat as {title_of(seat.role)}" if offered else "Declare your interests"
        href = address("seat_answer" if offered else "seat_declare", seat.case, seat=seat.pk)
        yield Waiting(title, seat.case, href, seat.reply_by, seat.replied_at or seat.offered_at, at)


@compiled(day_of)
def _asked_for(person: UUID, account: int, at: datetime) -> QuerySet[Proposal]:
    own = Seat.objects.filter(case=OuterRef("case"), person=person)
    asked = Proposal.objects.filter(
        in_sight(known_by(person, account), at, "case_id"),
        ~Exists(own.filter(office=False, state__in=Seat.LIVE)),
        state=Proposal.State.OPEN,
    ).exclude(asked_by=person)  # fmt: skip
    role = Subquery(own.filter(role__in=sorted(_keys()), state=Seat.State.ACTIVE).values("role")[:1])
    return asked.annotate(own_role=role).select_related("case__organisation").order_by("asked_at")[:MOST]


def _second_keys(person: Person, at: datetime) -> Iterator[Waiting]:
    """What others asked for and this person may confirm or refuse (R8, R9). One statement."""
    for proposal in _asked_for(**keys_of(person), at=at):
        process = process_of(proposal.case.process, proposal.case.definition_version)
        keys = {one.code for one in second_keys(Look(proposal.case, process, at), proposal)}
        if proposal.own_role in keys:  # type: ignore[attr-defined]
            title = f"Answer as the second person: {lower(proposal.get_kind_display())}"
            href = address("proposal", proposal.case, proposal=proposal.pk)
            yield Waiting(title, proposal.case, href, None, proposal.asked_at, at)


def _keys() -> set[str]:
    """The roles that ever turn a second key."""
    acts = (act for entry in all_processes().values() for process in entry.expanded.values() for act in process.any_time)
    return {EXEC.code, EXEC_TEAM.code} | {role.code for act in acts for role in act.second}
