"""Answers given by telephone, in a letter or in person: typed in by the coordinator, and nothing until the partner confirms (R2).

What is typed in is a row of its own and never counts. `doors.confirming` has what makes it count, or void.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from cases.models import Person, Seat, TypedAnswer, TypedWord, Visit
from permissions.verdict import Verdict, judge
from workflows.answering import Answered
from workflows.calendar import WorkingDays, london_day
from workflows.confirm_links import link_goes_to, mark_of, token_of
from workflows.door import Doing, door, require
from workflows.look import Look
from workflows.may import GO_BACK, in_step, seat_with, seated
from workflows.standing import asked_seats
from workflows.typed_standing import as_theirs, says_whose, waiting_for

LINK_LASTS = WorkingDays(5)
FORM_LASTS = WorkingDays(10)
"""How long a partner has to confirm: the link by e-mail, and the form that goes and comes by post."""


def may_type_in(
    look: Look, by: Person, visit: UUID, seat: UUID, said: Iterable[Answered], version: UUID | None, given: str, given_on: date
) -> tuple[Seat | None, Seat | None, list[Verdict]]:
    """The partner's seat, the typist's own, and every verdict: the typist's, the form's, and those of the partner's answer."""
    own = seat_with(look, by, "type_in")
    verdicts = [
        in_step(look, visit, Visit.Step.ANSWER),
        seated(own, "R2", "Only the partner coordinator types in what a partner said."),
    ]
    asked = next((one for one in asked_seats(look) if one.pk == seat and one.is_lay), None)
    if not verdicts[0] or asked is None:
        return None, own, [*verdicts, judge(asked is not None, "R2", "This partner is not asked anything now.", GO_BACK)]
    verdicts += [
        judge(asked.person_id != by.pk, "R2", "This is your own seat.", "Answer for yourself."),
        judge(given in TypedAnswer.Given.values, "R2", "Say how the answer was given."),
        judge(given_on <= look.today, "R2", "The day on which the answer was given is still to come."),
        judge(_asked_on(look) <= given_on, "R4", "The answer is older than the question.", "Ask the partner about this question."),
        _nothing_waits(look, asked),
    ]
    return asked, own, [*verdicts, *as_theirs(look, asked.person, visit, said, version)]


def _asked_on(look: Look) -> date:
    visit = look.visit
    return london_day(visit.submitted_at or visit.opened_at) if visit else look.today


def _nothing_waits(look: Look, seat: Seat) -> Verdict:
    return judge(waiting_for(look, seat) is None, "R2", "Something was typed in already and waits for the partner.",
                 "Take that back first, if it is wrong.")  # fmt: skip


@door("answer_typed_in")
def type_in(
    doing: Doing, *, visit: UUID, seat: UUID, said: tuple[Answered, ...], given: str, given_on: date,
    version: UUID | None = None, enough_time: bool = False,
) -> TypedAnswer:  # fmt: skip
    """Type in what a partner said. It counts for nothing until they confirm it, on this text and in this stay (R2, R4)."""
    look = doing.look
    asked, own, verdicts = may_type_in(look, doing.person, visit, seat, said, version, given, given_on)
    require(*verdicts)
    assert asked and own
    doing.acting_as(own)
    address = link_goes_to(asked.person, doing.person)
    typed = TypedAnswer(
        id=doing.new_id(), case=look.case, visit=look.visit, seat=asked, version_id=version, enough_time=enough_time,
        given=given, given_on=given_on, typed_by=doing.person, typed_at=look.at, sent_to=address,
        confirm_by=look.calendar.add(look.today, (LINK_LASTS if address else FORM_LASTS).days),
    )  # fmt: skip
    typed.mark = mark_of(token_of(typed))
    typed.save(force_insert=True)
    for one in said:
        _write_down(doing, typed, one)
    doing.says(confirm_by=typed.confirm_by, by_link=bool(address))
    says_whose(doing, typed)
    return typed


def _write_down(doing: Doing, typed: TypedAnswer, said: Answered) -> None:
    TypedWord(
        id=doing.new_id(), typed=typed, case=doing.case, item_id=said.item, item_revision=said.item_revision,
        answer=said.answer, text=said.text.strip(),
    ).save(force_insert=True)  # fmt: skip
