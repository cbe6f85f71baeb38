"""C1 to C4: what is required is data and says why; the clock runs against the organisation; four eyes on evidence."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from audit.models import Event
from cases.models import Requirement, RequirementSet, TrainingItem
from notifications.models import Notice
from permissions.traininglife import clock_against, is_late, months_after
from tests.builders import again, refused
from tests.trainees import a_training
from workflows.calendar import london_day
from workflows.demo.trust import NEWCOMERS
from workflows.doors import training
from workflows.doors.people import appoint
from workflows.doors.requirements import (
    agree_requirement_set,
    record_requirement_set,
    refuse_requirement_set,
    set_in_force,
    why_without_governance,
)
from workflows.opening import calendar_of
from workflows.processes.training.story import TrainingStory

pytestmark = pytest.mark.usefixtures("apart")

State, Cause = TrainingItem.State, TrainingItem.Cause
NEW = {"code": "jargon", "title": "Words of data protection", "why": "So that no word shuts you out."}


@pytest.fixture(scope="module")
def opened(kept: None) -> TrainingStory:
    """What is required is confirmed; nothing is offered yet."""
    case = a_training()
    case.open()
    case.confirm()
    return case


@pytest.fixture
def case(opened: TrainingStory, apart: None) -> TrainingStory:
    return again(opened)


def _record(case: TrainingStory, by: str = "quality", **changes: Any) -> RequirementSet:
    case.wait()
    given = {"role": "psp", "task": "oversight", "starts_on": london_day(case.at), "source": "Board, March", "requirements": [NEW]}
    return record_requirement_set(
        organisation=case.trust.organisation, by=case.who(by) if by else None, at=case.at, **{**given, **changes}
    )


def test_ig12_a_set_without_information_governance_says_why(case: TrainingStory) -> None:
    bare = {**NEW, "title": "Words of the NHS"}
    with refused("IG12"):
        _record(case, requirements=[bare])
    written = _record(case, requirements=[bare], reason="The regional host trains them in it.")
    other = _record(case, task="projects", requirements=[{**bare, "code": "data_security"}])
    assert why_without_governance(case.trust.organisation.pk) == {str(written.pk): "The regional host trains them in it."}
    assert other.version


def _agree(case: TrainingStory, of: RequirementSet, by: str = "specialist", **other: Any) -> RequirementSet:
    case.wait()
    return agree_requirement_set(requirement_set=of.pk, by=case.who(by), at=case.at, **other)


def _refuse(case: TrainingStory, of: RequirementSet, by: str = "specialist", reason: str = "It is too little.") -> RequirementSet:
    case.wait()
    return refuse_requirement_set(requirement_set=of.pk, by=case.who(by), at=case.at, reason=reason)


# What is required: C1


def test_c1_each_item_says_why_it_is_asked_and_where_that_comes_from(case: TrainingStory) -> None:
    items = case.look.training_items
    assert [item.requirement.code for item in items if item.requirement] == [
        "syllabus_1", "syllabus_2", "data_protection", "learning_from_incidents", "oversight",
    ]  # fmt: skip
    assert all(item.why.strip() and item.requirement and item.requirement.source for item in items)
    assert [item.valid_for for item in items] == [36, 36, 12, 36, 36]


def test_c1_a_new_version_leaves_the_old_one_and_running_cases_as_they_were(case: TrainingStory) -> None:
    first = RequirementSet.objects.get(organisation=case.trust.organisation, task="oversight")
    second = _agree(case, _record(case))
    assert (first.version, second.version) == (1, 2)
    assert Requirement.objects.filter(requirement_set=first).count() == len(case.look.training_items)
    later = TrainingStory(case.trust, case.at, (NEWCOMERS[1].key,))
    later.open()
    assert [item.title for item in later.look.training_items] == ["Words of data protection"]


def test_c1_a_version_that_begins_later_is_not_asked_for_yet(case: TrainingStory) -> None:
    _agree(case, _record(case, starts_on=london_day(case.at) + timedelta(days=1)))
    later = TrainingStory(case.trust, case.at, (NEWCOMERS[1].key,))
    later.open()
    assert len(later.look.training_items) == len(case.look.training_items)


@pytest.mark.parametrize("by", ["coordinator", "quality", ""])
def test_c1_the_coordinator_or_the_quality_team_says_what_is_required(case: TrainingStory, by: str) -> None:
    _record(case, by)


@pytest.mark.parametrize("by", ["specialist", "iris", "lead2", "exec_team", "auditor", "root", "far_lead"])
def test_c1_nobody_else_says_what_is_required(case: TrainingStory, by: str) -> None:
    with refused("C1"):
        _record(case, by)


@pytest.mark.parametrize(
    "wrong", [
        {"requirements": []}, {"requirements": [{**NEW, "why": " "}]}, {"requirements": [NEW, NEW]}, {"source": ""},
        {"requirements": [{**NEW, "valid_for": 0}]}, {"starts_on": date(2020, 1, 1)}, {"role": "lead"}, {"task": " "},
    ],
)  # fmt: skip
def test_c1_a_set_that_does_not_say_why_or_is_out_of_order_is_refused(case: TrainingStory, wrong: dict[str, Any]) -> None:
    with refused("C1"):
        _record(case, **wrong)


def test_c1_one_partner_is_not_trained_twice_for_one_task_and_not_for_what_nobody_defined(case: TrainingStory) -> None:
    twice = TrainingStory(case.trust, case.at)
    with refused("C1"):
        twice.open()
    other = TrainingStory(case.trust, case.at)
    other.open("projects")
    assert [item.title for item in other.look.training_items] == [item.title for item in case.look.training_items[:3]]


# Two people say what is required: C1


def _in_force(case: TrainingStory) -> int:
    found = set_in_force(case.trust.organisation.pk, "psp", "oversight", london_day(case.at))
    return found.version if found else 0


def test_c1_what_one_person_wrote_is_not_in_force_until_another_agreed(case: TrainingStory) -> None:
    written = _record(case)
    assert _in_force(case) == 1
    _agree(case, written)
    assert _in_force(case) == 2
    assert len(case.look.training_items) == 5  # what has begun goes on by the version that it began with


def test_c1_what_was_refused_goes_back_with_the_reason_and_another_version_may_be_written(case: TrainingStory) -> None:
    refused_one = _refuse(case, _record(case))
    assert (refused_one.state, refused_one.answer_reason, _in_force(case)) == ("refused", "It is too little.", 1)
    assert _agree(case, _record(case)).version == 3
    assert _in_force(case) == 3


def test_c1_those_who_must_answer_and_the_writer_are_told(case: TrainingStory) -> None:
    before = set(Notice.objects.values_list("pk", flat=True))
    _refuse(case, _record(case, "coordinator"))
    told = Notice.objects.exclude(pk__in=before).filter(case=None).values_list("person__name", "text")
    assert {(name, text.split(" training")[0]) for name, text in told} == {
        ("Quinn Foster", "Cora Bell wrote what"), ("Sam Ward", "Cora Bell wrote what"),
        ("Cora Bell", "Sam Ward did not agree Oversight"),
    }  # fmt: skip


@pytest.mark.parametrize("answer", [_agree, _refuse])
@pytest.mark.parametrize("by", ["quality", "coordinator", "iris", "auditor", "exec", "far_lead"])
def test_c1_the_writer_those_without_the_office_and_others_do_not_answer(case: TrainingStory, answer: Any, by: str) -> None:
    written = _record(case, "quality")
    with refused("C1"):
        answer(case, written, by)
    assert RequirementSet.objects.get(pk=written.pk).state == "waiting"


def test_c1_the_quality_team_of_another_organisation_does_not_answer(case: TrainingStory) -> None:
    far = case.who("far_lead")
    appoint(person=far, role="quality", starts_on=london_day(case.at), at=case.at)
    written = _record(case)
    with refused("C1"):
        _agree(case, written, "far_lead")


@pytest.mark.parametrize("answer", [_agree, _refuse])
def test_c1_what_was_answered_is_not_answered_again(case: TrainingStory, answer: Any) -> None:
    written = _agree(case, _record(case))
    with refused("STALE"):
        answer(case, written)


def test_c1_a_refusal_gives_its_reason(case: TrainingStory) -> None:
    written = _record(case)
    with refused("C1"):
        _refuse(case, written, reason=" ")


def test_c1_no_other_version_is_written_while_one_waits(case: TrainingStory) -> None:
    _record(case)
    with refused("C1"):
        _record(case)


# The clock, and what somebody needs to take part: C2


def test_c2_the_clock_runs_against_the_organisation_until_there_is_an_offer(case: TrainingStory) -> None:
    item = case.item("syllabus_1")
    calendar = calendar_of(case.trust.organisation)
    assert (item.due_on, item.offer_by) == (None, calendar.add(london_day(item.case.opened_at), 20))
    case.wait(19)
    assert (clock_against(item, london_day(case.at)), is_late(item, london_day(case.at))) == (Cause.ORGANISATION, False)
    case.wait(3)
    assert is_late(item, london_day(case.at))
    offered = case.offer_item(item)
    assert offered.due_on == calendar.add(london_day(case.at), 40)
    assert (clock_against(offered, london_day(case.at)), is_late(offered, london_day(case.at))) == (Cause.PARTNER, False)


def test_c2_the_case_does_not_go_on_while_one_item_is_not_offered(case: TrainingStory) -> None:
    for item in case.look.training_items[1:]:
        case.offer_item(item)
    with refused("C2"):
        case.submit("coordinator")
    case.offer_item(case.item("syllabus_1"))
    case.submit("coordinator")
    assert case.case.state == "learn"


def test_c2_an_offer_answers_what_the_partner_needs(case: TrainingStory) -> None:
    item = case.item("oversight")
    case.ask_adjustment(item)
    with refused("C2"):
        case.do(training.offer_item, "coordinator", item=item.pk, offer="On Tuesday, in the library.")
    with refused("C2"):
        case.do(training.offer_item, "coordinator", item=item.pk, offer=" ", adjustments_met="A loop.")
    assert case.offer_item(item, met="A loop.").adjustments_met == "A loop."


def test_c2_a_need_told_after_the_offer_stops_the_partners_time_until_it_is_met(case: TrainingStory) -> None:
    item = case.item("oversight")
    case.offer_item(item)
    case.wait(10)
    waiting = case.ask_adjustment(item)
    assert (waiting.due_on, clock_against(waiting, london_day(case.at))) == (None, Cause.ORGANISATION)
    for other in case.items_that_are(State.REQUIRED):
        case.offer_item(other)
    with refused("C2"):
        case.submit("coordinator")
    case.wait(5)
    met = case.meet_adjustment(item)
    assert met.due_on == calendar_of(case.trust.organisation).add(london_day(case.at), 40)
    case.submit("coordinator")
    with refused("STALE"):
        case.meet_adjustment(item)


def test_c2_the_coordinator_enters_nothing_for_a_partner_whose_need_is_not_met(case: TrainingStory) -> None:
    item = case.offer_item(case.item("syllabus_1"))
    case.ask_adjustment(item)
    with refused("C2"):
        case.book(item, london_day(case.at), by="coordinator")
    with refused("C2"):
        case.complete(item, by="coordinator")
    case.meet_adjustment(item)
    case.book(item, london_day(case.at), by="coordinator")
    case.complete(item, by="coordinator")


def test_c2_the_partner_may_say_themselves_that_they_took_part_all_the_same(case: TrainingStory) -> None:
    item = case.offer_item(case.item("syllabus_1"))
    case.ask_adjustment(item)
    assert case.complete(item).by_proxy is False


def test_c2_nothing_is_offered_before_it_is_confirmed_what_is_required(case: TrainingStory) -> None:
    early = TrainingStory(case.trust, case.at, (NEWCOMERS[1].key,))
    early.open()
    with refused("C1"):
        early.offer_item(early.item("syllabus_1"))


def test_c2_a_booking_is_for_a_day_to_come_and_may_be_skipped(case: TrainingStory) -> None:
    item = case.item("syllabus_1")
    case.offer_item(item)
    with refused("C2"):
        case.book(item, london_day(case.at) - timedelta(days=1))
    assert case.book(item, london_day(case.at)).state == State.BOOKED
    other = case.item("syllabus_2")
    case.offer_item(other)
    assert case.complete(other).state == State.COMPLETED


# Completed and handed in: C3


def test_c3_evidence_is_whole_and_not_of_tomorrow(case: TrainingStory) -> None:
    item = case.item("syllabus_1")
    case.offer_item(item)
    tomorrow = london_day(case.at) + timedelta(days=1)
    for wrong in ({"completed_on": tomorrow}, {"provider": " "}, {"evidence": ""}, {"hours": Decimal(-1)}):
        with refused("C3"):
            case.complete(item, **wrong)
    assert case.complete(item, hours=None).evidence


def test_c3_what_the_coordinator_enters_for_the_partner_is_marked(case: TrainingStory) -> None:
    mine, theirs = case.item("syllabus_1"), case.item("syllabus_2")
    case.offer_item(mine)
    case.offer_item(theirs)
    assert not case.complete(mine).by_proxy
    entered = case.complete(theirs, by="coordinator")
    assert (entered.by_proxy, entered.submitted_by) == (True, case.who("coordinator"))
    assert Event.objects.filter(case_id=case.case_id).latest("seq").facts["by_proxy"] is True


# Four eyes: C4


def test_c4_whoever_handed_it_in_does_not_check_it(case: TrainingStory) -> None:
    item = case.item("data_protection")
    case.offer_item(item)
    case.complete(item, by="coordinator")
    with refused("C4"):
        case.check(item, by="coordinator")
    with refused("C4"):
        case.check(item, by="iris")
    checked = case.check(item, by="coordinator2")
    assert (checked.state, checked.checked_by) == (State.VERIFIED, case.who("coordinator2"))


def test_c4_evidence_is_valid_for_as_long_as_the_requirement_says(case: TrainingStory) -> None:
    item = case.item("data_protection")
    case.offer_item(item)
    case.complete(item, completed_on=date(2025, 11, 30))
    assert case.check(item).valid_until == date(2026, 11, 30)
    assert months_after(date(2025, 11, 30), 3) == date(2026, 2, 28)


def test_c4_evidence_that_has_run_out_is_not_accepted(case: TrainingStory) -> None:
    item = case.item("data_protection")
    case.offer_item(item)
    case.complete(item, completed_on=date(2025, 1, 7))
    with refused("C4"):
        case.check(item)
    assert case.check(item, accepted=False, reason="It is of last year.").state == State.REJECTED


def test_c4_evidence_is_turned_down_with_a_reason_and_can_be_handed_in_again(case: TrainingStory) -> None:
    item = case.item("syllabus_1")
    case.offer_item(item)
    case.complete(item)
    with refused("C4"):
        case.check(item, accepted=False)
    assert case.check(item, accepted=False, reason="The name is missing.").rejected_reason == "The name is missing."
    assert case.complete(item).rejected_reason == ""
    assert case.check(item).state == State.VERIFIED


def test_c4_nothing_goes_on_before_everything_is_checked(case: TrainingStory) -> None:
    case.offer_all()
    for item in case.items_that_are(State.OFFERED)[1:]:
        case.complete(item)
    with refused("C3"):
        case.submit("iris")
    case.complete(case.item("syllabus_1"))
    case.submit("iris")
    with refused("C4"):
        case.submit("coordinator", outcome="accept")
    case.submit("coordinator", outcome="send_back", reason="One certificate has no name.")
    assert case.case.state == "learn"
