"""How many SQL statements the acts cost, on both databases: counts, never times.

Savepoints, BEGIN and COMMIT are counted too. The design allows 18 and 36; what was reached is held.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import one_trip
from permissions import grants
from permissions.roles import PSP
from tests.builders import a_trust
from workflows import engine
from workflows.calendar import LONDON
from workflows.demo.trust import PERSONAS, Persona, build_trust
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=LONDON)
POSITION_THAT_WAITS = 11
POSITION_THAT_COMPLETES = 24


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


def test_what_needs_no_answer_of_one_another_shares_a_trip(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock with one read of all the rest; what was said, with the papers; the position; its task, and what is due; all
    else to store."""
    trips: list[int] = []
    run = one_trip.run

    def counting(alias: str, statements: Sequence[one_trip.Statement]) -> list[list[Any]]:
        trips.append(len(statements))
        return run(alias, statements)

    story.walk_to("draft_review").put_draft_to_group()
    monkeypatch.setattr(one_trip, "run", counting)
    _answer(story, "pat")
    assert trips[1:] == [2, 1, 1, 2, 3]  # before them the story looks where the case stands


def _with_partners(number: int) -> Story:
    """A group with so many partners, to whom the terms are about to be put."""
    many = tuple(Persona(f"p{one}", f"Partner {one}", PSP) for one in range(number))
    story = Story(a_trust(PERSONAS + many), BEGINNING, partners=tuple(one.key for one in many))
    story.walk_to("terms")
    story.record_questions()
    story.paper("terms")
    return story


def _submit(story: Story) -> int:
    """Put the terms to the group, and say how many statements it took."""
    visit, version = story.look.visit, story.look.latest_released("terms")
    assert visit
    assert version
    story.wait()
    lead = story.who("lead")
    with counted() as queries:
        engine.submit(case=story.case_id, by=lead, at=story.at, visit=visit.pk, version=version.pk, request="one")
    return len(queries)


def test_a_stage_that_asks_five_costs_what_one_that_asks_thirteen_does() -> None:
    """The fan-out into four partners and the chair, and into many, is one batch; so is a position among them."""
    few, many = _with_partners(4), _with_partners(12)
    assert _submit(few) == _submit(many) <= POSITION_THAT_COMPLETES
    assert _answer(few, "p0") == _answer(many, "p0") <= POSITION_THAT_WAITS


def test_what_a_grant_is_of_is_looked_up_once_in_a_process() -> None:
    found = []
    grants.look_sight_up_again()
    for _ in range(2):
        with counted() as queries:
            grants.sight()
        found.append(len(queries))
    assert found == [1, 0]
