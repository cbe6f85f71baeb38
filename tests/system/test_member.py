"""A clinician in the group: asked to join, reads what the partners read and when they do, comments, is asked for no vote."""

from typing import Any

import pytest

from cases.models import Comment
from tests.system.conftest import TELEPHONE, Cast
from tests.system.people.staff import Chair, Member
from workflows.processes.oversight.story import Story

ASKED = "You know how sepsis is treated on the wards."

ways = pytest.mark.parametrize("way", [{}, TELEPHONE], ids=["at a desk", "by telephone"])


@ways
def test_a_clinician_joins_the_group_reads_and_comments(cast: Cast, story: Story, way: dict[str, Any]) -> None:
    story.walk_to("form_group")
    story.offer("member", "member", why=ASKED)
    nia = cast(Member, "member", **way)

    nia.finds_no_case()
    nia.reads_the_offer(ASKED)
    nia.takes_the_seat("Group member")
    story.form_group()
    story.confirm_group()
    story.record_questions()
    story.paper("terms")
    story.submit("lead")

    nia.finds_that_it_waits_for_others("Charles Adeyemi, Pat Mercer and Amina Yusuf")
    nia.reads_and_comments("Terms of reference", "Please look at the handover at seven too.")
    assert Comment.objects.get().person == story.who("member")


def test_nobody_asks_a_member_of_staff_for_a_partners_answer(cast: Cast, story: Story) -> None:
    story.walk_to("draft_review")
    story.take_seat("member", "member")
    story.put_draft_to_group()
    nia, chair = cast(Member, "member"), cast(Chair, "chair")

    nia.has_nothing_to_do()
    nia.is_refused_the_partners_question(story.visit)
    chair.opens_the_case()
    chair.does_not_see("Dr Nia Rowe to say what they think")


def test_a_member_who_steps_down_sees_the_case_no_more(cast: Cast, story: Story) -> None:
    story.walk_to("draft_review")
    story.take_seat("member", "member")
    nia = cast(Member, "member")
    nia.steps_down()
    nia.finds_no_case()
    assert story.seat("member").state == "stepped_down"
