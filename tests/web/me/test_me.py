"""One's own page: what I am trained in, where I sit, what I said and what came of it, who looked, and nothing of others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from cases.models import TrainingRecord
from tests.web.casework import Casework, words
from web.pages.me.presenter import NEWEST
from workflows.calendar import london_day
from workflows.doors.people import record_training
from workflows.processes.oversight.story import Story
from workflows.processes.training.story import TrainingStory

ME = reverse("me")
BUDGET = 8


def me(work: Casework, key: str) -> str:
    work.story.wait()
    return words(work.client(key).get(ME))


def section(shown: str, begin: str, end: str = "") -> str:
    """What stands under a heading; the list at the top of the page names it first."""
    found = shown[shown.rindex(begin) :]
    return found[: found.index(end)] if end else found


def training_of(work: Casework, key: str) -> TrainingStory:
    return TrainingStory(work.story.trust, work.story.at, partners=(key,))


# My training


def test_what_i_have_and_until_when(work: Casework) -> None:
    shown = me(work, "pat")
    assert "Oversight training In date Until" in shown
    assert "Training for improvement projects In date Until" in shown


def test_what_has_run_out_is_said_so(work: Casework) -> None:
    assert "Oversight training Run out It ran out on" in me(work, "tomas")


def test_of_two_records_the_one_that_lasts_longest_counts(work: Casework) -> None:
    today = london_day(work.story.at)
    record_training(person=work.story.who("tomas"), subject=TrainingRecord.OVERSIGHT, completed_on=today, at=work.story.at)
    shown = me(work, "tomas")
    assert "Oversight training In date It does not run out." in shown
    assert "Run out" not in shown


def test_what_i_need_why_and_what_the_organisation_owes_me(work: Casework) -> None:
    training = training_of(work, "tomas")
    training.walk_to("offer")
    work.story.at = training.at
    shown = me(work, "tomas")
    assert "What the organisation owes me Offer it: Patient safety syllabus, level 1: Essentials , by Monday 30 March 2026" in shown
    assert "What I need, and why" in shown
    assert "You will read about people\u2019s care." in shown
    training.offer_all()
    work.story.at = training.at
    later = me(work, "tomas")
    assert "What the organisation owes me" not in later
    assert "It is your turn to book a day, or do it and say that it is done" in later


def test_a_late_offer_is_not_held_against_me(work: Casework) -> None:
    training = training_of(work, "tomas")
    training.walk_to("offer")
    training.wait(25)
    work.story.at = training.at
    shown = me(work, "tomas")
    assert "It was due Monday 30 March 2026" in shown
    assert "If one is late, that is not held against you." in shown


def test_once_it_is_signed_off_nothing_is_needed(work: Casework) -> None:
    training = training_of(work, "tomas")
    training.walk_to("in_force")
    work.story.at = training.at
    shown = me(work, "tomas")
    assert "Oversight training In date Until" in shown
    assert "What I need, and why" not in shown


# Where I sit


def test_an_offer_leads_to_the_answer(work: Casework) -> None:
    work.story.walk_to("form_group")
    work.story.offer("gwen")
    shown = me(work, "gwen")
    assert "Delay in treating sepsis , Patient Safety Partner, OVS-2026-0001" in shown
    assert "Waits for your answer" in shown
    link = work.address("seat_answer", seat=work.story.seat("gwen").pk)
    assert link in work.client("gwen").get(ME).content.decode()


def test_a_case_that_i_have_left_is_named_by_its_reference_alone(work: Casework) -> None:
    work.story.walk_to("draft_review")
    work.story.put_draft_to_group()
    work.story.answer("pat", "support_with_comments", "Page 2 could be shorter.")
    work.story.step_down("pat")
    shown = me(work, "pat")
    assert "Stepped down" in shown
    assert "A case that you no longer see" in shown
    assert "Page 2 could be shorter." in shown  # their own words stay theirs
    assert "Delay in treating sepsis" not in shown
    assert "Investigation report" not in shown


# What I said, and what came of it


def test_what_i_said_on_which_version_and_that_it_is_not_decided(work: Casework) -> None:
    work.story.walk_to("draft_review")
    work.story.put_draft_to_group()
    work.story.answer("pat", "support_with_comments", "Page 2 could be shorter.")
    said = section(me(work, "pat"), "What I said, and what came of it", "Who looked")
    assert "I support it, with comments , on \u201cReview the draft report\u201d: Investigation report, version 1" in said
    assert "Page 2 could be shorter." in said
    assert "What came of it: It is not decided yet." in said


@pytest.mark.proves("R15")
def test_what_came_of_it(work: Casework) -> None:
    story = work.story
    story.walk_to("draft_review")
    story.put_draft_to_group()
    story.answer("chair")
    story.answer("pat")
    story.dissent("pat")
    assert "You answered again later, and that answer counts." in me(work, "pat")
    story.answer("amina")
    assert "You disagreed. An executive must hear it before it can go on." in me(work, "pat")
    assert "A lay partner disagreed. An executive must hear it before it can go on." in me(work, "amina")
    story.hear_dissent()
    story.answer("pat", "heard")
    how = "Eleanor Hughes heard it and decided: go on in spite of it. The reason: The report now says so on page 4."
    assert f"You disagreed. {how}" in me(work, "pat")
    assert f"A lay partner disagreed. {how}" in me(work, "amina")
    assert "It was agreed, and went on to \u201cAgree the safety actions\u201d." in me(work, "pat")


def test_of_a_disagreement_that_was_heard_twice_the_last_hearing_counts(work: Casework) -> None:
    story = work.story
    story.walk_to("draft_review")
    story.put_draft_to_group()
    story.answer("amina")
    story.dissent("pat")
    story.hear_dissent(reason="It is in the annex.")
    story.answer("pat", "not_heard", "You did not ask me why.")
    assert "You disagreed. An executive must hear it before it can go on." in me(work, "pat")
    story.hear_dissent(reason="Page 4 now says why.")
    story.answer("pat", "heard")
    shown = me(work, "pat")
    assert "The reason: Page 4 now says why." in shown
    assert "It is in the annex." not in shown


@pytest.mark.proves("R15")
def test_what_i_wrote_about_a_paper_and_the_answer(work: Casework) -> None:
    story = work.story
    story.walk_to("affected")
    story.comment("pat", "Who spoke to the night staff?")
    comments = section(me(work, "pat"), "My comments, and the answers", "Who looked")
    assert "Findings, version 1 (Page 2) Who spoke to the night staff? It waits for an answer." in comments
    story.answer_comments()
    comments = section(me(work, "pat"), "My comments, and the answers", "Who looked")
    assert "Leila Grant answered: changed. Page 2 now says so." in comments
    assert "Delay in treating sepsis, OVS-2026-0001" in comments
    assert "Who spoke" not in me(work, "amina")


@pytest.mark.proves("R7")
def test_of_a_case_that_i_have_left_i_keep_my_words_and_read_the_answer_that_i_am_owed(work: Casework) -> None:
    story = work.story
    story.walk_to("affected")
    story.comment("pat", "Who spoke to the night staff?")
    story.step_down("pat")
    assert "It waits for an answer." in section(me(work, "pat"), "My comments, and the answers", "Who looked")
    story.answer_comments()
    comments = section(me(work, "pat"), "My comments, and the answers", "Who looked")
    assert "Who spoke to the night staff?" in comments
    assert "Leila Grant answered: changed. Page 2 now says so." in comments
    for hidden in ("Findings", "Delay in treating sepsis", "Does this answer you?"):
        assert hidden not in comments


def test_of_a_case_in_which_i_have_a_conflict_i_keep_my_words_and_see_no_answer(work: Casework) -> None:
    story = work.story
    story.walk_to("affected")
    story.comment("pat", "Who spoke to the night staff?")
    story.answer_comments()
    story.recuse("pat")
    comments = section(me(work, "pat"), "My comments, and the answers", "Who looked")
    assert "Who spoke to the night staff?" in comments
    for hidden in ("Page 2 now says so.", "Findings", "Delay in treating sepsis"):
        assert hidden not in comments


def test_the_newest_come_first_and_the_older_ones_are_folded_away(work: Casework) -> None:
    work.story.walk_to("draft_review")
    work.story.put_draft_to_group()
    for number in range(NEWEST + 2):
        work.story.answer("pat", "support_with_comments", f"Thought {number}.")
    page = work.client("pat").get(ME).content.decode()
    newest, folded = page.split('<summary class="nhsuk-details__summary">', 1)
    assert newest.index(f"Thought {NEWEST + 1}.") < newest.index(f"Thought {NEWEST}.")
    assert "Thought 0." not in newest
    assert "What I said before that (" in folded
    assert "Thought 0." in folded


def test_seats_that_ended_are_folded_away(work: Casework) -> None:
    work.story.walk_to("draft_review")
    work.story.step_down("pat")
    page = me(work, "pat")
    assert "You have no seat now." in page
    assert page.index("Where I sat before") < page.index("Stepped down")


# Who looked


@pytest.mark.proves("R15", "IG7")
def test_staff_who_opened_what_i_answered_about(work: Casework) -> None:
    story = work.story
    story.walk_to("draft_review")
    story.put_draft_to_group()
    story.read("exec", "report")
    story.read("amina", "report")
    story.answer("pat")
    story.read("exec", "progress")
    looked = section(me(work, "pat"), "Staff who opened")
    assert "Eleanor Hughes" in looked
    assert "Investigation report, version 1" in looked
    assert "Case Delay in treating sepsis, OVS-2026-0001" in looked
    assert f'href="{work.address("case")}"' in work.client("pat").get(ME).content.decode().rpartition("Who looked")[2]
    assert "Amina Yusuf" not in looked  # other partners read for themselves
    assert "Progress note" not in looked  # not a text that Pat wrote, answered or commented on


def test_nobody_learns_there_who_looked_at_a_case_that_they_left(work: Casework) -> None:
    story = work.story
    story.walk_to("draft_review")
    story.put_draft_to_group()
    story.answer("pat")
    story.read("exec", "report")
    story.step_down("pat")
    assert "Eleanor Hughes" not in me(work, "pat")


def test_staff_are_not_shown_who_looked(work: Casework) -> None:
    shown = me(work, "lead")
    assert "Who looked" not in shown
    assert "My training" not in shown
    assert "Where I sit" in shown


# Of nobody else


def test_nothing_of_others_is_on_it(work: Casework) -> None:
    work.story.walk_to("draft_review")
    work.story.put_draft_to_group()
    work.story.answer("pat", "support_with_comments", "Page 2 could be shorter.")
    training = training_of(work, "tomas")
    training.at = work.story.at
    training.walk_to("offer")
    work.story.at = training.at
    shown = me(work, "gwen")
    for other in ("Delay in treating sepsis", "OVS-2026-0001", "Page 2 could be shorter.", "Tom\u00e1s Silva", "TRN-2026-0001"):
        assert other not in shown


def test_the_header_and_home_lead_there_for_partners(work: Casework) -> None:
    for key, times in (("pat", 2), ("lead", 0)):
        assert work.client(key).get("/").content.decode().count(f'href="{ME}"') == times


@pytest.mark.parametrize("key", ["pat", "lead"])
def test_the_page_costs_the_same_for_one_case_and_for_many(work: Casework, key: str, statements: Callable[..., int]) -> None:
    story = work.story
    story.walk_to("draft_review")
    story.put_draft_to_group()
    story.answer("pat")
    training = training_of(work, "pat")
    training.at = story.at
    training.walk_to("learn")
    few = statements(work, key, ME)
    for number in range(3):
        other = Story(story.trust, training.at)
        other.open(f"Case {number}")
        other.walk_to("planning")
        training.at = other.at
    training.wait()
    work.story.at = training.at
    assert statements(work, key, ME) == few <= BUDGET
