"""A replica answers readings of evidence and nothing else: no act, no rule of one. That something was read is written elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit import replica
from audit.models import Event
from audit.record import ActMisused
from audit.replica import REPLICA, from_replica
from cases.models import Case
from tests.web.casework import OK, Casework, words, work

__all__ = ["work"]

READINGS = ("record", "stood", "access", "question", "record_search", "power_sharing")
OF_NO_CASE = ("record_search", "power_sharing")


@pytest.fixture
def followed(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[CaptureQueriesContext]:
    """What is sent to a replica that has caught up: another connection to the same database."""
    connections.settings[REPLICA] = deepcopy(connections.settings[DEFAULT_DB_ALIAS])
    connections[REPLICA].settings_dict["NAME"] = connections[DEFAULT_DB_ALIAS].settings_dict["NAME"]
    connections[REPLICA].connect()
    monkeypatch.setattr(replica, "_has_caught_up", lambda: not connections[DEFAULT_DB_ALIAS].in_atomic_block)
    with override_settings(DATABASE_ROUTERS=["config.routing.EvidenceFromReplica"]):
        with CaptureQueriesContext(connections[REPLICA]) as sent:
            yield sent
        connections[REPLICA].close()
    del connections[REPLICA], connections.settings[REPLICA]


def test_doors_never_read_there_and_pages_of_the_record_do(followed: CaptureQueriesContext, work: Casework) -> None:
    work.story.open()
    work.story.propose_response()
    assert len(followed) == 0, "a door read from the replica"
    case = from_replica(lambda: Case.objects.get(pk=work.story.case_id))
    assert (len(followed), case._state.db) == (1, REPLICA)
    assert case.organisation == work.story.trust.organisation  # asked of the primary: the reading is over
    assert len(followed) == 1
    for name in READINGS:
        before = len(followed)
        page = work.client("auditor").get(_address(work, name))
        assert page.status_code == OK, words(page)
        assert len(followed) > before, f"{name} was answered by the primary"
    assert {query["sql"].lstrip("(").split()[0] for query in followed.captured_queries} <= {"SELECT", "WITH", "DECLARE"}
    assert Event.objects.filter(kind="evidence_read").count() == 2  # the question, and who could see it


def _address(work: Casework, name: str) -> str:
    number = {"number": 1} if name == "question" else {}
    return reverse(name) if name in OF_NO_CASE else work.address(name, **number)


@pytest.mark.django_db
def test_no_act_begins_inside_a_reading_and_nothing_of_it_is_written(work: Casework) -> None:
    """Where there is no replica either, so that whoever writes a page learns of it on their own machine."""
    work.story.open()
    before = Event.objects.count()
    with pytest.raises(ActMisused, match="inside a reading of evidence"):
        from_replica(work.story.propose_response)
    assert Event.objects.count() == before
