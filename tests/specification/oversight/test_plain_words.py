"""R19: what goes to lay partners can be understood. IG1: and it points to no patient, unless somebody looked and says so."""

from __future__ import annotations

import pytest

from audit.models import Event
from cases.models import PaperVersion
from tests.builders import a_story, again, refused
from workflows.doors import papers
from workflows.doors.identifiers import points_to_people
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    """Terms of reference uploaded, and not yet given to the group."""
    case = a_story().walk_to("terms")
    case.record_questions()
    case.paper("terms", release=False)
    return case


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def test_r19_no_paper_goes_to_the_group_without_a_summary_in_plain_language(case: Story) -> None:
    (draft,) = case.look.versions_of("terms")
    with refused("R19"):
        case.do(papers.release_paper, "lead", version=draft.pk, plain_summary="  ", lay_reads="same")
    case.release(draft, "We will look at why help came late.")
    case.submit("lead")


# IG1

NUMBER, ADDRESS = "943 476 5919", "mary.shaw@example.org"


def release(case: Story, draft: PaperVersion, summary: str, **more: str) -> None:
    case.do(papers.release_paper, "lead", version=draft.pk, plain_summary=summary, lay_reads="same", **more)


@pytest.mark.parametrize("said", [f"Mrs Shaw ({NUMBER}) waited.", f"Ask {ADDRESS} about it."])
def test_ig1_a_summary_that_points_to_a_person_is_looked_at_before_it_is_released(case: Story, said: str) -> None:
    (draft,) = case.look.versions_of("terms")
    with refused("IG1"):
        release(case, draft, said)
    with refused("IG1"):  # what was looked at was something else
        release(case, draft, said, checked=points_to_people(draft, f"{ADDRESS} and {NUMBER}", "same").mark)
    release(case, draft, said, checked=points_to_people(draft, said, "same").mark)
    assert case.look.latest_released("terms") == draft


def test_ig1_the_words_of_the_file_and_its_name_are_looked_at_too(case: Story) -> None:
    draft = case.paper("terms", text=f"The night of 3 May.\nNHS number {NUMBER}.", note=f"As {ADDRESS} asked.", release=False)
    pointing = points_to_people(draft, "We will look at why help came late.", "same")
    assert [str(one) for one in pointing.found] == [
        "an e-mail address, m\u2026@example.org, in your note on what changed",
        "an NHS number that ends in 19, in line 2 of the file",
    ]
    with refused("IG1"):
        release(case, draft, "We will look at why help came late.")


def test_ig1_the_record_says_what_was_left_in_and_not_the_number(case: Story) -> None:
    (draft,) = case.look.versions_of("terms")
    said = f"Mrs Shaw ({NUMBER}) waited."
    release(case, draft, said, checked=points_to_people(draft, said, "same").mark)
    told = Event.objects.get(kind="paper_released", case_id=case.case_id)
    assert told.facts["looked_at"] == ["an NHS number that ends in 19, in the summary"]
    assert told.person_name == "Leila Grant"


def test_ig1_what_points_to_nobody_needs_no_second_look(case: Story) -> None:
    (draft,) = case.look.versions_of("terms")
    release(case, draft, "Call 0300 123 4567, or 943 476 5918. It cost 1234567890 pounds.")
    assert "looked_at" not in Event.objects.get(kind="paper_released", case_id=case.case_id).facts
