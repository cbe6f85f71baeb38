"""The fictional trust's safety groups: one as it should be, one with a partner alone, one that moved on its partners, a course."""

from __future__ import annotations

from datetime import date, datetime, time

from cases.models import GroupSeat, Meeting, SafetyGroup
from workflows.calendar import ENGLAND, LONDON, london_day
from workflows.demo.trust import Trust
from workflows.doors.groups import register_group, seat_partner
from workflows.doors.meetings import move_meeting, plan_meeting, record_held, record_papers_sent

TERMS = "Terms of reference of April, section 4: two partners are members and count when it is asked if enough people are there."
SPEAK_ONLY = "Terms of reference of 2023: partners are welcome to attend. To be changed at the next review."


def tell_groups(trust: Trust, now: datetime) -> None:
    """Four groups, who sits in them since when, and the meetings of the weeks before `now`."""
    begun = _ago(now, 120)
    quality = _group(trust, begun, "Quality and Safety Committee", SafetyGroup.Kind.COMMITTEE, TERMS)
    medicines = _group(trust, begun, "Medicines Safety Group", SafetyGroup.Kind.REVIEW, SPEAK_ONLY)
    board = _group(trust, begun, "Board, in public", SafetyGroup.Kind.BOARD, TERMS)
    course = _group(trust, begun, "Induction: speaking up", SafetyGroup.Kind.COURSE, "Partners tell what it is like.", target=0)
    pat, amina = _seat(trust, _ago(now, 110), quality, "pat"), _seat(trust, _ago(now, 100), quality, "amina")
    alone = _seat(trust, _ago(now, 90), medicines, "pat", "The terms of reference know only attendees.")
    speaks = _seat(trust, _ago(now, 60), board, "gwen")
    for ago, there in ((80, [pat, amina]), (58, [pat, amina]), (36, [amina]), (14, [pat, amina])):
        _met(trust, quality, _ago(now, ago), there)
    for ago, there in ((70, [alone]), (30, [])):
        _met(trust, medicines, _ago(now, ago), there)
    _met(trust, board, _ago(now, 20), [speaks])
    _met(trust, course, _ago(now, 12), [])
    late = plan_meeting(by=trust["chair"], at=_ago(now, 15), group=medicines.pk, day=_day(now, 3))
    move_meeting(by=trust["chair"], at=_ago(now, 4), meeting=late.pk, to_day=_day(now, -5), why="The room was needed for a course.")
    plan_meeting(by=trust["chair"], at=_ago(now, 10), group=quality.pk, day=_day(now, -8))


def _day(now: datetime, working_days: int) -> date:
    return ENGLAND.add(london_day(now), -working_days)


def _ago(now: datetime, working_days: int) -> datetime:
    return datetime.combine(_day(now, working_days), time(12), LONDON)


def _group(trust: Trust, at: datetime, name: str, kind: str, terms: str, target: int = 2) -> SafetyGroup:
    made: SafetyGroup = register_group(
        by=trust["quality"], at=at, organisation=trust.organisation, name=name, kind=kind, terms=terms, target=target
    )
    return made


def _seat(trust: Trust, at: datetime, group: SafetyGroup, key: str, only_attends: str = "") -> GroupSeat:
    made: GroupSeat = seat_partner(
        by=trust["coordinator"], at=at, group=group.pk, person=trust[key], starts_on=london_day(at),
        membership="attendee" if only_attends else "member", membership_reason=only_attends,
    )  # fmt: skip
    return made


def _met(trust: Trust, group: SafetyGroup, at: datetime, there: list[GroupSeat]) -> Meeting:
    day = london_day(at)
    planned: Meeting = plan_meeting(by=trust["chair"], at=_ago(at, 15), group=group.pk, day=day)
    record_papers_sent(by=trust["chair"], at=_ago(at, 6), meeting=planned.pk, sent_on=_day(at, 6))
    held: Meeting = record_held(by=trust["chair"], at=at, meeting=planned.pk, present=[seat.pk for seat in there])
    return held
