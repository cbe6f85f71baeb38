"""Answers that somebody is asked for in the data: found, tried once with every row noted, and given again as often as is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from uuid import UUID

from django.utils import timezone

from cases.models import Case, Person, Visit
from permissions.verdict import Refused
from tests.bench.raw.rewriting import statements, write
from tests.bench.raw.written import Written, noted, noting, undo
from workflows.answering import Answered, judged
from workflows.engine import Receipt, take_position
from workflows.law import typed
from workflows.look import Look
from workflows.questions import Stance
from workflows.registry import process_of
from workflows.standing import owing

AMONG = 50
"""Cases among which one with many people is looked for."""

WORDS = "Nobody came for two hours. Say so on page 4."


@dataclass(frozen=True)
class Asked:
    """An answer that a person owes; `before` is what had to be written first, `written` what the answer itself wrote."""

    case: UUID
    person: Person
    visit: UUID
    version: UUID | None
    answer: str
    before: tuple[tuple[Written, ...], ...] = ()
    written: tuple[Written, ...] = field(default=(), repr=False)

    def give(self) -> Receipt:
        """Through the door, as a page does it."""
        return take_position(
            case=self.case, by=self.person, at=timezone.now(), visit=self.visit, answer=self.answer, text=WORDS,
            version=self.version, enough_time=True,
        )  # fmt: skip


def answers_that_wait(cases: Iterable[UUID], most: int) -> list[Asked]:
    """Up to so many answers, one a case, after which the stage still waits for somebody. Nothing is left changed."""
    return _tried((questions for questions in map(questions_on, cases) if len(questions) > 1), most, completes=False)


def answers_that_complete(cases: Iterable[UUID], most: int) -> list[Asked]:
    """Up to so many answers, one a case, each the last that the stage waits for; those before it have to be `made_ready`."""
    return _tried((questions for questions in map(questions_on, cases) if questions), most, completes=True)


def waiting_together(cases: Iterable[UUID]) -> list[Asked]:
    """Those who owe an answer on the case that asks the most people, but for one: so that it goes on waiting."""
    return max((questions_on(case) for case in islice(cases, AMONG)), key=len)[:-1]


def given_again(asked: list[Asked], times: int) -> list[list[Written]]:
    """What is written when these answer over and over, turn by turn. Nothing is left changed."""
    written = []
    with noting():
        for turn in range(times):
            asked[turn % len(asked)].give()
            written.append(noted())
    for rows in reversed(written):
        undo(rows)
    return written


def made_ready(asked: list[Asked]) -> None:
    """Write what has to be there before these can be answered."""
    for one in asked:
        for written in one.before:
            write(statements(one.case, written))


def put_back(asked: list[Asked]) -> None:
    """Leave the data as it was before `made_ready`."""
    for one in asked:
        for written in reversed(one.before):
            undo(written)


def questions_on(case: UUID) -> list[Asked]:
    """Whoever owes an answer on a case, with the answer that agrees."""
    found = Case.objects.select_related("organisation").get(pk=case)
    look = Look(typed(found), process_of(found.process, found.definition_version), timezone.now())
    stage, visit = look.stage, look.visit
    if stage is None or visit is None or stage.on_each or visit.step != Visit.Step.ANSWER:
        return []
    agreeing = next(option.code for option in stage.asks.answers if option.stance is Stance.FOR)
    said = Answered(agreeing, WORDS)
    return [
        Asked(case, seat.person, visit.pk, visit.version_id, agreeing)
        for seat in owing(look)
        if all(judged(look, seat.person, visit.pk, said, visit.version_id)[2])
    ]


def _tried(found: Iterator[list[Asked]], most: int, completes: bool) -> list[Asked]:
    kept: list[Asked] = []
    with noting():
        for questions in found:
            asked = _last(questions) if completes else _first(questions[0])
            if asked and _moves(asked) == completes:
                kept.append(asked)
            if len(kept) == most:
                break
    return kept


def _first(one: Asked) -> Asked | None:
    """The answer with the rows that it writes; none where a rule is against it."""
    try:
        one.give()
    except Refused:
        undo(noted())
        return None
    written = tuple(noted())
    undo(written)
    return replace(one, written=written)


def _last(questions: list[Asked]) -> Asked | None:
    """The answer after all others, with the rows that those write and that it writes itself."""
    before: list[tuple[Written, ...]] = []
    try:
        for one in questions[:-1]:
            one.give()
            before.append(tuple(noted()))
        last = _first(questions[-1])
    except Refused:
        undo(noted())
        last = None
    for written in reversed(before):
        undo(written)
    return replace(last, before=tuple(before)) if last else None


def _moves(asked: Asked) -> bool:
    """Whether the case went on with this answer."""
    return any(one.table == "cases_visit" and one.after and one.after["ended_at"] for one in asked.written)
