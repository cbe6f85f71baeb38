"""Parity of notice on the page of a case, and on a partner\u2019s own page: in a sentence, and paper by paper (R6)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.web.casework import Casework, words
from workflows.doors import withholding


@pytest.fixture
def gathering(work: Casework) -> Casework:
    work.story.walk_to("gathering")
    return work


def shown(work: Casework, key: str) -> str:
    return words(work.client(key).get(work.address("case")))


def test_it_is_said_that_everybody_could_read_at_the_same_time(gathering: Casework) -> None:
    page = shown(gathering, "pat")
    assert "Lay partners could open every paper as soon as staff could." in page
    assert "Staff and partners could open this at the same time." in page


def test_a_paper_that_is_held_back_is_told_to_partners_without_its_title(gathering: Casework) -> None:
    gathering.story.paper_held_back()
    gathering.story.wait(3)
    sentence = "Staff have been able to open this for 3 working days. Partners cannot yet."
    assert f"Letter from the national body, version 1: {sentence}" in shown(gathering, "lead")
    page = shown(gathering, "pat")
    assert f"A paper that is held back from lay partners: {sentence}" in page
    assert "Letter from the national body" not in page
    mine = words(gathering.client("pat").get(reverse("me")))
    assert "A paper that staff can open and you cannot" in mine
    assert f"{gathering.story.case.reference}, 3 working days so far" in mine
    assert "Letter from the national body" not in mine


def test_what_was_released_late_is_told_with_the_days(gathering: Casework) -> None:
    story = gathering.story
    story.paper_held_back()
    story.wait(3)
    held = story.look.withholdings[-1]
    story.do(withholding.end_withholding, "lead", withholding=held.pk, reason="They agreed.")
    page = shown(gathering, "pat")
    assert "Lay partners had to wait longer than staff for 1 paper of" in page
    assert "Letter from the national body, version 1: Staff could open this 3 working days before partners." in page
    mine = words(gathering.client("pat").get(reverse("me")))
    assert "A paper that staff can open and you cannot" not in mine
    late = "Letter from the national body, version 1 , OVS-2026-0001. Staff could open it 3 working days before you"
    assert late in mine.partition("Papers that came late to me")[2]
    assert "came late" not in words(gathering.client("gwen").get(reverse("me")))
