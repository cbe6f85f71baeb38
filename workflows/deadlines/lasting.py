"""What sight and voice hang on besides training: the promise of confidentiality and the term. Both are warned of ahead, and the
chair is asked what follows when they have run out (IG3). Nothing that was said or decided before is touched by it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from audit.days import in_words
from audit.models import Event
from cases.models import Seat
from permissions.roles import COORDINATOR, LAY
from permissions.verdict import judge
from workflows.deadlines.acts import UP_FROM_AN_ANSWER, by_the_clock, next_up, tells, the_clock_does_it
from workflows.deadlines.models import Deadline
from workflows.door import Doing, door, require

PROMISE, TERM = "confidentiality agreement", "term as a lay partner"


@door("end_warned")
def end_warned(doing: Doing, *, person: UUID, until: date, what: str) -> None:
    """Warn a lay partner, and the coordinator who can renew it, that something runs out on which their seat hangs."""
    require(the_clock_does_it(doing))
    look = doing.look
    own = look.seats_of(person)
    require(judge(bool(own), "IG3", "This person has no seat here."))
    tells(doing, [*own, *look.active(COORDINATOR)], person=own[0].person.name, until=in_words(until), what=what)


@door("sight_ended")
def sight_ended(doing: Doing, *, person: UUID, until: date, what: str) -> None:
    """Ask the chair what follows, where a lay partner sees the case no more. The seat stays: two people end it (R8)."""
    require(the_clock_does_it(doing))
    look = doing.look
    blind = [seat for seat in look.seats_of(person) if not look.can_see(seat)]
    require(judge(bool(blind), "IG3", "This person still sees the case, or has left it."))
    chair = next_up(look, UP_FROM_AN_ANSWER, blind)
    told = {"person": blind[0].person.name, "until": in_words(until), "what": what}
    tells(doing, [*blind, *chair, *look.active(COORDINATOR)], **told)


def warn_of_promise(row: Deadline, at: datetime) -> Event | None:
    """The promise of confidentiality runs out."""
    return _warn(row, at, PROMISE)


def warn_of_term(row: Deadline, at: datetime) -> Event | None:
    """The term of the appointment runs out."""
    return _warn(row, at, TERM)


def end_of_promise(row: Deadline, at: datetime) -> Event | None:
    """The first day without a promise in force."""
    return _end(row, at, PROMISE)


def end_of_term(row: Deadline, at: datetime) -> Event | None:
    """The first day after the term."""
    return _end(row, at, TERM)


def _warn(row: Deadline, at: datetime, what: str) -> Event | None:
    """Once for a person, whatever the number of their seats: on the case of the organisation that they have sat on longest."""
    here = Seat.objects.filter(case__organisation=row.organisation_id, case__closed_at=None)
    own = here.filter(person=row.about, capacity=LAY, state=Seat.State.ACTIVE).order_by("active_from", "id")
    if own.values_list("case_id", flat=True).first() != row.case_id:
        return None
    return end_warned(**by_the_clock(row, at), person=row.about, until=_until(row), what=what).event


def _end(row: Deadline, at: datetime, what: str) -> Event | None:
    look = row.look_at(at)
    if row.about is None or all(look.can_see(seat) for seat in look.seats_of(row.about)):
        return None
    return sight_ended(**by_the_clock(row, at), person=row.about, until=_until(row), what=what).event


def _until(row: Deadline) -> date:
    return date.fromisoformat(row.subject.split(":")[1])
