"""Saying what one thinks, in the browser: what the page says first, what is refused, and what is kept."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cases.models import Position
from tests.web.casework import FORBIDDEN, FOUND, NOT_FOUND, OK, STALE, Casework, hidden, words
from workflows.doors.actions import change_action

NOTHING = "00000000-0000-0000-0000-000000000000"
WHY = "The report does not say why families were not listened to."


@pytest.fixture
def at_review(work: Casework) -> Casework:
    """The draft report is with the group, in its second version."""
    story = work.story.walk_to("draft_review")
    story.paper("report", summary="What happened on Ward 4.", note="Page 4 now says that the family called three times.")
    story.put_draft_to_group()
    return work


@pytest.fixture
def at_actions(work: Casework) -> Casework:
    """Two safety actions are with the group."""
    work.story.walk_to("actions").put_actions_to_group()
    return work


def each_action(work: Casework, answer: str = "support", text: str = "") -> dict[str, str]:
    """An answer for every safety action."""
    items = work.story.look.live_actions
    return {f"answer_{one.pk.hex}": answer for one in items} | {f"text_{one.pk.hex}": text for one in items}


FILLED = re.compile(r'value="(\w+)" checked|<textarea[^>]*>([^<]+)</textarea>')


def filled_in(page: Any) -> list[str]:
    """What stands in the boxes of a form of radios and text."""
    return [chosen or typed.strip() for chosen, typed in FILLED.findall(" ".join(page.content.decode().split()))]


class TestWhatThePageSays:
    def test_in_the_order_that_a_partner_needs_it(self, at_review: Casework) -> None:
        at_review.story.wait(6)
        text = words(at_review.get("pat", "position", visit=at_review.story.visit))
        order = [
            "Say what you think of the investigation report",
            "The group decides whether the report is right.",
            "What happened on Ward 4.",
            "You have had it for 6 working days.",
            "Download version 2",
            "What changed since version 1",
            "Page 4 now says that the family called three times.",
            "What happens after each answer",
            "It cannot go on. Eleanor Hughes, the executive lead for patient safety, must meet you within 10 working days",
            "What you wrote stays in the final record.",
            "What do you think of it?",
            "I would rather not say",
            "What you want the record to say",
            "I cannot follow this paper",
            "I have a conflict of interest",
        ]
        for part in order:
            assert part in text
            text = text.partition(part)[2]

    def test_by_when_and_how_many_have_answered(self, at_review: Casework) -> None:
        at_review.story.answer("amina")
        text = words(at_review.get("pat", "position", visit=at_review.story.visit))
        assert "Please answer by" in text
        assert "Three people are asked. One has answered." in text

    def test_only_a_lay_partner_can_shorten_the_notice_and_only_while_it_runs(self, at_review: Casework) -> None:
        visit = at_review.story.visit
        box = "I have had enough time. It need not wait for me until"
        assert box in words(at_review.get("pat", "position", visit=visit))
        assert box not in words(at_review.get("chair", "position", visit=visit))
        at_review.story.wait(6)
        assert box not in words(at_review.get("pat", "position", visit=visit))

    def test_what_others_said_is_not_on_the_page(self, at_review: Casework) -> None:
        at_review.story.answer("amina", "support_with_comments", "Say sorry on page one.")
        assert "Say sorry on page one." not in words(at_review.get("pat", "position", visit=at_review.story.visit))

    def test_why_it_has_come_back(self, at_review: Casework) -> None:
        story = at_review.story
        story.answer("chair")
        story.answer("amina")
        story.dissent("pat", WHY)
        story.hear_dissent("send_back", "You are right: page 4 must say it.")
        story.answer("pat", "heard")
        story.walk_to("draft_review").put_draft_to_group()
        text = words(at_review.get("amina", "position", visit=story.visit))
        assert "Why it has come back" in text
        assert "a lay partner did not support it" in text
        assert "You are right: page 4 must say it." in text

    def test_a_disagreement_with_an_older_text_is_not_gone(self, at_review: Casework) -> None:
        at_review.story.dissent("pat", WHY)
        at_review.story.paper("report", note="Page 5 is new.")
        at_review.story.put_draft_to_group()
        text = words(at_review.get("pat", "position", visit=at_review.story.visit))
        assert "That stands until you answer about this one." in text
        assert WHY in text

    def test_a_stage_that_only_asks_for_reading_says_so(self, work: Casework) -> None:
        story = work.story.walk_to("planning")
        story.paper("plan")
        story.submit("lead", facts={"agreed_end": "2026-06-01", "timetable_shared": "yes"})
        text = words(work.get("pat", "position", visit=story.visit))
        assert "Have you read it?" in text
        assert "Monday 1 June 2026" in text


class TestAnswering:
    def test_checked_sent_and_told_what_comes_next(self, at_review: Casework) -> None:
        visit = at_review.story.visit
        checking = at_review.send("pat", "position", {"answer": "do_not_support", "text": WHY}, visit=visit)
        assert "Check what you are about to say" in words(checking)
        assert WHY in words(checking)
        assert not Position.objects.filter(visit=visit).exists()
        sent = at_review.post("pat", at_review.address("position", visit=visit), {**hidden(checking), "asking_to": "confirm"})
        text = words(at_review.client("pat").get(sent["Location"]))
        assert WHY in text
        assert "Everyone who sits on this case can read it" in text
        assert "Now it waits for Charles Adeyemi and Amina Yusuf to answer" in text

    def test_the_answer_is_on_the_version_that_was_shown(self, at_review: Casework) -> None:
        visit = at_review.story.visit
        at_review.confirm("pat", "position", {"answer": "support", "enough_time": "on"}, visit=visit)
        position = Position.objects.get(visit=visit)
        assert position.version_id == at_review.story.look.latest_released("report").pk  # type: ignore[union-attr]
        assert position.enough_time

    def test_missing_words_are_asked_for_and_the_choice_is_kept(self, at_review: Casework) -> None:
        visit = at_review.story.visit
        response = at_review.send("pat", "position", {"answer": "do_not_support", "text": "  "}, visit=visit)
        assert "because you chose “I do not support it”" in words(response)
        assert 'value="do_not_support" checked' in " ".join(response.content.decode().split())
        assert "<title>Error:" in " ".join(response.content.decode().split()).replace("<title> ", "<title>")

    def test_an_answer_is_needed(self, at_review: Casework) -> None:
        response = at_review.send("pat", "position", {"text": WHY}, visit=at_review.story.visit)
        assert "Choose one of the answers" in words(response)
        assert WHY in words(response)

    def test_pressing_twice_answers_once_even_when_it_settles_the_stage(self, at_review: Casework) -> None:
        story, visit = at_review.story, at_review.story.visit
        story.answer("chair", enough_time=True)
        story.answer("amina", enough_time=True)
        answers = {"answer": "support", "enough_time": "on"}
        first, second = at_review.press_twice("pat", "position", answers, visit=visit)
        assert first.status_code == second.status_code == FOUND
        assert first["Location"] == second["Location"]
        assert Position.objects.filter(visit=visit, person=story.who("pat")).count() == 1
        assert "moved on to “Agree the safety actions”" in words(at_review.client("pat").get(second["Location"]))

    def test_answering_again_shows_what_one_said_and_fills_in_nothing(self, at_review: Casework) -> None:
        visit = at_review.story.visit
        at_review.story.answer("pat", "do_not_support", WHY)
        page = at_review.get("pat", "position", visit=visit)
        assert "What you said on Wednesday 11 March 2026: I do not support it" in words(page)
        assert words(page).count(WHY) == 1
        assert not filled_in(page)
        at_review.confirm("pat", "position", {"answer": "support"}, visit=visit)
        assert [(one.answer, one.text) for one in Position.objects.filter(visit=visit).order_by("number")] == [
            ("do_not_support", WHY), ("support", ""),
        ]  # fmt: skip

    def test_what_is_typed_anew_survives_a_mistake_and_the_way_back(self, at_review: Casework) -> None:
        visit = at_review.story.visit
        at_review.story.answer("pat", "do_not_support", WHY)
        mistaken = at_review.send("pat", "position", {"answer": "", "text": "Page 4 is better."}, visit=visit)
        assert filled_in(mistaken) == ["Page 4 is better."]
        checking = at_review.send("pat", "position", {"answer": "support_with_comments", "text": "Page 4."}, visit=visit)
        back = at_review.post("pat", at_review.address("position", visit=visit), {**hidden(checking), "asking_to": "view"})
        assert filled_in(back) == ["support_with_comments", "Page 4."]

    def test_while_a_disagreement_is_open_the_page_after_it_says_who_must_hear_it(self, at_review: Casework) -> None:
        story, visit = at_review.story, at_review.story.visit
        must = "Eleanor Hughes must meet you and answer in writing"
        other = "Eleanor Hughes must meet the partner who disagrees and answer in writing"
        stays = "What you wrote stays in the record unaltered, whatever is decided."

        def after(key: str) -> str:
            return words(at_review.get(key, "position_done", visit=visit))

        story.answer("chair")
        story.dissent("pat", WHY)
        assert f"it cannot go on. As soon as every lay partner has answered, {must}, within 10 working days. {stays}" in after(
            "pat"
        )
        assert other not in after("chair")
        story.answer("amina")
        assert f"You do not support it, so it cannot go on. {must}, by" in after("pat")
        assert stays in after("pat")
        assert other in after("amina")
        story.hear_dissent("pass", "The report now says so on page 4.")
        assert "Eleanor Hughes has met you and has answered in writing." in after("pat")
        story.answer("pat", "heard")
        assert "Eleanor Hughes" not in after("pat")
        story.walk_to("sign_off")
        assert other not in after("amina")

    def test_the_page_after_it_is_ones_own(self, at_review: Casework) -> None:
        visit = at_review.story.visit
        at_review.story.answer("pat")
        assert at_review.get("pat", "position_done", visit=visit).status_code == OK
        assert at_review.get("amina", "position_done", visit=visit).status_code == NOT_FOUND


class TestRefusals:
    @pytest.mark.parametrize("key", ["lead", "exec", "auditor"])
    def test_somebody_who_is_not_asked(self, at_review: Casework, key: str) -> None:
        visit = at_review.story.visit
        response = at_review.get(key, "position", visit=visit)
        assert response.status_code == FORBIDDEN
        assert "This question is not put to you" in words(response)

    def test_somebody_without_sight_finds_nothing(self, at_review: Casework) -> None:
        assert at_review.get("gwen", "position", visit=at_review.story.visit).status_code == NOT_FOUND

    def test_a_visit_that_is_none_of_this_case(self, at_review: Casework) -> None:
        assert at_review.get("pat", "position", visit=NOTHING).status_code == NOT_FOUND

    def test_posting_by_hand_goes_through_the_same_door(self, at_review: Casework) -> None:
        """The check page of one person is worth nothing to another, and a form that was never shown decides nothing."""
        visit = at_review.story.visit
        sent = hidden(at_review.send("pat", "position", {"answer": "support"}, visit=visit)) | {"asking_to": "confirm"}
        address = at_review.address("position", visit=visit)
        assert at_review.post("amina", address, sent).status_code == OK
        by_hand = {"asking_at": "view", "asking_to": "confirm", "answer": "support", "version": "nonsense"}
        assert at_review.post("amina", address, by_hand).status_code == STALE
        assert at_review.post("lead", address, by_hand).status_code in (FORBIDDEN, STALE)
        assert not Position.objects.filter(visit=visit).exists()

    def test_a_page_opened_before_a_new_version_is_out_of_date_and_gives_the_words_back(self, at_review: Casework) -> None:
        story, visit = at_review.story, at_review.story.visit
        checking = at_review.send("pat", "position", {"answer": "do_not_support", "text": WHY}, visit=visit)
        story.paper("report", note="Page 5 is new.")
        response = at_review.post("pat", at_review.address("position", visit=visit), {**hidden(checking), "asking_to": "confirm"})
        assert response.status_code == STALE
        assert WHY in words(response)
        assert not Position.objects.filter(visit=visit).exists()

    def test_a_stage_that_has_been_decided(self, at_review: Casework) -> None:
        visit = at_review.story.visit
        at_review.story.all_answer()
        response = at_review.get("pat", "position", visit=visit)
        assert response.status_code == STALE
        assert "This has already been decided" in words(response)

    def test_somebody_who_stepped_aside_in_another_tab(self, at_review: Casework) -> None:
        visit = at_review.story.visit
        checking = at_review.send("pat", "position", {"answer": "support"}, visit=visit)
        at_review.story.recuse("pat")
        response = at_review.post("pat", at_review.address("position", visit=visit), {**hidden(checking), "asking_to": "confirm"})
        assert response.status_code == NOT_FOUND


class TestEachOfSeveral:
    def test_every_action_with_its_owner_measure_and_day_on_one_page(self, at_actions: Casework) -> None:
        text = words(at_actions.get("pat", "position", visit=at_actions.story.visit))
        for action in at_actions.story.look.live_actions:
            assert f"Safety action {action.number}: {action.title}" in text
        assert text.count("Dev Patel") >= 2
        assert "Audit of call bell times each month" in text

    def test_one_check_for_all(self, at_actions: Casework) -> None:
        visit = at_actions.story.visit
        checking = at_actions.send("pat", "position", each_action(at_actions), visit=visit)
        assert words(checking).count("I support it") == len(at_actions.story.look.live_actions)
        at_actions.post("pat", at_actions.address("position", visit=visit), {**hidden(checking), "asking_to": "confirm"})
        assert Position.objects.filter(visit=visit).count() == len(at_actions.story.look.live_actions)
        assert "You have answered on all of them." in words(at_actions.get("pat", "position", visit=visit))

    def test_pressing_twice_answers_each_once(self, at_actions: Casework) -> None:
        visit = at_actions.story.visit
        at_actions.story.answer("amina")
        _first, second = at_actions.press_twice("pat", "position", each_action(at_actions), visit=visit)
        assert second.status_code == FOUND
        assert Position.objects.filter(visit=visit, person=at_actions.story.who("pat")).count() == 2
        assert at_actions.story.case.state == "sign_off"

    def test_only_what_changed_is_asked_again(self, at_actions: Casework) -> None:
        story, visit = at_actions.story, at_actions.story.visit
        story.answer("pat")
        first, second = story.look.live_actions
        story.do(
            change_action, "directorate", action=first.pk, title="Answer within three minutes", measure="Audit",
            owner=story.who("directorate"), due_on=first.due_on,
        )  # fmt: skip
        text = words(at_actions.get("pat", "position", visit=visit))
        assert "Safety action 1: Answer within three minutes" in text
        assert "What you have answered already" in text
        at_actions.confirm("pat", "position", {f"answer_{first.pk.hex}": "support"}, visit=visit)
        assert Position.objects.filter(visit=visit, item=second).count() == 1

    def test_an_action_that_changed_meanwhile_leaves_nothing_half_done(self, at_actions: Casework) -> None:
        story, visit = at_actions.story, at_actions.story.visit
        checking = at_actions.send("pat", "position", each_action(at_actions, "support_with_comments", WHY), visit=visit)
        second = story.look.live_actions[1]
        story.do(
            change_action, "directorate", action=second.pk, title="Another text", measure="Audit",
            owner=story.who("directorate"), due_on=second.due_on,
        )  # fmt: skip
        response = at_actions.post("pat", at_actions.address("position", visit=visit), {**hidden(checking), "asking_to": "confirm"})
        assert response.status_code == STALE
        assert WHY in words(response)
        assert not Position.objects.filter(visit=visit).exists()

    def test_one_action_can_be_answered_by_itself(self, at_actions: Casework) -> None:
        visit, item = at_actions.story.visit, at_actions.story.look.live_actions[0]
        answers = {f"answer_{item.pk.hex}": "do_not_support", f"text_{item.pk.hex}": WHY}
        assert at_actions.confirm("pat", "position_item", answers, visit=visit, item=item.pk).status_code == FOUND
        assert Position.objects.get(visit=visit).item_id == item.pk
        assert at_actions.get("pat", "position_item", visit=visit, item=NOTHING).status_code == NOT_FOUND

    def test_words_missing_on_one_keep_the_others(self, at_actions: Casework) -> None:
        second = at_actions.story.look.live_actions[1]
        answers = each_action(at_actions) | {f"answer_{second.pk.hex}": "do_not_support"}
        response = at_actions.send("pat", "position", answers, visit=at_actions.story.visit)
        page = " ".join(response.content.decode().split())
        assert "because you chose “I do not support it”" in page
        assert page.count(" checked") == 2


class TestBeingHeard:
    @pytest.fixture
    def heard(self, at_review: Casework) -> Casework:
        story = at_review.story
        story.answer("chair")
        story.answer("amina")
        story.dissent("pat", WHY)
        story.hear_dissent("pass", "The report now says so on page 4.")
        return at_review

    def test_the_partner_reads_the_answer_and_is_not_asked_to_agree(self, heard: Casework) -> None:
        text = words(heard.get("pat", "position", visit=heard.story.visit))
        assert "You are not asked whether you agree." in text
        for part in (WHY, "We met and went through it line by line.", "The report now says so on page 4."):
            assert part in text

    def test_only_who_disagreed_is_asked(self, heard: Casework) -> None:
        assert heard.get("amina", "position", visit=heard.story.visit).status_code == FORBIDDEN

    def test_heard_goes_on(self, heard: Casework) -> None:
        assert heard.confirm("pat", "position", {"answer": "heard"}, visit=heard.story.visit).status_code == FOUND
        assert heard.story.case.state == "actions"

    def test_not_heard_must_be_heard_again_and_says_why(self, heard: Casework) -> None:
        visit = heard.story.visit
        assert "because you chose “No, I was not heard”" in words(
            heard.send("pat", "position", {"answer": "not_heard"}, visit=visit)
        )
        heard.confirm("pat", "position", {"answer": "not_heard", "text": "It took four minutes."}, visit=visit)
        assert heard.story.case.state == "draft_review__dissent"
        assert "It took four minutes." in words(heard.get("exec", "stage_submit", visit=heard.story.visit))


def test_the_page_costs_the_same_for_two_actions_and_for_many(at_actions: Casework) -> None:
    visit = at_actions.story.visit
    few = at_actions.statements("pat", "position", visit=visit)
    for number in range(6):
        at_actions.story.draft_action(f"Another action {number}")
    assert at_actions.statements("pat", "position", visit=visit) == few
    assert few <= 14
