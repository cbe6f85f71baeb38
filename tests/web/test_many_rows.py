"""What an act and a page cost is the same for five rows of each kind and for five hundred: nothing is read row by row.

The rows are copies that no door made, so they say nothing about the rules: they are only many.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.ids import uuid7
from audit.models import Event
from cases.models import Appointment, Case, Comment, PaperVersion, Position, Proposal, SafetyAction, Seat, Visit, Waiver
from notifications.models import Notice
from permissions.models import CaseGrant
from tests.integration.budgets.test_statements import POSITION_THAT_WAITS
from tests.web.casework import Casework
from workflows import engine
from workflows.models import CaseProcess, Task

pytestmark = pytest.mark.django_db

FEW, MANY = 5, 500
BUDGETS = {"/": 2, "case": 4, "notices": 1, "waivers": 5, "directory": 3, "record": 9}
"""Statements after the session and the user; by the name of the page."""


class Copies:
    """Puts copies of the rows of a case beside them."""

    def __init__(self, work: Casework) -> None:
        self.work, self.made = work, 0
        assert work.story.case_id
        self.case: UUID = work.story.case_id

    def up_to(self, number: int) -> None:
        """So many copies of each kind, in all."""
        numbers = range(self.made + 1, number + 1)
        self.made = number
        self._on_the_case(numbers)
        self._beside(numbers)
        self._people(numbers)

    def _on_the_case(self, numbers: range) -> None:
        """More of everything that a case has many of."""
        case = Case.objects.get(pk=self.case)
        visits, versions = Visit.objects.filter(case=case), PaperVersion.objects.filter(paper__case=case)
        ended = visits.exclude(ended_at=None).first()
        self._copies(ended, numbers, number=lambda one: 10_000 + one)
        said = Position.objects.filter(case=case).first()
        self._copies(said, numbers, number=lambda one: 10_000 + one, event_id=lambda _: uuid7(self.work.story.at))
        comment = Comment.objects.filter(case=case).first()
        self._copies(comment, numbers, event_id=lambda _: uuid7(self.work.story.at))
        self._copies(versions.first(), numbers, number=lambda one: 10_000 + one)
        self._copies(self._action(case), numbers, number=lambda one: 10_000 + one)
        self._copies(Waiver.objects.filter(case=case).first(), numbers)
        self._copies(Proposal.objects.filter(case=case).first(), numbers)
        event = Event.objects.filter(case_id=case.pk).order_by("seq").first()
        self._copies(event, numbers, seq=lambda one: 10_000 + one, digest=lambda one: f"{one:064x}", request=lambda _: None)
        for notice in Notice.objects.filter(case=case, event_id__in=Event.objects.filter(kind="paper_released").values("id")):
            self._copies(notice, numbers, event_id=lambda _: uuid7(self.work.story.at))

    def _action(self, case: Case) -> SafetyAction:
        owner = self.work.story.who("lead")
        return SafetyAction(
            id=uuid7(self.work.story.at), case=case, title="Label the lines", text="Each line.", owner=owner,
            due_on=case.opened_at.date(), measure="A count each week.",
        )  # fmt: skip

    def _beside(self, numbers: range) -> list[Case]:
        """More cases of the same organisation, on which everybody of the first sits and has the same to do."""
        cases = self._copies(
            Case.objects.get(pk=self.case), numbers,
            reference=lambda one: f"OVS-2026-{5000 + one}", incident_reference=lambda _: "",
        )  # fmt: skip
        each = range(len(cases))

        def of_each(**rows: list[Any]) -> dict[str, Callable[[int], Any]]:
            return {name: _key_of(made) for name, made in rows.items()}

        visits = self._copies(Visit.objects.get(case=self.case, ended_at=None), each, **of_each(case_id=cases))
        routes = self._copies(CaseProcess.objects.get(case=self.case), each, **of_each(case_id=cases))
        for seat in Seat.objects.filter(case=self.case, state=Seat.State.ACTIVE):
            seats = self._copies(seat, each, **of_each(case_id=cases))
            for grant in CaseGrant.objects.filter(seat=seat):
                self._copies(grant, each, **of_each(seat_id=seats, content_object_id=cases))
            for task in Task.objects.filter(seat=seat, finished=None):
                self._copies(task, each, **of_each(case_id=cases, seat_id=seats, visit_id=visits, process_id=routes))
        return cases

    def _people(self, numbers: range) -> None:
        pat = self.work.story.who("pat")
        people = self._copies(pat, numbers, email=lambda one: f"{one}@example.org", account_id=lambda _: None)
        for appointment in Appointment.objects.filter(person=pat):
            self._copies(appointment, range(len(people)), person_id=lambda one: people[one].pk)

    def _copies(self, row: Model | None, numbers: range, **changed: Callable[[int], Any]) -> list[Any]:
        assert row is not None
        model = type(row)
        kept = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields if not field.generated}
        own = "id" if "id" in kept else model._meta.pk.attname
        made = []
        for number in numbers:
            key = uuid7(self.work.story.at) if isinstance(kept[own], UUID) else None
            made.append(model(**kept | {own: key} | {name: make(number) for name, make in changed.items()}))
        model._base_manager.bulk_create(made)
        return made


def _key_of(made: list[Any]) -> Callable[[int], Any]:
    return lambda one: made[one].pk


@pytest.fixture
def copies(work: Casework) -> Copies:
    """A case whose group answers, with something of everything on it."""
    story = work.story.walk_to("form_group")
    story.waive()
    story.walk_to("draft_review")
    story.put_draft_to_group()
    story.answer("chair", enough_time=True)
    story.comment("pat", "What happened in the night?", kind="findings")
    return Copies(work)


def _answer(work: Casework) -> int:
    """What one answer costs; it is taken back."""
    story, visit = work.story, work.story.look.visit
    assert visit
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            engine.take_position(
                case=story.case_id, by=story.who("pat"), at=story.at, visit=visit.pk, answer="support",
                version=visit.version_id, request="one", enough_time=True,
            )  # fmt: skip
        transaction.set_rollback(True)
    return len(queries)


def _pages(work: Casework, statements: Callable[..., int]) -> dict[str, int]:
    story = work.story
    places = {"/": ("pat", "/"), "case": ("pat", work.address("case")), "notices": ("pat", reverse("notices"))}
    places |= {"waivers": ("auditor", reverse("waivers")), "directory": ("coordinator", reverse("directory"))}
    places |= {"record": ("auditor", work.address("record"))}
    assert story.case_id
    return {name: statements(work, key, address) for name, (key, address) in places.items()}


def test_an_act_and_each_page_cost_the_same_for_five_rows_and_for_five_hundred(
    work: Casework, copies: Copies, statements: Callable[..., int]
) -> None:  # fmt: skip
    copies.up_to(FEW)
    few, act = _pages(work, statements), _answer(work)
    copies.up_to(MANY)
    many = _pages(work, statements)
    assert few == many
    assert {name: number for name, number in many.items() if number > BUDGETS[name]} == {}
    assert act == _answer(work) <= POSITION_THAT_WAITS
