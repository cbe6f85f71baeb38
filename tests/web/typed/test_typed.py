"""What a partner said by telephone or letter, from the coordinator's page to the partner's word (R2, IG17)."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from audit.models import Event
from cases.models import Person, Position, TypedAnswer
from tests.web.casework import FORBIDDEN, NOT_FOUND, OK, STALE, Casework, day, hidden, words
from web.pages.typed.forms import NO, YES
from workflows.calendar import london_day
from workflows.confirm_links import token_of
from workflows.doors.people import record_person

SAID = "The night shift is missing from it."


@pytest.fixture
def asked(work: Casework) -> Casework:
    """The draft report is before the group."""
    work.story.walk_to("draft_review").put_draft_to_group()
    return work


@pytest.fixture
def typed(asked: Casework) -> TypedAnswer:
    sent = asked.send("coordinator", "type_in", answers(asked), seat=asked.story.seat("pat").pk)
    assert sent.status_code == 302, words(sent)
    return TypedAnswer.objects.get()


def answers(work: Casework, **more: Any) -> dict[str, Any]:
    given = {"answer": "support_with_comments", "text": SAID, "given": "phone"}
    return {**given, **day("given_on", london_day(work.story.at)), **more}


def by_post(work: Casework) -> None:
    person = work.story.who("pat")
    record_person(
        organisation=work.story.trust.organisation, name=person.name, email=person.email, contact_by="post", needs="Large print",
        at=work.story.at,
    )  # fmt: skip


def link(typed: TypedAnswer) -> str:
    return reverse("confirm_link", args=(token_of(typed),))


def answer(client: Client, at: str, **said: str) -> Any:
    return client.post(at, {**hidden(client.get(at)), **said})


# Typing in


def test_the_coordinator_is_led_from_the_case_to_what_is_owed(asked: Casework) -> None:
    shown = asked.get("coordinator", "case")
    assert "Type in what Pat Mercer said by telephone or letter" in words(shown)
    assert asked.address("type_in", seat=asked.story.seat("pat").pk) in shown.content.decode()
    assert "Type in what" not in words(asked.get("lead", "case"))
    assert "Type in what Charles" not in words(shown)


def test_what_was_typed_in_is_shown_exactly_and_says_that_it_does_not_count(asked: Casework, typed: TypedAnswer) -> None:
    shown = words(asked.get("coordinator", "typed", typed=typed.pk))
    for told in (
        SAID,
        "I support it, with comments",
        "version 1",
        "It does not count yet",
        "By telephone on Wednesday",
        "Cora Bell",
    ):
        assert told in shown, told
    assert Position.objects.filter(person=asked.story.who("pat"), visit=typed.visit).count() == 0


def test_until_it_is_confirmed_the_group_reads_nothing_of_it(asked: Casework, typed: TypedAnswer) -> None:
    for key in ("lead", "chair", "amina", "exec"):
        for page in ("case", "record"):
            assert SAID not in words(asked.get(key, page)), (key, page)
        assert asked.get(key, "typed", typed=typed.pk).status_code == FORBIDDEN


def test_everything_typed_is_still_there_when_something_is_missing(asked: Casework) -> None:
    seat = asked.story.seat("pat").pk
    sent = asked.send("coordinator", "type_in", {"answer": "do_not_support", "text": "", "given": ""}, seat=seat)
    shown = words(sent)
    for problem in ("Write what you want the record to say", "Choose how it was given", "Enter the day"):
        assert problem in shown
    assert not TypedAnswer.objects.exists()


def test_on_a_stage_that_asks_about_each_thing_all_are_typed_in_at_once(work: Casework) -> None:
    work.story.walk_to("actions").put_actions_to_group()
    first, second = work.story.look.live_actions
    said = {f"answer_{first.pk.hex}": "support", f"answer_{second.pk.hex}": "do_not_support", f"text_{second.pk.hex}": "Too late."}
    given = {"given": "letter", **day("given_on", london_day(work.story.at))}
    sent = work.send("coordinator", "type_in", {**said, **given}, seat=work.story.seat("pat").pk)
    assert sent.status_code == 302, words(sent)
    one = TypedAnswer.objects.get()
    shown = Client().get(link(one))
    assert shown.status_code == OK
    assert words(shown).index(first.title) < words(shown).index("Too late.")
    assert "It is your answer now" in words(answer(Client(), link(one), answer=YES))
    assert set(Position.objects.filter(typed=one).values_list("item", "stance")) == {(first.pk, "for"), (second.pk, "against")}


# The link


def test_the_link_needs_no_account_and_shows_what_was_typed_on_which_version_and_until_when(typed: TypedAnswer) -> None:
    shown = Client().get(link(typed))
    assert shown.status_code == OK
    for told in (SAID, "Investigation report, version 1", "typed in what you said by telephone", "in 5 working days"):
        assert told in words(shown), told
    assert "no-store" in shown.headers["Cache-Control"]
    assert shown.headers["Referrer-Policy"] == "same-origin"


def test_the_address_of_the_link_holds_a_token_and_nothing_else(asked: Casework, typed: TypedAnswer) -> None:
    at, case = link(typed), asked.story.case
    assert at == f"/confirm/{token_of(typed)}/"
    for key in (typed.pk, typed.seat_id, case.pk, case.reference, asked.story.who("pat").pk):
        assert str(key) not in at
        assert str(key).replace("-", "") not in at


def test_opening_the_link_does_nothing(typed: TypedAnswer) -> None:
    before = Event.objects.count()
    for _ in range(2):
        Client().get(link(typed))
    assert Event.objects.count() == before
    assert TypedAnswer.objects.get().state == "waiting"


def test_confirmed_it_is_the_partners_and_every_page_says_how_it_came(asked: Casework, typed: TypedAnswer) -> None:
    assert "It is your answer now" in words(answer(Client(), link(typed), answer=YES))
    told = f"Given by telephone on {london_day(typed.typed_at):%A}"
    for key in ("lead", "amina"):
        for page in ("case", "record"):  # the stage is answered blind
            assert SAID not in words(asked.get(key, page)), (key, page)
    for key in ("chair", "amina"):
        asked.story.answer(key)
        shown = words(asked.get(key, "case"))
        assert SAID in shown
        assert told in shown
        assert "typed in by Cora Bell, confirmed by a link on" in shown
    assert told in words(asked.client("pat").get(reverse("me")))
    assert "Pat Mercer confirmed by a link what they had said by telephone, typed in by Cora Bell" in words(
        asked.get("chair", "record")
    )


def test_the_link_works_once_and_says_so(typed: TypedAnswer) -> None:
    client = Client()
    sent = {**hidden(client.get(link(typed))), "answer": YES}
    assert client.post(link(typed), sent).status_code == OK
    again = client.get(link(typed))
    assert again.status_code == STALE
    assert SAID not in words(again)


def test_that_is_not_what_i_said(asked: Casework, typed: TypedAnswer) -> None:
    shown = answer(Client(), link(typed), answer=NO, reason="I said that I do not know.")
    assert "does not count" in words(shown)
    assert "I said that I do not know." in words(asked.get("coordinator", "typed", typed=typed.pk))
    assert "that is not what I said" in words(asked.client("quality").get(reverse("notices")))


def test_a_link_that_ran_out_can_only_be_denied(asked: Casework, typed: TypedAnswer) -> None:
    asked.story.wait(6)
    shown = words(Client().get(link(typed)))
    assert "ran out on" in shown
    assert "Yes, this is what I said" not in shown
    assert "No, that is not what I said" in shown


@pytest.mark.parametrize("key", ["coordinator", "lead", "chair", "amina", "quality", "gwen"])
def test_whoever_else_is_signed_in_the_link_is_not_theirs(asked: Casework, typed: TypedAnswer, key: str) -> None:
    client = asked.client(key)
    shown = client.get(link(typed))
    assert shown.status_code == FORBIDDEN
    assert SAID not in words(shown)
    assert client.post(link(typed), {"answer": YES, "request": "once"}).status_code == FORBIDDEN
    assert TypedAnswer.objects.get().state == "waiting"


def test_a_superuser_confirms_nothing(typed: TypedAnswer) -> None:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("boss", "boss@example.org", None))
    assert client.post(link(typed), {"answer": YES, "request": "once"}).status_code == FORBIDDEN
    assert TypedAnswer.objects.get().state == "waiting"


def test_a_token_that_was_never_sent_leads_nowhere(asked: Casework) -> None:
    by_post(asked)
    asked.send("coordinator", "type_in", answers(asked), seat=asked.story.seat("pat").pk)
    one = TypedAnswer.objects.get()
    for at in (link(one), reverse("confirm_link", args=("x" * 43,)), reverse("confirm_link", args=(str(one.pk),))):
        assert Client().get(at).status_code == NOT_FOUND


def test_signed_in_the_partner_needs_no_link(asked: Casework, typed: TypedAnswer) -> None:
    assert "Confirm what was typed in for you" in words(asked.get("pat", "case"))
    asked.send("pat", "typed_confirm", {"answer": YES}, typed=typed.pk)
    assert Position.objects.get(typed=typed).person == asked.story.who("pat")
    for key in ("coordinator", "lead", "amina"):
        assert asked.get(key, "typed_confirm", typed=typed.pk).status_code in (FORBIDDEN, STALE)


def test_a_partner_with_no_account_confirms_like_anybody(work: Casework) -> None:
    """Some partners work by post and telephone: no account, and so no sight of the pages, but a voice."""
    pat = work.story.who("pat")
    bare = record_person(organisation=pat.organisation, name=pat.name, email=pat.email, account=None, at=work.story.at)
    work.story.trust.people["pat"] = bare
    work.story.walk_to("draft_review").put_draft_to_group()
    work.send("coordinator", "type_in", answers(work), seat=work.story.seat("pat").pk)
    one = TypedAnswer.objects.get()
    assert "It is your answer now" in words(answer(Client(), link(one), answer=YES))
    assert Position.objects.get(typed=one).person == bare
    assert bare.account is None


# The letter and the signed form


def test_without_email_there_is_a_letter_to_print_with_the_form_to_sign(asked: Casework) -> None:
    by_post(asked)
    asked.send("coordinator", "type_in", answers(asked), seat=asked.story.seat("pat").pk)
    one = TypedAnswer.objects.get()
    shown = words(asked.get("coordinator", "typed_letter", typed=one.pk))
    for told in ("Dear Pat Mercer", SAID, "This is what I said", "This is not what I said", "Large print", "Signed: Pat Mercer"):
        assert told in shown, told
    assert "/confirm/" not in asked.get("coordinator", "typed_letter", typed=one.pk).content.decode()


def test_the_signed_form_is_filed_by_one_and_witnessed_by_another(asked: Casework, typed: TypedAnswer) -> None:
    filed = {"reference": "Folder 7, page 3", **day("signed_on", london_day(asked.story.at))}
    asked.send("coordinator", "typed_file", filed, typed=typed.pk)
    assert "Folder 7" in words(asked.get("coordinator", "typed", typed=typed.pk))
    assert "Witness the form signed by Pat Mercer" in words(asked.get("quality", "case"))
    assert asked.get("coordinator", "typed_witness", typed=typed.pk).status_code == FORBIDDEN
    asked.send("quality", "typed_witness", {"seen": "on"}, typed=typed.pk)
    assert SAID not in words(asked.get("lead", "record")), "the stage is answered blind"
    asked.story.answer("amina")
    assert "witnessed by Quinn Foster" in words(asked.get("amina", "case"))
    assert Position.objects.get(typed=typed).person == asked.story.who("pat")


def test_the_typist_takes_it_back_with_a_reason(asked: Casework, typed: TypedAnswer) -> None:
    asked.send("coordinator", "typed_take_back", {"reason": "The wrong partner."}, typed=typed.pk)
    assert "Cora Bell took it back" in words(asked.get("coordinator", "typed", typed=typed.pk))
    assert Client().get(link(typed)).status_code == STALE
    assert "Type in what Pat Mercer said" in words(asked.get("coordinator", "case"))


def test_who_typed_cannot_read_the_link_anywhere(asked: Casework, typed: TypedAnswer) -> None:
    shown = [asked.get("coordinator", name, typed=typed.pk) for name in ("typed", "typed_letter", "typed_file")]
    for one in (*shown, asked.get("coordinator", "case"), asked.get("coordinator", "record")):
        assert token_of(typed) not in one.content.decode()
    assert Person.objects.filter(pk=asked.story.who("pat").pk, email=typed.sent_to).exists()
