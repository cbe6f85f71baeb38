"""Rows that are stored together are the same rows as when Django stores them one by one."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from audit import storing
from audit.models import ChainHead
from tests.builders import BEGINNING, a_story
from workflows.deadlines.models import Deadline

pytestmark = pytest.mark.django_db


def _heads(number: int) -> list[ChainHead]:
    return [ChainHead(chain=f"case:{one}", seq=one, digest="0" * 64) for one in range(number)]


def test_many_are_added_and_changed_with_few_statements() -> None:
    heads = _heads(40)
    with CaptureQueriesContext(connection) as queries:
        storing.add(heads)
        for head in heads:
            head.seq, head.digest = head.seq + 1, "1" * 64
        storing.change(heads, ["seq"])
    assert len(queries) == 2
    stored = {one.chain: (one.seq, one.digest) for one in ChainHead.objects.all()}
    assert stored == {f"case:{one}": (one + 1, "0" * 64) for one in range(40)}
    assert not any(head._state.adding for head in heads)
    storing.add([])
    storing.change([], ["seq"])


def test_a_row_is_put_in_the_place_of_the_one_with_its_key() -> None:
    for seq in (1, 2):
        storing.put(ChainHead(chain="case:one", seq=seq, digest=str(seq) * 64))
    assert ChainHead.objects.get().digest == "2" * 64


def test_a_row_that_is_there_already_is_not_added_again() -> None:
    storing.add(_heads(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        storing.add(_heads(1))


def test_empty_columns_and_moments_come_back_as_they_were() -> None:
    a_story().walk_to("terms")
    row = Deadline.objects.filter(ended_at=None).order_by("pk")[0]
    row.ended_at, row.error = BEGINNING, "TimeoutError"
    storing.change([row], ["ended_at", "error"])
    again = Deadline.objects.get(pk=row.pk)
    assert (again.ended_at, again.error, again.state) == (BEGINNING, "TimeoutError", row.state)
    row.ended_at = None
    storing.change([row], ["ended_at"])
    assert Deadline.objects.get(pk=row.pk).ended_at is None


def test_only_values_are_stored() -> None:
    storing.add(_heads(1))
    with pytest.raises(TypeError):
        storing.change([ChainHead(chain="case:0", seq=F("seq") + 1, digest="")], ["seq"])
