"""What a case waits for is there as rows, written and voided by the act that causes it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.builders import a_story
from workflows.calendar import LONDON, london_day
from workflows.deadlines.models import Deadline
from workflows.doors import second_key
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


def in_review() -> Story:
    """The draft is before the group on Tuesday 10 March 2026, and due ten working days after the stage began."""
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    return case


def rows(case: Story, state: str = "open", **more: object) -> list[tuple[str, date]]:
    found = Deadline.objects.filter(case=case.case_id, state=state, **more).order_by("due_at", "kind")
    return [(row.kind, london_day(row.due_at)) for row in found]


def test_a_seat_that_owes_an_answer_has_three_reminders_and_an_escalation_at_nine_in_london() -> None:
    case = in_review()
    assert rows(case, seat=case.seat("pat")) == [
        ("reminder_half_way", date(2026, 3, 17)), ("reminder_two_days", date(2026, 3, 20)),
        ("reminder_due", date(2026, 3, 24)), ("answer_late", date(2026, 3, 25)),
    ]  # fmt: skip
    assert {(row.due_at.astimezone(LONDON).hour) for row in Deadline.objects.all()} == {9}


def test_an_answer_voids_what_was_due_for_it_and_leaves_the_rest() -> None:
    case = in_review()
    case.answer("pat")
    assert rows(case, seat=case.seat("pat")) == []
    assert len(rows(case, "voided", seat=case.seat("pat"), visit=case.visit)) == 4
    assert len(rows(case, seat=case.seat("amina"))) == 4


def test_a_stage_that_is_passed_leaves_no_row_of_its_own() -> None:
    case = in_review()
    before = case.visit
    case.all_answer()
    assert rows(case, visit=before) == []
    assert ("stage_late", ) == tuple({kind for kind, _ in rows(case, visit=case.visit)})


def test_whoever_owes_again_is_reminded_again_but_what_was_done_is_not_done_twice() -> None:
    case = a_story().walk_to("actions")
    case.put_actions_to_group()
    done = Deadline.objects.get(case=case.case_id, kind="reminder_half_way", seat=case.seat("pat"), visit=case.visit)
    done.end(Deadline.State.DONE, case.at)
    done.save()
    case.answer("pat")
    case.do_change_an_action = None
    assert rows(case, seat=case.seat("pat")) == []
