"""Who sits: R8 two people to remove somebody, R9 waivers, R10 and R11 flags, R18 one capacity; R16 who changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from cases.models import Proposal, Seat, Waiver
from permissions.roles import EXEC, EXEC_TEAM, LEAD, PSP, QUALITY
from tests.builders import a_full_group, a_story, again, end_seat, refused, second_key_on, undone
from workflows import engine
from workflows.available import available
from workflows.calendar import london_day
from workflows.doors import comments, facts, offices, papers, reminders, seats, second_key, waivers
from workflows.doors.people import appoint
from workflows.processes.oversight.story import Story
from workflows.standing import flags, is_short

pytestmark = pytest.mark.usefixtures("apart")

WHY = "She has not come to a meeting since May."


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    """The draft report is before the group."""
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(6)
    return case


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


# B1: who may be given a lay seat at all


def test_b1_a_lay_seat_goes_to_somebody_eligible_and_the_refusal_names_every_reason() -> None:
    case = a_full_group()
    case.walk_to("form_group")
    for who, rules in (("tomas", {"B1"}), ("member", {"B1", "IG3"}), ("far_psp", {"IG3", "B1"})):
        with refused(*rules):
            case.offer(who)
    case.do(facts.record_connection, "lead", person=case.who("gwen"), kind="relative")
    with refused("B1"):
        case.offer("gwen")
    case.take_seat("pat")
    with refused("B1"):
        case.offer("pat")
    with refused("B1"):
        case.do(seats.offer_seats, "lead", people=[case.who("amina")], role="king", why="A good listener.")
    with refused("R14"):
        case.offer("amina", why="  ")
    for membership in ("attendee", "observer", ""):
        with refused("R8"):
            case.offer("amina", membership=membership)


def test_b1_no_reply_is_no_consent_and_an_acceptance_is_not_yet_a_seat() -> None:
    case = a_story().walk_to("form_group")
    seat = case.offer("pat")
    assert seat.reply_by == case.look.calendar.add(case.look.today, 5)
    for word in ("offered", "accepted"):
        assert (case.seat("pat").state, case.look.voting(PSP)) == (word, [])
        if word == "offered":
            with refused("R2"):
                case.do(seats.accept_seat, "lead", seat=seat.pk)
            case.do(seats.accept_seat, "pat", seat=seat.pk)
    with refused("IG3"):
        case.do(seats.declare_interests, "pat", seat=seat.pk, confidential=False, conflict=False)
    with refused("B1"):
        case.do(seats.declare_interests, "pat", seat=seat.pk, confidential=True, conflict=True)
    case.do(seats.declare_interests, "pat", seat=seat.pk, confidential=True, conflict=True, text="My sister works there.")
    assert case.seat("pat").state == Seat.State.RECUSED
    with refused("B1"):
        case.offer("pat")


# R8


def test_r8_a_seat_is_ended_by_two_people_with_a_reason_the_second_from_outside_the_group() -> None:
    case = a_full_group()
    case.walk_to("planning")
    amina = case.seat("amina").pk
    for who in ("exec", "member", "engagement", "directorate", "coordinator", "pat", "root"):
        with refused("R8"):
            case.do(seats.ask_to_end_seat, who, seat=amina, reason=WHY)
    with refused("R8"):
        case.do(seats.ask_to_end_seat, "chair", seat=amina, reason=" ")
    asked = case.do(seats.ask_to_end_seat, "chair", seat=amina, reason=WHY)
    assert case.seat("amina").counts  # nothing happens between the two
    with refused("R8"):
        case.do(seats.ask_to_end_seat, "lead", seat=amina, reason=WHY)
    for who in ("chair", "lead", "pat", "member", "coordinator", "quality", "auditor", "root", "far_lead"):
        with refused("R8"):
            second_key_on(case, asked, who)
    with undone():
        case.do(second_key.refuse_proposal, "exec_team", proposal=asked.pk, reason="Talk to her first.")
        assert case.seat("amina").counts
        with refused("STALE"):
            second_key_on(case, asked)
    with refused("R12"):
        case.do(second_key.refuse_proposal, "exec_team", proposal=asked.pk, reason="")
    second_key_on(case, asked)
    ended = case.seat("amina")
    assert (ended.state, ended.ended_reason) == (Seat.State.ENDED, WHY)
    told = Event.objects.filter(kind="seat_ended", case_id=case.case_id).latest("at", "seq")
    assert (told.person_id, told.facts["asked_by"], told.facts["asked_for"]) == (case.who("exec_team").pk, "Charles Adeyemi", WHY)
    with refused("STALE"):
        second_key_on(case, asked)


def test_r8_an_executive_who_sits_in_the_group_is_not_the_second_person() -> None:
    case = a_story().walk_to("form_group")
    case.take_seat("exec_team", "member")
    case.form_group()
    asked = case.do(seats.ask_to_end_seat, "lead", seat=case.seat("amina").pk, reason=WHY)
    with refused("R8"):
        second_key_on(case, asked, "exec_team")
    second_key_on(case, asked, "exec")


def test_r8_a_member_becomes_an_attendee_by_two_people_and_leaves_the_count(case: Story) -> None:
    asked = case.do(seats.ask_for_attendee, "lead", seat=case.seat("amina").pk, reason=WHY)
    case.answer("chair")
    case.answer("pat")
    assert case.case.state == "draft_review"
    second_key_on(case, asked, "exec")
    assert case.case.state == "actions"
    assert case.seat("amina").is_active
    case.put_actions_to_group()
    with refused("R2"):
        case.answer("amina")


def test_r8_a_key_fits_only_the_lock_it_was_made_for(case: Story) -> None:
    asked = case.do(seats.ask_to_end_seat, "lead", seat=case.seat("amina").pk, reason=WHY)
    for other in (second_key.confirm_attendee, second_key.confirm_withdrawal, waivers.grant_waiver):
        with refused("STALE"):
            case.do(other, "exec_team", proposal=asked.pk)


def test_r8_a_partner_who_accepted_is_not_taken_off_by_the_lead_alone() -> None:
    case = a_story().walk_to("form_group")
    seat = case.offer("pat")
    with undone():
        case.do(seats.withdraw_offer, "lead", seat=seat.pk, reason="Asked by mistake.")
        assert case.seat("pat").state == Seat.State.WITHDRAWN
    with refused("R8"):
        case.do(seats.withdraw_offer, "lead", seat=seat.pk, reason="")
    case.do(seats.accept_seat, "pat", seat=seat.pk)
    with refused("STALE"):
        case.do(seats.withdraw_offer, "lead", seat=seat.pk, reason="She asks too much.")
    end_seat(case, "pat", by="lead")
    assert case.seat("pat").state == Seat.State.ENDED


def test_r8_offices_are_not_ended_and_nobody_ends_their_own(case: Story) -> None:
    for who, whose in (("chair", "exec"), ("chair", "quality"), ("chair", "chair"), ("lead", "lead")):
        with refused("R8"):
            case.do(seats.ask_to_end_seat, who, seat=case.seat(whose).pk, reason=WHY)


# R9


def without_partners(case: Story) -> None:
    """The draft is before the group, and every partner has left."""
    for key in case.partners:
        case.step_down(key)
    case.answer("chair")


def ask(case: Story, days: int = 10, **other: Any) -> Proposal:
    given = {"rule": "R9", "until": london_day(case.at) + timedelta(days=days), "reason": "The family waits.", **other}
    return case.do(waivers.ask_for_waiver, "lead", **given)


def test_r9_an_empty_lay_seat_stops_the_stage_and_only_a_waiver_lets_it_pass(case: Story) -> None:
    without_partners(case)
    assert (case.case.state, is_short(case.look)) == ("draft_review", True)
    case.waive()
    assert case.case.state == "actions"
    assert Waiver.objects.get().stage == "draft_review"
    case.put_actions_to_group()
    assert (case.case.state, is_short(case.look)) == ("actions", True)  # the next stage is another matter


def test_r9_it_is_asked_for_by_lead_or_chair_for_this_rule_with_reason_and_a_day_to_come(case: Story) -> None:
    without_partners(case)
    for who in ("directorate", "exec", "exec_team", "coordinator"):
        with refused("R9"):
            case.do(waivers.ask_for_waiver, who, rule="R9", until=london_day(case.at), reason="The family waits.")
    for rule in ("R1", "R3", "R4", "R5", "R8", "R18"):
        with refused(rule):
            ask(case, rule=rule)
    with refused("R17"):
        ask(case, days=-1)
    with refused("R17"):
        ask(case, reason=" ")


def test_r9_it_is_not_asked_for_while_no_lay_voice_is_missing(case: Story) -> None:
    for who in ("lead", "chair"):
        with refused("R9"):
            case.do(waivers.ask_for_waiver, who, rule="R9", until=london_day(case.at), reason="She may disagree.")
        assert "waiver_ask" not in offers(case, who)
    case.step_down("amina")  # one of the two seats is empty
    for who in ("lead", "chair"):
        assert offers(case, who).count("waiver_ask") == 1
    ask(case)
    assert "waiver_ask" not in offers(case, "lead")


def offers(case: Story, who: str) -> list[str]:
    """What the case page shows to somebody, by code; what is greyed is left out."""
    return [offer.code for offer in available(case.look, case.who(who)) if offer.allowed]


def test_r9_the_signer_grants_none_not_even_as_a_member_of_the_executive_team() -> None:
    case = a_story()
    appoint(person=case.who("exec"), role=EXEC_TEAM.code, starts_on=london_day(case.at), at=case.at)
    case.walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(6)
    for key in case.partners:
        case.step_down(key)
    asked = ask(case)
    with refused("R9"):
        second_key_on(case, asked, "exec")
    for who in ("lead", "chair", "coordinator", "quality"):
        with refused("R8"):
            second_key_on(case, asked, who)
    second_key_on(case, asked, "exec_team2")


def test_r9_whoever_granted_one_does_not_become_the_signer(case: Story) -> None:
    without_partners(case)
    case.waive()
    appoint(person=case.who("exec_team"), role=EXEC.code, starts_on=london_day(case.at), at=case.at)
    case.do(offices.fill_offices, "coordinator")
    case.take_seat("gwen")
    case.partners = ("gwen",)
    case.walk_to("sign_off")
    with refused("R9"):
        case.do(engine.submit, "exec_team", visit=case.visit, outcome="sign", version=case.look.agreed_version("draft_review"))
    case.sign()


def test_r9_it_ends_with_its_day_and_before_it_when_the_executives_say_so(case: Story) -> None:
    for key in case.partners:
        case.step_down(key)
    asked = ask(case, days=3)
    waiver = second_key_on(case, asked)
    assert not is_short(case.look)
    with undone():
        for who in ("lead", "chair", "pat"):
            with refused("R17"):
                case.do(waivers.end_waiver, who, waiver=waiver.pk)
        case.do(waivers.end_waiver, "exec_team2", waiver=waiver.pk)
        assert is_short(case.look)
        case.answer("chair")
        assert case.case.state == "draft_review"
    case.at += timedelta(days=4)
    assert is_short(case.look)
    case.answer("chair")
    assert case.case.state == "draft_review"


def test_r9_it_is_for_this_stay_in_this_stage_and_no_other(case: Story) -> None:
    for key in case.partners:
        case.step_down(key)
    second_key_on(case, ask(case, days=60))
    case.paper("report", text="The second text.")
    case.put_draft_to_group()
    case.wait(6)
    case.answer("chair")
    assert (case.case.state, is_short(case.look)) == ("draft_review", True)


def test_r9_it_silences_no_partner_who_sits(case: Story) -> None:
    case.step_down("pat")
    second_key_on(case, ask(case))
    case.answer("chair")
    assert case.case.state == "draft_review"
    case.answer("amina", "do_not_support", "It blames one nurse.")
    assert case.case.state == "draft_review__dissent"


def test_r9_the_group_is_not_confirmed_with_an_empty_lay_seat_without_one() -> None:
    case = a_story(partners=("pat",)).walk_to("form_group")
    case.form_group()
    with refused("R9"):
        case.confirm_group()
    case.waive()
    assert case.case.state == "form_group"  # a waiver decides nothing
    case.confirm_group()
    assert case.case.state == "terms"


# R10, R11


@pytest.mark.parametrize("late", [False, True])
def test_r10_lay_entry_after_the_terms_were_agreed_stamps_the_case(late: bool) -> None:
    case = a_story(partners=()).walk_to("form_group")
    case.waive()
    case.form_group()
    case.confirm_group()
    case.record_questions()
    case.paper("terms")
    case.submit("lead")
    case.paper("terms", text="Put again to the group: the terms are still open.")
    case.submit("lead")
    if late:
        case.answer("chair")
        case.waive()
        assert case.case.state == "planning"
    case.take_seat("pat")
    found = case.case
    assert (found.lay_entry_stage, found.late_lay_entry) == (("planning", True) if late else ("terms", False))
    assert [flag.rule for flag in flags(case.look)] == (["R10", "R11"] if late else ["R11"])


def test_r11_one_partner_alone_is_flagged_and_two_are_not(case: Story) -> None:
    assert flags(case.look) == []
    case.step_down("pat")
    assert [flag.rule for flag in flags(case.look)] == ["R11"]


# R18


def test_r18_nobody_acts_in_two_capacities_or_roles_in_one_stage() -> None:
    case = a_story().walk_to("form_group")
    case.take_seat("lead", "chair", why="We have no other chair.")
    case.cast["chair"] = "lead"
    case.take_seat("engagement", "engagement")
    for key in case.partners:
        case.take_seat(key)
    case.submit("lead")
    case.confirm_group()
    case.record_questions()
    case.paper("terms")
    case.submit("lead")
    with refused("R18"):
        case.answer("lead")
    case.take_seat("chair2", "chair")
    case.answer("chair2")


def test_r18_a_lay_seat_and_a_staff_seat_never_meet_in_one_person() -> None:
    case = a_story()
    appoint(person=case.who("gwen"), role=QUALITY.code, starts_on=london_day(case.at), at=case.at)
    case.walk_to("form_group")
    with refused("B1"):
        case.offer("gwen")  # her office is a seat already
    case.take_seat("pat")
    with refused("B1"):
        case.offer("pat", role="member")
    with refused("R18"):
        appoint(person=case.who("pat"), role=EXEC_TEAM.code, starts_on=london_day(case.at), at=case.at)
    appoint(person=case.who("amina"), role=EXEC_TEAM.code, starts_on=london_day(case.at), at=case.at)
    case.do(offices.fill_offices, "coordinator")
    assert [seat.role for seat in case.look.seats_of(case.who("pat").pk)] == ["psp"]
    assert [seat.role for seat in case.look.seats_of(case.who("amina").pk)] == ["exec_team"]


def test_r18_the_author_of_the_report_does_not_sign_it_and_another_executive_does() -> None:
    case = a_story()
    author = "exec_team2"
    appoint(person=case.who(author), role=EXEC.code, starts_on=london_day(case.at), at=case.at)
    appoint(person=case.who(author), role=LEAD.code, starts_on=london_day(case.at), at=case.at)
    case.cast["lead"] = author
    case.walk_to("sign_off")
    with refused("R18"):
        case.do(engine.submit, author, visit=case.visit, outcome="sign", version=case.look.agreed_version("draft_review"))
    with undone():
        back = {"outcome": "send_back", "reason": "I wrote it, and I saw a mistake."}
        case.do(engine.submit, author, visit=case.visit, version=case.look.agreed_version("draft_review"), **back)
    case.sign()


def test_r18_a_partner_employed_elsewhere_stays_lay_and_the_employer_is_on_record() -> None:
    case = a_story(partners=("pat", "gwen")).walk_to("terms")
    assert (case.seat("gwen").capacity, case.seat("gwen").person.employer) == ("lay", "Moorland Community NHS Trust")


# R16


def test_r16_the_auditor_reads_and_changes_nothing() -> None:
    case = a_full_group()
    case.walk_to("draft_review")
    case.put_draft_to_group()
    version = case.look.latest_released("report")
    assert version
    case.read("auditor", "report")
    seat = case.seat("amina").pk
    attempts: tuple[tuple[Any, dict[str, Any]], ...] = (
        (comments.comment, {"version": version.pk, "text": "Unclear."}),
        (papers.release_paper, {"version": version.pk, "plain_summary": "It says what happened.", "lay_reads": "same"}),
        (facts.record_facts, {"act": "record_questions", "facts": {"questions_status": "asked_none"}}),
        (facts.record_connection, {"person": case.who("pat"), "kind": "relative"}),
        (reminders.remind, {"visit": case.visit, "seat": seat}),
        (reminders.lapse, {"visit": case.visit, "seat": seat, "reason": "Silent."}),
        (seats.ask_to_end_seat, {"seat": seat, "reason": WHY}),
        (seats.recuse, {"seat": seat, "text": "Conflict."}),
        (seats.step_down, {"seat": seat}),
        (second_key.ask_to_withdraw, {"reason": "No."}),
    )
    for who in ("auditor", "root"):
        for attempt, given in attempts:
            with refused():
                case.do(attempt, who, **given)


def test_r8_a_second_key_wipes_out_no_conflict_that_was_declared_meanwhile(case: Story) -> None:
    asked = case.do(seats.ask_to_end_seat, "lead", seat=case.seat("pat").pk, reason="She is away a lot.")
    case.recuse("pat")
    with refused("STALE"):
        case.do(second_key.confirm_seat_end, "exec", proposal=asked.pk)
    assert case.seat("pat").state == "recused"


def test_r18_a_partner_who_sits_is_not_made_staff_meanwhile(case: Story) -> None:
    given = {"person": case.who("pat"), "role": "member", "starts_on": london_day(case.at), "at": case.at}
    with refused("R18"):
        appoint(by=case.who("coordinator"), **given)


def test_r9_whoever_granted_one_does_not_hear_a_disagreement_as_the_executive() -> None:
    case = a_story().walk_to("form_group")
    case.waive()
    appoint(person=case.who("exec_team"), role=EXEC.code, starts_on=london_day(case.at), at=case.at)
    case.do(offices.fill_offices, "coordinator")
    case.walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(6)
    case.answer("chair")
    case.answer("amina")
    case.dissent("pat")
    given = {"met_on": london_day(case.at).isoformat(), "what_was_said": "We met and went through it."}
    with refused("R9"):
        case.do(engine.submit, "exec_team", visit=case.visit, outcome="pass", facts=given, reason="We met.")
    case.hear_dissent()
