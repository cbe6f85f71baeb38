"""A real replica that streams from the server of this lane: it answers once it has caught up, and the primary where it is gone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import override_settings

from audit import replica
from audit.models import Event
from audit.replica import REPLICA, only_from_replica
from tests.many_machines.servers import Replica
from tests.rig.databases import run_folder
from tests.web.casework import Casework, words, work

__all__ = ["work"]

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def standby(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    """Streaming, and reached as `replica`; commits wait until they are written, as they do in production."""
    primary = connections[DEFAULT_DB_ALIAS].settings_dict
    server = Replica(str(primary["HOST"]), _folder())
    connections.settings[REPLICA] = deepcopy(primary) | {"HOST": server.socket}
    following = connections[REPLICA] = connections.create_connection(REPLICA)

    def ensure_connection() -> None:  # a test may connect only to what was there before it began
        if following.connection is None:
            with following.wrap_database_errors:
                following.connect()

    monkeypatch.setattr(following, "ensure_connection", ensure_connection)
    monkeypatch.setattr(replica, "_rested", {"until": 0.0})
    monkeypatch.setattr(replica, "PATIENCE", 10.0)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO on")
    with override_settings(DATABASE_ROUTERS=["config.routing.EvidenceFromReplica"]):
        yield server
    following.close()
    del connections[REPLICA], connections.settings[REPLICA]
    server.stop()


def _folder() -> Path:
    folder = run_folder() / "standby"
    folder.mkdir()
    return folder


def test_it_answers_with_the_newest_act_and_the_primary_answers_where_it_is_gone(
    standby: Replica, work: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.story.open()
    work.story.propose_response()
    told = _record(work)
    assert standby.answered() > 0
    assert "Dev Patel" in told  # whose act is the newest
    assert only_from_replica(Event.objects.count) == Event.objects.count()
    checked = io.StringIO()
    call_command("verify", "--replica", stdout=checked)
    assert "All is well" in checked.getvalue()
    standby.stop()
    before = standby.answered()
    assert _record(work) == told
    assert standby.answered() == before
    standby.start()
    monkeypatch.setattr(replica, "_rested", {"until": 0.0})
    assert _record(work) == told
    assert standby.answered() > before


def _record(work: Casework) -> str:
    return words(work.client("auditor").get(work.address("record")))
