"""Over the whole organisation: who asks whom for lay seats and how often (R14), and who could read when (R6)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.urls import reverse

from tests.web.casework import FORBIDDEN, OK, Casework, day, words
from workflows.calendar import london_day
from workflows.doors import withholding
from workflows.processes.improvement.story import ImprovementStory
from workflows.processes.oversight.story import Story

ASKED, NOTICE = reverse("who_is_asked"), reverse("who_could_read_when")
BUDGET = 6
"""Who watches, and what the page counts: two statements for who is asked, five for the papers."""


def another(work: Casework, title: str, **cast: str) -> Story:
    story = Story(work.story.trust, work.story.at, **cast)  # type: ignore[arg-type]
    story.open(title)
    story.walk_to("form_group")
    return story


def shown(work: Casework, key: str, address: str) -> str:
    response = work.client(key).get(address)
    assert response.status_code == OK, words(response)
    return words(response)


def table(work: Casework, address: str) -> list[list[str]]:
    response = work.client("quality").get(f"{address}?table=csv")
    assert response.headers["Content-Disposition"].startswith("attachment")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture
def asked(work: Casework) -> Casework:
    """Leila Grant asks Pat on four cases and Gwen on one; Owen Bright asks Pat once."""
    for number in range(4):
        story = another(work, f"Case {number}")
        story.offer("pat")
        work.story.at = story.at
    story.offer("gwen")
    other = another(work, "Of another lead", lead="lead2")
    other.offer("pat")
    project = ImprovementStory(work.story.trust, other.at)
    project.open()  # Pat proposed it, and nobody asked her
    work.story.at = project.at
    return work


@pytest.mark.proves("R14")
def test_who_asked_whom_how_often_is_counted_by_whoever_asks_between_two_days(asked: Casework) -> None:
    page = shown(asked, "quality", ASKED)
    assert "2 people asked lay partners 6 times" in page
    leila = (
        "Leila Grant Asked 2 different partners 5 times, on 4 cases. 1 time they were told, as they asked, that it was the same one"
    )
    assert leila in page
    assert "Pat Mercer On how many of these cases 4 of 4 More than half" in page
    assert "Owen Bright Asked 1 different partner 1 time, on 1 case." in page
    assert "Pat Mercer Asked" not in page
    assert page.index("Leila Grant") < page.index("Owen Bright")  # whoever repeats most first
    rows = table(asked, ASKED)
    assert ["Leila Grant", "4", "5", "2", "1", "1"] in rows
    assert ["Leila Grant", "Pat Mercer", "4", "4", "yes"] in rows
    assert ["Owen Bright", "Pat Mercer", "1", "1", "no"] in rows

    last_year = london_day(asked.story.at).replace(year=2025)
    between = {**day("first", last_year), **day("last", last_year)}
    assert "Nobody asked a lay partner from" in words(asked.client("auditor").get(ASKED, between))


@pytest.mark.proves("R6")
def test_papers_that_partners_waited_for_come_with_the_longest_wait_first(work: Casework) -> None:
    story = work.story
    story.walk_to("gathering")
    assert "Lay partners could open every paper as soon as staff could" in shown(work, "quality", NOTICE)
    story.paper_held_back("The shorter wait")
    story.wait(1)
    story.do(withholding.end_withholding, "lead", withholding=story.look.withholdings[-1].pk, reason="They agreed.")
    story.paper_held_back("The longer wait")
    story.wait(3)
    page = shown(work, "quality", NOTICE)
    assert "Lay partners had to wait longer than staff for 2 papers of" in page
    assert "The longer wait, version 1 Staff have been able to open this for 3 working days. Partners cannot yet." in page
    assert "The shorter wait, version 1 Staff could open this 1 working day before partners." in page
    assert page.index("The longer wait") < page.index("The shorter wait")
    row = next(one for one in table(work, NOTICE) if one[1:2] == ["The longer wait"])
    assert (row[0], row[2], row[5], row[6]) == (story.case.reference, "1", "not yet", "3")


def test_others_are_refused_and_find_no_link(work: Casework) -> None:
    for address in (ASKED, NOTICE):
        for key in ("pat", "lead", "exec", "coordinator"):
            assert work.client(key).get(address).status_code == FORBIDDEN, key
            assert address not in work.client(key).get("/").content.decode(), key
        for key in ("quality", "auditor"):
            assert address in work.client(key).get("/").content.decode(), key


def test_the_pages_cost_the_same_for_few_cases_and_for_many(work: Casework, statements: Callable[..., int]) -> None:
    work.story.walk_to("planning")
    few = [statements(work, "auditor", address) for address in (ASKED, NOTICE)]
    another(work, "One more").walk_to("planning")
    assert few == [statements(work, "auditor", address) for address in (ASKED, NOTICE)]
    assert max(few) <= BUDGET
