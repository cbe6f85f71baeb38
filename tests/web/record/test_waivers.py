"""Every exception to a rule that protects lay power is on one page (R17)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.casework import Casework, words

WAIVERS = "/waivers/"
BUDGET = 5


def shown(work: Casework, key: str) -> str:
    work.story.wait()
    return words(work.client(key).get(WAIVERS))


def test_signed_out_one_is_asked_to_sign_in() -> None:
    assert Client().get(WAIVERS).status_code == 302


def test_there_may_be_none(work: Casework) -> None:
    page = shown(work, "auditor")
    assert "No rule was lifted." in page
    assert "No notice was shortened." in page


@pytest.mark.proves("R17")
def test_a_waiver_is_listed_with_who_why_and_until_when(work: Casework) -> None:
    work.story.walk_to("form_group")
    work.story.waive()
    page = shown(work, "auditor")
    assert "Rule R9 at “Form the group”" in page
    assert "Xavier Stone, asked by Leila Grant" in page
    assert "In force" in page
    assert "One partner is ill and the family cannot wait." in page
    assert "Rule R9" not in shown(work, "pat")


def test_a_lapse_is_listed_with_the_chairs_reason(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.wait(11)
    for _ in range(2):
        work.story.remind("amina")
        work.story.wait(1)
    work.story.lapse("amina")
    assert "Amina Yusuf (Patient Safety Partner) at “Review the draft report”" in shown(work, "auditor")


def test_going_on_in_spite_of_a_disagreement_is_listed_and_sending_back_is_not(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.answer("chair")
    work.story.answer("amina", enough_time=True)
    work.story.dissent("pat")
    assert "No case went on in spite of a disagreement." in shown(work, "auditor")
    work.story.hear_dissent()
    work.story.answer("pat", "heard")
    assert "Stage Hear the disagreement: review the draft report Case OVS-2026-0001 Who Eleanor Hughes" in shown(work, "auditor")


def test_notice_that_a_partner_shortened_is_listed(work: Casework) -> None:
    work.story.walk_to("planning")
    assert "Stage Agree the terms of reference Case OVS-2026-0001 Who agreed Pat Mercer" in shown(work, "auditor")
    assert "Had the paper for no working days." in shown(work, "auditor")


def test_an_answer_that_is_sealed_still_shows_on_no_list(work: Casework) -> None:
    """Where every partner judges alone, that one of them needed no more time is a part of the answer."""
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.answer("amina", enough_time=True)
    row = "Stage Review the draft report Case OVS-2026-0001 Who agreed Amina Yusuf"
    assert row not in shown(work, "pat")
    assert row not in shown(work, "lead")
    work.story.answer("pat", enough_time=True)
    assert row in shown(work, "pat")


def test_the_page_costs_the_same_for_few_cases_and_for_many(work: Casework, statements: Callable[..., int]) -> None:
    work.story.walk_to("planning")
    few = statements(work, "auditor", WAIVERS)
    for number in range(4):
        work.story.case_id = None
        work.story.open(f"Case {number}")
        work.story.walk_to("planning")
    assert few == statements(work, "auditor", WAIVERS) <= BUDGET
