"""Several lists asked in one statement are what each gives alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from audit import one_trip
from audit.compiled import Question, compiled, together
from cases.models import Case, Person
from tests.builders import a_story
from workflows import case_rows
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


@compiled()
def names_of(keys: tuple[UUID, ...]) -> QuerySet[Person, str]:
    return Person.objects.filter(pk__in=keys).order_by("name").values_list("name", flat=True)


@pytest.fixture
def story() -> Story:
    story = a_story().walk_to("draft_review")
    story.put_draft_to_group()
    story.answer("chair", enough_time=True)
    return story


def questions(story: Story) -> list[Question[Any]]:
    """Wide lists and narrow ones, full, empty, and one that can never find anything."""
    case, visit = story.case_id, story.look.visit
    assert case
    assert visit
    people = tuple(seat.person_id for seat in story.look.seats)
    return [
        case_rows.seats.question(case=case, at=story.at + timedelta(days=1)),
        case_rows.positions.question(visits=(visit.pk,)),
        names_of.question(keys=people),
        case_rows.versions.question(case=case),
        names_of.question(keys=()),
        case_rows.waivers.question(case=case),
        case_rows.visits.question(case=case),
        case_rows.actions.question(case=case),
        case_rows.seats_that_answered.question(visit=visit.pk),
    ]


def told(row: object) -> object:
    """A row with everything that was read of it."""
    return {name: value for name, value in vars(row).items() if name != "_state"} if hasattr(row, "__dict__") else row


def test_the_rows_of_each_are_those_it_gives_alone_and_in_its_order(story: Story) -> None:
    asked = questions(story)
    alone = [one.read_now() for one in asked]
    with CaptureQueriesContext(connection) as queries:
        at_once = together(*asked)
    assert len(queries) == 1
    assert [[str(told(row)) for row in rows] for rows in at_once] == [[str(told(row)) for row in rows] for rows in alone]
    assert [len(rows) for rows in at_once][:3] == [len(story.look.seats), 1, len(story.look.seats)]


def test_a_lock_is_a_statement_of_its_own_and_what_follows_is_read_after_it(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    sent: list[str] = []
    run = one_trip.run

    def noticing(alias: str, statements: Sequence[one_trip.Statement]) -> list[list[Any]]:
        sent.extend(sql for sql, _ in statements)
        return run(alias, statements)

    monkeypatch.setattr(one_trip, "run", noticing)
    assert story.case_id
    with transaction.atomic():
        first, (locked,), last = together(
            case_rows.visits.question(case=story.case_id),
            case_rows.locked_case.question(case=story.case_id),
            case_rows.visits.question(case=story.case_id),
        )
    assert first == last
    assert locked == Case.objects.get(pk=story.case_id)
    assert [("FOR NO KEY UPDATE" in sql) for sql in sent] == [False, connection.vendor == "postgresql", False]
