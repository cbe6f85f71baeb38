"""A partner declares a conflict of interest in one browser; in every other one the case is gone with the next click."""

from __future__ import annotations

from django.urls import reverse

from tests.system.conftest import TELEPHONE, Cast
from tests.system.people.partner import Partner
from tests.system.people.staff import Lead
from tests.system.visitor import begins
from workflows.processes.oversight.story import Story

NOT_FOUND = 404


def test_a_conflict_that_is_declared_on_the_telephone_closes_the_case_at_the_desk(cast: Cast, story: Story) -> None:
    story.walk_to("draft_review")
    story.put_draft_to_group()
    story.answer("chair")
    story.recuse("amina")
    title = story.case.title
    desk, paper, telephone = cast(Partner, "pat"), cast(Partner, "pat"), cast(Partner, "pat", **TELEPHONE)
    lead = cast(Lead, "lead")
    desk.opens_the_case()
    desk.sees(title)
    paper.opens_the_case()
    paper.follows(begins("Investigation report, version 1"))
    paper.sees("Nobody is blamed.")

    telephone.declares_a_conflict("My neighbour was on that ward.")

    desk.follows("More about the people and seats of this case", expecting=NOT_FOUND)
    desk.does_not_see(title, story.case.reference)
    paper.follows(begins("Read version 1"), expecting=NOT_FOUND)
    paper.does_not_see(title, "What happened")
    desk.finds_no_case()
    for name in ("home", "notices", "waivers", "me"):
        desk.goes_to(reverse(name))
        desk.does_not_see(title, "Leila Grant released")

    lead.opens_the_case()
    lead.sees("Pat Mercer", "Has a conflict of interest", "A seat that must be filled is empty")
    lead.follows("More about the people and seats of this case")
    lead.sees("This group needs two lay partners. It has none.")
    assert story.case.state == "draft_review"
