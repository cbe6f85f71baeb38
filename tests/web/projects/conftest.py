"""A project to work on, and a browser for each of its people."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.web.casework import BEGINNING
from tests.web.projects.project import Project
from workflows.demo.trust import build_trust
from workflows.processes.improvement.story import ImprovementStory


@pytest.fixture
def project(db: None, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The fictional trust with a project that has yet to be proposed; the pages read the story's clock."""
    made = Project(ImprovementStory(build_trust(BEGINNING), BEGINNING))
    monkeypatch.setattr(timezone, "now", lambda: made.story.at)
    return made
