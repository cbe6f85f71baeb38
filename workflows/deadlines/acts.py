"""What is done when a deadline falls due: each function goes through a door, as the system, and returns its ledger event.

None is returned where there is nothing to do after all. Asking twice does it once: a row is its own request.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from audit.days import in_words
from audit.models import Event
from cases.models import Hold, Seat
from permissions.roles import CHAIR, COORDINATOR, EXEC, EXEC_TEAM, LEAD, QUALITY, ROLES, SPECIALIST, SPONSOR, Role, title_of
from permissions.verdict import Verdict, judge
from workflows import engine
from workflows.deadlines.days import answer_due
from workflows.deadlines.models import Deadline
from workflows.deadlines.owed import Waiting
from workflows.door import Doing, door, require
from workflows.doors import reminders
from workflows.doors.stand_ins import end_stand_in
from workflows.look import Look
from workflows.may import may_expire
from workflows.sealing import words_are_sealed
from workflows.standing import owing

UP_FROM_AN_ANSWER = (CHAIR, SPONSOR, EXEC, EXEC_TEAM, QUALITY, COORDINATOR)
UP_FROM_A_STAGE = (EXEC, EXEC_TEAM, QUALITY, COORDINATOR)
"""Who is told next, when something is late: the first of these roles that is seated and is not itself late."""


def by_the_clock(row: Deadline, at: datetime) -> dict[str, Any]:
    """What every act of a deadline is called with."""
    return {"case": row.case_id, "by": None, "at": at, "request": f"deadline:{row.pk}"}


def the_clock_does_it(doing: Doing) -> Verdict:
    """Nobody can do these acts by hand: they are dated by what the case waits for."""
    return judge(doing.by is None, "R16", "The clock does this, and nobody else.")


def next_up(look: Look, first: Sequence[Role], late: Sequence[Seat]) -> list[Seat]:
    """The seats of the first role that is seated, without the people who are late themselves."""
    slow = {seat.person_id for seat in late}
    for role in first:
        found = [seat for seat in look.active(role) if seat.person_id not in slow]
        if found:
            return found
    return []


def tells(doing: Doing, seats: Sequence[Seat], **facts: Any) -> None:
    """The ledger says whom the system told; `notifications.rules` reads it from there."""
    people = {str(seat.person_id): seat.person.name for seat in seats}
    doing.says(tell=list(people), people=list(people.values()) or ["nobody, for no such seat is filled"], **facts)


# Reminders (R1): a real one, so that a lapse by the chair can follow


def remind(row: Deadline, at: datetime) -> Event:
    """Remind the seat; never more than that: only the chair records a lapse."""
    return reminders.remind(**by_the_clock(row, at), visit=row.visit_id, seat=row.seat_id).event


# Escalation: told to the next person up, one working day after it was due


@door("escalated")
def escalate(doing: Doing, *, what: str, due_on: date, late: list[UUID], first: list[Role]) -> list[Seat]:
    """Tell the next person up that something is late. Changes nothing: nobody is moved on by the clock."""
    require(the_clock_does_it(doing))
    slow = [seat for seat in doing.look.seats if seat.pk in late]
    found = next_up(doing.look, first, slow)
    tells(doing, found, what=what, due=in_words(due_on))
    return found


def escalate_answer(row: Deadline, at: datetime) -> Event:
    """An answer is late: the chair is told, or whoever is above when it is the chair's own."""
    look = row.look_at(at)
    asked = next(one for one in Waiting(look).answers if one.seat.pk == row.seat_id)
    what = f"{asked.seat.person.name}\u2019s answer at \u201c{_stage_title(look)}\u201d"
    return escalate(**by_the_clock(row, at), what=what, due_on=asked.by, late=[asked.seat.pk], first=list(UP_FROM_AN_ANSWER)).event


def escalate_stage(row: Deadline, at: datetime) -> Event:
    """A stage that somebody prepares or decides is late: whoever hears its disagreements is told, or an executive."""
    look = row.look_at(at)
    stage = look.stage
    heard_by = [stage.dissent.heard_by] if stage and stage.dissent else []
    due_on = look.visit.due_on if look.visit else None
    assert due_on
    late = [seat.pk for seat in owing(look)]
    first = [*heard_by, *UP_FROM_A_STAGE]
    return escalate(**by_the_clock(row, at), what=f"\u201c{_stage_title(look)}\u201d", due_on=due_on, late=late, first=first).event


def escalate_hold(row: Deadline, at: datetime) -> Event:
    """Nobody has answered a hold: whoever is above those who should hears of it (R12)."""
    return _tell_up(row, at, *_of_hold(row.look_at(at), row))


def escalate_comment(row: Deadline, at: datetime) -> Event:
    """Nobody has answered a partner\u2019s comment: whoever is above those who should hears of it (R7)."""
    return _tell_up(row, at, *_of_comment(row.look_at(at), row))


def _tell_up(row: Deadline, at: datetime, what: str, due_on: date, owing: list[Seat]) -> Event:
    late = [seat.pk for seat in owing]
    return escalate(**by_the_clock(row, at), what=what, due_on=due_on, late=late, first=list(UP_FROM_A_STAGE)).event


@door("answer_due")
def tell_it_is_due(doing: Doing, *, what: str, due_on: date, owing: list[UUID]) -> None:
    """Remind those who owe an answer that it is due soon. Changes nothing."""
    require(the_clock_does_it(doing))
    tells(doing, [seat for seat in doing.look.seats if seat.pk in owing], what=what, due=in_words(due_on))


def remind_of_hold(row: Deadline, at: datetime) -> Event:
    """Two working days are left to answer a hold (R12)."""
    return _remind(row, at, *_of_hold(row.look_at(at), row))


def remind_of_comment(row: Deadline, at: datetime) -> Event:
    """Two working days are left to answer a partner\u2019s comment (R7)."""
    return _remind(row, at, *_of_comment(row.look_at(at), row))


def _remind(row: Deadline, at: datetime, what: str, due_on: date, owing: list[Seat]) -> Event:
    return tell_it_is_due(**by_the_clock(row, at), what=what, due_on=due_on, owing=[seat.pk for seat in owing]).event


def _of_hold(look: Look, row: Deadline) -> tuple[str, date, list[Seat]]:
    """What is owed to whoever placed a hold, by when, and from which seats."""
    hold = next(one for one in look.holds if one.pk == row.about)
    card = look.process.any_time_act(hold.act)
    owing = look.active(card.answered_by) if card and card.answered_by else []
    return f"The answer to {_who_placed(look, hold)}\u2019s hold", hold.due_on, owing


def _of_comment(look: Look, row: Deadline) -> tuple[str, date, list[Seat]]:
    """What is owed to whoever commented, by when, and from which seats."""
    comment = next(one for one in look.unanswered_comments if one.pk == row.about)
    owing = [seat for seat in look.seats if seat.is_active and ROLES[seat.role].may("answer_comments")]
    seat = look.seat(comment.seat_id)
    sealed = words_are_sealed(look, comment)
    who = seat.person.name if seat and not sealed else "a partner"
    return f"The answer to a comment of {who}", answer_due(look.calendar, comment.at), [] if sealed else owing


def escalate_challenge(row: Deadline, at: datetime) -> Event:
    """Nobody has answered a partner who challenged something held back: whoever is above those who should hears of it (R6)."""
    look = row.look_at(at)
    one = next(one for one in look.challenges if one.pk == row.about)
    objected = look.seat(one.seat_id)
    what = f"The answer to {objected.person.name if objected else 'a partner'}, who challenged something held back,"
    return escalate(
        **by_the_clock(row, at), what=what, due_on=one.due_on, late=_who_answers(look), first=list(UP_FROM_A_STAGE)
    ).event


def withholding_over(row: Deadline, at: datetime) -> Event:
    """The day of something held back has passed: those who may decide it again hear of it. It opens nothing by itself (IG5)."""
    look = row.look_at(at)
    one = next(one for one in look.withholdings if one.pk == row.about)
    what = f"Whether this is still held back from lay partners ({one.what})"
    return escalate(
        **by_the_clock(row, at), what=what, due_on=one.until, late=[one.decided_by_id], first=list(UP_FROM_A_STAGE)
    ).event


def _who_answers(look: Look) -> list[UUID]:
    return [seat.pk for seat in look.seats if seat.is_active and ROLES[seat.role].may("answer_challenges")]


def escalate_training_offer(row: Deadline, at: datetime) -> Event:
    """The organisation has not offered a training in time: its clock, so whoever is above the coordinator hears of it (C2)."""
    look = row.look_at(at)
    item = next(one for one in look.training_items if one.pk == row.about)
    late = [seat.pk for seat in look.active(COORDINATOR)]
    what = f"The offer of the training \u201c{item.title}\u201d"
    return escalate(**by_the_clock(row, at), what=what, due_on=item.offer_by, late=late, first=[SPECIALIST, *UP_FROM_A_STAGE]).event


def _who_placed(look: Look, hold: Hold) -> str:
    seat = look.seat(hold.placed_by_id)
    return seat.person.name if seat else "a partner"


def _stage_title(look: Look) -> str:
    return look.stage.title if look.stage else look.case.state


# Waivers, offers, training


@door("waiver_expired")
def waiver_expired(doing: Doing, *, waiver: UUID) -> None:
    """Say that a rule holds again. The waiver stopped working by its own day; this settles what hung on it."""
    found = next(one for one in doing.look.waivers if one.pk == waiver)
    over = judge(found.until < doing.look.today, "R17", "This waiver still runs.")
    require(the_clock_does_it(doing), over)
    doing.says(rule=found.rule, until=in_words(found.until), stage_title=_stage_title(doing.look))


def end_of_waiver(row: Deadline, at: datetime) -> Event:
    """The day after the last day of a waiver."""
    return waiver_expired(**by_the_clock(row, at), waiver=row.about).event


@door("offer_overdue")
def offer_overdue(doing: Doing, *, seat: UUID) -> None:
    """Tell whoever offered a seat that no reply came. No reply is never consent: the offer stays an offer (B1)."""
    look = doing.look
    asked = look.seat(seat)
    require(the_clock_does_it(doing), judge(asked is not None and asked.state == Seat.State.OFFERED, "B1", "It was answered."))
    assert asked
    offered = [one for one in look.seats if one.is_active and one.person_id == asked.offered_by_id]
    tells(doing, offered or look.active(LEAD), person=asked.person.name, role=title_of(asked.role))


def end_of_stand_in(row: Deadline, at: datetime) -> Event:
    """The day after the last day of standing in for a partner."""
    return end_stand_in(**by_the_clock(row, at), seat=row.seat_id).event


def offer_unanswered(row: Deadline, at: datetime) -> Event:
    """One working day after the reply was due."""
    return offer_overdue(**by_the_clock(row, at), seat=row.seat_id).event


# Stages that end by the clock


def expire_stage(row: Deadline, at: datetime) -> Event | None:
    """End the stage if its sentence has come true; None asks again tomorrow."""
    if not all(may_expire(row.look_at(at))):
        return None
    return engine.expire(**by_the_clock(row, at)).event
