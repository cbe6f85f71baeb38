"""Holds (R12): a lay partner stops the work, and somebody named answers. What was said stays on the record.

Whatever a process's act that pauses covers is stopped until the hold is answered or taken back; going back never is.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from cases.models import Hold, Person, Seat
from permissions.roles import ROLES
from permissions.verdict import STALE, Verdict, judge
from workflows.calendar import WorkingDays
from workflows.definition import AnyTime
from workflows.door import Doing, door, require
from workflows.look import Look
from workflows.may import GO_BACK, seat_among, seated
from workflows.standing import actors

ANSWERED_WITHIN = WorkingDays(5)
"""By when a hold is answered where the page gives no time of its own (A5)."""


def may_place_hold(look: Look, person: Person, act: str, reason: str) -> tuple[AnyTime | None, Seat | None, list[Verdict]]:
    """The act that pauses, the lay seat from which a person may do it, and the verdicts."""
    named = look.process.any_time_act(act)
    card = named if named and named.effect == "pauses" else None
    own = next((seat for seat in look.seats_of(person.pk) if card and seat.is_lay and ROLES[seat.role] in card.by), None)
    mine = [hold for hold in look.holds if own and hold.placed_by_id == own.pk and hold.act == act]
    who = " or ".join(role.title for role in card.by) if card else "nobody"
    return card, own, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        judge(card is not None, STALE, "There is nothing of this kind to stop here.", GO_BACK),
        judge(not (card and look.stage) or _is_open(look, card), "R12", "This cannot be stopped at this stage.", GO_BACK),
        seated(own, "R12", f"Only a {who} with a seat on this case can stop the work."),
        judge(not any(hold.stops for hold in mine), "R12", "You have stopped this already, and wait for the answer.",
              "You can take it back, or stop the work again once it is answered."),
        judge(bool(reason.strip()), "R12", "Say why the work must stop.", "A sentence is enough. Whoever answers will read it."),
    ]  # fmt: skip


def _is_open(look: Look, card: AnyTime | None) -> bool:
    return bool(card and look.stage and card.is_open_in(look.stage))


@door("hold_placed")
def place_hold(doing: Doing, *, act: str, reason: str) -> Hold:
    """Stop the work until somebody named has answered. The day by which they answer is in the organisation's working days."""
    look = doing.look
    card, own, verdicts = may_place_hold(look, doing.person, act, reason)
    require(*verdicts)
    visit = look.visit
    assert card and own and visit
    doing.acting_as(own)
    hold = Hold(
        id=doing.new_id(), case=look.case, visit=visit, act=card.code, placed_by=own, reason=reason.strip(), placed_at=look.at,
        due_on=_due_on(look, card),
    )  # fmt: skip
    hold.save(force_insert=True)
    look.holds.append(hold)
    _says(doing, hold, card)
    doing.says(due=hold.due_on.isoformat())
    return hold


def _due_on(look: Look, card: AnyTime) -> date:
    return look.calendar.add(look.today, (card.within or ANSWERED_WITHIN).days)


def _says(doing: Doing, hold: Hold, card: AnyTime | None) -> None:
    placed = doing.look.seat(hold.placed_by_id)
    doing.says(
        hold=str(hold.pk), what=card.title if card else hold.act, why=hold.reason, person=placed.person.name if placed else "",
        person_id=str(placed.person_id) if placed else "", placed_by=str(hold.placed_by_id),
    )  # fmt: skip


def _waiting(look: Look, hold: UUID) -> Hold | None:
    return next((one for one in look.holds if one.pk == hold and one.stops), None)


def _still_there(look: Look, found: Hold | None) -> list[Verdict]:
    return [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        judge(found is not None, STALE, "This has been answered or taken back, or is not there.", GO_BACK),
    ]


def may_answer_hold(look: Look, person: Person, hold: UUID, answer: str) -> tuple[Hold | None, Seat | None, list[Verdict]]:
    """The hold, the seat from which a person answers it, and the verdicts."""
    found = _waiting(look, hold)
    card = look.process.any_time_act(found.act) if found else None
    role = card.answered_by if card else None
    own = seat_among(look.voting(role), person) if role else None
    placed = look.seat(found.placed_by_id) if found else None
    return found, own, [
        *_still_there(look, found),
        seated(own, "R12", f"Only the {role.title.lower() if role else 'person named'} answers this."),
        judge(placed is None or placed.person_id != person.pk, "R18", "You stopped the work yourself, so you cannot answer it.",
              "Somebody else must answer."),
        judge(not _does_the_work(look, person), "R18", "The hold is on your own work, so you cannot answer it.",
              "Somebody else must answer."),
        judge(bool(answer.strip()), "R12", "Write your answer.", "Say what you will change, or why you will not."),
    ]  # fmt: skip


def _does_the_work(look: Look, person: Person) -> bool:
    """Whether the person also sits as the one whose part of the stage is held."""
    return any(seat.person_id == person.pk for seat in actors(look))


@door("hold_answered")
def answer_hold(doing: Doing, *, hold: UUID, answer: str) -> Hold:
    """Answer a hold: the work can go on. The answer stays as it was given; a new hold may follow."""
    look = doing.look
    found, own, verdicts = may_answer_hold(look, doing.person, hold, answer)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    found.answered_by, found.answer, found.answered_at = own, answer.strip(), look.at
    found.save(update_fields=["answered_by", "answer", "answered_at"])
    _says(doing, found, look.process.any_time_act(found.act))
    doing.says(answer=found.answer)
    return found


def may_take_back_hold(look: Look, person: Person, hold: UUID) -> tuple[Hold | None, Seat | None, list[Verdict]]:
    """The hold, the seat that placed it if it is this person's, and the verdicts."""
    found = _waiting(look, hold)
    own = next((seat for seat in look.seats_of(person.pk) if found and seat.pk == found.placed_by_id), None)
    return found, own, [*_still_there(look, found), seated(own, "R12", "Only the partner who stopped the work takes that back.")]


@door("hold_taken_back")
def take_back_hold(doing: Doing, *, hold: UUID) -> Hold:
    """Take back a hold of one's own. No reason is needed."""
    look = doing.look
    found, own, verdicts = may_take_back_hold(look, doing.person, hold)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    found.taken_back_at = look.at
    found.save(update_fields=["taken_back_at"])
    _says(doing, found, look.process.any_time_act(found.act))
    return found
