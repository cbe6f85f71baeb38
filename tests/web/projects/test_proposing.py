"""Proposing an improvement project: who may, what is asked, and what whoever proposed it is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from cases.models import Case, Seat
from tests.web.casework import FOUND, OK, hidden, words
from tests.web.projects.project import Project

OPEN = "/cases/open/?process=IMP"


def fill_in(project: Project, key: str, **changed: str) -> Any:
    page = project.client(key).get(OPEN)
    given = {
        "title": "Being called by the right name",
        "fact_theme": "partner_concern",
        "fact_theme_reference": "Raised in February",
        "fact_idea": "Patients are called by a name that is not theirs.",
    }
    return project.client(key).post(OPEN, {**hidden(page), **given, **changed}, follow=True)


def test_a_partner_finds_it_on_their_home(project: Project) -> None:
    home = project.client("pat").get("/")
    assert "Propose an improvement project" in words(home)
    assert "?process=IMP" in home.content.decode()
    assert "Open a case" not in words(home)


def test_those_who_open_several_processes_find_each(project: Project) -> None:
    home = words(project.client("quality").get("/"))
    assert "Open a case" in home
    assert "Propose an improvement project" in home


def test_it_asks_what_a_project_begins_with_and_no_incident(project: Project) -> None:
    text = words(project.client("pat").get(OPEN))
    for question in ("What is it to be called?", "What is it linked to?", "What should be better, and for whom?"):
        assert question in text
    assert "incident reference" not in text.lower()
    assert "What happened?" not in text


def test_an_investigation_still_begins_with_what_happened(project: Project) -> None:
    text = words(project.client("lead2").get("/cases/open/"))
    assert "What happened?" in text
    assert "Incident reference" in text
    assert "What is it linked to?" not in text


def test_a_partner_is_told_to_declare_their_interests_and_who_answers_by_when(project: Project) -> None:
    answer = fill_in(project, "pat")
    case, seat = Case.objects.get(), Seat.objects.get(capacity="lay")
    assert answer.status_code == OK
    told = words(answer)
    assert "Your proposal has been sent: Being called by the right name" in told
    assert "First, declare your interests" in told
    assert "it is the turn of Sam Ward, Patient Safety Specialist: answer the proposal, by Monday 16 March 2026" in told
    assert reverse("seat_declare", args=("RZ9", case.reference, seat.pk)) in answer.content.decode()
    assert "Declare your interests" in words(project.client("pat").get("/"))


def test_what_it_began_with_is_on_the_page_of_the_case(project: Project) -> None:
    fill_in(project, "specialist")
    project.story.case_id = Case.objects.get().pk
    text = words(project.get("specialist", "case"))
    assert "A concern that a Patient Safety Partner raised" in text
    assert "Patients are called by a name that is not theirs." in text


def test_the_record_tells_it_in_words(project: Project) -> None:
    fill_in(project, "specialist")
    project.story.case_id = Case.objects.get().pk
    text = words(project.get("specialist", "record"))
    assert "What is it linked to?" in text
    assert "partner_concern" not in text


def test_staff_without_a_seat_are_told_why_they_do_not_see_it(project: Project) -> None:
    text = words(fill_in(project, "lead"))
    assert "You have no seat on it, so you cannot see it." in text
    assert "The people you named can." not in text


def test_what_is_missing_is_named_and_what_was_typed_stays(project: Project) -> None:
    answer = fill_in(project, "pat", fact_theme="")
    assert "Answer the question “What is it linked to?”" in words(answer)
    assert "Patients are called by a name that is not theirs." in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("key", ["exec", "auditor", "lead2"])
def test_others_are_told_who_proposes_one(project: Project, key: str) -> None:
    page = project.client(key).get(OPEN)
    assert page.status_code == 403
    assert "Rule A1" in words(page)


def test_a_partner_who_declared_sees_the_project_and_whose_turn_it_is(project: Project) -> None:
    fill_in(project, "pat")
    project.story.case_id = Case.objects.get().pk
    project.story.declares("pat")
    page = project.get("pat", "case")
    assert page.status_code == OK
    assert "Now Sam Ward (patient safety specialist) must decide how it goes on." in words(page)


def test_pressing_twice_proposes_one(project: Project) -> None:
    page = project.client("specialist").get(OPEN)
    given = {
        **hidden(page), "title": "Twice", "fact_theme": "complaint", "fact_theme_reference": "C-1", "fact_idea": "Twice.",
    }  # fmt: skip
    for _ in range(2):
        assert project.client("specialist").post(OPEN, given).status_code == FOUND
    assert Case.objects.count() == 1


def test_a_partner_whose_proposal_is_declined_reads_the_reason_first(project: Project) -> None:
    why = "It belongs to the estates plan, and begins there in May."
    project.story.open()
    project.story.declares("pat")
    project.story.answer_proposal("decline", why)
    text = words(project.get("pat", "case"))
    assert text.index("Declined on") < text.index(why) < text.index("What it is about")
    assert "Measures" not in text
    assert "You said, we did" not in text
