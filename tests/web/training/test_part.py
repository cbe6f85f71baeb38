"""The training on the page of its case: whose turn, what is owed, what is on record for whom, and two lines to sign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.web.casework import Casework, words
from tests.web.training.conftest import TrainingWork
from web.design_system.words import day as day_in_words

BUDGET = 5
"""Statements: those of the page of a case, and one for the signatures."""


def part(work: TrainingWork, key: str) -> str:
    """What the page of the case says of the training."""
    shown = words(work.get(key, "case"))
    begin = shown.index("What you need, and how far you have got") if key == "iris" else shown.index("The training of Iris Cole")
    return shown[begin : shown.index(" The stages ")]


def test_each_item_says_why_it_is_asked_and_where_that_comes_from(offering: TrainingWork) -> None:
    shown = part(offering, "iris")
    assert (
        "3. Data protection Not offered yet Waiting for Cora Bell and Colin Marsh to offer it, by Monday 30 March 2026 (in" in shown
    )
    assert "Why it is asked: You will read about people\u2019s care." in shown
    assert "Where this comes from: Data Security and Protection Toolkit; yearly" in shown


def test_what_is_not_offered_in_time_is_the_organisations(offering: TrainingWork) -> None:
    offering.story.wait(25)
    shown = part(offering, "iris")
    assert "What the organisation owes you" in shown
    assert "Offer it: Data protection. It was due Monday 30 March 2026" in shown
    assert "If one is late, that is not held against you." in shown
    assert "the clock runs against the organisation and not against the partner" in part(offering, "coordinator")


def test_once_it_is_offered_nothing_is_owed(learning: TrainingWork) -> None:
    assert "What the organisation owes" not in part(learning, "iris")
    assert "None of the 5 is done yet." in part(learning, "iris")
    assert "Begin with: Patient safety syllabus, level 1: Essentials" in part(learning, "iris")
    assert "Begin with" not in part(learning, "specialist")


def test_asking_for_more_is_as_easy_as_being_ready(work: TrainingWork) -> None:
    work.story.walk_to("readiness")
    work.story.talk()
    page = work.get("iris", "case").content.decode()
    assert "Both answers are equally good." in page
    ready, more = (page.index(text) for text in ("I am ready", "Ask for more training"))
    assert page[ready - 400 : ready].count("nhsuk-button--secondary") == 1
    assert page[more - 400 : more].count("nhsuk-button--secondary") >= 1


def test_two_signatures_are_two_lines_and_an_empty_one_is_named(work: TrainingWork) -> None:
    work.story.walk_to("sign")
    assert part(work, "iris").endswith(
        "The partner, Iris Cole Not signed yet The Patient Safety Specialist, Sam Ward Not signed yet"
    )
    work.story.answer("iris", "sign")
    shown = part(work, "specialist")
    assert "The partner, Iris Cole Signed on" in shown
    assert "Sam Ward Not signed yet" in shown
    work.story.answer("specialist", "sign")
    assert "Not signed yet" not in part(work, "iris")
    assert "This is signed off. Until" in part(work, "iris")


def test_a_renewal_asks_for_both_signatures_anew(work: TrainingWork) -> None:
    work.story.walk_to("in_force")
    work.story.renewal_begins()
    work.story.renew()
    assert part(work, "iris").count("Not signed yet") == 2


def test_an_executive_reads_how_it_stands_and_not_what_was_handed_in(learning: TrainingWork) -> None:
    """IG7: needs and certificates are for the partner, the coordinator, the specialist and the quality team."""
    learning.story.ask_adjustment(learning.item())
    learning.story.complete(learning.item(2))
    for key in ("iris", "coordinator", "specialist", "quality", "auditor"):
        assert "I lip-read" in part(learning, key), key
    shown = part(learning, "exec_team")
    assert "Handed in, not checked yet" in shown
    assert "I lip-read" not in shown
    assert "Certificate, in the partner" not in shown


def test_the_acts_on_an_item_are_with_the_item_and_not_in_the_list_above(learning: TrainingWork) -> None:
    shown = words(learning.get("iris", "case"))
    above = shown[: shown.index("What you need, and how far you have got")]
    assert "Book a day" not in above
    assert "Book a day : Data protection" in shown


def test_a_case_of_another_process_says_nothing_of_it(work: TrainingWork) -> None:
    from workflows.processes.oversight.story import Story

    other = Casework(Story(work.story.trust, work.story.at))
    other.story.walk_to("form_group")
    work.story.at = other.story.at
    assert "Two signatures" not in words(other.get("lead", "case"))


@pytest.mark.parametrize("key", ["iris", "coordinator"])
def test_the_page_costs_the_same_for_few_items_and_for_many(work: TrainingWork, key: str, statements: Callable[..., int]) -> None:
    work.story.walk_to("sign")
    page = work.address("case")
    few = statements(work, key, page)
    for number in range(12):
        work.story.ask_for_more(f"Another {number}")
    assert statements(work, key, page) == few <= BUDGET


def test_a_lapsed_training_is_shown_as_run_out(work: TrainingWork) -> None:
    work.story.walk_to("in_force")
    until = work.story.look.trained_until
    assert until
    work.story.until(until + timedelta(days=1))
    assert "3. Data protection Run out" in part(work, "iris")


def test_what_is_offered_stands_where_one_acts_on_it(learning: TrainingWork) -> None:
    shown = part(learning, "iris")
    assert "We pay for the hours. What is offered" in shown
    soon = learning.story.look.today + timedelta(days=7)
    learning.story.book(learning.item(), soon)
    assert f"Booked for {day_in_words(soon)}." in part(learning, "iris")


def test_a_stage_that_cannot_be_sent_yet_leads_to_the_trainings(learning: TrainingWork) -> None:
    page = learning.get("iris", "stage_submit", visit=learning.story.visit).content.decode()
    assert "See each training, and what is still to be done" in page
    assert f'href="{learning.address("case")}#training"' in page


def test_a_training_left_out_is_listed_as_in_force_until_its_day(learning: TrainingWork) -> None:
    until = learning.story.look.today + timedelta(days=30)
    learning.story.waive_item(learning.item(), until)
    for item in learning.story.items_that_are("offered"):
        learning.story.complete(item)
    learning.story.submit("iris")
    shown = words(learning.client("auditor").get(reverse("waivers")))
    assert "Rule C6 at \u201cComplete the training\u201d" in shown
    assert "In force" in shown


def test_what_can_be_done_now_lists_each_training_and_the_act_says_that_it_is_done(offering: TrainingWork) -> None:
    page = offering.get("coordinator", "case")
    now = words(page).split("What you can do now")[1].split("The training of")[0]
    assert "Offer the training: Patient safety syllabus, level 1: Essentials" in now
    assert "Ask for a waiver" not in now
    answers = {"what": "Essentials, NHS England", "how": "Online", "when": "At any time"}
    done = offering.confirm("coordinator", "training_offer", answers, item=offering.item(1).pk)
    shown = words(offering.client("coordinator").get(done.headers["Location"]))
    assert "Success \u201cPatient safety syllabus, level 1: Essentials\u201d is offered. The partner is told." in shown
