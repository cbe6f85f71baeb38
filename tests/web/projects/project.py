"""A project and its people as the pages see them."""

from __future__ import annotations

from dataclasses import dataclass

from tests.web.casework import Casework
from workflows.processes.improvement.story import ImprovementStory


@dataclass
class Project(Casework):
    """The story of a project, and a browser for each of its people."""

    story: ImprovementStory  # type: ignore[assignment]
