"""A lay partner stops the work in the browser; the sponsor answers; and nothing of it is lost."""

from __future__ import annotations

import pytest

from cases.models import Hold
from tests.web.casework import FORBIDDEN, FOUND, NOT_FOUND, OK, STALE, hidden, words
from tests.web.projects.project import Project
from web.design_system.words import day

NOTHING = "00000000-0000-0000-0000-000000000000"
WHY = "The cards can be read by every visitor. Ask patients first."


@pytest.fixture
def testing(project: Project) -> Project:
    project.story.walk_to("testing")
    return project


@pytest.fixture
def held(testing: Project) -> Hold:
    return testing.story.hold("pat", WHY)


class TestStopping:
    def test_what_happens_and_who_answers_by_when_is_said_first(self, testing: Project) -> None:
        text = words(testing.get("pat", "hold_place", act="hold"))
        assert text.index("What happens") < text.index("Why must it stop?")
        assert "Gareth Lloyd (project sponsor) must answer you in writing by" in text
        assert "(5 working days)" in text

    def test_it_is_first_in_where_the_case_stands(self, testing: Project) -> None:
        assert testing.send("pat", "hold_place", {"reason": WHY}, act="hold").status_code == FOUND
        for key in ("pat", "amina", "chair", "lead"):
            text = words(testing.get(key, "case"))
            stands = text.partition("Where it stands: Test changes")[2]
            assert stands.startswith(f" Pat Mercer stopped the work Waiting for an answer {WHY} Pat Mercer, lay partner")
            assert "Nothing goes on until Gareth Lloyd (project sponsor) has answered. The answer is due by" in stands
            assert "It is the turn of" not in stands.partition("What you can do now")[0]

    def test_an_answered_hold_stays_there_until_the_stage_ends(self, testing: Project, held: Hold) -> None:
        testing.story.answer_hold(held, "The name stays, and nothing else.")
        testing.story.test_change()
        for key in ("pat", "chair"):
            stands = (
                words(testing.get(key, "case")).partition("Where it stands: Test changes")[2].partition("What you can do now")[0]
            )
            assert f"Pat Mercer stopped the work Answered {WHY}" in stands
            assert "The name stays, and nothing else. Gareth Lloyd" in stands
            assert "Gareth Lloyd has answered, so the work may go on. Pat Mercer can stop it again." in stands
        testing.story.hold("amina", "Wait for the night staff.")
        assert "so the work may go on" not in words(testing.get("pat", "case"))
        testing.story.answer_hold(testing.story.look.holds[-1])
        testing.story.test_change("enough")
        assert "stopped the work" not in words(testing.get("pat", "case")).partition("What you can do now")[0]

    def test_a_reason_is_asked_for(self, testing: Project) -> None:
        response = testing.send("pat", "hold_place", {"reason": "  "}, act="hold")
        assert response.status_code == OK
        assert "Say why it must stop" in words(response)
        assert not Hold.objects.exists()

    def test_pressing_twice_stops_it_once(self, testing: Project) -> None:
        sent = {**hidden(testing.get("pat", "hold_place", act="hold")), "reason": WHY}
        for _ in range(2):
            assert testing.post("pat", testing.address("hold_place", act="hold"), sent).status_code == FOUND
        assert Hold.objects.count() == 1

    def test_a_second_hold_of_the_same_partner_is_refused_with_the_words_kept(self, testing: Project, held: Hold) -> None:
        response = testing.post("pat", testing.address("hold_place", act="hold"), {"reason": "And another thing."})
        assert response.status_code == FORBIDDEN
        text = words(response)
        assert "You have stopped this already, and wait for the answer." in text
        assert "Rule R12" in text
        assert "And another thing." in text

    @pytest.mark.parametrize("key", ["lead", "chair", "quality"])
    def test_staff_do_not_stop_it(self, testing: Project, key: str) -> None:
        response = testing.get(key, "hold_place", act="hold")
        assert response.status_code == FORBIDDEN
        assert "Only a Patient Safety Partner with a seat on this case can stop the work." in words(response)

    def test_it_is_not_stopped_before_it_has_begun(self, project: Project) -> None:
        project.story.walk_to("scope")
        response = project.get("pat", "hold_place", act="hold")
        assert response.status_code == FORBIDDEN
        assert "This cannot be stopped at this stage." in words(response)

    def test_an_act_that_stops_nothing_is_not_there(self, testing: Project) -> None:
        for act in ("withdraw", "nothing"):
            assert testing.get("pat", "hold_place", act=act).status_code == NOT_FOUND

    def test_the_record_says_the_day_in_words(self, testing: Project, held: Hold) -> None:
        text = words(testing.get("pat", "record"))
        assert f"Pat Mercer stopped the work until they are answered, by {day(held.due_on)}" in text


class TestAnswering:
    def test_it_waits_for_the_sponsor_on_their_home_and_for_nobody_else(self, testing: Project, held: Hold) -> None:
        title = "Answer Pat Mercer, who stopped the work"
        home = testing.client("chair").get("/")
        assert title in words(home).partition("Your cases")[0]
        assert testing.address("hold_answer", hold=held.pk) in home.content.decode()
        for key in ("pat", "lead", "quality"):
            assert title not in words(testing.client(key).get("/"))

    def test_the_words_of_the_partner_come_first(self, testing: Project, held: Hold) -> None:
        text = words(testing.get("chair", "hold_answer", hold=held.pk))
        assert text.index(WHY) < text.index("Your answer")

    def test_an_answer_lets_the_work_go_on_and_both_stay_to_be_read(self, testing: Project, held: Hold) -> None:
        answer = "The name stays; nothing else is on the card."
        assert testing.send("chair", "hold_answer", {"answer": answer}, hold=held.pk).status_code == FOUND
        text = words(testing.get("pat", "holds"))
        assert text.index("Answered") < text.index(WHY) < text.index(answer)
        stands = words(testing.get("pat", "case"))
        assert "Nothing goes on until" not in stands
        assert "When the work was stopped (1 time)" in stands
        assert answer in words(testing.get("pat", "record"))

    def test_an_empty_answer_is_asked_for_again(self, testing: Project, held: Hold) -> None:
        assert "Write your answer" in words(testing.send("chair", "hold_answer", {"answer": ""}, hold=held.pk))

    @pytest.mark.parametrize("key", ["pat", "amina", "lead", "quality"])
    def test_nobody_else_answers(self, testing: Project, held: Hold, key: str) -> None:
        response = testing.post(key, testing.address("hold_answer", hold=held.pk), {"answer": "It is fine."})
        assert response.status_code == FORBIDDEN
        assert "Only the project sponsor answers this." in words(response)
        assert "It is fine." in words(response)

    def test_what_was_answered_already_is_said_to_be_out_of_date(self, testing: Project, held: Hold) -> None:
        sent = {**hidden(testing.get("chair", "hold_answer", hold=held.pk)), "answer": "Twice, at some length."}
        testing.story.answer_hold(held)
        response = testing.post("chair", testing.address("hold_answer", hold=held.pk), sent)
        assert response.status_code == STALE
        assert "Twice, at some length." in words(response)

    def test_a_late_answer_is_called_late(self, testing: Project, held: Hold) -> None:
        testing.story.wait(working_days=7)
        text = words(testing.get("amina", "case"))
        assert "Pat Mercer stopped the work Overdue" in text
        assert f"The answer was due {day(held.due_on)}" in text


class TestTakingBack:
    def test_the_partner_lets_the_work_go_on(self, testing: Project, held: Hold) -> None:
        assert testing.send("pat", "hold_take_back", {}, hold=held.pk).status_code == FOUND
        text = words(testing.get("amina", "holds"))
        assert "Taken back" in text
        assert "Pat Mercer let the work go on" in text
        assert testing.get("pat", "hold_take_back", hold=held.pk).status_code == STALE

    @pytest.mark.parametrize("key", ["amina", "chair"])
    def test_nobody_else_does(self, testing: Project, held: Hold, key: str) -> None:
        assert testing.get(key, "hold_take_back", hold=held.pk).status_code == FORBIDDEN


def test_what_is_not_there_and_what_may_not_be_seen_are_not_found_alike(testing: Project, held: Hold) -> None:
    for page in ("hold_answer", "hold_take_back"):
        assert testing.get("chair", page, hold=NOTHING).status_code == NOT_FOUND
        assert testing.get("gwen", page, hold=held.pk).status_code == NOT_FOUND
    assert testing.get("gwen", "holds").status_code == NOT_FOUND
    assert testing.get("gwen", "hold_place", act="hold").status_code == NOT_FOUND


def test_the_history_costs_the_same_for_one_and_for_many(testing: Project, held: Hold) -> None:
    few = testing.statements("amina", "holds")
    for number in range(4):
        testing.story.answer_hold(Hold.objects.get(answered_at=None))
        testing.story.hold("pat", f"Again {number}")
    assert testing.statements("amina", "holds") == few <= 12
