"""What a case waits for is there as rows, written and voided by the act that causes it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import a_story
from tests.integration.deadlines.clock import in_review, rows
from workflows.calendar import LONDON
from workflows.deadlines.following import bring_up_to_date
from workflows.deadlines.kinds import EVERYTHING
from workflows.deadlines.models import Deadline

pytestmark = pytest.mark.django_db


def test_a_seat_that_owes_an_answer_has_three_reminders_and_an_escalation_at_nine_in_london() -> None:
    case = in_review()
    assert rows(case, seat=case.seat("pat")) == [
        ("reminder_half_way", "2026-03-17"), ("reminder_two_days", "2026-03-20"),
        ("reminder_due", "2026-03-24"), ("answer_late", "2026-03-25"),
    ]  # fmt: skip
    assert {row.due_at.astimezone(LONDON).hour for row in Deadline.objects.all()} == {9}


def test_an_answer_voids_what_was_due_for_it_and_leaves_the_rest() -> None:
    case = in_review()
    case.answer("pat")
    assert rows(case, seat=case.seat("pat")) == []
    assert len(rows(case, "voided", seat=case.seat("pat"), visit=case.visit)) == 4
    assert len(rows(case, seat=case.seat("amina"))) == 4


def test_a_stage_that_is_passed_leaves_no_row_behind_and_the_next_has_its_own() -> None:
    case = in_review()
    before = case.visit
    case.all_answer()
    assert rows(case, visit=before) == []
    assert [kind for kind, _ in rows(case, visit=case.visit)] == ["stage_late"]


def test_a_case_that_has_ended_waits_for_nothing() -> None:
    case = a_story().walk_to("form_group")
    case.offer("gwen")
    assert "offer_unanswered" in dict(rows(case))
    case.withdraw()
    assert rows(case) == []


def test_an_offer_that_is_answered_is_waited_for_no_longer() -> None:
    case = a_story().walk_to("form_group")
    case.offer("gwen")
    case.joins("gwen")
    assert rows(case, "voided", kind="offer_unanswered") == [("offer_unanswered", "2026-03-11")]


def test_a_waiver_and_the_training_of_a_seated_partner_have_a_day() -> None:
    case = a_story().walk_to("form_group")
    case.waive()
    case.take_seat("pat")
    days = dict(rows(case))
    assert days["waiver_over"] == "2026-04-01"
    assert [days[kind] for kind in ("training_90", "training_30", "training_0")] == ["2028-10-03", "2028-12-02", "2029-01-01"]


def test_following_again_changes_nothing_and_reads_once_for_its_rows() -> None:
    case = in_review()
    look = case.look
    bring_up_to_date(look, EVERYTHING)
    with CaptureQueriesContext(connection) as queries:
        bring_up_to_date(look, frozenset())
    assert len(queries) == 1
    assert Deadline.objects.filter(state="voided", visit=case.visit).count() == 1, "the lead's own, who has submitted"


def test_closing_on_more_days_moves_what_is_still_to_come() -> None:
    case = in_review()
    case.trust.organisation.refresh_from_db()
    look = case.look
    look.case.organisation.closed_days = ["2026-03-16"]
    bring_up_to_date(look, EVERYTHING)
    days = dict(rows(case, seat=case.seat("pat")))
    assert (days["reminder_half_way"], days["reminder_due"]) == ("2026-03-18", "2026-03-24")
