"""What sight and voice hang on: training, the promise of confidentiality, the term. Each is warned of ahead, and the chair is asked
what follows when it has run out (C9, IG3). Nothing that was said or decided before is touched by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from audit.days import in_words
from audit.models import Event
from cases.models import Seat, TrainingRecord
from permissions.roles import COORDINATOR, LAY
from permissions.verdict import Verdict, judge
from workflows.deadlines.acts import UP_FROM_AN_ANSWER, by_the_clock, next_up, tells, the_clock_does_it
from workflows.deadlines.models import Deadline
from workflows.door import Doing, door, require
from workflows.look import Look

PROMISE, TERM = "confidentiality agreement", "term as a lay partner"
NO_SEAT, STILL_SEES = "This person has no seat here.", "This person still sees the case, or has left it."


# Ahead of its last day, and on it


@door("training_warned")
def training_warned(doing: Doing, *, person: UUID, until: date, subject: str) -> None:
    """Warn a partner, and the coordinator who can put it right, that training runs out (C9)."""
    own = doing.look.seats_of(person)
    title = dict(TrainingRecord.SUBJECTS).get(subject, subject)
    _warn(doing, own, judge(bool(own), "C9", NO_SEAT), until, training=title)


@door("end_warned")
def end_warned(doing: Doing, *, person: UUID, until: date, what: str) -> None:
    """Warn a lay partner, and the coordinator who can renew it, that something else runs out on which their seat hangs."""
    own = doing.look.seats_of(person)
    _warn(doing, own, judge(bool(own), "IG3", NO_SEAT), until, what=what)


def _warn(doing: Doing, own: Sequence[Seat], sits: Verdict, until: date, **facts: str) -> None:
    require(the_clock_does_it(doing), sits)
    tells(doing, [*own, *doing.look.active(COORDINATOR)], person=own[0].person.name, until=in_words(until), **facts)


def warn_of_training(row: Deadline, at: datetime) -> Event | None:
    """Training runs out."""
    _, until, subject = row.subject.split(":")
    if not _is_told_here(row, Seat.objects.filter(trained_in=subject)):
        return None
    return training_warned(**by_the_clock(row, at), person=row.about, until=date.fromisoformat(until), subject=subject).event


def warn_of_promise(row: Deadline, at: datetime) -> Event | None:
    """The promise of confidentiality runs out."""
    return _warn_of(row, at, PROMISE)


def warn_of_term(row: Deadline, at: datetime) -> Event | None:
    """The term of the appointment runs out."""
    return _warn_of(row, at, TERM)


def _warn_of(row: Deadline, at: datetime, what: str) -> Event | None:
    if not _is_told_here(row, Seat.objects.filter(case__organisation=row.organisation_id, capacity=LAY)):
        return None
    return end_warned(**by_the_clock(row, at), person=row.about, until=_until(row), what=what).event


def _is_told_here(row: Deadline, seats: QuerySet[Seat]) -> bool:
    """Once for a person, whatever the number of their seats: on that case among these that they have sat on longest."""
    own = seats.filter(person=row.about, state=Seat.State.ACTIVE, case__closed_at=None).order_by("active_from", "id")
    return own.values_list("case_id", flat=True).first() == row.case_id


# On the first day without sight


@door("sight_over")
def sight_over(doing: Doing, *, person: UUID, until: date) -> None:
    """C9: thirty days after a partner's training ran out, ask the chair to decide what follows."""
    blind = _blind(doing.look, person)
    _ask_what_follows(doing, blind, judge(bool(blind), "C9", STILL_SEES), until)


@door("sight_ended")
def sight_ended(doing: Doing, *, person: UUID, until: date, what: str) -> None:
    """Ask the chair what follows, where a lay partner sees the case no more for another reason."""
    blind = _blind(doing.look, person)
    _ask_what_follows(doing, blind, judge(bool(blind), "IG3", STILL_SEES), until, what=what)


def _ask_what_follows(doing: Doing, blind: Sequence[Seat], sees_nothing: Verdict, until: date, **facts: str) -> None:
    """The seat stays as it is: two people end it (R8)."""
    require(the_clock_does_it(doing), sees_nothing)
    seats = [*blind, *next_up(doing.look, UP_FROM_AN_ANSWER, blind), *doing.look.active(COORDINATOR)]
    tells(doing, seats, person=blind[0].person.name, until=in_words(until), **facts)


def end_of_grace(row: Deadline, at: datetime) -> Event | None:
    """The first day after the days of grace that follow the last day of a training."""
    return sight_over(**by_the_clock(row, at), person=row.about, until=_until(row)).event if _is_blind(row, at) else None


def end_of_promise(row: Deadline, at: datetime) -> Event | None:
    """The first day without a promise in force."""
    return _end_of(row, at, PROMISE)


def end_of_term(row: Deadline, at: datetime) -> Event | None:
    """The first day after the term."""
    return _end_of(row, at, TERM)


def _end_of(row: Deadline, at: datetime, what: str) -> Event | None:
    if not _is_blind(row, at):
        return None
    return sight_ended(**by_the_clock(row, at), person=row.about, until=_until(row), what=what).event


def _is_blind(row: Deadline, at: datetime) -> bool:
    """Whether they see the case from one of their seats no more: it may have been renewed in another way."""
    return row.about is not None and bool(_blind(row.look_at(at), row.about))


def _blind(look: Look, person: UUID) -> list[Seat]:
    """Their seats from which they do not see the case now."""
    return [seat for seat in look.seats_of(person) if not look.can_see(seat)]


def _until(row: Deadline) -> date:
    return date.fromisoformat(row.subject.split(":")[1])
