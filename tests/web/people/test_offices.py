"""The page that lets the seats of an office follow it: shows who leaves and who comes, and says so when nobody does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from permissions.roles import EXEC
from tests.web.casework import Casework
from workflows.calendar import london_day
from workflows.doors.people import appoint, end_appointment

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(work: Casework) -> Casework:
    story = work.story
    story.walk_to("sign_off").wait()
    (old,) = story.who("exec").appointments.filter(role=EXEC.code)
    end_appointment(appointment=old, at=story.at, reason="Moved on.")
    appoint(person=story.who("specialist"), role=EXEC.code, starts_on=london_day(story.at) - timedelta(days=1), at=story.at)
    return work


def test_the_coordinator_sees_who_leaves_and_who_comes_and_changes_it(changed: Casework) -> None:
    assert "Bring the office holders up to date" in changed.get("coordinator", "case").content.decode()
    shown = changed.get("coordinator", "offices").content.decode()
    assert "Eleanor Hughes, Executive lead" in shown
    assert "Sam Ward, Executive lead" in shown
    assert changed.send("coordinator", "offices", {}).status_code == 302
    assert changed.get("specialist", "case").status_code == 200
    assert changed.get("exec", "case").status_code == 404


@pytest.mark.parametrize("key", ["pat", "lead"])
def test_it_is_refused_to_those_whose_business_it_is_not(changed: Casework, key: str) -> None:
    assert changed.get(key, "offices").status_code == 403


def test_with_nothing_to_change_the_page_says_so_calmly(work: Casework) -> None:
    work.story.walk_to("terms")
    assert work.get("coordinator", "offices").status_code == 409
