"""The end of a project: "you said, we did", and what it was like to be involved."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Evaluation
from tests.builders import end_seat
from tests.web.casework import FORBIDDEN, FOUND, NOT_FOUND, OK, STALE, hidden, words
from tests.web.projects.project import Project
from workflows.doors import seats
from workflows.processes.improvement.choices import QUESTIONS

NOTHING = "00000000-0000-0000-0000-000000000000"


class TestYouSaidWeDid:
    def test_before_it_is_written_it_says_when_and_which_comment_waits(self, project: Project) -> None:
        project.story.walk_to("share")
        text = words(project.get("pat", "you_said"))
        assert "The whole of it is written in the stage “Share: you said, we did”." in text
        assert "Say who fills in the card at night." in text
        assert "Nobody has answered this yet." in text

    def test_each_partners_words_stand_beside_what_was_answered(self, project: Project) -> None:
        project.story.walk_to("testing")
        project.story.answer_hold(project.story.hold("amina", "Ask patients first."))
        project.story.walk_to("evaluate")
        text = words(project.get("amina", "you_said"))
        assert "You said that the night has no one to ask. The night sister asks now." in text
        assert "What was decided in the end: adopt it" in text
        pat, _, amina = text.partition("Amina Yusuf, Patient Safety Partner")
        assert "You said Say who fills in the card at night." in pat
        assert "We did Changed Page 2 now says so." in pat
        assert "Share of patients called by their own name" in pat
        assert "Amina Yusuf stopped the work Answered Ask patients first." in amina

    def test_the_case_and_the_message_lead_to_it(self, project: Project) -> None:
        project.story.walk_to("evaluate")
        for page in (project.get("pat", "case"), project.client("pat").get(reverse("notices"))):
            assert project.address("you_said") in page.content.decode()
            assert "You said, we did" in words(page)

    def test_it_is_only_for_those_who_see_the_project(self, project: Project) -> None:
        project.story.walk_to("share")
        assert project.get("gwen", "you_said").status_code == NOT_FOUND


LEAVING = {
    "stepped_down": lambda story: story.do(seats.step_down, "pat", seat=story.seat("pat").pk),
    "ended": lambda story: end_seat(story, "pat"),
}


class TestAPartnerWhoHasLeft:
    """They are owed what changed because of them, and asked what it was like; nothing else of the project is theirs."""

    @pytest.fixture(params=LEAVING)
    def left(self, project: Project, request: pytest.FixtureRequest) -> Project:
        project.story.walk_to("testing")
        project.story.answer_hold(project.story.hold("amina", "Ask patients first."))
        project.story.walk_to("share")
        LEAVING[request.param](project.story)
        project.story.walk_to("evaluate")
        return project

    def test_reads_what_they_said_and_what_changed(self, left: Project) -> None:
        page = left.get("pat", "you_said")
        text = words(page)
        assert "You said that the night has no one to ask. The night sister asks now." in text
        assert "You said Say who fills in the card at night." in text
        assert "We did Changed Page 2 now says so." in text
        assert "Ask patients first." not in text
        assert left.address("case") not in page.content.decode().replace(left.address("you_said"), "")
        assert left.address("you_said") in left.client("pat").get(reverse("notices")).content.decode()

    def test_says_what_it_was_like(self, left: Project) -> None:
        left.story.offer_evaluations()
        key = of(left, "pat").pk
        address = left.address("evaluation_answer", evaluation=key)
        assert address in left.client("pat").get("/").content.decode()
        sent = left.send("pat", "evaluation_answer", {"do_again": "Yes, with shorter papers."}, evaluation=key)
        assert sent.status_code == FOUND
        assert "Yes, with shorter papers." in left.client("pat").get(sent["Location"]).content.decode()
        assert "Yes, with shorter papers." in words(left.get("quality", "evaluations"))
        assert address not in left.client("pat").get("/").content.decode()

    def test_sees_nothing_else_of_the_project(self, left: Project) -> None:
        left.story.offer_evaluations()
        for name in ("case", "record", "measures", "holds", "evaluations", "comments"):
            assert left.get("pat", name).status_code == NOT_FOUND, name
        assert left.get("pat", "evaluation_answer", evaluation=of(left, "amina").pk).status_code == NOT_FOUND


def test_a_partner_with_a_conflict_reads_nothing_more_of_it_and_is_asked_what_it_was_like(project: Project) -> None:
    project.story.walk_to("share").recuse("pat")
    project.story.walk_to("evaluate").offer_evaluations()
    assert project.get("pat", "you_said").status_code == NOT_FOUND
    assert project.get("pat", "evaluation_answer", evaluation=of(project, "pat").pk).status_code == OK


@pytest.fixture
def ending(project: Project) -> Project:
    project.story.walk_to("evaluate")
    return project


@pytest.fixture
def offered(ending: Project) -> Project:
    ending.story.offer_evaluations()
    return ending


def of(project: Project, key: str) -> Evaluation:
    return Evaluation.objects.get(seat=project.story.seat(key))


class TestOffering:
    def test_one_button_asks_everybody(self, ending: Project) -> None:
        opened = ending.get("coordinator", "evaluations")
        assert "Ask everybody who has not been asked" in words(opened)
        for _ in range(2):  # pressed twice
            sent = ending.post("coordinator", ending.address("evaluations"), hidden(opened))
            assert sent.status_code == FOUND
        assert Evaluation.objects.count() == 2
        assert "Ask everybody" not in words(ending.get("coordinator", "evaluations"))

    def test_or_one_partner_alone(self, ending: Project) -> None:
        seat = ending.story.seat("pat").pk
        page = words(ending.get("coordinator", "evaluation_offer", seat=seat))
        assert QUESTIONS[0][1] in page
        ending.send("coordinator", "evaluation_offer", {}, seat=seat)
        text = words(ending.get("coordinator", "evaluations"))
        assert "Pat Mercer Asked on" in text
        assert "Amina Yusuf Not asked yet" in text
        assert ending.get("coordinator", "evaluation_offer", seat=seat).status_code == STALE

    @pytest.mark.parametrize("key", ["lead", "pat", "quality"])
    def test_others_do_not(self, ending: Project, key: str) -> None:
        seat = ending.story.seat("pat").pk
        assert ending.post(key, ending.address("evaluation_offer", seat=seat), {}).status_code == FORBIDDEN
        response = ending.post(key, ending.address("evaluations"), {"request": "once"})
        assert response.status_code == FORBIDDEN
        assert "The partner coordinator offers the evaluation." in words(response)
        assert not Evaluation.objects.exists()

    def test_a_seat_that_is_no_partners_is_not_there(self, ending: Project) -> None:
        for seat in (NOTHING, ending.story.seat("lead").pk):
            assert ending.get("coordinator", "evaluation_offer", seat=seat).status_code == NOT_FOUND


class TestAnswering:
    def test_it_waits_on_the_partners_home_and_goes_once_answered(self, offered: Project) -> None:
        title = "Say what it was like to be involved, if you want to"
        assert title in words(offered.client("pat").get("/")).partition("Your cases")[0]
        offered.story.answer_evaluation("pat")
        assert title not in words(offered.client("pat").get("/"))

    def test_every_question_is_optional(self, offered: Project) -> None:
        page = words(offered.get("pat", "evaluation_answer", evaluation=of(offered, "pat").pk))
        assert all(f"{question} (optional)" in page for _, question in QUESTIONS)
        sent = offered.send("pat", "evaluation_answer", {}, evaluation=of(offered, "pat").pk)
        assert sent.status_code == FOUND
        assert "Pat Mercer left every question empty. That is their right." in words(offered.get("quality", "evaluations"))

    def test_answers_are_read_by_those_the_page_names_and_nobody_else(self, offered: Project) -> None:
        said = "The papers came too late for me."
        offered.send("pat", "evaluation_answer", {"understood": said}, evaluation=of(offered, "pat").pk)
        for key, reads in (("pat", True), ("coordinator", True), ("quality", True), ("auditor", True),
                           ("amina", False), ("lead", False), ("chair", False), ("exec", False)):  # fmt: skip
            assert (said in words(offered.get(key, "evaluations"))) is reads, key
            assert said not in words(offered.get(key, "record")), key

    def test_they_can_be_changed_until_the_end(self, offered: Project) -> None:
        offered.story.answer_evaluation("pat", understood="Not all of it.")
        page = offered.get("pat", "evaluation_answer", evaluation=of(offered, "pat").pk)
        assert "Not all of it." in page.content.decode()
        assert "What you send now replaces it." in words(page)

    def test_somebody_elses_questions_are_not_answered(self, offered: Project) -> None:
        key = of(offered, "pat").pk
        sent = {"understood": "I answer for Pat."}
        response = offered.post("amina", offered.address("evaluation_answer", evaluation=key), sent)
        assert response.status_code == FORBIDDEN
        assert "These questions are put to somebody else." in words(response)
        assert "I answer for Pat." in words(response)

    def test_what_is_not_there_and_what_may_not_be_seen_are_not_found_alike(self, offered: Project) -> None:
        assert offered.get("pat", "evaluation_answer", evaluation=NOTHING).status_code == NOT_FOUND
        assert offered.get("gwen", "evaluation_answer", evaluation=of(offered, "pat").pk).status_code == NOT_FOUND
        assert offered.get("gwen", "evaluations").status_code == NOT_FOUND

    def test_after_the_end_nothing_is_asked(self, offered: Project) -> None:
        key = of(offered, "pat").pk
        facts = {"contribution": "Much.", "payments_settled": "yes"}
        offered.story.submit("coordinator", facts=facts)
        offered.story.decide("quality", "close")
        assert offered.get("pat", "evaluation_answer", evaluation=key).status_code == STALE
        assert "Say what it was like" not in words(offered.client("pat").get("/"))
        assert "You said, we did" in words(offered.get("pat", "case"))
