"""What waits for a person outside the stages of a case: a hold to answer, questions about what it was like to be involved."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from audit.compiled import compiled
from cases.models import Case, CommentAnswer, Evaluation, Hold, Person, Seat, TrainingItem
from permissions.eligibility import day_of
from permissions.known import keys_of, known_by
from permissions.roles import COORDINATOR, LAY, PSP
from permissions.scope import in_sight
from permissions.traininglife import WITH_THE_PARTNER
from web.pages.cases.found import address
from web.pages.home.lines import OF_THE_CASE, Asker, Kind, Row
from web.pages.home.waiting import MOST, WHAT_IT_WAS_LIKE, Waiting
from web.pages.training.items import ItemInWords, Now
from web.pages.training.part import ANCHOR, PROCESS
from workflows.calendar import london_day
from workflows.opening import calendar_of
from workflows.registry import process_of

# Answers of which a lay partner has not said whether they answer them (R7)


def _unjudged(asker: Asker) -> QuerySet[CommentAnswer]:
    seated = {"comment__seat__state": Seat.State.ACTIVE, "comment__seat__capacity": LAY}
    own = CommentAnswer.objects.filter(comment__person=asker.person, verdict__isnull=True, case__closed_at=None, **seated)
    return own.filter(in_sight(asker.person, asker.at, "case_id")).order_by("at")


ANSWERS = Kind("answer", _unjudged, lambda _: OF_THE_CASE | {"who": "answered_by__name", "since": "at"}, MOST)


def _answers(rows: list[Row], at: datetime) -> Iterator[Waiting]:
    for row in rows:
        case = row.case
        href = address("answer_verdict", case, answer=row.key)
        yield Waiting(f"Does this answer you? {row.who} answered your comment", case, href, None, row.since, at)


# What a partner stopped and this person answers (R12)


def _open_holds(asker: Asker) -> QuerySet[Hold]:
    """One row for each seat of this person that counts on the case."""
    seated = {"case__seats__person": asker.person, "case__seats__state": Seat.State.ACTIVE}
    waiting = Hold.objects.filter(
        in_sight(asker.person, asker.at, "case_id"),
        answered_at__isnull=True, taken_back_at__isnull=True, case__seats__membership=Seat.Membership.MEMBER, **seated,
    )  # fmt: skip
    return waiting.order_by("due_on")


def _of_hold(_: Asker) -> dict[str, str]:
    said = {"who": "placed_by__person__name", "what": "act", "part": "case__seats__role"}
    return OF_THE_CASE | said | {"on": "due_on", "since": "placed_at"}


HOLDS = Kind("hold", _open_holds, _of_hold)


def _holds(rows: list[Row], at: datetime) -> Iterator[Waiting]:
    for row in rows:
        act = process_of(row.process, row.definition_version).any_time_act(row.what)
        if act and act.answered_by and row.part == act.answered_by.code:
            case = row.case
            href = address("hold_answer", case, hold=row.key)
            yield Waiting(f"Answer {row.who}, who stopped the work", case, href, row.on, row.since, at)


# What it was like to be involved: offered, and not answered yet


def _open_questions(asker: Asker) -> QuerySet[Evaluation]:
    mine = Evaluation.objects.filter(seat__person=asker.person, answered_at__isnull=True, seat__state__in=Seat.LIVE)
    return mine.filter(in_sight(asker.person, asker.at, "case_id"), case__closed_at__isnull=True).order_by("offered_at")


QUESTIONS = Kind("question", _open_questions, lambda _: OF_THE_CASE | {"since": "offered_at"}, MOST)


def _questions(rows: list[Row], at: datetime) -> Iterator[Waiting]:
    for row in rows:
        case = row.case
        href = address("evaluation_answer", case, evaluation=row.key)
        yield Waiting(WHAT_IT_WAS_LIKE, case, href, None, row.since, at)


# Trainings: a partner's own to book or hand in, and evidence for the coordinator to check


@compiled(day_of)
def _soonest_trainings(person: UUID, account: int, at: datetime) -> QuerySet[TrainingItem]:
    """From the person's own seats, so that nobody else's trainings are looked at."""
    own = Q(case__seats__role=PSP.code, state__in=WITH_THE_PARTNER)
    to_check = Q(case__seats__role=COORDINATOR.code, state=TrainingItem.State.COMPLETED) & ~Q(submitted_by=person)
    seated = {"case__seats__person": person, "case__seats__state": Seat.State.ACTIVE}
    found = TrainingItem.objects.filter(
        in_sight(known_by(person, account), at, "case_id"), own | to_check, case__closed_at=None, **seated
    )
    return found.select_related("requirement", "case__organisation").order_by("due_on", "id")[:MOST]


def _trainings(person: Person, at: datetime) -> Iterator[Waiting]:
    """A partner's own trainings to book or hand in; evidence for the coordinator to check, if somebody else handed it in. One
    statement."""
    for item in _soonest_trainings(**keys_of(person), at=at):
        words = ItemInWords(item, Now(london_day(at), calendar_of(item.case.organisation)))
        href = f"{address('case', item.case)}#{ANCHOR}-{item.number}"
        since = item.offered_at or item.case.opened_at
        yield Waiting(f"{item.title}: {words.to_do}", item.case, href, words.due_on, since, at)


def asked_of(person: Person, cases: Collection[Case], found: Mapping[str, list[Row]], at: datetime) -> list[Waiting]:
    """Holds, questions, answers and trainings that wait for a person. `cases` are theirs.

    One statement where one of them is a training: how far one has got is worked out from the whole of it.
    """
    trains = any(case.is_open and case.process == PROCESS for case in cases)
    trainings = _trainings(person, at) if trains else ()
    asked = [*_holds(found[HOLDS.code], at), *_questions(found[QUESTIONS.code], at), *_answers(found[ANSWERS.code], at)]
    return [*asked, *trainings]
