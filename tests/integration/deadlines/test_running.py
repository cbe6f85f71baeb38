"""The clock: reminders that count, escalation that changes nothing, and no storm after a week's silence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from audit.verify import verify_chains
from cases.models import Lapse, Position
from notifications.models import Notice
from permissions.verdict import Refused
from tests.builders import a_story
from tests.integration.deadlines.clock import in_review, next_working_day, nine, reminded, rows, sweep_at, told
from workflows.deadlines import acts
from workflows.deadlines.models import Deadline
from workflows.deadlines.retrying import retry_deadline
from workflows.deadlines.running import catch_up
from workflows.processes.oversight.story import Story
from workflows.verify import verify_case

pytestmark = pytest.mark.django_db


def holds_together(case: Story) -> None:
    assert verify_chains(case.case_id).findings == []
    assert list(verify_case(case.case, case.at)) == []


def test_whoever_owes_an_answer_is_reminded_half_way_two_days_before_and_on_the_day() -> None:
    case = in_review()
    for _ in range(14):
        next_working_day(case)
    assert reminded(case, "pat") == ["2026-03-17", "2026-03-20", "2026-03-24"]
    assert {event.capacity for event in told(case, "reminded")} == {"system"}
    holds_together(case)


def test_whoever_has_answered_is_left_in_peace() -> None:
    case = in_review()
    case.answer("pat")
    sweep_at(case, nine(2026, 3, 24))
    assert reminded(case, "pat") == []
    assert reminded(case, "amina") == ["2026-03-24"]


def test_the_clock_never_lapses_but_its_reminders_let_the_chair_do_so() -> None:
    case = in_review()
    case.answer("chair")
    case.answer("amina")
    for _ in range(14):
        next_working_day(case)
    assert not Lapse.objects.exists()
    assert case.case.state == "draft_review"
    case.lapse("pat")
    assert case.case.state == "actions"


def test_a_late_answer_is_told_to_the_chair_and_the_chairs_own_to_the_executive() -> None:
    case = in_review()
    sweep_at(case, nine(2026, 3, 25))
    people = {event.facts["what"].partition("\u2019s")[0]: event.facts["people"] for event in told(case, "escalated")}
    assert people == {
        "Pat Mercer": ["Charles Adeyemi"], "Amina Yusuf": ["Charles Adeyemi"], "Charles Adeyemi": ["Eleanor Hughes"],
    }  # fmt: skip
    assert not Position.objects.filter(visit=case.visit).exists()
    notice = Notice.objects.filter(person=case.who("chair")).latest("at", "id")
    assert notice.text.endswith("was due on 24 March 2026 and is late. You are the next person up.")
    holds_together(case)


def test_a_stage_that_nobody_prepares_is_told_to_the_executive() -> None:
    case = a_story().walk_to("terms")
    sweep_at(case, nine(2026, 4, 1))
    (event,) = told(case, "escalated")
    assert (event.facts["what"], event.facts["people"]) == ("\u201cAgree the terms of reference\u201d", ["Eleanor Hughes"])


def test_an_offer_without_a_reply_is_told_to_who_made_it_and_stays_an_offer() -> None:
    case = a_story().walk_to("form_group")
    case.offer("gwen")
    sweep_at(case, nine(2026, 3, 13))
    assert Notice.objects.get(person=case.who("lead"), text__contains="No reply is not consent")
    assert case.seat("gwen").state == "offered"


def test_a_waiver_that_runs_out_is_told_to_partners_and_quality_and_stops_working() -> None:
    case = a_story().walk_to("form_group")
    case.take_seat("chair", "chair")
    case.take_seat("pat")
    case.waive()
    sweep_at(case, nine(2026, 4, 1))
    assert not case.look.waived("R9")
    (event,) = told(case, "waiver_expired")
    heard = set(Notice.objects.filter(event_id=event.pk).values_list("person__name", flat=True))
    assert heard == {"Pat Mercer", "Quinn Foster"}


def test_training_that_runs_out_warns_the_partner_and_the_coordinator_once_for_all_seats() -> None:
    first = a_story().walk_to("terms")
    second = Story(first.trust, first.at).walk_to("terms")
    sweep_at(first, nine(2028, 10, 3))
    warned = Event.objects.filter(kind="training_warned")
    assert [event.case_id for event in warned] == [first.case_id] * 2
    heard = Notice.objects.filter(event_id__in=warned.values("pk")).values_list("person__name", flat=True)
    assert sorted(heard) == ["Amina Yusuf", "Cora Bell", "Cora Bell", "Pat Mercer"]
    assert all(row.overtaken for row in Deadline.objects.filter(case=second.case_id, kind="training_90"))


def test_after_a_week_of_silence_each_person_is_reminded_once() -> None:
    case = in_review()
    sweep_at(case, nine(2026, 3, 31))
    assert reminded(case, "pat") == ["2026-03-31"]
    mine = Deadline.objects.filter(case=case.case_id, seat=case.seat("pat"), visit=case.visit, state="done")
    assert sorted(mine.values_list("kind", "overtaken")) == [
        ("answer_late", False), ("reminder_due", False), ("reminder_half_way", True), ("reminder_two_days", True),
    ]  # fmt: skip


def test_sweeping_twice_does_nothing_twice() -> None:
    case = in_review()
    first, again = sweep_at(case, nine(2026, 3, 25)), sweep_at(case, nine(2026, 3, 25) + timedelta(minutes=1))
    assert first.done > 0
    assert (again.done, again.failed) == (0, 0)


def test_a_case_from_before_the_clock_is_waited_for_from_now_on() -> None:
    case = in_review()
    before = rows(case)
    Deadline.objects.all().delete()
    assert (catch_up(lambda: case.at), catch_up(lambda: case.at)) == (1, 0)
    assert rows(case) == before


def _breaks(*_: Any) -> None:
    raise ConnectionResetError("Pat Mercer's answer is in this message")


def test_what_fails_is_tried_five_times_and_keeps_only_the_name_of_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    case = in_review()
    monkeypatch.setattr(acts, "remind", _breaks)
    at, waited = nine(2026, 3, 17), []
    while Deadline.objects.filter(state="failed").count() == 0:
        sweep_at(case, at)
        row = Deadline.objects.filter(kind="reminder_half_way", visit=case.visit)[0]
        waited.append((row.next_try_at - at).total_seconds() / 60)
        at = row.next_try_at
    assert waited == [2, 4, 8, 16, 32]
    assert {row.error for row in Deadline.objects.filter(state="failed")} == {"ConnectionResetError"}
    assert told(case, "reminded") == []
    holds_together(case)


def test_one_row_that_fails_holds_up_no_other_and_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    case = in_review()
    with monkeypatch.context() as patch:
        patch.setattr(acts, "escalate_answer", _breaks)
        for minutes in (0, 2, 6, 14, 30):
            sweep_at(case, nine(2026, 3, 25) + timedelta(minutes=minutes))
    assert reminded(case, "pat") == ["2026-03-25"]
    failed = Deadline.objects.filter(state="failed", seat=case.seat("pat")).get()
    retry_deadline(failed.pk, case.who("quality"), case.at)
    sweep_at(case, case.at + timedelta(minutes=1))
    assert ("answer_late", "2026-03-25") in rows(case, "done", seat=case.seat("pat"))
    with pytest.raises(Refused, match="not failed"):
        retry_deadline(failed.pk, case.who("quality"), case.at)
