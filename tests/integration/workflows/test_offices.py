"""A new executive takes the seats of the office on running cases, and whoever left it stops seeing them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from permissions.roles import EXEC
from permissions.scope import visible_cases
from permissions.verdict import Refused
from workflows.calendar import LONDON, london_day
from workflows.demo.trust import build_trust
from workflows.doors.offices import fill_offices
from workflows.doors.people import appoint, end_appointment
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=LONDON)


@pytest.fixture
def story() -> Story:
    return Story(build_trust(BEGINNING), BEGINNING).walk_to("sign_off")


def _change_office(story: Story) -> None:
    story.wait()
    (old,) = story.who("exec").appointments.filter(role=EXEC.code)
    end_appointment(appointment=old, at=story.at, reason="Moved to another trust.")
    appoint(person=story.who("specialist"), role=EXEC.code, starts_on=london_day(story.at) - timedelta(days=1), at=story.at)
    story.wait()
    fill_offices(case=story.case_id, by=story.who("coordinator"), at=story.at)


def test_the_new_holder_of_an_office_can_sign(story: Story) -> None:
    _change_office(story)
    story.cast["exec"] = "specialist"
    story.sign()
    assert story.case.state == "sharing"


def test_whoever_left_the_office_sees_the_case_no_more(story: Story) -> None:
    before = story.who("exec")
    _change_office(story)
    assert story.case not in visible_cases(before, story.at)
    assert story.case in visible_cases(story.who("specialist"), story.at)


def test_it_is_refused_to_a_lay_partner_and_when_nothing_has_changed(story: Story) -> None:
    story.wait()
    for key in ("pat", "coordinator"):
        with pytest.raises(Refused):
            fill_offices(case=story.case_id, by=story.who(key), at=story.at)
