"""How many SQL statements the acts cost, on both databases: counts, never times.

Budgets are those of the design; savepoints, BEGIN and COMMIT are counted too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from workflows import engine
from workflows.calendar import LONDON
from workflows.demo.trust import build_trust
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=LONDON)
POSITION_THAT_WAITS = 18
POSITION_THAT_COMPLETES = 36


@pytest.fixture
def story() -> Story:
    return Story(build_trust(BEGINNING), BEGINNING)


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as queries:
        yield queries


def _answer(story: Story, key: str, **other: Any) -> int:
    """Take one position, and say how many statements it took."""
    visit = story.look.visit
    assert visit
    who = story.who(key)
    story.wait()
    with counted() as queries:
        engine.take_position(
            case=story.case_id,
            by=who,
            at=story.at,
            visit=visit.pk,
            answer="support",
            version=visit.version_id,
            request="one",
            **other,
        )
    return len(queries)


def test_a_position_that_waits_for_others(story: Story) -> None:
    story.walk_to("draft_review").put_draft_to_group()
    assert _answer(story, "pat") <= POSITION_THAT_WAITS


def test_a_position_that_completes_a_stage(story: Story) -> None:
    story.walk_to("draft_review").put_draft_to_group()
    story.answer("chair", enough_time=True)
    story.answer("pat", enough_time=True)
    assert _answer(story, "amina", enough_time=True) <= POSITION_THAT_COMPLETES
    assert story.case.state == "actions"


@pytest.mark.parametrize("partners", [2, 12])
def test_a_position_costs_the_same_however_many_sit(partners: int) -> None:
    """The fan-out into five next tasks and into many is one batch."""
    from permissions.roles import PSP
    from workflows.demo.trust import PERSONAS, Persona

    many = tuple(Persona(f"p{number}", f"Partner {number}", PSP) for number in range(partners))
    story = Story(build_trust(BEGINNING, PERSONAS + many), BEGINNING, partners=tuple(one.key for one in many))
    story.walk_to("terms")
    story.record_questions()
    story.paper("terms")
    story.submit("lead")
    assert _answer(story, "p0") <= POSITION_THAT_WAITS
