"""Home: what is waiting comes first, soonest first; then one's cases, what changed, and the panel of one's role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.casework import Casework, words
from workflows.doors import second_key
from workflows.processes.oversight.story import Story

BUDGET = 3
HOME = "/"


def home(work: Casework, key: str) -> str:
    work.story.wait()
    return words(work.client(key).get(HOME))


def another(work: Casework, title: str, **cast: str) -> Story:
    """One more case in the same trust, opened now."""
    story = Story(work.story.trust, work.story.at, **cast)  # type: ignore[arg-type]
    story.open(title)
    return story


def test_nobody_sees_anything_signed_out() -> None:
    assert Client().get(HOME).status_code == 302


def test_nothing_waits_for_a_partner_without_a_case(work: Casework) -> None:
    shown = home(work, "gwen")
    assert "Nothing is waiting for you. You will find it here when something is." in shown
    assert "You have no cases yet." in shown
    assert "Empty lay seats" not in shown
    assert "Open a case" not in shown


def test_an_offer_waits_with_the_day_to_answer_by_and_leads_to_its_page(work: Casework) -> None:
    work.story.walk_to("form_group")
    seat = work.story.offer("gwen")
    page = work.client("gwen").get(HOME)
    assert "Answer the offer of a seat as Patient Safety Partner" in words(page)
    assert work.address("seat_answer", seat=seat.pk) in page.content.decode()
    assert "Your cases" in words(page)
    assert "You have no cases yet." in words(page)


def test_the_first_words_say_how_much_waits_and_a_partner_is_told_that_they_share_in_the_decision(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    share = "You share in the decisions of your groups."
    shown = home(work, "pat")
    assert shown.index("One thing waits for you. Open it to see what is asked of you.") < shown.index(share)
    assert shown.index(share) < shown.index("Say what you think of the investigation report") < shown.index("Your cases")
    other = another(work, "A lost sample").walk_to("draft_review")
    other.put_draft_to_group()
    work.story.at = other.at
    chair = home(work, "chair")
    assert "Two things wait for you, the soonest first." in chair
    assert share not in chair


def test_a_position_that_is_owed_is_said_in_plain_words(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    shown = home(work, "pat")
    assert "Say what you think of the investigation report" in shown
    assert "Delay in treating sepsis, OVS-2026-0001" in shown
    assert "B7" not in shown


def test_what_was_answered_does_not_wait_any_more(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.answer("pat")
    assert "Nothing is waiting for you." in home(work, "pat")


@pytest.mark.parametrize(("days", "tag"), [(0, "New"), (7, "Due soon"), (12, "Overdue")])
def test_a_tag_says_how_pressing_it_is(work: Casework, days: int, tag: str) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.wait(days)
    waiting, _, _ = home(work, "pat").partition("Your cases")
    assert tag in waiting


def test_the_soonest_comes_first(work: Casework) -> None:
    work.story.walk_to("terms")
    other = another(work, "Missed test result", directorate="directorate2")
    other.propose_response()
    other.decide_response()
    shown = home(work, "lead")
    first, second = "Form the group , OVS-2026-0002 Missed test result", "Agree the terms of reference , OVS-2026-0001 Delay"
    assert shown.index(first) < shown.index(second)


def test_a_request_for_a_second_person_waits_for_those_who_may_answer(work: Casework) -> None:
    work.story.walk_to("terms")
    work.story.do(second_key.ask_to_withdraw, "lead", reason="It was opened twice.")
    assert "Answer as the second person: withdraw the case" in home(work, "exec_team")
    assert "second person" not in home(work, "quality").partition("Your cases")[0]
    assert "second person" not in home(work, "lead").partition("Your cases")[0]


def test_one_sees_only_ones_own_cases(work: Casework) -> None:
    work.story.walk_to("terms")
    another(work, "Hidden from the partners")
    assert "Delay in treating sepsis" in home(work, "pat")
    assert "Hidden from the partners" not in home(work, "pat")
    assert "Delay in treating sepsis" not in home(work, "gwen")


# What changed


def test_what_changed_is_what_others_did_since_the_last_look(work: Casework) -> None:
    work.story.walk_to("terms")
    home(work, "pat")
    work.story.wait(1)
    work.story.paper("terms")
    _, _, changed = home(work, "pat").partition("What changed since you last looked")
    assert "Leila Grant released version 1 of Terms of reference." in changed
    assert "Cora Bell decided" not in changed


def test_looking_again_at_once_loses_nothing(work: Casework) -> None:
    work.story.walk_to("terms")
    home(work, "pat")
    work.story.wait(1)
    work.story.paper("terms")
    home(work, "pat")
    assert "released version 1" in home(work, "pat")


def test_a_partner_reads_nothing_of_what_others_opened_or_were_refused(work: Casework) -> None:
    work.story.walk_to("synthesis")
    work.story.paper("findings")
    work.story.read("amina", "findings")
    shown = home(work, "pat")
    assert "opened" not in shown
    assert "refused" not in shown


# Panels


def test_the_lead_is_shown_empty_lay_seats_and_late_cases(work: Casework) -> None:
    work.story.walk_to("form_group")
    work.story.wait(9)
    shown = home(work, "lead")
    assert "Empty lay seats Delay in treating sepsis : the people of OVS-2026-0001 OVS-2026-0001. 2 empty lay seats." in shown
    assert "Cases at risk Delay in treating sepsis" in shown


def test_the_executive_lead_is_shown_what_there_is_to_sign(work: Casework) -> None:
    work.story.walk_to("sign_off")
    assert "Papers to sign Sign the report" in home(work, "exec")


@pytest.mark.parametrize("key", ["auditor", "quality", "exec"])
def test_rules_waived_this_month_are_shown_to_those_who_watch(work: Casework, key: str) -> None:
    work.story.walk_to("form_group")
    work.story.waive()
    assert "Rule R9 at “Form the group”, lifted by Xavier Stone" in home(work, key)
    work.story.wait(30)
    assert "No rule was waived this month." in home(work, key)


@pytest.mark.parametrize(("key", "may"), [("lead", True), ("quality", True), ("pat", True), ("chair", False)])
def test_those_who_may_open_a_case_find_the_button(work: Casework, key: str, may: bool) -> None:
    assert (reverse("case_open") in work.client(key).get(HOME).content.decode()) is may


# Speed


@pytest.mark.parametrize("key", ["pat", "lead", "exec", "exec_team", "coordinator", "quality", "auditor"])
def test_home_costs_the_same_for_few_cases_and_for_many(work: Casework, key: str, statements: Callable[..., int]) -> None:
    work.story.walk_to("terms")
    few = statements(work, key, HOME)
    for number in range(30):
        story = another(work, f"Case {number}")
        story.propose_response()
    assert few == statements(work, key, HOME) <= BUDGET
