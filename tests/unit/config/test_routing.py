"""Where a statement goes when there is a replica: a reading of evidence to it, if it has caught up; all else to the primary."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, router
from django.test import override_settings

from audit import replica
from audit.models import Event
from audit.replica import REPLICA, ReplicaBehind, from_replica, only_from_replica
from cases.models import Case, Person

PRIMARY = DEFAULT_DB_ALIAS


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A replica that is never connected to; whom it was asked how far they have got."""
    monkeypatch.setattr(replica, "_rested", {"until": 0.0})
    monkeypatch.setattr(replica, "PATIENCE", 0.0)
    connections.settings[REPLICA] = deepcopy(connections.settings[PRIMARY])
    connections[REPLICA] = connections.create_connection(REPLICA)
    with override_settings(DATABASE_ROUTERS=["config.routing.EvidenceFromReplica"]):
        yield []
    del connections[REPLICA], connections.settings[REPLICA]


def _says(monkeypatch: pytest.MonkeyPatch, asked: list[str], answer: Any) -> None:
    def ask(alias: str, question: str, *values: str) -> Any:
        asked.append(alias)
        if alias == REPLICA and isinstance(answer, Exception):
            raise answer
        return answer if alias == REPLICA else "0/1"

    monkeypatch.setattr(replica, "_asked", ask)


def _database() -> str:
    return str(router.db_for_read(Event))


def test_a_reading_of_evidence_goes_to_a_replica_that_has_caught_up(monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> None:
    _says(monkeypatch, asked, True)
    assert (_database(), from_replica(_database), only_from_replica(_database)) == (PRIMARY, REPLICA, REPLICA)
    assert from_replica(lambda: from_replica(_database)) == REPLICA


def test_everything_else_goes_to_the_primary(monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> None:
    _says(monkeypatch, asked, True)
    assert from_replica(lambda: router.db_for_write(Event)) == PRIMARY
    assert from_replica(lambda: Case.objects.select_for_update().db) == PRIMARY
    there = Person()
    there._state.db = REPLICA  # as a row that was read there
    assert (router.db_for_read(Person, instance=there), router.db_for_write(Person, instance=there)) == (PRIMARY, PRIMARY)
    assert router.allow_relation(there, Person())
    assert not router.allow_migrate(REPLICA, "cases")


def test_inside_a_transaction_everything_goes_to_the_primary(monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> None:
    _says(monkeypatch, asked, True)
    assert from_replica(lambda: _begun(monkeypatch)) == PRIMARY
    asked.clear()
    assert from_replica(_database) == PRIMARY
    assert asked == []


def _begun(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(connections[PRIMARY], "in_atomic_block", True)
    return _database()


@pytest.mark.parametrize("answer", [False, None, OperationalError("it is down")])
def test_a_replica_that_is_behind_or_down_is_left_alone_for_a_while(
    monkeypatch: pytest.MonkeyPatch, asked: list[str], answer: Any
) -> None:
    _says(monkeypatch, asked, answer)
    assert from_replica(_database) == PRIMARY
    assert set(asked) == {PRIMARY, REPLICA}
    asked.clear()
    assert from_replica(_database) == PRIMARY
    assert asked == []
    with pytest.raises(ReplicaBehind):
        only_from_replica(_database)
    monkeypatch.setattr(replica, "_rested", {"until": 0.0})
    _says(monkeypatch, asked, True)
    assert from_replica(_database) == REPLICA


def test_a_reading_that_the_replica_breaks_off_begins_again_on_the_primary(
    monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    _says(monkeypatch, asked, True)
    tried: list[str] = []

    def read() -> str:
        tried.append(_database())
        if tried[-1] == REPLICA:
            raise OperationalError("canceling statement due to conflict with recovery")
        return tried[-1]

    assert from_replica(read) == PRIMARY
    assert tried == [REPLICA, PRIMARY]


def test_where_there_is_no_replica_nobody_is_asked_and_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    _says(monkeypatch, asked, True)
    assert from_replica(_database) == PRIMARY
    assert asked == []
    with pytest.raises(ReplicaBehind):
        only_from_replica(_database)
