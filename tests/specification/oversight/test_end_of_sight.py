"""IG3, C9: sight and voice hang on the appointment, the promise and the training, and end with them; the seat does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from cases.models import TrainingRecord
from permissions.roles import CHAIR, PSP
from permissions.scope import visible_cases, visible_papers
from permissions.verdict import Refused
from tests.builders import a_story, again, end_seat, refused
from workflows.available import available
from workflows.calendar import london_day
from workflows.doors import reminders, seats
from workflows.doors.people import appoint, end_appointment, record_person, record_training, sign_confidentiality
from workflows.doors.waivers import ask_for_waiver
from workflows.processes.oversight.story import Story
from workflows.standing import flags, owing
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")

GRACE = 30


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    """The draft report is before the group. The training of one partner runs out soon."""
    case = a_story()
    day = london_day(case.at)
    training = TrainingRecord.objects.get(person=case.who("amina"), subject="oversight")
    record_training(
        person=training.person, subject=training.subject, completed_on=training.completed_on,
        valid_until=day + timedelta(days=40), at=case.at,
    )  # fmt: skip
    case.walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(6)
    return case


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def leaves(case: Story, key: str, role: str = PSP.code, by: str = "coordinator") -> None:
    """The appointment is ended today, before its term."""
    case.wait()
    (held,) = case.who(key).appointments.filter(role=role, state="active")
    end_appointment(appointment=held, by=case.who(by), at=case.at, reason="Has moved away.")


def sees(case: Story, key: str) -> tuple[bool, bool]:
    """Whether a person sees the case, and any of its papers."""
    person = case.who(key)
    return case.case in visible_cases(person, case.at), visible_papers(person, case.case, case.at).exists()


def until_training_is_over(case: Story, days: int) -> None:
    """The day so many days after Amina's training ran out."""
    over = TrainingRecord.objects.get(person=case.who("amina"), subject="oversight").valid_until
    assert over
    case.at += timedelta(days=(over - london_day(case.at)).days + days)


def missing(case: Story, key: str) -> str:
    """What a person is told who may not answer."""
    with pytest.raises(Refused) as caught:
        case.answer(key)
    return str(caught.value)


# IG3: sight ends the same day


def test_ig3_staff_whose_appointment_ended_do_nothing_more_through_any_door(case: Story) -> None:
    leaves(case, "lead", "lead")
    with refused("IG3"):
        case.paper("report", text="A last word.")
    with refused("IG3"):
        case.do(reminders.remind, "lead", visit=case.visit, seat=case.seat("pat").pk)
    case.do(seats.step_down, "lead", seat=case.seat("lead").pk)


@pytest.mark.parametrize(("key", "role"), [("amina", PSP.code), ("chair", CHAIR.code)])
def test_ig3_sight_ends_on_the_day_on_which_the_appointment_is_ended(case: Story, key: str, role: str) -> None:
    assert sees(case, key) == (True, True)
    leaves(case, key, role)
    assert sees(case, key) == (False, False)
    assert sees(case, "pat") == (True, True)
    assert list(verify_case(case.case, case.at)) == []


def test_ig3_it_ends_on_every_case_of_the_organisation() -> None:
    one = a_story().walk_to("terms")
    other = Story(one.trust, one.at, lead="lead2", directorate="directorate2").walk_to("terms")
    other.wait()
    leaves(other, "amina")
    assert not visible_cases(other.who("amina"), other.at).exists()


def test_ig3_another_staff_role_in_the_trust_leaves_a_member_of_staff_their_seat_and_its_sight(case: Story) -> None:
    appoint(person=case.who("chair"), role="member", starts_on=london_day(case.at), at=case.at)
    leaves(case, "chair", CHAIR.code)
    assert sees(case, "chair") == (True, True)


def test_ig3_a_staff_role_is_no_sight_from_a_lay_seat(case: Story) -> None:
    leaves(case, "amina")
    with refused("R18"):
        appoint(person=case.who("amina"), role="member", starts_on=london_day(case.at), at=case.at)
    assert sees(case, "amina") == (False, False)


def test_ig3_sight_comes_back_with_a_new_appointment(case: Story) -> None:
    leaves(case, "amina")
    case.wait(1)
    appoint(person=case.who("amina"), role=PSP.code, starts_on=london_day(case.at), by=case.who("coordinator"), at=case.at)
    assert sees(case, "amina") == (True, True)
    case.answer("amina")


# C9, IG3: no voice without sight, and no silence either


def test_c9_within_thirty_days_of_a_lapse_of_training_a_partner_answers_and_comments(case: Story) -> None:
    until_training_is_over(case, GRACE)
    case.comment("amina", "Page 2 is unclear.", kind="report")
    case.answer("amina")


def test_c9_after_thirty_days_no_answer_is_taken_and_the_refusal_says_what_ran_out_and_who_mends_it(case: Story) -> None:
    until_training_is_over(case, GRACE + 1)
    with refused("C9"):
        case.answer("amina")
    with refused("C9"):
        case.comment("amina", "Page 2 is unclear.", kind="report")
    said = missing(case, "amina")
    assert "oversight training ran out on" in said
    assert "The partner coordinator can put this right." in said
    case.answer("pat")


def test_ig3_no_answer_is_taken_from_anybody_whose_appointment_was_ended(case: Story) -> None:
    for key, role in (("amina", PSP.code), ("chair", CHAIR.code)):
        leaves(case, key, role)
        with refused("IG3"):
            case.answer(key)
        assert "no appointment in force" in missing(case, key)


def test_ig3_no_answer_is_taken_once_the_promise_of_confidentiality_has_run_out() -> None:
    case = a_story(partners=("pat", "nora"))
    day = london_day(case.at)
    nora = case.trust.people["nora"] = record_person(
        organisation=case.trust.organisation, name="Nora Quist", email="nora@elsewhere.example", at=case.at,
        account=get_user_model().objects.create(username="nora"),
    )  # fmt: skip
    appoint(person=nora, role=PSP.code, starts_on=day, at=case.at)
    record_training(person=nora, subject="oversight", completed_on=day, at=case.at)
    sign_confidentiality(person=nora, signed_on=day, valid_until=day + timedelta(days=40), at=case.at)
    case.walk_to("draft_review").put_draft_to_group()
    case.at += timedelta(days=40)
    with refused("IG3"):
        case.answer("nora")
    assert "no confidentiality agreement in force" in missing(case, "nora")


def test_ig3_a_partner_who_works_by_post_is_judged_alike() -> None:
    """Without an account there is no grant that could run out; the records are the same."""
    case = a_story(partners=("pat", "olive"))
    day = london_day(case.at)
    olive = case.trust.people["olive"] = record_person(
        organisation=case.trust.organisation, name="Olive Reed", contact_by="post", at=case.at
    )
    appoint(person=olive, role=PSP.code, starts_on=day, at=case.at)
    record_training(person=olive, subject="oversight", completed_on=day, valid_until=day + timedelta(days=20), at=case.at)
    sign_confidentiality(person=olive, signed_on=day, at=case.at)
    case.walk_to("draft_review").put_draft_to_group()
    case.at += timedelta(days=GRACE + 20)
    with refused("C9"):
        case.answer("olive")


def test_r1_a_partner_without_sight_still_owes_the_answer_and_the_stage_waits_and_says_why(case: Story) -> None:
    leaves(case, "amina")
    for key in ("chair", "pat"):
        case.answer(key, enough_time=True)
    assert case.case.state == "draft_review"
    assert [seat.person.name for seat in owing(case.look)] == ["Amina Yusuf"]
    (flag,) = flags(case.look)
    assert "Amina Yusuf can no longer see this case" in flag.reason
    assert flag.remedy
    assert list(verify_case(case.case, case.at)) == []


def test_r1_a_partner_without_sight_is_not_called_silent(case: Story) -> None:
    leaves(case, "amina")
    for _ in range(2):
        case.remind("amina")
        case.wait(1)
    case.wait(20)
    with refused("IG3"):
        case.lapse("amina")
    greyed = [offer for offer in available(case.look, case.who("chair")) if offer.code == "lapse" and "Amina" in offer.title]
    assert [offer.allowed for offer in greyed] == [False]


def test_r1_what_was_answered_before_stands(case: Story) -> None:
    case.answer("amina")
    leaves(case, "amina")
    for key in ("chair", "pat"):
        case.answer(key, enough_time=True)
    assert case.case.state == "actions"


# The ways on


def test_c9_new_training_gives_the_voice_back(case: Story) -> None:
    until_training_is_over(case, GRACE + 1)
    today = london_day(case.at)
    record_training(
        person=case.who("amina"), subject="oversight", completed_on=today, valid_until=today + timedelta(days=900), at=case.at,
    )  # fmt: skip
    case.answer("amina")


def test_r8_r9_two_people_end_the_seat_of_a_partner_who_is_gone_and_the_empty_seat_may_be_waived(case: Story) -> None:
    leaves(case, "amina")
    case.answer("chair", enough_time=True)
    with refused("R9"):  # nobody is missing yet: a partner who sits is not waived away
        case.do(ask_for_waiver, "lead", rule="R9", until=london_day(case.at), reason="She is gone.")
    end_seat(case, "amina")
    case.waive()
    case.answer("pat", enough_time=True)
    assert case.case.state == "actions"
