"""A Patient Safety Partner: asked to join, and asked what they think. By telephone, by keyboard alone, and without JavaScript."""

from typing import Any

import pytest

from cases.models import Position
from tests.system.conftest import TELEPHONE, Cast
from tests.system.hands import Keyboard
from tests.system.people.partner import SAY, Partner
from tests.system.people.staff import Lead
from workflows.processes.oversight.story import Story

WORDS = "The family called three times.\nPage 2 says once."
BETTER = "The family called three times, and page 2 says once."
CALMER = "The lead has told me that page 2 will be put right."
NO = "I do not support it"

ways = pytest.mark.parametrize(
    "way",
    [TELEPHONE, {"hand": Keyboard}, {"java_script_enabled": False}],
    ids=["by telephone", "by keyboard", "without JavaScript"],
)


def given_the_draft_is_put_to_the_group(story: Story) -> None:
    story.walk_to("draft_review")
    story.put_draft_to_group()


@ways
def test_a_partner_answers_an_offer_and_declares_their_interests(cast: Cast, story: Story, way: dict[str, Any]) -> None:
    story.walk_to("form_group")
    story.offer("pat")
    pat = cast(Partner, "pat", **way)

    pat.finds_no_case()
    pat.reads_the_offer()
    pat.takes_the_seat("Patient Safety Partner")

    assert story.seat("pat").is_active
    pat.opens_the_case()
    pat.sees("Delay in treating sepsis", "Pat Mercer")


@ways
def test_a_partner_reads_says_what_they_think_and_thinks_again(cast: Cast, story: Story, way: dict[str, Any]) -> None:
    given_the_draft_is_put_to_the_group(story)
    pat = cast(Partner, "pat", **way)

    pat.reads_the_paper_from_the_question()
    pat.forgets_to_say_why(NO)
    pat.is_asked_to_say_why(NO)
    pat.writes_why(WORDS)
    pat.changes_the_words_before_sending(BETTER)
    pat.checks_and_sends_it(NO, BETTER)
    pat.is_told_what_comes_next("Now it waits for Charles Adeyemi and Amina Yusuf to answer")

    pat.thinks_again("I support it, with comments", CALMER)
    said = Position.objects.filter(person=story.who("pat"), visit=story.visit).order_by("number")
    assert [(one.answer, one.text) for one in said] == [("do_not_support", BETTER), ("support_with_comments", CALMER)]


def test_a_partner_is_not_hurried_and_alone_can_shorten_the_notice(cast: Cast, story: Story) -> None:
    given_the_draft_is_put_to_the_group(story)
    pat, chair = cast(Partner, "pat", **TELEPHONE), cast(Partner, "chair")
    chair.takes_up(SAY)
    chair.does_not_see("I have had enough time.")
    chair.answers("I support it")
    chair.sends_it()
    pat.takes_up(SAY)
    pat.sees("Rule R5: nobody is hurried. Only the lay partners can shorten it.")
    pat.answers("I support it")
    pat.sees("I have had enough time.")


def test_a_page_that_a_new_version_has_overtaken_is_answered_calmly(cast: Cast, story: Story) -> None:
    given_the_draft_is_put_to_the_group(story)
    pat, lead = cast(Partner, "pat"), cast(Lead, "lead")
    pat.takes_up(SAY)
    pat.answers(NO, BETTER)
    lead.uploads_and_releases("Investigation report", "report")

    pat.sends_it(expecting=409)
    pat.sees("so nothing was changed by what you sent", BETTER)
    assert not Position.objects.filter(person=story.who("pat"), text=BETTER).exists()
    pat.follows("Go to what is waiting for you")


def test_a_partner_with_a_conflict_of_interest_leaves_and_sees_the_case_no_more(cast: Cast, story: Story) -> None:
    given_the_draft_is_put_to_the_group(story)
    pat = cast(Partner, "pat", **TELEPHONE)
    pat.declares_a_conflict("My neighbour was on that ward.")
    pat.finds_no_case()
    assert story.seat("pat").state == "recused"
