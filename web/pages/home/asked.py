"""What waits for a person outside the stages of a case: a hold to answer, questions about what it was like to be involved."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from audit.compiled import compiled
from cases.models import Case, CommentAnswer, Evaluation, Hold, Person, Seat, TrainingItem
from permissions.eligibility import day_of
from permissions.known import keys_of, known_by
from permissions.roles import COORDINATOR, LAY, PSP
from permissions.scope import in_sight
from permissions.traininglife import WITH_THE_PARTNER
from web.pages.cases.found import address
from web.pages.home.waiting import MOST, WHAT_IT_WAS_LIKE, Waiting
from web.pages.training.items import ItemInWords, Now
from web.pages.training.part import ANCHOR, PROCESS
from workflows.calendar import london_day
from workflows.definition import EVALUATION, Process
from workflows.opening import calendar_of
from workflows.registry import process_of


def asked_of(person: Person, cases: Collection[Case], at: datetime) -> list[Waiting]:
    """Holds and questions that wait for a person, soonest first. `cases` are theirs: no statement where none can have any."""
    live = [(case, _process(case)) for case in cases if case.is_open]
    holds = _holds(person, at) if any(_can_be_held(case, process) for case, process in live) else ()
    questions = _questions(person, at) if any(_is_evaluated(case, process) for case, process in live) else ()
    trainings = _trainings(person, at) if any(case.process == PROCESS for case, _ in live) else ()
    answers = _answers(person, at) if any(case.asks_whether_answered for case, _ in live) else ()  # type: ignore[attr-defined]
    return [*holds, *questions, *trainings, *answers]


def _unjudged(person: Person) -> QuerySet[CommentAnswer]:
    """Answers to a lay partner's own comments of which they have not said whether they answer them (R7)."""
    seated = {"comment__seat__state": Seat.State.ACTIVE, "comment__seat__capacity": LAY}
    return CommentAnswer.objects.filter(comment__person=person, verdict__isnull=True, **seated)


def unjudged_on_case(person: Person) -> Exists:
    """Whether a person has not said of some answer on a case whether it answers them: for a list of cases."""
    return Exists(_unjudged(person).filter(case=OuterRef("pk")))


@compiled(day_of)
def _unjudged_first(person: UUID, account: int, at: datetime) -> QuerySet[CommentAnswer]:
    who = known_by(person, account)
    found = _unjudged(who).filter(in_sight(who, at, "case_id"), case__closed_at=None)
    return found.select_related("case__organisation", "answered_by").order_by("at")[:MOST]


def _answers(person: Person, at: datetime) -> Iterator[Waiting]:
    """Does this answer you? One statement."""
    for one in _unjudged_first(**keys_of(person), at=at):
        href = address("answer_verdict", one.case, answer=one.pk)
        yield Waiting(f"Does this answer you? {one.answered_by.name} answered your comment", one.case, href, None, one.at, at)


def _process(case: Case) -> Process:
    return process_of(case.process, case.definition_version)


def _can_be_held(case: Case, process: Process) -> bool:
    stage = process.stage(case.state) if process.has_stage(case.state) else None
    return stage is not None and any(act.effect == "pauses" and act.is_open_in(stage) for act in process.any_time)


def _is_evaluated(case: Case, process: Process) -> bool:
    stage = process.stage_for(EVALUATION)
    return stage is not None and case.state == stage.code


@compiled(day_of)
def _open_holds(person: UUID, account: int, at: datetime) -> QuerySet[Hold]:
    sees = in_sight(known_by(person, account), at, "case_id")
    waiting = Hold.objects.filter(sees, answered_at__isnull=True, taken_back_at__isnull=True)
    return waiting.select_related("case__organisation", "placed_by__person").order_by("due_on")[:MOST]


def _holds(person: Person, at: datetime) -> Iterator[Waiting]:
    """What a partner stopped and this person answers (R12). Two statements."""
    rows = _open_holds(**keys_of(person), at=at)
    sits = Seat.objects.filter(person=person, case__in={hold.case_id for hold in rows}, state=Seat.State.ACTIVE)
    held = {(seat.case_id, seat.role) for seat in sits if seat.counts}
    for hold in rows:
        act = _process(hold.case).any_time_act(hold.act)
        if act and act.answered_by and (hold.case_id, act.answered_by.code) in held:
            title = f"Answer {hold.placed_by.person.name}, who stopped the work"
            yield Waiting(title, hold.case, address("hold_answer", hold.case, hold=hold.pk), hold.due_on, hold.placed_at, at)


@compiled(day_of)
def _soonest_trainings(person: UUID, account: int, at: datetime) -> QuerySet[TrainingItem]:
    seated = Seat.objects.filter(case=OuterRef("case"), person=person, state=Seat.State.ACTIVE)
    own = Q(Exists(seated.filter(role=PSP.code)), state__in=WITH_THE_PARTNER)
    to_check = Q(Exists(seated.filter(role=COORDINATOR.code)), state=TrainingItem.State.COMPLETED) & ~Q(submitted_by=person)
    found = TrainingItem.objects.filter(in_sight(known_by(person, account), at, "case_id"), own | to_check, case__closed_at=None)
    return found.select_related("requirement", "case__organisation").order_by("due_on", "id")[:MOST]


def _trainings(person: Person, at: datetime) -> Iterator[Waiting]:
    """A partner's own trainings to book or hand in; evidence for the coordinator to check, if somebody else handed it in. One
    statement."""
    for item in _soonest_trainings(**keys_of(person), at=at):
        words = ItemInWords(item, Now(london_day(at), calendar_of(item.case.organisation)))
        href = f"{address('case', item.case)}#{ANCHOR}-{item.number}"
        since = item.offered_at or item.case.opened_at
        yield Waiting(f"{item.title}: {words.to_do}", item.case, href, words.due_on, since, at)


@compiled(day_of)
def _open_questions(person: UUID, account: int, at: datetime) -> QuerySet[Evaluation]:
    open_ = Case.objects.filter(pk=OuterRef("case"), closed_at__isnull=True)
    mine = Evaluation.objects.filter(Exists(open_), seat__person=person, answered_at__isnull=True, seat__state__in=Seat.LIVE)
    mine = mine.filter(in_sight(known_by(person, account), at, "case_id"))
    return mine.select_related("case__organisation").order_by("offered_at")[:MOST]


def _questions(person: Person, at: datetime) -> Iterator[Waiting]:
    """What it was like to be involved: offered, and not answered yet. One statement."""
    for one in _open_questions(**keys_of(person), at=at):
        href = address("evaluation_answer", one.case, evaluation=one.pk)
        yield Waiting(WHAT_IT_WAS_LIKE, one.case, href, None, one.offered_at, at)
