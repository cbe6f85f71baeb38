"""The ordinary road of the oversight process, walked from first page to closed by its real doors."""

from __future__ import annotations

from datetime import datetime

import pytest

from audit.verify import verify_chains
from workflows.calendar import LONDON
from workflows.demo.trust import build_trust
from workflows.processes.oversight.story import STAGES, Story
from workflows.rebuilding import rebuild_route
from workflows.verify import verify_case

pytestmark = pytest.mark.django_db

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=LONDON)


def test_a_case_goes_from_first_page_to_closed() -> None:
    story = Story(build_trust(BEGINNING), BEGINNING)
    for stage in STAGES:
        story.walk_to(stage)
        assert story.case.state == stage
        assert list(verify_case(story.case, story.at)) == []
    assert not story.case.is_open
    assert verify_chains(story.case.pk).findings == []


@pytest.mark.parametrize("stage", ["form_group", "terms", "draft_review", "sign_off"])
def test_the_route_can_be_made_again_from_the_facts(stage: str) -> None:
    story = Story(build_trust(BEGINNING), BEGINNING).walk_to(stage)
    if stage == "draft_review":
        story.put_draft_to_group()
        story.answer("pat")
    story.wait()
    before, after = rebuild_route(case=story.case_id, by=None, at=story.at).result
    assert before == after > 0
    assert list(verify_case(story.case, story.at)) == []
    getattr(story, "all_answer" if stage == "draft_review" else story.ROAD[STAGES.index(stage)][1][0])()
