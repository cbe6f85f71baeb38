"""Safety-related groups and the partners in them (D1 to D3, D6): what is on the list, who sits, and how a seat ends.

No seat is taken from a partner by one person: the partner leaves, or two people agree and say why (R8). Nothing is deleted.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from audit.ids import uuid7
from audit.record import Act
from cases.models import GroupSeat, Organisation, Person, SafetyGroup, Seat
from cases.models.group import TWO
from permissions import groups as may
from permissions.eligibility import day_of
from permissions.roles import QUALITY
from permissions.verdict import STALE, Verdict, judge, require
from workflows.organisation_door import organisation_door
from workflows.standing_offices import holders_of

Kind, Membership = SafetyGroup.Kind, Seat.Membership
SAY_WHY = "Say why. It stays on record, and the partner reads it."


def _this(organisation: Organisation, **_: Any) -> UUID:
    return organisation.pk


def _course_stays_course(group: SafetyGroup, kind: str) -> Verdict:
    """D1: of a course no meeting is counted, so a group that has met or has partners is not made one."""
    changes = kind != group.kind and Kind.COURSE in (kind, group.kind)
    used = changes and (group.seats.exists() or group.meetings.exists())
    return judge(not used, "D1", "A course is counted otherwise than a group that meets, and this one has partners or meetings.",
                 "Put it on the list as a group of its own.")  # fmt: skip


def _nobody_loses_a_seat(group: SafetyGroup, day: date) -> Verdict:
    """R8: to take a group off the list takes the seats of its partners, which one person cannot."""
    seats = group.seats.filter(ended_on__isnull=True).select_related("person")
    names = [seat.person.name for seat in seats if any(one.runs_on(day) for one in seat.person.appointments.all())]
    return judge(not names, "R8", f"In this group sit: {', '.join(names)}.",
                 "They leave it first, or two people end their seats.")  # fmt: skip


def _of_group(group: UUID, **_: Any) -> UUID:
    return SafetyGroup.objects.values_list("organisation_id", flat=True).get(pk=group)


def _of_seat(seat: UUID, **_: Any) -> UUID:
    return GroupSeat.objects.values_list("group__organisation_id", flat=True).get(pk=seat)


def found_group(group: UUID) -> SafetyGroup:
    """A group, locked until the transaction ends. Raises SafetyGroup.DoesNotExist."""
    return SafetyGroup.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=group)


def _found_seat(seat: UUID) -> GroupSeat:
    related = ("group__organisation", "person", "end_asked_by")
    return GroupSeat.objects.select_for_update(of=("self",)).select_related(*related).get(pk=seat)


# The list


def _well_formed(organisation: Organisation, key: UUID | None, name: str, kind: str, terms: str, target: int) -> list[Verdict]:
    same = SafetyGroup.objects.filter(organisation=organisation, name__iexact=name)
    same = same.exclude(pk=key) if key else same
    return [
        judge(bool(name), "D1", "Write the name of the group."),
        judge(not same.exists(), "D1", f"There is a group called \u201c{name}\u201d already.", "Give it another name."),
        judge(kind in Kind.values, "D1", "Say what kind of group it is."),
        judge(bool(terms), "D2", "Say where the terms of reference are, and what they say of partners."),
        judge(kind == Kind.COURSE or target >= TWO, "D1", f"A safety-related group has {TWO} partners or more.",
              "That is the aim that NHS England set in 2021."),
    ]  # fmt: skip


@organisation_door("group_registered", _this)
def register_group(
    act: Act, *, by: Person | None, organisation: Organisation, name: str, kind: str, terms: str, target: int = TWO
) -> SafetyGroup:
    """Put a group on the list of safety-related groups (D1). Raises Refused."""
    name, terms = name.strip(), terms.strip()
    require(may.may_keep_groups(organisation, by, act.at), *_well_formed(organisation, None, name, kind, terms, target))
    made = SafetyGroup(id=uuid7(act.at), organisation=organisation, name=name, kind=kind, terms=terms, target=target)
    made.save(force_insert=True)
    act.facts.update(group=made.name, target=target)
    return made


@organisation_door("group_changed", _of_group)
def change_group(act: Act, *, by: Person | None, group: UUID, name: str, kind: str, terms: str, target: int) -> SafetyGroup:
    """Write down anew what a group is called, is, says of partners, and how many it is to have (D2). Raises Refused."""
    found, name, terms = found_group(group), name.strip(), terms.strip()
    given = (name, kind, terms, target)
    require(
        may.may_keep_groups(found.organisation, by, act.at), may.is_open(found),
        *_well_formed(found.organisation, found.pk, *given),
        _course_stays_course(found, kind),
        judge((found.name, found.kind, found.terms, found.target) != given, STALE, "Nothing was changed."),
    )  # fmt: skip
    act.facts.update(group=name, was={"name": found.name, "kind": found.kind, "target": found.target})
    found.name, found.kind, found.terms, found.target = given
    found.save()
    return found


@organisation_door("group_closed", _of_group)
def close_group(act: Act, *, by: Person | None, group: UUID, why: str) -> SafetyGroup:
    """Take a group off the list, with the reason: it does not meet any more, or is not about safety. Raises Refused."""
    found = found_group(group)
    said = judge(bool(why.strip()), "D1", "Say why.", "Everybody who reads the list can read it.")
    require(may.may_keep_groups(found.organisation, by, act.at), may.is_open(found), said,
            _nobody_loses_a_seat(found, day_of(act.at)))  # fmt: skip
    found.closed_on, found.closed_reason = day_of(act.at), why.strip()
    found.save()
    seats = found.seats.filter(ended_on__isnull=True).select_related("person")
    act.facts.update(group=found.name, why=found.closed_reason, tell=[str(one.person_id) for one in seats])
    return found


# The seats


def _about(act: Act, seat: GroupSeat, **more: Any) -> GroupSeat:
    """Save it, and say in the ledger whose seat in which group it is; the partner and the quality team are told."""
    seat.save(force_insert=seat._state.adding)
    watch = holders_of(seat.group.organisation_id, [QUALITY], act.at)
    told = [seat.person_id, *(one.pk for one in watch)]
    act.facts.update(
        group=seat.group.name, person=seat.person.name, person_id=str(seat.person_id), membership=seat.membership,
        tell=[str(key) for key in dict.fromkeys(told)], **more,
    )  # fmt: skip
    return seat


@organisation_door("group_joined", _of_group)
def seat_partner(
    act: Act, *, by: Person | None, group: UUID, person: Person, starts_on: date, membership: str = Membership.MEMBER,
    membership_reason: str = "",
) -> GroupSeat:  # fmt: skip
    """Write down that a partner sits in a group, since when, and as what (D3). Raises Refused."""
    found, why = found_group(group), membership_reason.strip()
    require(
        may.may_keep_groups(found.organisation, by, act.at), *may.may_join(found, person, starts_on, day_of(act.at)),
        judge(membership in Membership.values, "R8", "Say whether this is a member or an attendee."),
        judge(membership != Membership.ATTENDEE or bool(why), "R8", "Say why this is an attendee and not a member.",
              "An attendee may speak and counts for nothing. Choose member, or give the reason."),
    )  # fmt: skip
    return _about(act, GroupSeat(
        id=uuid7(act.at), group=found, person=person, starts_on=starts_on, membership=membership, membership_reason=why,
    ))  # fmt: skip


@organisation_door("group_member_made", _of_seat)
def make_member(act: Act, *, by: Person | None, seat: UUID) -> GroupSeat:
    """Write down that an attendee is a member from today on: decides and counts. Raises Refused."""
    found = _found_seat(seat)
    require(*may.may_become_member(found, by, act.at))
    found.membership = Membership.MEMBER
    return _about(act, found)


@organisation_door("group_end_asked", _of_seat)
def ask_to_end_group_seat(act: Act, *, by: Person | None, seat: UUID, why: str) -> GroupSeat:
    """Ask, as the first of two people, for a partner's seat to be ended; it holds until a second agrees (R8). Raises Refused."""
    found = _found_seat(seat)
    require(*may.may_ask_to_end(found, by, act.at), judge(bool(why.strip()), "R8", SAY_WHY))
    found.end_asked_by, found.ended_reason = by, why.strip()
    return _about(act, found, why=found.ended_reason)


@organisation_door("group_end_agreed", _of_seat)
def agree_to_end_group_seat(act: Act, *, by: Person | None, seat: UUID) -> GroupSeat:
    """Agree, as the second person, that a partner's seat ends today (R8). Raises Refused."""
    found = _found_seat(seat)
    require(*may.may_answer_end(found, by, act.at))
    found.ended_on = day_of(act.at)
    return _about(act, found, why=found.ended_reason)


@organisation_door("group_end_refused", _of_seat)
def refuse_to_end_group_seat(act: Act, *, by: Person | None, seat: UUID) -> GroupSeat:
    """Say no, as the second person: the seat stays as it is (R8). Raises Refused."""
    found = _found_seat(seat)
    require(*may.may_answer_end(found, by, act.at))
    found.end_asked_by, found.ended_reason = None, ""
    return _about(act, found)


@organisation_door("group_left", _of_seat)
def leave_group(act: Act, *, by: Person | None, seat: UUID, why: str = "") -> GroupSeat:
    """The partner leaves today; no reason is asked for. Raises Refused."""
    found = _found_seat(seat)
    require(*may.may_leave(found, by, act.at))
    found.ended_on, found.ended_reason = day_of(act.at), why.strip()
    return _about(act, found)
