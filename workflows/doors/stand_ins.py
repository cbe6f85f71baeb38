"""A lay seat passes for a time to another lay person, if the partner whose it is says so, and comes back to them.

The seat counts once: while the one who stands in sits, the partner is away, and at no other time. What each says is theirs.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from cases.models import Person, Seat
from permissions.eligibility import may_sit
from permissions.roles import ROLES
from permissions.verdict import STALE, Verdict, judge
from workflows.door import Doing, door, require
from workflows.doors.seats import usual_reply_by
from workflows.look import Look
from workflows.may import GO_BACK, seated
from workflows.opening import training_for
from workflows.stand_ins import over, standing_in

State = Seat.State


def may_hand_over(
    look: Look, by: Person, seat: UUID, person: Person | None, starts_on: date, until: date
) -> tuple[Seat | None, list[Verdict]]:
    """The seat, and every verdict on its partner asking `person` to stand in; None: nobody is chosen yet."""
    found = look.seat(seat)
    mine = found if found and found.person_id == by.pk else None
    verdicts = [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        seated(mine, "R2", "This seat is not yours, and only the partner whose it is can pass it on."),
    ]
    if mine is None:
        return None, verdicts
    return mine, [
        *verdicts,
        judge(mine.is_lay, "R8", "Only a lay seat passes to somebody who stands in.", "Somebody else is offered a staff seat."),
        judge(mine.is_active, STALE, "You do not sit in this seat now.", GO_BACK),
        judge(mine.stands_in_for_id is None, "R8", "You stand in for somebody yourself, so you cannot pass the seat on."),
        judge(standing_in(look, mine) is None, STALE, "Somebody has been asked to stand in already.", "Take the seat back first."),
        judge(look.today <= starts_on, "R8", "The first day has passed."),
        judge(starts_on <= until, "R8", "The last day comes before the first."),
        *(_may_stand_in(look, mine, person) if person else []),
    ]


def _may_stand_in(look: Look, seat: Seat, person: Person) -> list[Verdict]:
    """R18: whoever stands in is as eligible as anybody who is offered such a seat; nobody of staff ever is."""
    role = ROLES[seat.role]
    held = [one for one in look.seats if one.person_id == person.pk and one.state in Seat.HELD]
    return [
        judge(person.organisation_id == look.case.organisation_id, "IG3", "This person does not belong to the organisation."),
        judge(not held, "B1", f"{person.name} already has a seat or an offer on this case.", "Ask somebody else."),
        *may_sit(person, look.case, role, look.at, training_for(look.process, role)),
    ]


@door("stand_in_asked")
def hand_over(doing: Doing, *, seat: UUID, person: Person, starts_on: date, until: date, reason: str = "") -> Seat:
    """Ask somebody to stand in, from a day until a day (both included). Nothing passes until they accept and declare."""
    look = doing.look
    mine, verdicts = may_hand_over(look, doing.person, seat, person, starts_on, until)
    require(*verdicts)
    assert mine
    doing.acting_as(mine)
    other = Seat(
        id=doing.new_id(), case=look.case, person=person, role=mine.role, capacity=mine.capacity, membership=mine.membership,
        membership_reason=mine.membership_reason, offered_by=doing.person, offered_at=look.at, why=reason,
        task_profile=mine.task_profile, reply_by=usual_reply_by(look, ROLES[mine.role]), trained_in=mine.trained_in,
        stands_in_for=mine, stands_in_from=starts_on, stands_in_until=until,
    )  # fmt: skip
    other.save(force_insert=True)
    look.seats.append(other)
    doing.says(
        person=person.name, person_id=str(person.pk), role=ROLES[mine.role].title, from_day=starts_on, until=until, why=reason,
    )  # fmt: skip
    return other


def may_return(look: Look, by: Person, seat: UUID) -> tuple[Seat | None, Seat | None, list[Verdict]]:
    """The partner's seat, that of whoever stands in or was asked to, and the verdicts on taking it back: always theirs to do."""
    found = look.seat(seat)
    mine = found if found and found.person_id == by.pk else None
    other = standing_in(look, mine) if mine else None
    return mine, other, [
        seated(mine, "R2", "This seat is not yours."),
        judge(mine is None or other is not None, STALE, "Nobody stands in for you, or was asked to.", GO_BACK),
    ]  # fmt: skip


@door("returned_to_seat")
def return_to_seat(doing: Doing, *, seat: UUID) -> Seat:
    """Take one's seat back, at any time and without a reason. Whoever stood in leaves; what they said stays theirs."""
    mine, other, verdicts = may_return(doing.look, doing.person, seat)
    require(*verdicts)
    assert mine and other
    doing.acting_as(mine, leaving=True)
    _ends(doing, other, f"{mine.person.name} took the seat back.")
    return mine


@door("stand_in_over")
def end_stand_in(doing: Doing, *, seat: UUID) -> Seat:
    """The day after the last day: the seat is its partner's again. The clock does it (`by` None)."""
    found = doing.look.seat(seat)
    require(
        judge(doing.by is None, "R16", "The clock does this, and nobody else."),
        judge(found is not None and found.state in Seat.LIVE and over(doing.look, found), STALE, "The time is not over.", GO_BACK),
    )
    assert found
    _ends(doing, found, "The time was over.")
    return found


def _ends(doing: Doing, other: Seat, reason: str) -> None:
    other.state = State.ENDED if other.is_active else State.WITHDRAWN
    other.ended_at, other.ended_reason = doing.at, reason
    other.save()
    doing.seats_changed = True
    first = doing.look.seat(other.stands_in_for_id) if other.stands_in_for_id else None
    whose = {"whose": first.person.name, "tell": [str(first.person_id)]} if first else {}
    doing.says(person=other.person.name, person_id=str(other.person_id), role=ROLES[other.role].title, **whose)
