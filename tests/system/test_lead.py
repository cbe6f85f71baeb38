"""The investigation lead: opens a case, asks two partners to join, forms the group, releases a paper, puts it to the group."""

from cases.models import Case, Seat
from tests.system.conftest import Cast
from tests.system.hands import Keyboard
from tests.system.people.staff import Lead
from workflows.processes.oversight.story import Story


def test_a_lead_opens_a_case_forms_its_group_and_puts_a_paper_to_it(cast: Cast, story: Story) -> None:
    lead = cast(Lead, "lead")
    lead.opens_a_case("Delay in treating sepsis", directorate="Dev Patel")
    story.case_id = Case.objects.get().pk
    story.propose_response()
    story.decide_response()

    lead.finds_two_empty_seats()
    lead.sees_everybody_with_each_condition()
    lead.asks("psp", "Pat Mercer", "Amina Yusuf")
    lead.asks("chair", "Charles Adeyemi")
    for key in ("pat", "amina", "chair"):
        story.joins(key)
    lead.submits("Form the group")
    story.confirm_group()
    assert story.case.state == "terms"

    story.take_seat("engagement", "engagement")
    story.record_questions()
    lead.uploads_and_releases("Terms of reference", "terms")
    lead.submits("Agree the terms of reference")
    lead.opens_the_case()
    lead.sees("The group is reading the terms of reference, version 1.", "Waiting for Amina Yusuf, Pat Mercer and Charles Adeyemi")


def test_two_partners_are_asked_with_the_keyboard_alone(cast: Cast, story: Story) -> None:
    story.walk_to("form_group")
    lead = cast(Lead, "lead", hand=Keyboard)
    lead.asks("psp", "Pat Mercer", "Gwen Parry")
    asked = Seat.objects.filter(case=story.case_id, role="psp", state="offered")
    assert {seat.person.name for seat in asked} == {"Pat Mercer", "Gwen Parry"}
