"""Meetings of safety-related groups (D4): planned, moved, called off, papers sent, held with which partners.

A meeting is lay-quorate only where at least one partner was there as a member. Who was there is written down once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from audit.ids import uuid7
from audit.record import Act
from cases.models import Attendance, GroupSeat, Meeting, MeetingMove, Person, SafetyGroup, Seat
from permissions import groups as may
from permissions.eligibility import day_of
from permissions.verdict import STALE, Verdict, judge, require
from workflows.calendar import london_day
from workflows.doors.groups import found_group
from workflows.organisation_door import organisation_door

State = Meeting.State


def is_lay_quorate(memberships: Iterable[str]) -> bool:
    """Whether those partners who were there make a meeting lay-quorate: one of them as a member (D4)."""
    return Seat.Membership.MEMBER in set(memberships)


def _organisation_of(group: UUID, **_: Any) -> UUID:
    return SafetyGroup.objects.values_list("organisation_id", flat=True).get(pk=group)


def _of_meeting(meeting: UUID, **_: Any) -> UUID:
    return Meeting.objects.values_list("group__organisation_id", flat=True).get(pk=meeting)


def _found(meeting: UUID) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("group__organisation").get(pk=meeting)


def _about(act: Act, meeting: Meeting, tell: bool = True, **more: Any) -> Meeting:
    """Save it, and say in the ledger which meeting it is; the partners of the group are told, where it touches them."""
    meeting.save(force_insert=meeting._state.adding)
    sit = GroupSeat.objects.filter(group=meeting.group, ended_on__isnull=True).values_list("person_id", flat=True)
    act.facts.update(group=meeting.group.name, day=meeting.day, tell=[str(key) for key in sit] if tell else [], **more)
    return meeting


def _ahead(act: Act, day: date) -> Verdict:
    return judge(day >= day_of(act.at), "D4", "That day is over.", "Choose today or a later day.")


@organisation_door("meeting_planned", _organisation_of)
def plan_meeting(act: Act, *, by: Person | None, group: UUID, day: date) -> Meeting:
    """Plan a meeting of a group, for today or a later day. Its partners are told. Raises Refused."""
    found = found_group(group)
    same = Meeting.objects.filter(group=found, day=day).exclude(state=State.CANCELLED)
    require(
        may.may_keep_groups(found.organisation, by, act.at), may.is_open(found), _ahead(act, day),
        judge(not same.exists(), STALE, "There is a meeting on that day already."),
    )  # fmt: skip
    return _about(act, Meeting(id=uuid7(act.at), group=found, day=day))


@organisation_door("meeting_moved", _of_meeting)
def move_meeting(act: Act, *, by: Person | None, meeting: UUID, to_day: date, why: str) -> Meeting:
    """Put a meeting on another day, with the reason. How long before is counted (T13). Raises Refused."""
    found = _found(meeting)
    moved = judge(to_day != found.day, STALE, "That is the day it is planned for already.")
    require(*may.may_plan(found, by, act.at), _ahead(act, to_day), moved, _said(why))
    was = found.day
    _note_move(act, found, to_day, why)
    found.day = to_day
    return _about(act, found, was=was, why=why.strip())


@organisation_door("meeting_cancelled", _of_meeting)
def cancel_meeting(act: Act, *, by: Person | None, meeting: UUID, why: str) -> Meeting:
    """Call a meeting off, with the reason. How long before is counted (T13). Raises Refused."""
    found = _found(meeting)
    require(*may.may_plan(found, by, act.at), _said(why))
    _note_move(act, found, None, why)
    found.state = State.CANCELLED
    return _about(act, found, why=why.strip())


def _said(why: str) -> Verdict:
    return judge(bool(why.strip()), "D4", "Say why.", "The partners of the group read it.")


def _note_move(act: Act, meeting: Meeting, to_day: date | None, why: str) -> None:
    MeetingMove(id=uuid7(act.at), meeting=meeting, from_day=meeting.day, to_day=to_day, reason=why.strip(), at=act.at).save()


@organisation_door("meeting_papers_sent", _of_meeting)
def record_papers_sent(act: Act, *, by: Person | None, meeting: UUID, sent_on: date) -> Meeting:
    """Write down on which day the papers of a meeting were sent to everybody (D4). Raises Refused."""
    found = _found(meeting)
    require(
        *may.may_note_papers(found, by, act.at),
        judge(sent_on <= day_of(act.at), "D4", "That day is still to come.", "Write it down once they are sent."),
    )  # fmt: skip
    found.papers_sent_on = sent_on
    return _about(act, found, tell=False, sent=sent_on)


@organisation_door("meeting_held", _of_meeting)
def record_held(act: Act, *, by: Person | None, meeting: UUID, present: Sequence[UUID]) -> Meeting:
    """Write down that a meeting was held, and which partners were there, by their seats (D4). Raises Refused.

    Each is kept as member or attendee, whichever they were on record as on that day: lay quorum is read from that, and is not
    made good by making somebody a member afterwards. Nobody: no partner came. Who is named is told.
    """
    found = _found(meeting)
    seats = {one.pk: one for one in seats_on(found).select_related("person")}
    known = judge(
        set(present) <= set(seats), "D4", "One of these did not sit in the group on that day.", "Choose from its partners."
    )
    require(*may.may_record_held(found, by, act.at), known)
    there = [seats[key] for key in dict.fromkeys(present)]
    for seat in there:
        Attendance(id=uuid7(act.at), meeting=found, seat=seat, membership=_membership_on(seat, found.day)).save()
    found.state = State.HELD
    quorate = is_lay_quorate(_membership_on(seat, found.day) for seat in there)
    names = [seat.person.name for seat in there] or ["no partner"]
    _about(act, found, tell=False, partners=names, lay_quorate=quorate)
    act.facts["tell"] = [str(seat.person_id) for seat in there]
    return found


def _membership_on(seat: GroupSeat, day: date) -> str:
    """What a seat was on record as at the end of a day; of one that was written down later, as what it was written down."""
    versions = list(GroupSeat.history.filter(id=seat.pk).order_by("history_id").values_list("history_date", "membership"))
    by_then = [membership for at, membership in versions if london_day(at) <= day]
    return by_then[-1] if by_then else versions[0][1]


def seats_on(meeting: Meeting) -> QuerySet[GroupSeat]:
    """The seats of a group whose holders can have been at this meeting: begun by its day, and not ended before it."""
    begun = GroupSeat.objects.filter(group=meeting.group_id, starts_on__lte=meeting.day).order_by("person__name")
    return begun.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=meeting.day))
