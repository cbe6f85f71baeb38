"""Cases and people for tests, made through the real doors; and what an act or a refusal must leave behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from audit.models import Event
from cases.models import Organisation, Seat
from permissions.roles import LEAD, MEMBER, PSP
from permissions.verdict import Refused
from tests.rig.walked import remembered
from workflows.calendar import LONDON
from workflows.demo.trust import PERSONAS, Persona, Trust, build_trust
from workflows.doors import seats, waivers
from workflows.processes.oversight.story import Story
from workflows.testing import Walk

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=LONDON)
"""A Monday. Easter 2026 falls into the case's road, so working days are not week days."""

HEADS = "audit_chainhead"
"""Moves with every event, so that whatever is said of events is said of it."""
OURS = ("audit", "cases", "permissions", "workflows")
EVENTS = "audit_event"
AnyWalk = TypeVar("AnyWalk", bound=Walk)

ALSO = (
    Persona("rhona", "Rhona Blake", PSP),
    Persona("ivy", "Ivy Chen", PSP),
    Persona("root", "Rae Root", MEMBER),
)
ELSEWHERE = (Persona("far_psp", "Fay Away", PSP), Persona("far_lead", "Farid Lane", LEAD))


class FullGroup(Story):
    """A case whose group holds everybody a rule could be got round with: an attendee of each capacity, one who recused."""

    def seat_group(self) -> None:
        self.take_seat("ivy", membership="attendee", membership_reason="She asked to listen first.")
        self.take_seat("member", "member", membership="attendee", membership_reason="Comes for one item.")
        self.take_seat("rhona")
        self.recuse("rhona")
        super().seat_group()


def a_trust(personas: tuple[Persona, ...] = PERSONAS) -> Trust:
    """A trust as it stood at the beginning; each call makes another one, with accounts of its own."""
    number = Organisation.objects.count() + 1
    return build_trust(BEGINNING, personas, ods_code=f"T{number}", name=f"Trust {number}", mail=f"trust{number}.example")


def a_story(**cast: Any) -> Story:
    """A case not yet opened, in a trust as it stood at the beginning."""
    return Story(a_trust(), BEGINNING, **cast)


def again(story: AnyWalk) -> AnyWalk:
    """The same case once more from where the story stands; what is done with one is not known to the other."""
    twin = copy(story)
    twin.cast = dict(story.cast)
    return twin


@remembered
def a_full_group() -> FullGroup:
    """As `FullGroup`, with a superuser and people of another trust within reach as "root", "far_psp", "far_lead"."""
    trust = a_trust(PERSONAS + ALSO)
    get_user_model().objects.filter(username__startswith="root@").update(is_superuser=True, is_staff=True)
    trust.people.update(another_trust().people)
    return FullGroup(trust, BEGINNING)


def another_trust() -> Trust:
    """A second organisation on the same installation."""
    return a_trust(ELSEWHERE)


# What acts and refusals leave behind, read from the tables and not through our code


def contents() -> dict[str, str]:
    """Every table of ours with a digest of all that it holds, or on SQLite with all that it holds, asked for in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_everything(connection.vendor))
        return {table: held or "" for table, held in cursor.fetchall()}


@cache
def _everything(vendor: str) -> str:
    models = [model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    tables = {model._meta.db_table for model in models if not model._meta.proxy} - {HEADS}
    return " UNION ALL ".join(f"SELECT '{table}', ({_all_of(table, vendor)})" for table in sorted(tables))


def _all_of(table: str, vendor: str) -> str:
    """Every column of every row, in the order that the database keeps them."""
    name = connection.ops.quote_name(table)
    if vendor == "postgresql":
        return f"SELECT md5(string_agg(one::text, ';')) FROM {name} AS one"  # noqa: S608 - names of our own tables
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    row = " || ',' || ".join(f"quote({connection.ops.quote_name(column)})" for column in columns)
    return f"SELECT group_concat({row}, ';') FROM {name}"  # noqa: S608


def changed_since(before: dict[str, str]) -> set[str]:
    """The tables that hold something else than they did."""
    return {table for table, digest in contents().items() if before[table] != digest}


@contextmanager
def nothing_changes() -> Iterator[None]:
    """Fails if any row of any table of ours differs afterwards."""
    before = contents()
    yield
    assert changed_since(before) == set()


@contextmanager
def refused(*rules: str) -> Iterator[None]:
    """The act inside is refused by each of these rules, leaves one event that says so, and changes nothing else."""
    before, told = contents(), list(Event.objects.values_list("pk", flat=True))
    with pytest.raises(Refused) as caught:
        yield
    assert set(rules) <= set(caught.value.rules), caught.value.verdicts
    assert all(verdict.reason for verdict in caught.value.verdicts)
    assert changed_since(before) == {EVENTS}
    said = Event.objects.exclude(pk__in=told).get()
    assert (said.kind, said.facts["rules"]) == ("refused", list(caught.value.rules))


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# Ways to end a seat


def end_seat(story: Story, key: str, by: str = "chair", second: str = "exec_team") -> Seat:
    """Both keys turned on a seat (R8)."""
    asked = story.do(seats.ask_to_end_seat, by, seat=story.seat(key).pk, reason="It no longer works.")
    return second_key_on(story, asked, second)


def second_key_on(story: Story, proposal: Any, second: str = "exec_team") -> Any:
    from workflows.doors import second_key

    turn = {
        "end_seat": second_key.confirm_seat_end, "to_attendee": second_key.confirm_attendee,
        "withdraw": second_key.confirm_withdrawal, "waive": waivers.grant_waiver,
    }  # fmt: skip
    return story.do(turn[proposal.kind], second, proposal=proposal.pk)
