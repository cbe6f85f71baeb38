"""R19: what goes to lay partners can be understood."""

from __future__ import annotations

import pytest

from tests.builders import a_story, again, refused
from workflows.doors import papers
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
        case.do(papers.release_paper, "lead", version=draft.pk, plain_summary="  ")
    case.release(draft, "We will look at why help came late.")
    case.submit("lead")
