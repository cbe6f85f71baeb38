"""Reminders, and the lapse of an answer that never came (R1): late, after two reminders, with the chair's reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from cases.models import Lapse, Person, Reminder, Seat, Visit
from permissions.verdict import STALE, Verdict, allow, judge, refuse
from workflows.calendar import london_day
from workflows.door import Doing, door, require
from workflows.look import Look
from workflows.may import GO_BACK, in_step, one_capacity, seat_with, seated
from workflows.standing import owing, still_sees
from workflows.standstill import can_be_followed, days_to_answer
from workflows.typed_standing import waiting_for

REMINDERS_BEFORE_LAPSE = 2
"""R1. They count by day: two on the same day are one."""


@door("reminded")
def remind(doing: Doing, *, visit: UUID, seat: UUID) -> Reminder:
    """Remind a seat that its answer is awaited. Done by the chair, the lead, the coordinator, or the system."""
    look = doing.look
    asked, own, verdicts = may_remind(look, doing.by, visit, seat)
    require(*verdicts)
    assert asked
    if own:
        doing.acting_as(own)
    reminder = Reminder(id=doing.new_id(), case=look.case, visit=look.visit, seat=asked, sent_by=doing.by, at=look.at)
    reminder.save(force_insert=True)
    look.reminders.append(reminder)
    doing.says(person=asked.person.name, person_id=str(asked.person_id))
    return reminder


def may_remind(look: Look, by: Person | None, visit: UUID, seat: UUID) -> tuple[Seat | None, Seat | None, list[Verdict]]:
    """The seat that owes an answer, the seat from which a person reminds it (none for the system), and the verdicts."""
    asked = _owing_seat(look, seat)
    own = seat_with(look, by, "remind") if by else None
    return asked, own, [
        in_step(look, visit, Visit.Step.ANSWER),
        judge(asked is not None, STALE, "This person does not owe an answer.", GO_BACK),
        judge(by is None or own is not None, "R1", "Only those who lead the work, or the coordinator, may send a reminder."),
        can_be_followed(look),
    ]  # fmt: skip


def _owing_seat(look: Look, seat: UUID) -> Seat | None:
    in_answer = look.visit is not None and look.visit.step == Visit.Step.ANSWER
    return next((one for one in owing(look) if one.pk == seat), None) if in_answer else None


def may_lapse(look: Look, person: Person, visit: UUID, seat: UUID, reason: str) -> tuple[Seat | None, Seat | None, list[Verdict]]:
    """The silent seat, the chair's seat, and every verdict on recording a lapse (R1)."""
    silent = _owing_seat(look, seat)
    chair = seat_with(look, person, "lapse")
    chair = chair if chair and chair.counts else None
    return (
        silent,
        chair,
        [
            in_step(look, visit, Visit.Step.ANSWER),
            judge(silent is not None, STALE, "This person does not owe an answer.", GO_BACK),
            seated(chair, "R1", "Only the chair may record that an answer has lapsed."),
            judge(silent is None or silent.person_id != person.pk, "R1", "You may not record your own answer as lapsed."),
            one_capacity(look, person, chair),
            *still_sees(look, silent),
            _nothing_typed_in(look, silent),
            can_be_followed(look),
            *time_was_given(look, seat),
            judge(bool(reason.strip()), "R1", "Give the reason.", "It stays in the record."),
        ],
    )


def _nothing_typed_in(look: Look, silent: Seat | None) -> Verdict:
    """R2: whoever answered by telephone or letter, and has yet to confirm it, is not silent."""
    waits = silent is not None and waiting_for(look, silent) is not None
    return judge(not waits, "R2", "An answer was typed in for this person, who has yet to confirm it.",
                 "Wait until it is confirmed, or its time runs out.")  # fmt: skip


def time_was_given(look: Look, seat: UUID) -> Iterator[Verdict]:
    """The three conditions of a lapse that the page shows with a tick, so each has a sentence for yes and for no (R1)."""
    reminded, due = reminded_on(look, seat), look.visit.due_on if look.visit else None
    if len(reminded) >= REMINDERS_BEFORE_LAPSE:
        yield allow("R1", "Reminders were sent on two different days")
    else:
        so_far = f"So far there are {len(reminded)}."
        yield refuse("R1", f"Two reminders on two different days come first. {so_far}", "Send a reminder.")
    if due is not None and max(due, _given_until(look, seat)) < look.today:
        yield allow("R1", "The day to answer by has passed")
    else:
        yield refuse("R1", "The time to answer is not over yet.", "Wait until the due day has passed, and five working days.")
    if not reminded or max(reminded) < look.today:
        yield allow("R1", "The last reminder was not sent today")
    else:
        yield refuse("R1", "The last reminder was sent today.", "Leave the person a day to answer it.")


def _given_until(look: Look, seat: UUID) -> date:
    """R5: however late the question was put, or the seat taken, there are five working days to answer it."""
    asked, visit = look.seat(seat), look.visit
    times = [visit.submitted_at or visit.opened_at if visit else look.at, asked.active_from if asked else None]
    return look.calendar.add(london_day(max(time for time in times if time)), days_to_answer(visit))


def reminded_on(look: Look, seat: UUID) -> set[date]:
    """The days on which a seat was reminded in the live visit."""
    return {london_day(one.at) for one in look.reminders if one.seat_id == seat}


@door("lapsed")
def lapse(doing: Doing, *, visit: UUID, seat: UUID, reason: str) -> Lapse:
    """Record that a seat gave no answer. A lapse is never an answer: with no lay answer at all the stage stays."""
    look = doing.look
    silent, chair, verdicts = may_lapse(look, doing.person, visit, seat, reason)
    require(*verdicts)
    assert silent and chair
    doing.acting_as(chair)
    row = Lapse(
        id=doing.new_id(), case=look.case, visit=look.visit, seat=silent, recorded_by=doing.person, reason=reason, at=look.at
    )
    row.save(force_insert=True)
    look.lapses.append(row)
    doing.says(person=silent.person.name, person_id=str(silent.person_id))
    return row
