"""One event on a page of its own: what it changed, in words and names, and nothing that its reader could not open (IG4)."""

from __future__ import annotations

import pytest

from audit.models import Event
from tests.web.casework import NOT_FOUND, OK, Casework, words
from web.pages.record import differing
from workflows.doors import emergency
from workflows.doors.facts import record_connection, record_facts
from workflows.evidence import who_reads
from workflows.processes.oversight.story import Story


def seq_of(work: Casework, kind: str) -> int:
    return Event.objects.filter(case_id=work.story.case_id, kind=kind).latest("seq").seq


def shown(work: Casework, key: str, kind: str) -> str:
    return words(work.get(key, "record_event", seq=seq_of(work, kind)))


# What it says


def test_a_change_is_told_part_by_part_before_and_after(work: Casework) -> None:
    work.story.walk_to("form_group")
    page = shown(work, "auditor", "decided")
    assert "Changed: The stage “Decide how to respond”" in page
    assert "What was chosen Before nothing After Investigate" in page
    assert "Where the case stands Before Decide how to respond After Form the group" in page
    assert "Added: The stage “Form the group”" in page


def test_people_seats_and_texts_are_named_and_no_key_is_shown(work: Casework) -> None:
    work.story.walk_to("planning")
    page = shown(work, "auditor", "position_taken")
    version = work.story.look.latest_released("terms")
    assert version
    assert "Added: An answer: Amina Yusuf (Patient Safety Partner)" in page
    assert f"On which text Terms of reference, version 1 ({version.sha256[:12]})" in page
    assert "Answer I support it" in page
    assert str(version.pk) not in page
    assert "Added: Sight of the case: Pat Mercer (Patient Safety Partner)" in sight_of_pat(work)


def sight_of_pat(work: Casework) -> str:
    declared = Event.objects.filter(case_id=work.story.case_id, kind="interests_declared", person_id=work.story.who("pat").pk)
    return words(work.get("auditor", "record_event", seq=declared.latest("seq").seq))


def test_what_was_set_down_is_told_by_its_question(work: Casework) -> None:
    work.story.walk_to("form_group")
    page = shown(work, "auditor", "submitted")
    assert "Why is a response needed? Before nothing After A priority of our own plan" in page


def test_a_read_changes_nothing(work: Casework) -> None:
    work.story.walk_to("synthesis").paper("findings")
    work.story.read("amina", "findings")
    page = shown(work, "quality", "paper_read")
    version = work.story.look.latest_released("findings")
    assert version
    assert "It changed nothing on the case." in page
    assert f"The exact text: Findings, version 1 ({version.sha256[:12]})" in page


def test_who_was_told_is_for_whoever_reads_the_whole_record_and_for_oneself(work: Casework) -> None:
    work.story.walk_to("synthesis").paper("findings")
    everybody, own = shown(work, "auditor", "paper_released"), shown(work, "pat", "paper_released")
    assert "Who was told Amina Yusuf:" in everybody
    assert "Pat Mercer:" in everybody
    assert "Who was told Pat Mercer:" in own
    assert "Amina Yusuf:" not in own


def test_one_goes_from_event_to_event_and_to_the_case_as_it_stood(work: Casework) -> None:
    work.story.walk_to("form_group")
    first = work.get("auditor", "record_event", seq=1).content.decode()
    assert work.address("record_event", seq=2) in first
    assert work.address("stood") + "?at=" in first
    assert work.address("record_event", seq=1) in work.get("auditor", "record_event", seq=2).content.decode()
    assert work.address("stood") not in work.get("lead", "record_event", seq=1).content.decode()


# Who reads it


@pytest.mark.proves("IG4")
def test_a_text_that_is_not_released_shows_in_no_difference_but_its_authors(work: Casework) -> None:
    """Its note of changes is in the words of the draft."""
    work.story.walk_to("synthesis").paper("findings", note="Mrs Jones is named on page 3.", release=False)
    for key in ("pat", "chair", "auditor"):
        page = differences(shown(work, key, "paper_uploaded"))
        assert "Mrs Jones" not in page, key
        assert who_reads.TEXT in page, key
    assert "Mrs Jones is named on page 3." in differences(shown(work, "lead", "paper_uploaded"))


@pytest.mark.proves("IG4")
def test_where_lay_partners_read_a_file_of_their_own_they_read_no_difference_of_the_other(work: Casework) -> None:
    work.story.walk_to("draft_review").paper_in_part("report", "Two names")
    lay, staff = (differences(shown(work, key, "paper_released")) for key in ("pat", "chair"))
    assert who_reads.TEXT in lay
    assert "Plain summary" not in lay
    assert "Plain summary" in staff
    mine = differences(shown(work, "pat", "lay_rendition_uploaded"))
    assert "Name of the file for-everyone.txt" in mine


@pytest.mark.proves("IG4", "R6")
def test_of_a_paper_that_is_held_back_whole_a_difference_tells_lay_partners_not_even_the_title(work: Casework) -> None:
    work.story.walk_to("synthesis").paper_held_back("Letter from the national body", reason="It is legal advice.")
    lay, staff = (differences(shown(work, key, "paper_uploaded")) for key in ("pat", "chair"))
    assert "national body" not in lay
    assert "letter.txt" not in lay
    assert "It is legal advice." in lay
    assert "Letter from the national body" in staff
    assert "letter.txt" in staff


@pytest.mark.proves("R15")
def test_a_partner_who_came_later_reads_no_words_of_before_in_what_an_act_changed(work: Casework) -> None:
    story = work.story
    story.walk_to("form_group").seat_group()
    asked(story, "Why did nobody come when we called?")
    story.submit("lead")
    story.confirm_group()
    story.step_down("pat")
    story.take_seat("gwen")
    asked(story, "Who was on the ward that night?")
    late, all_of_it = (differences(shown(work, key, "facts_recorded")) for key in ("gwen", "lead"))
    assert f"Before {differing.BEFORE_YOU} After Who was on the ward that night?" in late
    assert "Before Why did nobody come when we called? After Who was on the ward that night?" in all_of_it
    assert work.get("gwen", "record_event", seq=1).status_code == NOT_FOUND


@pytest.mark.proves("R15", "IG3")
def test_nor_does_a_lay_person_who_sees_the_case_in_an_emergency(work: Casework) -> None:
    story = work.story
    story.walk_to("form_group").seat_group()
    asked(story, "Why did nobody come when we called?")
    story.submit("lead")
    story.confirm_group()
    request = story.do(emergency.ask_for_sight, "gwen", reason="The same pump is used on a ward tonight.")
    story.do(emergency.agree_to_sight, "coordinator", emergency=request.pk)
    asked(story, "Who was on the ward that night?")
    late = differences(shown(work, "gwen", "facts_recorded"))
    assert f"Before {differing.BEFORE_YOU} After Who was on the ward that night?" in late
    assert "Why did nobody come" not in late


def asked(story: Story, question: str) -> None:
    given = {"questions_status": "attached", "questions": question}
    story.do(record_facts, "engagement", act="record_questions", facts=given)


def test_a_tie_is_read_by_those_who_record_ties_and_by_nobody_else(work: Casework) -> None:
    work.story.walk_to("terms")
    work.story.do(record_connection, "engagement", person=work.story.who("tomas"), kind="relative")
    for key in ("pat", "chair", "auditor", "quality"):
        page = shown(work, key, "facts_recorded")
        assert "Tomás" not in page
        assert who_reads.TIES in page
    assert "Tomás" in shown(work, "engagement", "facts_recorded")


def test_an_answer_that_is_sealed_shows_in_no_difference(work: Casework) -> None:
    work.story.walk_to("draft_review").put_draft_to_group()
    work.story.answer("pat", "support_with_comments", "Page 4 is better now.")
    seq = seq_of(work, "position_taken")
    assert work.get("amina", "record_event", seq=seq).status_code == NOT_FOUND
    assert "In their words Page 4 is better now." in words(work.get("pat", "record_event", seq=seq))
    work.story.answer("amina")
    assert work.get("amina", "record_event", seq=seq).status_code == OK


def differences(page: str) -> str:
    """The part of the page that says what was changed."""
    begins = page.index("What it changed")
    return page[begins : page.index("What was recorded")].split("Who was told")[0]
