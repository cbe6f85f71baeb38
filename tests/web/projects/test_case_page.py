"""The page of a project: no dearer than that of an investigation, and its measures are where it stands."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.casework import words
from tests.web.projects.project import Project

BUDGET = 4


def test_it_costs_the_same_for_one_hold_and_for_many(project: Project, statements: Callable[..., int]) -> None:
    story = project.story
    story.walk_to("testing")
    story.answer_hold(story.hold("pat"))
    few = statements(project, "amina", project.address("case"))
    for key in ("pat", "amina", "pat"):
        story.answer_hold(story.hold(key))
    assert few == statements(project, "amina", project.address("case")) <= BUDGET


def test_it_says_that_the_group_looks_at_the_measures(project: Project) -> None:
    project.story.walk_to("measures")
    project.story.put_measures()
    text = words(project.get("amina", "case"))
    assert "The group is looking at the measures. None of three have answered." in text
    assert "Measures (2 measures)" in text
