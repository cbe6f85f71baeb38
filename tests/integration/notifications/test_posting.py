"""What goes out: one e-mail for what is new, nothing of the case in it, five tries, and a voice for those without e-mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from audit.models import Event
from audit.verify import verify_chains
from cases.models import Person
from notifications.coordinators import tick_off
from notifications.models import Dispatch, Notice
from notifications.retrying import retry_dispatch
from permissions.verdict import Refused
from tests.builders import a_story
from tests.integration.deadlines.clock import SOON, in_review, nine, send_at, sweep_at, works_by_phone
from workflows.answering import Answered
from workflows.calendar import london_day
from workflows.confirm_links import token_of
from workflows.doors import people, typed_answers
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Story:
    """Everything that happened until now has been sent."""
    story = in_review()
    send_at(story.at + SOON)
    story.wait(minutes=30)
    mail.outbox.clear()
    return story


def sent_to(case: Story, key: str) -> list[Any]:
    return [one for one in mail.outbox if one.to == [case.who(key).email]]


def told(case: Story, key: str) -> list[tuple[str, str]]:
    found = Event.objects.filter(kind="told", facts__person_id=str(case.who(key).pk)).order_by("seq")
    return [(event.facts["channel"], event.facts["count"]) for event in found]


def test_what_happens_within_minutes_is_one_e_mail_that_says_nothing_of_the_case(case: Story) -> None:
    case.remind("pat")
    assert send_at(case.at + timedelta(minutes=4)).sent == 0, "it waits for what else happens"
    case.paper("progress")
    send_at(case.at + SOON)
    (one,) = sent_to(case, "pat")
    html = one.alternatives[0][0]
    for said in (one.subject, one.body, html):
        assert not {word for word in ("sepsis", "report", case.case.reference, "Charles") if word in said}
    assert one.subject == "2 messages are waiting for you in Parity"
    assert 'href="http://127.0.0.1:8000/"' in html
    assert 'lang="en-GB"' in html
    assert told(case, "pat")[-1] == ("e-mail", "2 messages")
    assert verify_chains().findings == []


def test_sending_again_sends_nothing_again(case: Story) -> None:
    case.remind("pat")
    for minutes in (6, 7, 60):
        send_at(case.at + timedelta(minutes=minutes))
    assert len(sent_to(case, "pat")) == 1


def test_what_was_read_in_the_application_is_not_sent_as_well(case: Story) -> None:
    case.remind("pat")
    Notice.objects.filter(person=case.who("pat")).update(read_at=case.at)
    send_at(case.at + SOON)
    assert sent_to(case, "pat") == []


def test_a_week_of_silence_ends_in_one_e_mail_for_each_person(case: Story) -> None:
    sweep_at(case, nine(2026, 4, 1))
    send_at(case.at + SOON)
    assert {len(sent_to(case, who)) for who in ("pat", "amina", "chair", "exec")} == {1}


def _daily(case: Story, key: str) -> None:
    person = case.who(key)
    people.record_person(organisation=person.organisation, name=person.name, email=person.email, mail="daily", at=case.at)


def test_a_person_may_have_one_e_mail_a_day_in_the_morning(case: Story) -> None:
    _daily(case, "pat")
    case.remind("pat")
    send_at(case.at + SOON)
    morning = nine(case.at.year, case.at.month, case.at.day) + timedelta(days=1, hours=-2)
    send_at(morning - timedelta(minutes=1))
    assert sent_to(case, "pat") == []
    send_at(morning)
    assert len(sent_to(case, "pat")) == 1


def test_a_mail_server_that_refuses_is_asked_five_times_and_then_somebody_is_told(
    case: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[datetime] = []

    def refuses(*_: Any) -> None:
        asked.append(now)
        raise ConnectionRefusedError("the address of Pat Mercer is in here")

    case.remind("pat")
    now = case.at + SOON
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuses)
        for _ in range(40):
            send_at(now)
            now += timedelta(minutes=1)
    assert [(two - one).total_seconds() // 60 for one, two in pairwise(asked)] == [2, 4, 8, 16]
    (failed,) = Dispatch.objects.filter(person=case.who("pat"), state="failed")
    assert (failed.attempts, failed.error) == (5, "ConnectionRefusedError")
    assert told(case, "pat")[1:] == []
    retry_dispatch(failed.pk, case.who("coordinator"), now)
    send_at(now)
    assert len(sent_to(case, "pat")) == 1
    with pytest.raises(Refused, match="not failed"):
        retry_dispatch(failed.pk, case.who("coordinator"), now)


def test_an_e_mail_whose_sender_died_is_sent_when_the_claim_runs_out(case: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*_: Any) -> None:
        raise SystemExit

    case.remind("pat")
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", dies)
        with pytest.raises(SystemExit):
            send_at(case.at + SOON)
    send_at(case.at + SOON + timedelta(minutes=9))
    assert sent_to(case, "pat") == []
    send_at(case.at + SOON + timedelta(minutes=10))
    assert len(sent_to(case, "pat")) == 1


@pytest.mark.proves("IG17")
def test_who_works_by_phone_is_told_by_a_coordinator_who_says_so(case: Story) -> None:
    works_by_phone(case, "pat")
    case.remind("pat")
    at = case.at + SOON
    send_at(at)
    assert sent_to(case, "pat") == []
    (asked,) = Dispatch.objects.filter(person=case.who("pat"), state="waiting")
    assert Notice.objects.filter(person=case.who("coordinator"), text__startswith="Please tell Pat Mercer by phone").exists()
    tick_off(asked.pk, case.who("coordinator"), at)
    event = Event.objects.filter(kind="told").latest("at", "seq")
    assert (event.person_name, event.facts["person"], event.facts["channel"]) == ("Cora Bell", "Pat Mercer", "phone")
    with pytest.raises(Refused, match="already"):
        tick_off(asked.pk, case.who("quality"), at)
    assert verify_chains().findings == []


@pytest.mark.proves("IG17")
@pytest.mark.parametrize(
    ("needs", "how"),
    [("Large print, please", "print"), ("large-print", "print"), ("No e-mail.", "phone"), ("Reach me by letter", "post")],
)
def test_a_need_that_e_mail_does_not_meet_is_a_task_for_the_coordinator(case: Story, needs: str, how: str) -> None:
    """Whatever was ticked: the coordinator is asked, and nothing goes out by e-mail."""
    pat = case.who("pat")
    people.record_person(organisation=pat.organisation, name=pat.name, email=pat.email, needs=needs, at=case.at)
    case.remind("pat")
    send_at(case.at + SOON)
    assert sent_to(case, "pat") == []
    (asked,) = Dispatch.objects.filter(person=pat, state="waiting")
    assert asked.channel == how
    assert Notice.objects.filter(person=case.who("coordinator"), text__startswith="Please tell Pat Mercer by ").exists()


def test_a_need_that_e_mail_meets_goes_by_e_mail(case: Story) -> None:
    pat = case.who("pat")
    people.record_person(organisation=pat.organisation, name=pat.name, email=pat.email, needs="A hearing loop", at=case.at)
    case.remind("pat")
    send_at(case.at + SOON)
    assert len(sent_to(case, "pat")) == 1


def test_only_those_who_look_after_messages_say_that_somebody_was_told(case: Story) -> None:
    works_by_phone(case, "pat")
    case.remind("pat")
    send_at(case.at + SOON)
    (asked,) = Dispatch.objects.filter(person=case.who("pat"), state="waiting")
    with pytest.raises(Refused, match="coordinators"):
        tick_off(asked.pk, case.who("chair"), case.at)


def test_a_person_without_any_address_is_rung_up() -> None:
    case = a_story().walk_to("form_group")
    ida = people.record_person(organisation=case.trust.organisation, name="Ida Bloom", at=case.at)
    Notice(person=ida, case=case.case, event_id=case.case.pk, text="Hello.", at=case.at, by_mail=True).save()
    send_at(case.at + SOON)
    assert Dispatch.objects.get(person=ida).channel == Person.Contact.PHONE


def test_only_the_e_mail_to_the_partner_holds_the_link_to_confirm_and_it_says_nothing_of_the_case(case: Story) -> None:
    """R2: it goes to the address that it was typed in for, and to no other."""
    visit = case.look.visit
    assert visit
    typed = case.do(
        typed_answers.type_in, "coordinator", visit=visit.pk, seat=case.seat("pat").pk, version=visit.version_id,
        said=(Answered("support_with_comments", "Say who called."),), given="phone", given_on=london_day(case.at),
    )  # fmt: skip
    case.remind("amina")
    send_at(case.at + SOON)
    link = f"http://127.0.0.1:8000/confirm/{token_of(typed)}/"
    (one,) = sent_to(case, "pat")
    assert link in one.body
    assert f'href="{link}"' in one.alternatives[0][0]
    assert [other.to for other in mail.outbox if "/confirm/" in other.body] == [[case.who("pat").email]]
    for said in (one.subject, one.body, one.alternatives[0][0]):
        assert not {word for word in ("sepsis", "report", case.case.reference, "called", "support") if word in said}
