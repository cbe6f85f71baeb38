"""The author of a summary sees how it reads before it is released, with and without a script; nothing is decided by it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from audit.models import Event
from cases.models import PaperVersion
from tests.web.casework import FOUND, OK, Casework, words

HARD = "A comprehensive retrospective evaluation of escalation arrangements was undertaken by the multidisciplinary team."
EASY = "We will look at why help came late. We will ask the night staff. Nobody is blamed."


@pytest.fixture
def draft(work: Casework) -> PaperVersion:
    return work.story.walk_to("terms").paper("terms", release=False)


def asked(work: Casework, text: str) -> dict[str, Any]:
    return json.loads(work.post("lead", "/plain-words/", {"text": text}).content)


def test_the_button_says_how_it_reads_and_releases_nothing(work: Casework, draft: PaperVersion) -> None:
    acts = Event.objects.filter(case_id=work.story.case_id).count()
    text = words(work.send("lead", "paper_release", {"plain_summary": HARD, "look": "on"}, version=draft.pk))
    assert "Aim for 11 or less." in text
    assert "Is there a shorter word for:" in text
    assert "multidisciplinary" in text
    assert HARD in text
    assert "There is a problem" not in text
    assert Event.objects.filter(case_id=work.story.case_id).count() == acts
    assert not PaperVersion.objects.get(pk=draft.pk).is_released


def test_an_easy_text_is_said_to_be_easy(work: Casework, draft: PaperVersion) -> None:
    text = words(work.send("lead", "paper_release", {"plain_summary": EASY, "look": "on"}, version=draft.pk))
    assert "That is easy to read." in text
    assert "shorter word" not in text


def test_looking_with_an_empty_box_is_no_fault(work: Casework, draft: PaperVersion) -> None:
    response = work.send("lead", "paper_release", {"plain_summary": "", "look": "on"}, version=draft.pk)
    assert response.status_code == OK
    assert "There is a problem" not in words(response)
    assert "Reading age" not in words(response)


def test_a_hard_text_can_be_released_all_the_same(work: Casework, draft: PaperVersion) -> None:
    given = {"plain_summary": HARD, "lay_reads": "same", "identifies": "no"}
    assert work.send("lead", "paper_release", given, version=draft.pk).status_code == FOUND


def test_a_script_asks_the_same_and_is_told_the_same(work: Casework, draft: PaperVersion) -> None:
    told = asked(work, HARD)
    assert told["age"] > 11
    assert "multidisciplinary" in told["html"]
    assert asked(work, " ") == {"age": None, "html": ""}
    assert "&lt;b&gt;" in asked(work, "<b> word " * 30)["html"]
