"""What a case waits for now, by kind: pure reads of a Look, from which the deadline rows are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from cases.models import Appointment, Confidentiality, Seat, TrainingItem, TrainingRecord, Visit
from permissions.eligibility import GRACE, last_of, term_end
from workflows.calendar import london_day
from workflows.deadlines.days import answer_due, next_nine, reminder_days
from workflows.look import Look
from workflows.standing import owing
from workflows.standstill import days_to_answer

Key = TypeVar("Key")

AFTER_GRACE = GRACE.days + 1
"""Days from the last day of a training to the first without sight (C9)."""


@dataclass(frozen=True)
class Due:
    """One row that should be there: what it is about, and the day on which something is to be done."""

    subject: str
    day: date
    visit: UUID | None = None
    seat: UUID | None = None
    about: UUID | None = None


@dataclass(frozen=True)
class Asked:
    """A seat that owes an answer, since when, and by when (R5: five working days at least)."""

    seat: Seat
    since: date
    by: date


def _ends(held: Iterable[tuple[Key, date | None]]) -> dict[Key, date]:
    """The last day of whatever each holds; whoever holds something without an end is left out."""
    found = defaultdict[Key, list[date | None]](list)
    for key, until in held:
        found[key].append(until)
    return {key: last for key, days in found.items() if (last := last_of(days)) is not None}


class Waiting:
    """What one case waits for, worked out once for all kinds. A case that has ended waits for nothing."""

    def __init__(self, look: Look) -> None:
        self.look = look

    @cached_property
    def answers(self) -> list[Asked]:
        """The seats that owe an answer to a question with a due day; none while a partner cannot follow the paper (R19)."""
        look, visit = self.look, self.look.visit
        if visit is None or visit.step != Visit.Step.ANSWER or visit.due_on is None or visit.stopped_at:
            return []
        return [self._asked(seat, visit) for seat in owing(look)]

    def _asked(self, seat: Seat, visit: Visit) -> Asked:
        put = visit.submitted_at or visit.opened_at
        since = london_day(max(put, seat.active_from or put))
        given = self.look.calendar.add(since, days_to_answer(visit))
        return Asked(seat, since, max(visit.due_on or given, given))

    @cached_property
    def training(self) -> dict[tuple[UUID, str], date]:
        """When the training on which an active lay seat hangs runs out, by person and subject. One statement."""
        asked = {(seat.person_id, seat.trained_in) for seat in self.look.seats if seat.is_active and seat.trained_in}
        rows = TrainingRecord.objects.filter(person__in=[person for person, _ in asked])
        held = rows.values_list("person_id", "subject", "valid_until")
        return _ends(((person, subject), until) for person, subject, until in held if (person, subject) in asked)

    @cached_property
    def lay(self) -> dict[UUID, str]:
        """The role in which each person sits as a lay partner now."""
        return {seat.person_id: seat.role for seat in self.look.seats if seat.is_active and seat.is_lay}

    @cached_property
    def promises(self) -> dict[UUID, date]:
        """When the promise of confidentiality of each lay partner runs out. One statement."""
        rows = Confidentiality.objects.filter(person__in=self.lay, organisation=self.look.case.organisation_id)
        return _ends(rows.values_list("person_id", "valid_until"))

    @cached_property
    def terms(self) -> dict[UUID, date]:
        """When the term of each lay partner runs out, in the role in which they sit. One statement."""
        rows = Appointment.objects.filter(person__in=self.lay, organisation=self.look.case.organisation_id)
        held: dict[UUID, list[Appointment]] = {}
        for one in rows:
            if one.role == self.lay[one.person_id]:
                held.setdefault(one.person_id, []).append(one)
        ends = {person: term_end(found, self.look.today) for person, found in held.items()}
        return {person: end for person, end in ends.items() if end is not None and end > date.min}


def reminders(name: str, waiting: Waiting) -> Iterator[Due]:
    """One of the three reminders, for each seat that owes an answer."""
    calendar, visit = waiting.look.calendar, waiting.look.visit
    for asked in waiting.answers:
        day = reminder_days(calendar, asked.since, asked.by).get(name)
        if day and visit:
            yield Due(f"{visit.pk.hex}:{asked.seat.pk.hex}", day, visit.pk, asked.seat.pk)


def half_way(waiting: Waiting) -> Iterator[Due]:
    """Half of the time to answer has gone."""
    return reminders("half_way", waiting)


def two_days_before(waiting: Waiting) -> Iterator[Due]:
    """Two working days are left to answer."""
    return reminders("two_days", waiting)


def on_the_day(waiting: Waiting) -> Iterator[Due]:
    """The answer is due today."""
    return reminders("due", waiting)


def late_answers(waiting: Waiting) -> Iterator[Due]:
    """One working day after an answer was due."""
    visit = waiting.look.visit
    for asked in waiting.answers:
        if visit:
            day = waiting.look.calendar.add(asked.by, 1)
            yield Due(f"{visit.pk.hex}:{asked.seat.pk.hex}", day, visit.pk, asked.seat.pk)


def late_stage(waiting: Waiting) -> Iterator[Due]:
    """One working day after a stage was due that somebody prepares or decides."""
    visit = waiting.look.visit
    if visit and visit.due_on and not visit.stopped_at and visit.step in (Visit.Step.PREPARE, Visit.Step.DECIDE):
        yield Due(f"{visit.pk.hex}:{visit.step}", waiting.look.calendar.add(visit.due_on, 1), visit.pk)


def waivers_that_run(waiting: Waiting) -> Iterator[Due]:
    """The day after the last day of a waiver (R9, R17)."""
    look, visit = waiting.look, waiting.look.visit
    for waiver in look.waivers:
        here = visit and waiver.stage == visit.stage and waiver.granted_at >= visit.opened_at
        if visit and here and waiver.ended_at is None:
            yield Due(waiver.pk.hex, waiver.until + timedelta(days=1), visit.pk, about=waiver.pk)


def stand_ins_that_run(waiting: Waiting) -> Iterator[Due]:
    """The day after the last day on which somebody stands in for a partner, or was asked to."""
    for seat in waiting.look.seats:
        if seat.stands_in_until and seat.state in Seat.LIVE:
            yield Due(seat.pk.hex, seat.stands_in_until + timedelta(days=1), seat=seat.pk)


def offers_without_reply(waiting: Waiting) -> Iterator[Due]:
    """One working day after the reply to an offer was due (B1)."""
    for seat in waiting.look.seats:
        if seat.state == Seat.State.OFFERED and seat.reply_by:
            yield Due(seat.pk.hex, waiting.look.calendar.add(seat.reply_by, 1), seat=seat.pk)


def training_in(days: int) -> Callable[[Waiting], Iterator[Due]]:
    """So many days before the training of a seated partner runs out (C9); negative: after it."""
    return lambda waiting: (_end_due(days, person, until, subject) for (person, subject), until in waiting.training.items())


def promises_in(days: int) -> Callable[[Waiting], Iterator[Due]]:
    """So many days before the promise of confidentiality of a seated partner runs out; -1: the first day without it (IG3)."""
    return lambda waiting: (_end_due(days, person, until) for person, until in waiting.promises.items())


def terms_in(days: int) -> Callable[[Waiting], Iterator[Due]]:
    """So many days before the term of a seated partner runs out; -1: the first day after it (IG3)."""
    return lambda waiting: (_end_due(days, person, until) for person, until in waiting.terms.items())


def _end_due(days: int, person: UUID, until: date, *more: str) -> Due:
    return Due(":".join((person.hex, until.isoformat(), *more)), until - timedelta(days=days), about=person)


def training_not_offered(waiting: Waiting) -> Iterator[Due]:
    """One working day after the organisation should have offered a training (C2)."""
    look = waiting.look
    for item in look.training_items if any(one.code == "training" for one in look.process.items) else []:
        if item.state in (TrainingItem.State.REQUIRED, TrainingItem.State.LAPSED):
            yield Due(f"{item.pk.hex}:{item.offer_by.isoformat()}", look.calendar.add(item.offer_by, 1), about=item.pk)


def unanswered_holds(waiting: Waiting) -> Iterator[Due]:
    """One working day after the answer to a hold was due (R12)."""
    for hold in waiting.look.holds:
        if hold.stops:
            yield Due(hold.pk.hex, waiting.look.calendar.add(hold.due_on, 1), about=hold.pk)


def holds_due_soon(waiting: Waiting) -> Iterator[Due]:
    """Two working days before a hold is to be answered: whoever answers it is reminded (R12)."""
    for hold in waiting.look.holds:
        if hold.stops:
            yield from _soon(waiting.look, hold.pk, hold.placed_at, hold.due_on)


def comments_due_soon(waiting: Waiting) -> Iterator[Due]:
    """Two working days before a partner's comment is to be answered (R7)."""
    for one in waiting.look.unanswered_comments:
        yield from _soon(waiting.look, one.pk, one.at, answer_due(waiting.look.calendar, one.at))


def late_comments(waiting: Waiting) -> Iterator[Due]:
    """One working day after the answer to a partner's comment was due (R7)."""
    calendar = waiting.look.calendar
    for one in waiting.look.unanswered_comments:
        yield Due(one.pk.hex, calendar.add(answer_due(calendar, one.at), 1), about=one.pk)


def _soon(look: Look, about: UUID, asked: datetime, due_on: date) -> Iterator[Due]:
    day = reminder_days(look.calendar, london_day(asked), due_on).get("two_days")
    if day:
        yield Due(about.hex, day, about=about)


def unanswered_challenges(waiting: Waiting) -> Iterator[Due]:
    """One working day after the answer to a partner who challenged something held back was due (R6)."""
    for one in waiting.look.challenges:
        if one.waits:
            yield Due(one.pk.hex, waiting.look.calendar.add(one.due_on, 1), about=one.pk)


def withholdings_that_run(waiting: Waiting) -> Iterator[Due]:
    """The day after the day by which something held back ends or is decided again (IG5)."""
    for one in waiting.look.withholdings:
        if one.in_force:
            yield Due(f"{one.pk.hex}:{one.until.isoformat()}", one.until + timedelta(days=1), about=one.pk)


def stages_that_expire(waiting: Waiting) -> Iterator[Due]:
    """Each morning, in a stage that ends by the clock."""
    stage, visit = waiting.look.stage, waiting.look.visit
    if stage and visit and stage.expires_to:
        yield Due(visit.pk.hex, next_nine(waiting.look.at), visit.pk)
