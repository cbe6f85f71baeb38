"""Safety groups (D1 to D4): the list, partners in them, and meetings, which are lay-quorate only with a partner who is a member."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from audit.models import Event
from audit.verify import verify_chains, verify_live_rows
from cases.models import Attendance, GroupSeat, Meeting, MeetingMove, SafetyGroup
from notifications.models import Notice
from tests.builders import BEGINNING, a_trust, another_trust, refused
from workflows.calendar import london_day
from workflows.demo.trust import Trust
from workflows.doors import groups, meetings
from workflows.doors.people import end_appointment

pytestmark = pytest.mark.usefixtures("apart")
TODAY = london_day(BEGINNING)
IS: dict[str, Any] = {"name": "Quality Committee", "kind": "committee", "terms": "Of April: partners are members and count."}


@pytest.fixture(scope="module")
def _trust(kept: None) -> tuple[Trust, Trust]:
    return a_trust(), another_trust()


@pytest.fixture
def trust(_trust: tuple[Trust, Trust], apart: None) -> Trust:
    return _trust[0]


@pytest.fixture
def other(_trust: tuple[Trust, Trust], apart: None) -> Trust:
    return _trust[1]


def registered(trust: Trust, who: str = "quality", **more: Any) -> SafetyGroup:
    made: SafetyGroup = groups.register_group(by=trust[who], at=BEGINNING, organisation=trust.organisation, **(IS | more))
    return made


def sits(trust: Trust, group: SafetyGroup, who: str = "pat", by: str = "coordinator", **more: Any) -> GroupSeat:
    given = {"person": trust[who], "starts_on": TODAY, **more}
    made: GroupSeat = groups.seat_partner(by=trust[by], at=BEGINNING, group=group.pk, **given)
    return made


def planned(trust: Trust, group: SafetyGroup, days: int = 0, by: str = "chair") -> Meeting:
    made: Meeting = meetings.plan_meeting(by=trust[by], at=BEGINNING, group=group.pk, day=TODAY + timedelta(days=days))
    return made


def do(act: Any, trust: Trust, who: str, at: datetime = BEGINNING, **given: Any) -> Any:
    return act(by=trust[who], at=at, **given)


def told(trust: Trust, who: str) -> list[str]:
    return list(Notice.objects.filter(person=trust[who], case=None, text__contains="safety group").values_list("text", flat=True))


# The list


@pytest.mark.parametrize("who", ["coordinator", "quality", "chair"])
def test_those_who_keep_the_list_put_a_group_on_it_to_have_two_partners(trust: Trust, who: str) -> None:
    assert registered(trust, who).target == 2


@pytest.mark.parametrize("who", ["pat", "lead", "exec", "auditor"])
def test_nobody_else_does(trust: Trust, who: str) -> None:
    with refused("D1"):
        registered(trust, who)


@pytest.mark.parametrize(
    ("wrong", "rule"), [({"name": " "}, "D1"), ({"kind": "club"}, "D1"), ({"terms": " "}, "D2"), ({"target": 1}, "D1")]
)
def test_a_group_has_a_name_a_kind_terms_and_two_partners_at_least(trust: Trust, wrong: dict[str, Any], rule: str) -> None:
    with refused(rule):
        registered(trust, **wrong)


def test_a_course_for_staff_needs_no_partner_and_a_name_stands_once(trust: Trust) -> None:
    assert registered(trust, kind="course", target=0).target == 0
    with refused("D1"):
        registered(trust, name="quality committee")


def test_what_is_on_record_is_changed_and_the_record_keeps_what_was(trust: Trust) -> None:
    group = registered(trust)
    do(groups.change_group, trust, "quality", group=group.pk, **(IS | {"target": 3}))
    with refused("STALE"):
        do(groups.change_group, trust, "quality", group=group.pk, **(IS | {"target": 3}))
    with refused("D1"):
        do(groups.change_group, trust, "quality", group=group.pk, **(IS | {"target": 1}))
    assert list(group.history.order_by("history_id").values_list("target", flat=True)) == [2, 3]


def test_a_group_is_taken_off_the_list_with_a_reason_and_takes_nobody_in_any_more(trust: Trust) -> None:
    group = registered(trust)
    with refused("D1"):
        do(groups.close_group, trust, "quality", group=group.pk, why=" ")
    do(groups.close_group, trust, "quality", group=group.pk, why="It meets no more.")
    for act in (lambda: sits(trust, group), lambda: planned(trust, group)):
        with refused("STALE"):
            act()


def test_r8_no_partner_loses_a_seat_because_one_person_takes_the_group_off_the_list(trust: Trust) -> None:
    group = registered(trust)
    seat = sits(trust, group)
    with refused("R8"):
        do(groups.close_group, trust, "chair", group=group.pk, why="We meet under another name.")
    do(groups.leave_group, trust, "pat", seat=seat.pk)
    assert do(groups.close_group, trust, "chair", group=group.pk, why="It meets no more.").closed_on == TODAY


def test_a_group_that_partners_sit_in_is_not_made_a_course_of_which_nothing_is_counted(trust: Trust) -> None:
    group = registered(trust)
    do(groups.change_group, trust, "chair", group=group.pk, **(IS | {"kind": "course", "target": 0}))
    do(groups.change_group, trust, "chair", group=group.pk, **(IS | {"target": 2}))
    sits(trust, group)
    with refused("D1"):
        do(groups.change_group, trust, "chair", group=group.pk, **(IS | {"kind": "course", "target": 0}))


# The partners in it


def test_a_partner_sits_as_a_member_and_is_told(trust: Trust) -> None:
    assert sits(trust, registered(trust)).membership == "member"
    assert told(trust, "pat") == ["Cora Bell wrote down that Pat Mercer sits in a safety group, as member."]


@pytest.mark.parametrize(
    ("who", "given", "rule"),
    [
        ("lead", {}, "D3"),
        ("pat", {"starts_on": TODAY + timedelta(days=1)}, "D3"),
        ("pat", {"membership": "attendee"}, "R8"),
        ("pat", {"membership": "guest"}, "R8"),
    ],
)
def test_only_a_partner_sits_here_today_and_an_attendee_with_a_reason(
    trust: Trust, who: str, given: dict[str, Any], rule: str
) -> None:
    group = registered(trust)
    with refused(rule):
        sits(trust, group, who, **given)


def test_whose_appointment_has_ended_takes_no_seat_and_nobody_two(trust: Trust) -> None:
    group = registered(trust)
    end_appointment(appointment=trust["gwen"].appointments.get(), by=trust["quality"], at=BEGINNING, reason="Term over.")
    with refused("D3"):
        sits(trust, group, "gwen")
    sits(trust, group)
    with refused("STALE"):
        sits(trust, group)


def test_somebody_of_another_trust_neither_sits_nor_keeps_the_list(trust: Trust, other: Trust) -> None:
    group = registered(trust)
    with refused("D3"):
        groups.seat_partner(by=trust["quality"], at=BEGINNING, group=group.pk, person=other["far_psp"], starts_on=TODAY)
    with refused("D1"):
        groups.close_group(by=other["far_lead"], at=BEGINNING, group=group.pk, why="Not ours.")


def test_an_attendee_becomes_a_member_and_a_member_does_not_twice(trust: Trust) -> None:
    seat = sits(trust, registered(trust), membership="attendee", membership_reason="The old terms of reference.")
    assert do(groups.make_member, trust, "chair", seat=seat.pk).membership == "member"
    with refused("STALE"):
        do(groups.make_member, trust, "chair", seat=seat.pk)


@pytest.mark.proves("R8")
def test_r8_a_seat_ends_only_when_a_second_person_agrees(trust: Trust) -> None:
    seat = sits(trust, registered(trust))
    with refused("R8"):
        do(groups.ask_to_end_group_seat, trust, "quality", seat=seat.pk, why=" ")
    with refused("STALE"):
        do(groups.agree_to_end_group_seat, trust, "exec", seat=seat.pk)
    asked = do(groups.ask_to_end_group_seat, trust, "quality", seat=seat.pk, why="Not seen since May.")
    assert asked.ended_on is None
    for second in ("quality", "chair", "pat"):
        with refused("R8"):
            do(groups.agree_to_end_group_seat, trust, second, seat=seat.pk)
    assert do(groups.agree_to_end_group_seat, trust, "exec", seat=seat.pk).ended_on == TODAY
    assert len(told(trust, "pat")) == 3


def test_a_second_person_who_says_no_leaves_the_seat_as_it_is(trust: Trust) -> None:
    seat = sits(trust, registered(trust))
    do(groups.ask_to_end_group_seat, trust, "chair", seat=seat.pk, why="Not seen since May.")
    kept = do(groups.refuse_to_end_group_seat, trust, "exec_team", seat=seat.pk)
    assert (kept.ended_on, kept.end_asked_by, kept.ended_reason) == (None, None, "")


@pytest.mark.proves("R2")
def test_r2_a_partner_leaves_without_a_reason_and_nobody_leaves_for_them(trust: Trust) -> None:
    seat = sits(trust, registered(trust))
    for other in ("coordinator", "amina"):
        with refused("R2"):
            do(groups.leave_group, trust, other, seat=seat.pk)
    assert do(groups.leave_group, trust, "pat", seat=seat.pk).ended_on == TODAY
    with refused("STALE"):
        do(groups.leave_group, trust, "pat", seat=seat.pk)


# Meetings


@pytest.mark.parametrize(("membership", "quorate"), [("member", True), ("attendee", False), ("", False)])
def test_a_meeting_is_lay_quorate_only_with_a_partner_who_is_a_member(trust: Trust, membership: str, quorate: bool) -> None:
    group = registered(trust)
    seat = sits(trust, group, membership=membership or "member", membership_reason="The old terms.")
    there = [seat.pk] if membership else []
    do(meetings.record_held, trust, "chair", meeting=planned(trust, group).pk, present=there)
    assert Event.objects.get(kind="meeting_held").facts["lay_quorate"] is quorate
    assert list(Attendance.objects.values_list("membership", flat=True)) == [membership] * bool(membership)


def test_an_attendee_who_is_made_a_member_afterwards_does_not_make_the_meeting_quorate_and_is_told_of_it(trust: Trust) -> None:
    group = registered(trust)
    seat = sits(trust, group, membership="attendee", membership_reason="Old.")
    meeting, later = planned(trust, group), BEGINNING + timedelta(days=1)
    do(groups.make_member, trust, "chair", at=later, seat=seat.pk)
    do(meetings.record_held, trust, "chair", at=later, meeting=meeting.pk, present=[seat.pk])
    assert Event.objects.get(kind="meeting_held").facts["lay_quorate"] is False
    assert Attendance.objects.get().membership == "attendee"
    assert any("that you were at a safety group" in text for text in told(trust, "pat"))


def test_only_who_sat_on_the_day_was_there_and_it_is_written_down_once(trust: Trust) -> None:
    group, other = registered(trust), registered(trust, name="Board")
    seat, elsewhere = sits(trust, group), sits(trust, other, "amina")
    meeting = planned(trust, group)
    with refused("D4"):
        do(meetings.record_held, trust, "chair", meeting=meeting.pk, present=[elsewhere.pk])
    do(meetings.record_held, trust, "chair", meeting=meeting.pk, present=[seat.pk, seat.pk])
    with refused("STALE"):
        do(meetings.record_held, trust, "chair", meeting=meeting.pk, present=[])


def test_a_meeting_is_planned_ahead_once_a_day_and_held_when_it_has_come(trust: Trust) -> None:
    group = registered(trust)
    with refused("D4"):
        planned(trust, group, days=-1)
    meeting = planned(trust, group, days=7)
    with refused("STALE"):
        planned(trust, group, days=7)
    with refused("D4"):
        do(meetings.record_held, trust, "chair", meeting=meeting.pk, present=[])
    with refused("D1"):
        planned(trust, group, days=8, by="pat")


def test_a_move_and_a_call_off_keep_from_when_to_when_and_why(trust: Trust) -> None:
    meeting = planned(trust, registered(trust), days=7)
    to_day = TODAY + timedelta(days=9)
    with refused("D4"):
        do(meetings.move_meeting, trust, "chair", meeting=meeting.pk, to_day=to_day, why="")
    with refused("D4"):
        do(meetings.move_meeting, trust, "chair", meeting=meeting.pk, to_day=TODAY - timedelta(days=1), why="A slip.")
    with refused("STALE"):
        do(meetings.move_meeting, trust, "chair", meeting=meeting.pk, to_day=meeting.day, why="A slip.")
    assert do(meetings.move_meeting, trust, "chair", meeting=meeting.pk, to_day=to_day, why="No room.").day == to_day
    with refused("D4"):
        do(meetings.cancel_meeting, trust, "chair", meeting=meeting.pk, why=" ")
    do(meetings.cancel_meeting, trust, "chair", meeting=meeting.pk, why="Nobody can come.")
    with refused("STALE"):
        do(meetings.cancel_meeting, trust, "chair", meeting=meeting.pk, why="Again.")
    kept = MeetingMove.objects.order_by("id").values_list("from_day", "to_day", "reason")
    assert list(kept) == [(meeting.day, to_day, "No room."), (to_day, None, "Nobody can come.")]


def test_when_the_papers_were_sent_is_written_down_once_and_not_ahead(trust: Trust) -> None:
    meeting = planned(trust, registered(trust), days=7)
    with refused("D4"):
        do(meetings.record_papers_sent, trust, "chair", meeting=meeting.pk, sent_on=TODAY + timedelta(days=1))
    assert do(meetings.record_papers_sent, trust, "chair", meeting=meeting.pk, sent_on=TODAY).papers_sent_on == TODAY
    with refused("STALE"):
        do(meetings.record_papers_sent, trust, "chair", meeting=meeting.pk, sent_on=TODAY)


def test_the_record_verifies(trust: Trust) -> None:
    group = registered(trust)
    seat = sits(trust, group)
    do(meetings.record_held, trust, "chair", meeting=planned(trust, group).pk, present=[seat.pk])
    do(groups.leave_group, trust, "pat", seat=seat.pk)
    assert (verify_chains().findings, verify_live_rows().findings) == ([], [])
