"""A queryset that is compiled once finds what it always found, and what cannot be compiled once says so."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from audit.compiled import NotCompilable, compiled
from cases.models import Case, Organisation, Position, Seat
from permissions.scope import grants_of, visible_cases
from tests.builders import a_story
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


def day_of(at: datetime) -> date:
    return at.date()


@compiled()
def seats_of(case: UUID) -> QuerySet[Seat]:
    return Seat.objects.filter(case=case).annotate(named=F("person__name")).select_related("person", "stands_in_for").order_by("id")


@compiled(day_of)
def seats_before(case: UUID, at: datetime) -> QuerySet[Seat, str]:
    own = Case.objects.filter(pk=OuterRef("case"), opened_at__lte=at)
    rows = Seat.objects.filter(Exists(own), case=case, offered_at__date__lte=day_of(at), offered_at__lte=at)
    return rows.order_by("id").values_list("role", flat=True)


@compiled()
def roles_among(keys: tuple[UUID, ...]) -> QuerySet[Seat, Any]:
    return Seat.objects.filter(pk__in=keys).order_by("role").values("role", "capacity")


@pytest.fixture
def story() -> Story:
    return a_story().walk_to("terms")


@pytest.fixture
def case(story: Story) -> UUID:
    assert story.case_id
    return story.case_id


def test_it_gives_the_same_rows_with_what_was_selected_beside_them(story: Story, case: UUID) -> None:
    plain = list(seats_of.queryset(case))
    for _ in range(2):
        found = seats_of(case=case)
        assert [(one.pk, one.__dict__["named"], one.state) for one in found] == [
            (one.pk, one.__dict__["named"], one.state) for one in plain
        ]
        with CaptureQueriesContext(connection) as queries:
            assert [one.person.name for one in found] == [one.__dict__["named"] for one in plain]
        assert len(queries) == 0
    assert seats_of(case=uuid4()) == []
    assert seats_of.first(case=uuid4()) is None


def test_what_is_derived_of_a_value_follows_it(story: Story, case: UUID) -> None:
    early, late = datetime(2020, 1, 1, 12, tzinfo=UTC), datetime(2030, 1, 1, 12, tzinfo=UTC)
    assert seats_before(case=case, at=early) == []
    assert seats_before(case=case, at=late) == list(seats_before.queryset(case, late)) != []


def test_a_tuple_has_any_length(story: Story, case: UUID) -> None:
    keys = tuple(Seat.objects.filter(case=case).values_list("pk", flat=True))
    for some in ((), keys[:1], keys, keys[:2]):
        assert roles_among(keys=some) == (list(roles_among.queryset(some)) if some else [])


def test_a_lock_is_taken_within_a_transaction_only(story: Story, case: UUID) -> None:
    @compiled()
    def held(case: UUID) -> QuerySet[Case]:
        return Case.objects.select_for_update().filter(pk=case)

    assert [one.pk for one in held(case=case)] == [case]
    with CaptureQueriesContext(connection) as queries:
        held(case=case)
    assert queries[0]["sql"].endswith("FOR UPDATE") == (connection.vendor == "postgresql")


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_refused() -> None:
    @compiled()
    def held(name: str) -> QuerySet[Organisation]:
        return Organisation.objects.select_for_update().filter(name=name)

    with transaction.atomic():
        assert held(name="nobody") == []
    with pytest.raises(transaction.TransactionManagementError):
        held(name="nobody")


def test_what_depends_on_its_values_otherwise_is_refused() -> None:
    @compiled()
    def of_a_part(name: str) -> QuerySet[Organisation]:
        return Organisation.objects.filter(name=name.upper())

    @compiled()
    def one_way_or_another(number: int) -> QuerySet[Position]:
        return Position.objects.filter(number=number) if number % 2 else Position.objects.filter(number__gt=number)

    @compiled()
    def a_thing(story: list[str]) -> QuerySet[Organisation]:
        return Organisation.objects.filter(name__in=story)

    @compiled()
    def ahead(name: str) -> QuerySet[Organisation]:
        return Organisation.objects.filter(name=name).prefetch_related("appointments")

    for run in (
        lambda: of_a_part(name="A"),
        lambda: one_way_or_another(number=3),
        lambda: a_thing(story=[]),
        lambda: ahead(name=""),
    ):
        with pytest.raises(NotCompilable):
            run()


def test_the_rules_of_sight_can_be_compiled(story: Story, case: UUID) -> None:
    """They take a person: one that has only the keys that the rule asks by."""
    from cases.models import Person
    from permissions.eligibility import day_of as london_day_of

    @compiled(london_day_of)
    def seen(person: UUID, account: int, at: datetime) -> QuerySet[Case]:
        return visible_cases(Person(pk=person, account_id=account), at)

    for key in ("pat", "chair"):
        who = story.who(key)
        assert who.account_id
        assert grants_of(who, story.at).exists()
        assert seen(person=who.pk, account=who.account_id, at=story.at) == list(visible_cases(who, story.at))


@pytest.mark.postgresql
def test_what_comes_again_is_prepared_and_what_does_not_vary_stands_in_its_text(case: UUID) -> None:
    @compiled()
    def active(case: UUID) -> QuerySet[Seat]:
        return Seat.objects.filter(case=case, state=Seat.State.ACTIVE, why__contains="100%")

    for _ in range(6):
        active(case=case)
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%cases_seat%'")
        (told,) = [one for (one,) in cursor.fetchall() if "100" in one]
    assert "'active'" in told
    assert "$1" in told
    assert "$2" not in told
