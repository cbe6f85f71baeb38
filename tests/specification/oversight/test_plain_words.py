"""R19: what goes to lay partners can be understood. IG1: and it points to no patient, unless somebody looked and says so."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.base import File

from audit.models import Event
from cases.models import PaperVersion
from notifications.models import Notice
from tests.builders import a_story, again, refused
from tests.unit.cases.pdfs import a_pdf
from workflows import engine
from workflows.deadlines.models import Deadline
from workflows.doors import papers, understanding
from workflows.doors.identifiers import points_to_people
from workflows.processes.oversight.story import Story
from workflows.standing import waits
from workflows.standstill import can_be_followed
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    """Terms of reference uploaded, and not yet given to the group."""
    case = a_story().walk_to("terms")
    case.record_questions()
    case.paper("terms", release=False)
    return case


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def test_r19_no_paper_goes_to_the_group_without_a_summary_in_plain_language(case: Story) -> None:
    (draft,) = case.look.versions_of("terms")
    with refused("R19"):
        case.do(papers.release_paper, "lead", version=draft.pk, plain_summary="  ", lay_reads="same")
    case.release(draft, "We will look at why help came late.")
    case.submit("lead")


# R19: "I cannot follow this" stops the clock


@pytest.fixture
def asked(case: Story) -> Story:
    """The terms are put to the group, to be answered by a day."""
    case.release(case.look.versions_of("terms")[0], "The retrospective evaluation will be undertaken.")
    case.submit("lead")
    return case


def cannot_follow(case: Story, key: str = "pat", text: str = "What is a retrospective evaluation?") -> PaperVersion:
    version = case.look.latest_released("terms")
    assert version
    case.do(understanding.say_unclear, key, version=version.pk, text=text)
    return version


def open_deadlines(case: Story) -> set[str]:
    return set(Deadline.objects.filter(case=case.case_id, state="open").values_list("kind", flat=True))


def due_on(case: Story) -> date:
    visit = case.look.visit
    assert visit
    assert visit.due_on
    return visit.due_on


def test_r19_a_paper_that_a_partner_cannot_follow_stops_reminders_and_lateness(asked: Story) -> None:
    assert {"reminder_due", "answer_late"} <= open_deadlines(asked)
    cannot_follow(asked)
    assert not {one for one in open_deadlines(asked) if one.startswith(("reminder", "answer", "stage_late"))}
    with refused("R19"):
        asked.remind("amina")


def test_r19_nobody_is_called_silent_about_a_paper_that_cannot_be_followed(asked: Story) -> None:
    for _ in range(2):
        asked.remind("amina")
        asked.wait(1)
    asked.wait(20)
    cannot_follow(asked)
    with refused("R19"):
        asked.lapse("amina")


def test_r19_the_clock_goes_on_where_it_stood_when_the_summary_is_written_again(asked: Story) -> None:
    before = due_on(asked)
    version = cannot_follow(asked)
    asked.wait(4)
    asked.do(understanding.mend_summary, "lead", version=version.pk, plain_summary="We will look back at what happened.")
    assert due_on(asked) == asked.look.calendar.add(before, 4)
    assert {"reminder_due", "answer_late"} <= open_deadlines(asked)
    asked.wait(5)
    asked.remind("amina")
    asked.answer("amina")
    assert PaperVersion.objects.get(pk=version.pk).plain_summary == "We will look back at what happened."
    assert list(verify_case(asked.case, asked.at)) == []


def test_r19_the_notice_is_longer_by_the_days_for_which_the_clock_stood(asked: Story) -> None:
    version = cannot_follow(asked)
    asked.wait(4)
    asked.do(understanding.mend_summary, "lead", version=version.pk, plain_summary="We will look back.")
    for key in ("chair", "pat", "amina"):
        asked.answer(key)
    asked.wait(3)
    asked.do(engine.look_again, "lead")
    assert asked.case.state == "terms"
    asked.wait(3)
    asked.do(engine.look_again, "lead")
    assert asked.case.state == "planning"


def test_r19_a_settled_stage_does_not_go_on_over_it_not_even_when_partners_are_quick(asked: Story) -> None:
    version = cannot_follow(asked, "amina")
    asked.all_answer()
    assert asked.case.state == "terms"
    assert [wait.verdict.rule for wait in waits(asked.look)] == ["R19"]
    asked.do(understanding.take_back_unclear, "amina", version=version.pk)
    assert asked.case.state == "planning"


def test_r19_it_never_stops_a_disagreement_from_being_heard(asked: Story) -> None:
    cannot_follow(asked, "amina")
    asked.answer("pat", "do_not_support", "It leaves out the night.")
    asked.answer("amina")
    assert asked.case.state == "terms__dissent"


def test_r19_a_new_version_mends_it_and_the_question_is_put_again(asked: Story) -> None:
    cannot_follow(asked)
    asked.wait(2)
    asked.paper("terms", text="We will look back.")
    assert not any(one.stands for one in understanding.marks(asked.look))
    asked.submit("lead")
    assert can_be_followed(asked.look)


def test_r19_before_the_question_is_put_it_is_not_put_until_it_can_be_followed(case: Story) -> None:
    case.release(case.look.versions_of("terms")[0], "The retrospective evaluation will be undertaken.")
    version = cannot_follow(case)
    with refused("R19"):
        case.submit("lead")
    case.do(understanding.mend_summary, "lead", version=version.pk, plain_summary="We will look back.")
    case.submit("lead")


def test_r19_two_partners_are_both_waited_for(asked: Story) -> None:
    version = cannot_follow(asked, "pat")
    cannot_follow(asked, "amina", "Which ward?")
    asked.do(understanding.take_back_unclear, "pat", version=version.pk)
    assert not can_be_followed(asked.look)
    asked.do(understanding.take_back_unclear, "amina", version=version.pk)
    assert can_be_followed(asked.look)


def test_r19_only_a_partner_says_so_once_with_words_and_only_they_take_it_back(asked: Story) -> None:
    version = asked.look.latest_released("terms")
    assert version
    for who in ("chair", "lead", "gwen"):
        with refused("R19"):
            asked.do(understanding.say_unclear, who, version=version.pk, text="All of it.")
    with refused("R19"):
        cannot_follow(asked, text=" ")
    cannot_follow(asked)
    with refused("R19"):
        cannot_follow(asked)
    for who in ("amina", "lead"):
        with refused("STALE"):
            asked.do(understanding.take_back_unclear, who, version=version.pk)


def test_r19_only_its_author_mends_a_summary_and_only_what_somebody_cannot_follow(asked: Story) -> None:
    version = asked.look.latest_released("terms")
    assert version
    again = {"version": version.pk, "plain_summary": "We will look back."}
    with refused("R4"):
        asked.do(understanding.mend_summary, "lead", **again)
    cannot_follow(asked)
    for who in ("chair", "pat"):
        with refused("R19"):
            asked.do(understanding.mend_summary, who, **again)
    with refused("R19"):
        asked.do(understanding.mend_summary, "lead", version=version.pk, plain_summary=version.plain_summary)
    with refused("IG1"):
        asked.do(understanding.mend_summary, "lead", version=version.pk, plain_summary=f"Ask {ADDRESS}.")
    asked.do(understanding.mend_summary, "lead", **again)


def test_r19_a_paper_that_no_stage_asks_about_stops_no_clock(asked: Story) -> None:
    letter = asked.do(papers.upload_paper, "lead", kind="other", title="Letter", file=File(io.BytesIO(b"Dear all.")),
                      name="letter.txt", size=9)  # fmt: skip
    asked.release(letter)
    asked.do(understanding.say_unclear, "pat", version=letter.pk, text="All of it.")
    assert can_be_followed(asked.look)


def test_r19_the_author_is_told_what_to_do_and_everybody_that_it_waits(asked: Story) -> None:
    cannot_follow(asked)
    told = dict(Notice.objects.filter(text__startswith="Pat Mercer cannot follow").values_list("person__name", "text"))
    assert told.pop("Leila Grant").endswith("Write its summary again, or release a clearer version.")
    assert {"Amina Yusuf", "Charles Adeyemi"} <= told.keys()
    assert all(text.endswith("It is being mended.") for text in told.values())


# IG1

NUMBER, ADDRESS = "943 476 5919", "mary.shaw@example.org"


def release(case: Story, draft: PaperVersion, summary: str, **more: str) -> None:
    case.do(papers.release_paper, "lead", version=draft.pk, plain_summary=summary, lay_reads="same", **more)


@pytest.mark.parametrize("said", [f"Mrs Shaw ({NUMBER}) waited.", f"Ask {ADDRESS} about it."])
def test_ig1_a_summary_that_points_to_a_person_is_looked_at_before_it_is_released(case: Story, said: str) -> None:
    (draft,) = case.look.versions_of("terms")
    with refused("IG1"):
        release(case, draft, said)
    with refused("IG1"):  # what was looked at was something else
        release(case, draft, said, checked=points_to_people(draft, f"{ADDRESS} and {NUMBER}", "same").mark)
    release(case, draft, said, checked=points_to_people(draft, said, "same").mark)
    assert case.look.latest_released("terms") == draft


def test_ig1_the_words_of_the_file_and_its_name_are_looked_at_too(case: Story) -> None:
    draft = case.paper("terms", text=f"The night of 3 May.\nNHS number {NUMBER}.", note=f"As {ADDRESS} asked.", release=False)
    pointing = points_to_people(draft, "We will look at why help came late.", "same")
    assert [str(one) for one in pointing.found] == [
        "an e-mail address, m\u2026@example.org, in your note on what changed",
        "an NHS number that ends in 19, in line 2 of the file",
    ]
    with refused("IG1"):
        release(case, draft, "We will look at why help came late.")


def uploaded_pdf(case: Story, data: bytes) -> PaperVersion:
    given = {"kind": "terms", "file": File(io.BytesIO(data)), "name": "terms.pdf", "size": len(data), "change_note": "As a PDF."}
    version: PaperVersion = case.do(papers.upload_paper, "lead", **given)
    return version


def test_ig1_the_words_of_a_pdf_are_looked_at_page_by_page(case: Story) -> None:
    draft = uploaded_pdf(case, a_pdf("The night of 3 May.", f"NHS number {NUMBER.replace(' 5919', chr(10) + '5919')}."))
    pointing = points_to_people(draft, "We will look at why help came late.", "same")
    assert pointing.to_check == ("an NHS number that ends in 19, in page 2 of the file",)
    with refused("IG1"):
        release(case, draft, "We will look at why help came late.")


def test_ig1_a_pdf_that_could_not_be_searched_is_looked_through_by_its_author(case: Story) -> None:
    draft, said = uploaded_pdf(case, a_pdf("", picture=True)), "We will look at why help came late."
    with refused("IG1"):
        release(case, draft, said)
    release(case, draft, said, checked=points_to_people(draft, said, "same").mark)
    told = Event.objects.get(kind="paper_released", case_id=case.case_id).facts["looked_at"]
    assert told == ["the file, which could not be searched because it has no words, only pictures: it may have been scanned"]


def test_ig1_a_pdf_that_points_to_nobody_needs_no_second_look(case: Story) -> None:
    release(case, uploaded_pdf(case, a_pdf("The night of 3 May.")), "We will look at why help came late.")


def test_ig1_the_record_says_what_was_left_in_and_not_the_number(case: Story) -> None:
    (draft,) = case.look.versions_of("terms")
    said = f"Mrs Shaw ({NUMBER}) waited."
    release(case, draft, said, checked=points_to_people(draft, said, "same").mark)
    told = Event.objects.get(kind="paper_released", case_id=case.case_id)
    assert told.facts["looked_at"] == ["an NHS number that ends in 19, in the summary"]
    assert told.person_name == "Leila Grant"


def test_ig1_what_points_to_nobody_needs_no_second_look(case: Story) -> None:
    (draft,) = case.look.versions_of("terms")
    release(case, draft, "Call 0300 123 4567, or 943 476 5918. It cost 1234567890 pounds.")
    assert "looked_at" not in Event.objects.get(kind="paper_released", case_id=case.case_id).facts
