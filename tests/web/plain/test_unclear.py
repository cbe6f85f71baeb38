"""I cannot follow this (R19), on the pages: a partner says so, everybody sees it, its author mends it, the clock goes on."""

from __future__ import annotations

import pytest

from cases.models import PaperVersion
from tests.web.casework import FORBIDDEN, FOUND, STALE, Casework, words
from workflows.doors.understanding import say_unclear

LOST = "What is an escalation?"
AGAIN = "We will ask why nobody called a doctor."


@pytest.fixture
def version(work: Casework) -> PaperVersion:
    work.story.walk_to("terms")
    work.story.record_questions()
    made = work.story.paper("terms", summary="The escalation will be evaluated.")
    work.story.submit("lead")
    return made


@pytest.fixture
def unclear(work: Casework, version: PaperVersion) -> PaperVersion:
    work.story.do(say_unclear, "pat", version=version.pk, text=LOST)
    return version


def test_a_partner_says_so_in_a_few_words_and_is_told_what_follows(work: Casework, version: PaperVersion) -> None:
    assert "I cannot follow this paper" in words(work.get("pat", "paper", version=version.pk))
    assert "the clock of this stage stands still" in words(work.get("pat", "paper_unclear", version=version.pk))
    empty = work.send("pat", "paper_unclear", {"text": " "}, version=version.pk)
    assert "Say which words or which part you cannot follow" in words(empty)
    assert work.send("pat", "paper_unclear", {"text": LOST}, version=version.pk).status_code == FOUND


def test_everybody_sees_it_on_the_paper_and_on_the_case(work: Casework, unclear: PaperVersion) -> None:
    for key in ("pat", "amina", "chair", "lead", "auditor"):
        text = words(work.get(key, "paper", version=unclear.pk))
        assert LOST in text
        assert "Not mended yet" in text
        assert "A lay partner cannot follow the paper" in words(work.get(key, "case"))


def test_whoever_answers_meanwhile_is_told_that_there_is_time(work: Casework, unclear: PaperVersion) -> None:
    text = words(work.get("amina", "position", visit=work.story.visit))
    assert "Nobody is late meanwhile. You can answer now, or wait until it is mended." in text
    assert "R19: nobody is hurried" not in text


def test_only_lay_partners_are_asked_and_only_once(work: Casework, unclear: PaperVersion) -> None:
    assert "I cannot follow this paper" in words(work.get("amina", "paper", version=unclear.pk))
    for key in ("pat", "chair", "lead", "auditor"):
        assert "I cannot follow this paper" not in words(work.get(key, "paper", version=unclear.pk))


def test_its_author_finds_it_on_the_case_and_writes_the_summary_again(work: Casework, unclear: PaperVersion) -> None:
    assert "Write the summary again: terms of reference, version 1" in words(work.get("lead", "case"))
    page = words(work.get("lead", "summary_mend", version=unclear.pk))
    assert LOST in page
    assert "The escalation will be evaluated." in page
    looked = work.send(
        "lead",
        "summary_mend",
        {"plain_summary": f"{AGAIN} Nobody is to blame for what happened.", "look": "on"},
        version=unclear.pk,
    )
    assert "That is easy to read." in words(looked)
    assert work.send("lead", "summary_mend", {"plain_summary": AGAIN}, version=unclear.pk).status_code == FOUND
    text = words(work.get("amina", "paper", version=unclear.pk))
    assert AGAIN in text
    assert "The summary was written again" in text
    assert "A lay partner cannot follow" not in words(work.get("amina", "case"))
    assert "Leila Grant wrote the summary of Terms of reference, version 1, again." in words(work.get("pat", "record"))


def test_nobody_else_writes_it_again(work: Casework, unclear: PaperVersion) -> None:
    for key in ("chair", "pat", "quality"):
        assert "Write the summary again" not in words(work.get(key, "paper", version=unclear.pk))
        assert work.get(key, "summary_mend", version=unclear.pk).status_code == FORBIDDEN


def test_whoever_said_it_takes_it_back(work: Casework, unclear: PaperVersion) -> None:
    assert LOST in words(work.get("pat", "paper_clear", version=unclear.pk))
    assert work.get("amina", "paper_clear", version=unclear.pk).status_code == STALE
    assert work.send("pat", "paper_clear", {}, version=unclear.pk).status_code == FOUND
    assert "Taken back" in words(work.get("pat", "paper", version=unclear.pk))
    assert "A lay partner cannot follow" not in words(work.get("pat", "case"))
