"""Who keeps the register of safety-related groups, who reads it, and what can be done about a seat in one (D1 to D4)."""

from __future__ import annotations

from datetime import date, datetime

from cases.models import GroupSeat, Meeting, Organisation, Person, SafetyGroup
from permissions.eligibility import day_of
from permissions.roles import AUDITOR, CHAIR, COORDINATOR, EXEC, EXEC_TEAM, LAY, PSP, QUALITY, SPECIALIST, Role
from permissions.scope import running_appointments
from permissions.verdict import STALE, Verdict, judge

KEEPERS = (COORDINATOR, QUALITY, CHAIR)
"""Who writes down groups, seats and meetings: those who know the partners, the quality team, those who chair."""

SECONDS = (EXEC, EXEC_TEAM, QUALITY)
"""Whose word it takes besides, where somebody else than the partner ends a partner's seat (R8)."""

READERS = (PSP, COORDINATOR, QUALITY, CHAIR, SPECIALIST, EXEC, EXEC_TEAM, AUDITOR)
AGAIN = "Look at the page of the group again."


def _holds(roles: tuple[Role, ...], organisation: Organisation, by: Person | None, at: datetime) -> bool:
    codes = [role.code for role in roles]
    return by is not None and running_appointments(at).filter(person=by, organisation=organisation, role__in=codes).exists()


def may_read_groups(organisation: Organisation, by: Person | None, at: datetime) -> Verdict:
    """Whether a person reads which groups there are and who sits in them."""
    reason = "Partners, those who look after them, and those who answer for safety read about the groups."
    return judge(_holds(READERS, organisation, by, at), "D1", reason)


def may_keep_groups(organisation: Organisation, by: Person | None, at: datetime) -> Verdict:
    """Whether a person writes down groups, who sits in them and when they meet."""
    reason = "The partner coordinator, the quality team or a group chair keeps the list of groups."
    return judge(_holds(KEEPERS, organisation, by, at), "D1", reason)


def is_open(group: SafetyGroup) -> Verdict:
    """Whether a group is still on the list."""
    return judge(group.closed_on is None, STALE, f"\u201c{group}\u201d is not on the list any more.", AGAIN)


def may_join(group: SafetyGroup, person: Person, day: date, today: date) -> list[Verdict]:
    """Whether a person can have a seat in a group from this day: a partner of the organisation, lay there, without one yet."""
    held = [one for one in person.appointments.filter(organisation=group.organisation_id) if one.runs_on(today)]
    partner = any(one.role == PSP.code for one in held) and all(one.capacity == LAY for one in held)
    sits = group.seats.filter(person=person, ended_on__isnull=True).exists()
    return [
        is_open(group),
        judge(partner, "D3", f"{person} is no Patient Safety Partner here today.", "Choose somebody who is."),
        judge(not sits, STALE, f"{person} sits in this group already.", AGAIN),
        judge(day <= today, "D3", "That day is still to come.", "Write it down once they sit."),
    ]


def sits_now(seat: GroupSeat) -> Verdict:
    """Whether a seat has not ended."""
    return judge(seat.ended_on is None, STALE, f"{seat.person} does not sit in this group any more.", AGAIN)


def may_become_member(seat: GroupSeat, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether an attendee can be written down as a member."""
    attends = judge(seat.membership == "attendee", STALE, f"{seat.person} is a member already.", AGAIN)
    return [may_keep_groups(seat.group.organisation, by, at), sits_now(seat), attends]


def may_ask_to_end(seat: GroupSeat, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether somebody can ask for a partner's seat to be ended: a keeper, as the first of two people (R8)."""
    asked = judge(seat.end_asked_by_id is None, STALE, "Somebody has asked for that already.", AGAIN)
    return [may_keep_groups(seat.group.organisation, by, at), sits_now(seat), asked]


def may_answer_end(seat: GroupSeat, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether somebody can say yes or no, as the second person, to a seat being ended (R8)."""
    second = _holds(SECONDS, seat.group.organisation, by, at)
    return [
        sits_now(seat),
        judge(seat.end_asked_by_id is not None, STALE, "Nobody asks for this seat to be ended.", AGAIN),
        judge(second, "R8", "An executive or the quality team is the second person.", "Ask one of them."),
        judge(by is None or by.pk != seat.end_asked_by_id, "R8", "You asked for it, so somebody else must agree.",
              "Ask an executive or the quality team."),
    ]  # fmt: skip


def may_leave(seat: GroupSeat, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether a person can give this seat up: whoever holds it, and nobody for them (R2)."""
    own = by is not None and by.pk == seat.person_id
    return [judge(own, "R2", "This seat is not yours.", "Its holder can leave; to end it takes two people."), sits_now(seat)]


def may_plan(meeting: Meeting, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether a meeting that is planned can be moved, called off, or said to have been held."""
    words = f"This meeting is {meeting.get_state_display().lower()} already."
    planned = judge(meeting.state == Meeting.State.PLANNED, STALE, words, AGAIN)
    return [may_keep_groups(meeting.group.organisation, by, at), planned]


def may_note_papers(meeting: Meeting, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether it can be written down when the papers of a meeting were sent: once, and not of one that was called off."""
    return [
        may_keep_groups(meeting.group.organisation, by, at),
        judge(meeting.state != Meeting.State.CANCELLED, STALE, "This meeting was called off.", AGAIN),
        judge(meeting.papers_sent_on is None, STALE, "It is on record already when the papers were sent.", AGAIN),
    ]


def may_record_held(meeting: Meeting, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether it can be written down who was there: on the day of the meeting or later."""
    come = judge(meeting.day <= day_of(at), "D4", "This meeting is still to come.", "If it was held earlier, move it first.")
    return [*may_plan(meeting, by, at), come]
