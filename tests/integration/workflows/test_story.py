"""The ordinary road of the oversight process, walked from first page to closed by its real doors."""

from __future__ import annotations

from datetime import datetime

import pytest

from audit.verify import verify_chains
from workflows.calendar import LONDON
from workflows.demo.trust import build_trust
from workflows.processes.oversight.story import STAGES, Story

pytestmark = pytest.mark.django_db

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=LONDON)


def test_a_case_goes_from_first_page_to_closed() -> None:
    story = Story(build_trust(BEGINNING), BEGINNING)
    for stage in STAGES:
        story.walk_to(stage)
        assert story.case.state == stage
    assert not story.case.is_open
    assert verify_chains(story.case.pk).findings == []
