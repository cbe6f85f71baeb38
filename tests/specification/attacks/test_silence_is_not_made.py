"""R1, attacked: a partner is made silent, so that the chair can record that they were."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.models import TrainingRecord
from permissions.scope import may_see
from tests.builders import a_story, refused
from workflows.calendar import london_day
from workflows.doors.people import appoint, record_training
from workflows.processes.oversight.story import Story
from workflows.verify import verify_case

pytestmark = pytest.mark.django_db


def reminded_twice(case: Story, key: str) -> None:
    for _ in range(2):
        case.remind(key)
        case.wait(1)


def test_a_paper_put_late_leaves_its_partners_their_five_days_all_the_same() -> None:
    """The lead sits on the draft until the due day of the stage is over; two reminders later it would be lapsed."""
    case = a_story().walk_to("draft_review")
    case.wait(15)
    case.put_draft_to_group()
    reminded_twice(case, "amina")
    with refused("R1"):
        case.lapse("amina")
    case.wait(5)
    case.lapse("amina")


def test_whoever_came_in_late_has_five_days_too() -> None:
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(15)
    case.take_seat("gwen")
    reminded_twice(case, "gwen")
    with refused("R1"):
        case.lapse("gwen")
    case.wait(5)
    case.lapse("gwen")


def test_reminders_of_one_visit_or_one_person_do_not_count_for_another() -> None:
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    reminded_twice(case, "amina")
    case.paper("report", text="The second text.")
    case.put_draft_to_group()
    case.wait(16)
    for key in ("amina", "pat"):
        with refused("R1"):
            case.lapse(key)


def test_nobody_is_reminded_before_the_question_is_put() -> None:
    case = a_story().walk_to("draft_review")
    with refused("STALE"):
        case.remind("amina")


def test_a_partner_whose_sight_ran_out_is_not_lapsed_for_not_answering() -> None:
    """The trust lets the training run out, the partner no longer sees the case, and is then called silent (C9)."""
    case = a_story()
    until = london_day(case.at) + timedelta(days=20)
    for record in TrainingRecord.objects.filter(person=case.who("amina")):
        record_training(
            person=record.person, subject=record.subject, completed_on=record.completed_on, valid_until=until, at=case.at
        )
    case.walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(40)
    assert not may_see(case.who("amina"), case.case, case.at)
    reminded_twice(case, "amina")
    with refused("C9"):
        case.lapse("amina")
    renewed = london_day(case.at)
    record_training(
        person=case.who("amina"), subject="oversight", completed_on=renewed, valid_until=renewed + timedelta(days=900), at=case.at
    )
    assert may_see(case.who("amina"), case.case, case.at)
    assert list(verify_case(case.case, case.at)) == []


def test_the_coordinator_alone_does_not_shorten_what_a_partner_sees() -> None:
    """R8: a term, a training or a promise entered anew gives sight for longer, and never takes it away."""
    case = a_story().walk_to("draft_review")
    today = london_day(case.at)
    appoint(
        person=case.who("amina"),
        role="psp",
        starts_on=today - timedelta(days=90),
        ends_on=today,
        at=case.at,
        by=case.who("coordinator"),
    )
    case.wait(5)
    assert may_see(case.who("amina"), case.case, case.at)
    assert case.seat("amina").counts
