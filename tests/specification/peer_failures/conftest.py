"""One case for each file: the draft report is before a full group, with strangers and a superuser within reach."""

from __future__ import annotations

import pytest
from django.utils import timezone

from audit.findings import Finding
from audit.verify import verify_chains, verify_live_rows
from tests.builders import FullGroup, a_full_group, again
from tests.web.casework import Casework
from workflows.processes.oversight.story import Story
from workflows.verify import verify_case


@pytest.fixture(scope="module")
def walked(kept: None) -> FullGroup:
    """Nobody has answered yet; the five working days of notice are over."""
    case = a_full_group()
    case.walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(6)
    return case


@pytest.fixture
def case(walked: FullGroup, apart: None) -> FullGroup:
    return again(walked)


@pytest.fixture
def work(case: FullGroup, monkeypatch: pytest.MonkeyPatch) -> Casework:
    """The same case through its pages."""
    monkeypatch.setattr(timezone, "now", lambda: case.at)
    return Casework(case)


def findings(case: Story) -> list[Finding]:
    """All that the verifier objects to."""
    return [*verify_chains(case.case_id).findings, *verify_live_rows(case.case_id).findings, *verify_case(case.case, case.at)]
