"""R2: what a partner said by telephone or letter is typed in by somebody else, and counts only when the partner confirms it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from audit.models import Event
from audit.record import Act, Actor, acting, write
from cases.models import Person, Position, TypedAnswer
from tests.builders import a_story, again, refused, undone
from workflows.answering import Answered
from workflows.authorship import authorship
from workflows.calendar import london_day
from workflows.confirm_links import behind, to_confirm_by_link, token_of
from workflows.doors import confirming, typed_answers
from workflows.doors.people import record_person
from workflows.processes.oversight.story import Story
from workflows.typed_standing import open_typed
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    """The draft report is before the group; everybody but Pat has answered."""
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(6)
    for key in ("chair", "amina"):
        case.answer(key)
    return case


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def typed(case: Story, answer: str = "support", text: str = "", by: str = "coordinator", **other: Any) -> TypedAnswer:
    live = case.look.visit
    assert live
    given = {
        "visit": case.visit, "seat": case.seat("pat").pk, "said": (Answered(answer, text),), "given": "phone",
        "given_on": london_day(case.at), "version": live.version_id, **other,
    }  # fmt: skip
    made: TypedAnswer = case.do(typed_answers.type_in, by, **given)
    return made


def by_post(case: Story, key: str = "pat") -> None:
    person = case.who(key)
    record_person(organisation=case.trust.organisation, name=person.name, email=person.email, contact_by="post", at=case.at)


def signed(case: Story, one: TypedAnswer, by: str = "coordinator") -> None:
    case.do(confirming.file_form, by, typed=one.pk, reference="Folder 7, page 3", signed_on=london_day(case.at))


# It does not count


def test_what_is_typed_in_is_no_position_and_moves_nothing(case: Story) -> None:
    typed(case)
    assert not Position.objects.filter(visit=case.visit, person=case.who("pat")).exists()
    assert case.case.state == "draft_review"
    assert [one.seat.person.name for one in open_typed(case.look)] == ["Pat Mercer"]


def test_the_ledger_says_who_typed_it_how_it_was_given_and_not_what_was_said(case: Story) -> None:
    typed(case, "do_not_support", "The night shift is missing.")
    said = Event.objects.get(kind="answer_typed_in")
    assert said.person_name == "Cora Bell"
    assert said.facts["person"] == "Pat Mercer"
    assert said.facts["given"] == "by telephone"
    assert "night shift" not in str(said.facts)


@pytest.mark.parametrize("by", ["lead", "chair", "exec", "quality", "directorate", "amina", "pat", "gwen"])
def test_nobody_but_the_coordinator_types_in(case: Story, by: str) -> None:
    with refused("R2"):
        typed(case, by=by)


def test_it_is_about_the_question_in_hand_and_somebody_lay_who_is_asked(case: Story) -> None:
    with refused("R2"):
        typed(case, seat=case.seat("chair").pk)
    with refused("R2"):
        typed(case, seat=case.seat("exec").pk)
    with refused("R4"):
        typed(case, given_on=london_day(case.at) - timedelta(days=40))
    with refused("R2"):
        typed(case, given_on=london_day(case.at) + timedelta(days=1))
    with refused("R1"):  # as if Pat had answered: a disagreement needs words
        typed(case, "do_not_support")
    with refused("R2"):
        typed(case, said=())
    with refused("STALE"):
        typed(case, version=case.look.versions[0].pk)


def test_a_stage_that_asks_nothing_has_nothing_to_type_in() -> None:
    case = a_story().walk_to("draft_review")
    with refused("STALE"):
        typed(case, version=None)


def test_one_at_a_time_until_it_is_taken_back(case: Story) -> None:
    one = typed(case)
    with refused("R2"):
        typed(case, "abstain", "She rang again.")
    with refused("R2"):
        case.do(confirming.take_back, "coordinator", typed=one.pk, reason=" ")
    with refused("R2"):
        case.do(confirming.take_back, "lead", typed=one.pk, reason="She meant no.")
    case.do(confirming.take_back, "coordinator", typed=one.pk, reason="I misheard.")
    typed(case, "abstain", "She rang again.")


# The partner confirms


def test_confirmed_by_the_link_it_is_the_partners_answer_and_the_case_goes_on(case: Story) -> None:
    one = typed(case, "support_with_comments", "Say who called first.", enough_time=True)
    case.do(confirming.confirm, "pat", typed=one.pk, token=token_of(one))
    said = Position.objects.get(person=case.who("pat"), typed=one)
    assert (said.answer, said.text, said.enough_time, said.version_id) == (
        "support_with_comments", "Say who called first.", True, one.version_id,
    )  # fmt: skip
    event = Event.objects.get(kind="typed_answer_confirmed")
    assert (event.person_name, event.capacity, event.role) == ("Pat Mercer", "lay", "psp")
    assert event.facts["typed_by"] == "Cora Bell"
    assert event.facts["way"] == "a link"
    assert case.case.state == "actions"
    assert list(verify_case(case.case, case.at)) == []


@pytest.mark.parametrize("by", ["coordinator", "lead", "chair", "amina", "quality", "exec"])
def test_nobody_confirms_or_denies_for_a_partner_whatever_link_they_hold(case: Story, by: str) -> None:
    one = typed(case)
    for act in (confirming.confirm, confirming.deny):
        with refused("R2"):
            case.do(act, by, typed=one.pk, token=token_of(one))
        with refused("R2"):
            case.do(act, by, typed=one.pk)


def test_the_link_of_another_does_not_fit(case: Story) -> None:
    one = typed(case)
    other = TypedAnswer(seat=one.seat)
    for act in (confirming.confirm, confirming.deny):
        with refused("R2"):
            case.do(act, "pat", typed=one.pk, token=token_of(other))


def test_the_link_works_once(case: Story) -> None:
    one = typed(case)
    with undone():
        case.do(confirming.deny, "pat", typed=one.pk, token=token_of(one))
        for act in (confirming.confirm, confirming.deny):
            with refused("STALE"):
                case.do(act, "pat", typed=one.pk, token=token_of(one))
    case.do(confirming.confirm, "pat", typed=one.pk, token=token_of(one))
    with refused("STALE"):
        case.do(confirming.confirm, "pat", typed=one.pk, token=token_of(one))


def test_the_link_lasts_five_working_days_and_no_longer(case: Story) -> None:
    one = typed(case)
    case.wait(5)
    with undone():
        case.do(confirming.confirm, "pat", typed=one.pk, token=token_of(one))
    case.wait(1)
    with refused("R2"):
        case.do(confirming.confirm, "pat", typed=one.pk, token=token_of(one))
    case.do(confirming.deny, "pat", typed=one.pk, token=token_of(one))


def test_it_goes_to_the_partners_own_address_alone_and_is_kept_nowhere(case: Story) -> None:
    one = typed(case)
    assert to_confirm_by_link(case.who("pat"), london_day(case.at)) == [one]
    assert token_of(one) not in str(TypedAnswer.objects.values())
    assert token_of(one) not in str(Event.objects.values())
    assert behind(token_of(one)) == one
    assert behind("anything else") is None
    person = case.who("pat")
    record_person(organisation=case.trust.organisation, name=person.name, email="other@trust.example", at=case.at, by=None)
    assert to_confirm_by_link(Person(pk=person.pk, email="other@trust.example"), london_day(case.at)) == []


def test_no_link_goes_to_an_address_that_the_typist_wrote(case: Story) -> None:
    """R2: whoever could read the partner's mail could confirm in the partner's name."""
    amina = case.who("amina")
    changed = Person.objects.get(pk=case.who("pat").pk)
    changed.email = "mine@trust.example"
    clerk = case.who("coordinator")
    act = Act("person_recorded", Actor(clerk.pk, clerk.name, "staff"), case.at, amina.organisation_id)
    with acting(act):
        changed.save()
        write(act)
    one = typed(case)
    assert one.sent_to == ""
    assert behind(token_of(one)) is None
    with refused("R2"):
        case.do(confirming.confirm, "pat", typed=one.pk, token=token_of(one))


def test_the_partner_can_say_that_is_not_what_i_said(case: Story) -> None:
    one = typed(case)
    case.do(confirming.deny, "pat", typed=one.pk, token=token_of(one), reason="I said that I do not know.")
    assert not Position.objects.filter(person=case.who("pat"), visit=case.visit).exists()
    event = Event.objects.get(kind="typed_answer_denied")
    assert (event.person_name, event.facts["typed_by"], event.reason) == ("Pat Mercer", "Cora Bell", "I said that I do not know.")


def test_it_falls_when_a_new_version_is_released(case: Story) -> None:
    """R4: it was said of a text that is no longer before the group."""
    one = typed(case)
    case.paper("report", note="The night shift is in it.")
    case.put_draft_to_group()
    with refused("STALE"):
        case.do(confirming.confirm, "pat", typed=one.pk, token=token_of(one))
    assert not Position.objects.filter(person=case.who("pat"), visit=case.visit).exists()
    typed(case)


def test_it_falls_when_the_partner_answers_for_themself(case: Story) -> None:
    one = typed(case, "abstain", "I am not sure.", seat=case.seat("amina").pk)
    case.answer("amina", "support_with_comments", "Now I have read it again.")
    assert case.case.state == "draft_review"
    with refused("STALE"):
        case.do(confirming.confirm, "amina", typed=one.pk, token=token_of(one))


def test_what_waits_to_be_confirmed_is_no_silence(case: Story) -> None:
    """R1, R2: nobody records that no answer came while one waits for its link."""
    for _ in range(2):
        case.remind("pat")
        case.wait(1)
    case.wait(10)
    typed(case)
    with refused("R2"):
        case.lapse("pat")
    case.wait(6)
    case.lapse("pat")


# The form that is signed


def test_without_email_a_signed_form_counts_once_a_second_person_has_seen_it(case: Story) -> None:
    by_post(case)
    one = typed(case)
    assert one.sent_to == ""
    assert one.confirm_by == case.look.calendar.add(london_day(case.at), 10)
    signed(case, one)
    assert case.case.state == "draft_review"
    case.do(confirming.witness, "quality", typed=one.pk)
    assert Position.objects.get(typed=one).person == case.who("pat")
    one.refresh_from_db()
    assert (one.witness, one.filed_by) == (case.who("quality"), case.who("coordinator"))
    assert case.case.state == "actions"
    assert list(verify_case(case.case, case.at)) == []


def test_the_witness_is_of_the_quality_team_outside_the_group_and_neither_typed_nor_filed(case: Story) -> None:
    one = typed(case)
    with refused("R2"):
        case.do(confirming.witness, "quality", typed=one.pk)  # nothing is filed
    for by in ("lead", "quality", "pat"):
        with refused("R2"):
            signed(case, one, by=by)
    with refused("R2"):
        case.do(confirming.file_form, "coordinator", typed=one.pk, reference=" ", signed_on=london_day(case.at))
    with refused("R2"):
        case.do(confirming.file_form, "coordinator", typed=one.pk, reference="x", signed_on=london_day(case.at) - timedelta(days=9))
    signed(case, one)
    for by in ("coordinator", "lead", "chair", "exec", "amina", "pat"):
        with refused("R2"):
            case.do(confirming.witness, by, typed=one.pk)


def test_a_form_that_was_signed_in_time_is_not_lost_by_a_slow_witness(case: Story) -> None:
    by_post(case)
    one = typed(case)
    case.wait(10)
    signed(case, one)
    case.wait(3)
    case.do(confirming.witness, "quality", typed=one.pk)
    assert case.case.state == "actions"


def test_a_form_comes_too_late(case: Story) -> None:
    by_post(case)
    one = typed(case)
    case.wait(11)
    with refused("R2"):
        signed(case, one)


def test_verify_finds_a_form_that_one_person_both_filed_and_witnessed(case: Story) -> None:
    """Written round the doors, by somebody who can write to the tables: the record still gives them away."""
    one, clerk, visit = typed(case), case.who("coordinator"), case.look.visit
    assert visit
    act = Act("signed_form_witnessed", Actor(clerk.pk, clerk.name, "staff"), case.at, one.case.organisation_id, case.case_id)
    one.state, one.way, one.form_signed_on, one.filed_by, one.witness = "confirmed", "form", london_day(case.at), clerk, clerk
    with transaction.atomic(), acting(act):
        one.save()
        Position(
            case=one.case, visit=visit, seat=one.seat, person=one.seat.person, version=visit.version, answer="support",
            stance="for", at=case.at, typed=one,
        ).save(force_insert=True)  # fmt: skip
        write(act)
    assert any("signed was filed by one person and witnessed by another" in found.what for found in authorship(case.look))


# Who knows


def test_a_partner_who_works_by_post_is_told_by_the_coordinator(case: Story) -> None:
    by_post(case)
    typed(case)
    told = case.who("pat").notices.latest("at")
    assert told.by_mail
    assert "by telephone" in told.text
    assert "support" not in told.text
