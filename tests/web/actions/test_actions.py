"""Safety actions in the browser: written, changed, dropped, and what became of them."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import SafetyAction
from tests.web.casework import FORBIDDEN, FOUND, NOT_FOUND, OK, STALE, Casework, day, hidden, words

NOTHING = "00000000-0000-0000-0000-000000000000"
DUE = date(2026, 6, 1)


@pytest.fixture
def at_actions(work: Casework) -> Casework:
    work.story.walk_to("actions")
    return work


def written(work: Casework, **other: str) -> dict[str, str]:
    owner = str(work.story.who("directorate").pk)
    return {"title": "Answer every bell", "measure": "Audit", "owner": owner, **day("due_on", DUE), **other}


class TestWriting:
    def test_an_action_is_added_with_owner_measure_and_day(self, at_actions: Casework) -> None:
        assert at_actions.send("directorate", "action_draft", written(at_actions)).status_code == FOUND
        text = words(at_actions.get("pat", "actions"))
        for part in ("1. Answer every bell To be done", "Dev Patel", "Audit", "Monday 1 June 2026"):
            assert part in text

    def test_what_is_missing_is_named_and_the_rest_is_kept(self, at_actions: Casework) -> None:
        response = at_actions.send("directorate", "action_draft", written(at_actions, owner="", title="Answer every bell"))
        assert "Choose who does it" in words(response)
        assert 'value="Answer every bell"' in response.content.decode()

    def test_a_day_that_is_past_is_refused(self, at_actions: Casework) -> None:
        response = at_actions.send("directorate", "action_draft", written(at_actions, **day("due_on", date(2026, 1, 5))))
        assert "By when? must be on or after" in words(response)

    def test_an_owner_from_elsewhere_is_no_choice(self, at_actions: Casework) -> None:
        response = at_actions.send("directorate", "action_draft", written(at_actions, owner=NOTHING))
        assert "Choose one of the answers listed" in words(response)
        assert not SafetyAction.objects.exists()

    def test_those_who_only_check_that_it_was_done_are_no_choice(self, at_actions: Casework) -> None:
        page = at_actions.get("directorate", "action_draft").content.decode()
        offered = [name for name in ("Dev Patel", "Leila Grant", "Dr Nia Rowe", "Quinn Foster", "Audrey Finch") if name in page]
        assert offered == ["Dev Patel", "Leila Grant", "Dr Nia Rowe"]

    def test_pressing_twice_adds_one(self, at_actions: Casework) -> None:
        sent = {**hidden(at_actions.get("directorate", "action_draft")), **written(at_actions)}
        for _ in range(2):
            assert at_actions.post("directorate", at_actions.address("action_draft"), sent).status_code == FOUND
        assert SafetyAction.objects.count() == 1

    @pytest.mark.parametrize("key", ["pat", "lead", "auditor"])
    def test_others_do_not_write_them(self, at_actions: Casework, key: str) -> None:
        assert "Add a safety action" not in words(at_actions.get(key, "actions"))
        assert at_actions.get(key, "action_draft").status_code == FORBIDDEN
        assert at_actions.post(key, at_actions.address("action_draft"), written(at_actions)).status_code == FORBIDDEN

    def test_before_their_stage_the_page_says_when_they_are_written(self, work: Casework) -> None:
        work.story.walk_to("terms")
        text = words(work.get("directorate", "actions"))
        assert "Add a safety action cannot be done now" in text
        assert "Safety actions are written in the stage where the group agrees them." in text


class TestChanging:
    @pytest.fixture
    def with_group(self, at_actions: Casework) -> Casework:
        at_actions.story.put_actions_to_group()
        return at_actions

    def first(self, work: Casework) -> SafetyAction:
        return work.story.look.actions[0]

    def test_it_says_how_many_are_asked_again(self, with_group: Casework) -> None:
        with_group.story.answer("pat")
        page = with_group.get("directorate", "action_change", action=self.first(with_group).pk)
        assert "1 person has answered on this action as it stands." in words(page)

    def test_the_new_text_is_asked_again(self, with_group: Casework) -> None:
        with_group.story.answer("pat")
        action = self.first(with_group)
        sent = with_group.send("directorate", "action_change", written(with_group, title="Within three minutes"), action=action.pk)
        assert sent.status_code == FOUND
        assert self.first(with_group).revision == action.revision + 1

    def test_two_people_changing_one_action_do_not_overwrite_each_other(self, with_group: Casework) -> None:
        action = self.first(with_group)
        address = with_group.address("action_change", action=action.pk)
        sent = [
            {**hidden(with_group.get("directorate", "action_change", action=action.pk)), **written(with_group, title=title)}
            for title in ("One text", "Another text, of some length")
        ]
        assert with_group.post("directorate", address, sent[0]).status_code == FOUND
        second = with_group.post("directorate", address, sent[1])
        assert second.status_code == STALE
        assert "Another text, of some length" in words(second)
        assert self.first(with_group).title == "One text"

    def test_an_action_can_be_taken_out_while_they_are_prepared(self, at_actions: Casework) -> None:
        at_actions.story.draft_action()
        action = self.first(at_actions)
        at_actions.send("directorate", "action_change", written(at_actions, drop="on"), action=action.pk)
        assert self.first(at_actions).state == SafetyAction.State.DROPPED
        assert "Dropped" in words(at_actions.get("pat", "actions"))
        assert at_actions.get("directorate", "action_change", action=action.pk).status_code == STALE

    def test_it_is_not_taken_out_while_the_group_answers_and_the_page_says_why(self, with_group: Casework) -> None:
        action = self.first(with_group)
        page = with_group.get("directorate", "action_change", action=action.pk)
        assert "Take this action out cannot be done now The group is answering about this action" in words(page).replace(
            "Not met: ", ""
        )
        sent = with_group.send("directorate", "action_change", written(with_group, drop="on"), action=action.pk)
        assert sent.status_code == FORBIDDEN
        assert self.first(with_group).state == SafetyAction.State.DRAFTED

    def test_an_action_that_is_not_there(self, with_group: Casework) -> None:
        assert with_group.get("directorate", "action_change", action=NOTHING).status_code == NOT_FOUND

    def test_others_answers_are_shown_once_one_has_answered(self, with_group: Casework) -> None:
        with_group.story.answer("pat", "support_with_comments", "Say who checks.")
        assert "Say who checks." not in words(with_group.get("amina", "actions"))
        with_group.story.answer("amina", enough_time=False)
        assert "Say who checks." in words(with_group.get("amina", "actions"))


class TestWhatBecameOfThem:
    @pytest.fixture
    def followed(self, work: Casework) -> Casework:
        work.story.walk_to("follow_up")
        return work

    def answer(self, work: Casework, state: str, answers: dict[str, str]) -> object:
        action = work.story.look.actions[0]
        address = work.address("action_evidence", action=action.pk)
        asked = work.send("directorate", "action_evidence", {"state": state}, action=action.pk)
        checking = work.post("directorate", address, {**hidden(asked), **answers})
        return work.post("directorate", address, {**hidden(checking), "asking_to": "confirm"})

    def test_done_with_what_one_can_see(self, followed: Casework) -> None:
        self.answer(followed, "done", {"evidence": "The audit of May shows 96 in 100."})
        text = words(followed.get("pat", "actions"))
        assert "Done" in text
        assert "The audit of May shows 96 in 100." in text

    def test_more_time_needs_a_day_and_a_reason(self, followed: Casework) -> None:
        action = followed.story.look.actions[0]
        address = followed.address("action_evidence", action=action.pk)
        asked = followed.send("directorate", "action_evidence", {"state": "later"}, action=action.pk)
        response = followed.post("directorate", address, {**hidden(asked), **day("new_due_on", date(2026, 9, 1))})
        assert "Say why it needs more time" in words(response)
        self.answer(followed, "later", {**day("new_due_on", date(2026, 9, 1)), "reason": "The bells are late."})
        text = words(followed.get("pat", "actions"))
        assert "Tuesday 1 September 2026 (later than planned: The bells are late.)" in text

    def test_others_do_not_say_so(self, followed: Casework) -> None:
        action = followed.story.look.actions[0]
        assert followed.get("pat", "action_evidence", action=action.pk).status_code == FORBIDDEN
        assert "Say what became of it" not in words(followed.get("pat", "actions"))

    def test_it_is_not_said_before_the_report_is_signed(self, at_actions: Casework) -> None:
        at_actions.story.put_actions_to_group()
        action = at_actions.story.look.actions[0]
        assert at_actions.get("directorate", "action_evidence", action=action.pk).status_code == FORBIDDEN


def test_somebody_without_sight_finds_nothing(at_actions: Casework) -> None:
    for page in ("actions", "action_draft"):
        assert at_actions.get("gwen", page).status_code == NOT_FOUND


def test_the_list_costs_the_same_for_two_and_for_many(at_actions: Casework) -> None:
    at_actions.story.put_actions_to_group()
    few = at_actions.statements("pat", "actions")
    for number in range(6):
        at_actions.story.draft_action(f"Another {number}")
    assert at_actions.statements("pat", "actions") == few
    assert few <= 12
    assert at_actions.get("pat", "actions").status_code == OK
