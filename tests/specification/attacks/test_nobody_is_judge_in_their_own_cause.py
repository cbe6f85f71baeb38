"""R18, R8, attacked: one person behind two roles, so that the one who checks is the one who is checked."""

from __future__ import annotations

import pytest

from notifications.models import Notice
from permissions.roles import EXEC, LEAD, MEMBER
from tests.builders import a_story, end_seat, refused, second_key_on
from workflows.calendar import london_day
from workflows.doors import offices, seats
from workflows.doors.people import appoint
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


def also_appointed(case: Story, key: str, role: str) -> None:
    appoint(person=case.who(key), role=role, starts_on=london_day(case.at), at=case.at)


def test_an_executive_who_leads_the_investigation_does_not_hear_the_disagreement_with_it() -> None:
    case = a_story()
    also_appointed(case, "exec", LEAD.code)
    case.cast["lead"] = "exec"
    case.walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(6)
    case.answer("amina", "do_not_support", "It blames one nurse.")
    case.answer("chair")
    case.answer("pat")
    assert case.case.state == "draft_review__dissent"
    with refused("R18"):
        case.hear_dissent()
    also_appointed(case, "exec_team2", EXEC.code)
    case.do(offices.fill_offices, "coordinator")
    case.cast["exec"] = "exec_team2"
    case.hear_dissent()


def test_an_executive_who_has_just_left_the_group_is_not_the_second_person() -> None:
    case = a_story().walk_to("form_group")
    case.take_seat("exec_team", "member")
    case.form_group()
    asked = case.do(seats.ask_to_end_seat, "lead", seat=case.seat("amina").pk, reason="She asks too much.")
    case.do(seats.step_down, "exec_team", seat=case.seat("exec_team", "member").pk)
    with refused("R8"):
        second_key_on(case, asked, "exec_team")


def test_a_chair_who_wrote_the_paper_does_not_record_that_a_partner_was_silent_about_it() -> None:
    case = a_story().walk_to("form_group")
    case.take_seat("lead", "chair", why="We have no other chair.")
    case.take_seat("engagement", "engagement")
    for key in case.partners:
        case.take_seat(key)
    case.cast["chair"] = "lead"
    case.submit("lead")
    case.confirm_group()
    case.record_questions()
    case.paper("terms")
    case.submit("lead")
    for _ in range(2):
        case.remind("amina")
        case.wait(1)
    case.wait(12)
    with refused("R18"):
        case.lapse("amina")


def test_a_partner_is_told_when_their_seat_is_ended_and_when_they_no_longer_count() -> None:
    """R8: it notifies the partner and the quality team; one who learns of it last has been removed in secret."""
    case = a_story().walk_to("planning")
    end_seat(case, "amina")
    asked = case.do(seats.ask_for_attendee, "lead", seat=case.seat("pat").pk, reason="He does not come.")
    second_key_on(case, asked)
    for key, words in (("amina", "seat was ended"), ("pat", "is now an attendee")):
        assert Notice.objects.filter(person=case.who(key), text__contains=words).count() == 1
    assert Notice.objects.filter(person=case.who("quality"), text__contains="seat was ended").count() == 1


def test_a_member_of_staff_of_this_trust_is_not_a_lay_partner_in_it() -> None:
    """R18: a partner employed elsewhere stays lay; one who works here is staff in disguise."""
    case = a_story().walk_to("form_group")
    also_appointed(case, "gwen", MEMBER.code)
    with refused("R18"):
        case.offer("gwen")
    seat = case.offer("amina")
    case.do(seats.accept_seat, "amina", seat=seat.pk)
    also_appointed(case, "amina", MEMBER.code)
    with refused("R18"):
        case.do(seats.declare_interests, "amina", seat=seat.pk, confidential=True, conflict=False)


def test_a_conflict_of_interest_is_a_persons_and_leaves_them_no_other_seat() -> None:
    """IG3: whoever declares a conflict keeps no sight of the case through a second seat."""
    case = a_story().walk_to("form_group")
    case.take_seat("chair", "chair")
    case.take_seat("chair", "member")
    case.do(seats.recuse, "chair", seat=case.seat("chair", "member").pk, text="My sister is the ward manager.")
    assert case.look.seats_of(case.who("chair").pk) == []
    with refused("B1"):
        case.offer("chair", "chair")
