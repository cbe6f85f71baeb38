"""Each forgery that somebody with the database's own shell can make is found by `manage.py verify`, with its row and its kind."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from audit import triggers
from audit.chain import GENESIS
from audit.findings import Forgery
from audit.models import ChainHead, Event
from cases.models import Case, Position, Seat, StoredDefinition
from permissions.models import CaseGrant
from tests.builders import a_story
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch) -> Story:
    story = a_story().walk_to("planning")
    story.read("pat", "terms")  # a newest event that wrote no row which could betray that it is gone
    monkeypatch.setattr("django.utils.timezone.now", lambda: story.at + timedelta(hours=1))
    return story


def told(*arguments: str, **options: Any) -> str:
    """What `verify` says of the whole record: that it is broken, or the empty text."""
    caught = None
    try:
        call_command("verify", *arguments, stdout=io.StringIO(), stderr=io.StringIO(), **options)
    except CommandError as error:
        caught = error
    return str(caught) if caught and caught.returncode == 1 else ""


def by_hand(statement: str, *given: Any) -> None:
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute(statement, given)


def key_of(key: object) -> object:
    return key if connection.features.has_native_uuid_field else str(key).replace("-", "")


def copied(table: str, row: UUID, **other: Any) -> None:
    """Insert a row that is another with these columns changed."""
    columns = [field.column for field in _model_of(table)._meta.concrete_fields]
    chosen = ", ".join("%s" if column in other else column for column in columns)
    given = [other[column] for column in columns if column in other]
    by_hand(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} WHERE id = %s", *given, key_of(row))  # noqa: S608


def _model_of(table: str) -> Any:
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def some_event(case: Story, number: int = 0) -> Event:
    return Event.objects.filter(case_id=case.case_id, kind="position_taken").order_by("seq")[number]


FORGED = UUID(int=7)


def _edited_event(case: Story) -> tuple[Forgery, object]:
    event = some_event(case)
    by_hand("UPDATE audit_event SET person_name = %s WHERE id = %s", "Somebody Else", key_of(event.pk))
    return Forgery.EVENT_EDITED, event.pk


def _deleted_event(case: Story) -> tuple[Forgery, object]:
    event = some_event(case)
    by_hand("DELETE FROM audit_event WHERE id = %s", key_of(event.pk))
    return Forgery.EVENT_DELETED, Event.objects.get(case_id=case.case_id, seq=event.seq + 1).pk


def _edited_history(case: Story) -> tuple[Forgery, object]:
    row = Seat.history.filter(case=case.case_id, state="active").earliest("history_id")
    by_hand("UPDATE cases_historicalseat SET membership = %s WHERE history_id = %s", "attendee", row.pk)
    return Forgery.HISTORY_EDITED, row.pk


def _deleted_history(case: Story) -> tuple[Forgery, object]:
    row = Seat.history.filter(case=case.case_id, state="active").earliest("history_id")
    by_hand("DELETE FROM cases_historicalseat WHERE history_id = %s", row.pk)
    return Forgery.HISTORY_DELETED, row.pk


def _edited_position(case: Story) -> tuple[Forgery, object]:
    row = Position.objects.filter(case=case.case_id).earliest("at")
    by_hand("UPDATE cases_position SET stance = %s WHERE id = %s", "against", key_of(row.pk))
    return Forgery.ROW_EDITED, row.pk


def _deleted_position(case: Story) -> tuple[Forgery, object]:
    row = Position.objects.filter(case=case.case_id, comment=None).earliest("at")
    by_hand("DELETE FROM cases_position WHERE id = %s", key_of(row.pk))
    return Forgery.ROW_DELETED, row.pk


def _swapped_events(case: Story) -> tuple[Forgery, object]:
    first = some_event(case)
    second = Event.objects.get(case_id=case.case_id, seq=first.seq + 1)
    for key, seq in ((first.pk, -1), (second.pk, first.seq), (first.pk, second.seq)):
        by_hand("UPDATE audit_event SET seq = %s WHERE id = %s", seq, key_of(key))
    return Forgery.EVENTS_SWAPPED, second.pk


def _cut_tail(case: Story) -> tuple[Forgery, object]:
    last = Event.objects.filter(case_id=case.case_id).latest("seq")
    by_hand("DELETE FROM audit_event WHERE id = %s", key_of(last.pk))
    return Forgery.TAIL_CUT, last.chain


def _grant_without_seat(case: Story) -> tuple[Forgery, object]:
    """Two findings of one row: it has no history, and no active seat of that account stands behind it."""
    account = case.who("auditor").account_id
    grant = CaseGrant.objects.filter(content_object=case.case_id).earliest("granted_at")
    copied("permissions_casegrant", grant.pk, id=key_of(FORGED), user_id=account)
    assert f"{Forgery.FACT_INSERTED.capitalize()}: permissions.casegrant {FORGED}: " in told()
    return Forgery.SIGHT_WITHOUT_SEAT, FORGED


def _state_moved(case: Story) -> tuple[Forgery, object]:
    by_hand("UPDATE cases_case SET state = %s WHERE id = %s", "sharing", key_of(case.case_id))
    assert f"{Forgery.RULES_BROKEN.capitalize()}: cases.case {case.case_id}: it stands in 'sharing'" in told()
    return Forgery.STATE_MOVED, case.case_id


def _position_inserted(case: Story) -> tuple[Forgery, object]:
    row = Position.objects.filter(case=case.case_id).earliest("at")
    copied("cases_position", row.pk, id=key_of(FORGED), number=2, stance="for")
    return Forgery.ROW_INSERTED, FORGED


def _seat_made_by_hand(case: Story) -> tuple[Forgery, object]:
    copied("cases_seat", case.seat("pat").pk, id=key_of(FORGED), person_id=key_of(case.who("gwen").pk))
    return Forgery.FACT_INSERTED, FORGED


def _fact_changed(case: Story) -> tuple[Forgery, object]:
    by_hand("UPDATE cases_seat SET why = %s WHERE id = %s", "Because.", key_of(case.seat("pat").pk))
    return Forgery.FACT_CHANGED, case.seat("pat").pk


def _grant_taken_by_hand(case: Story) -> tuple[Forgery, object]:
    grant = CaseGrant.objects.filter(content_object=case.case_id).earliest("granted_at")
    by_hand("DELETE FROM permissions_casegrant WHERE id = %s", key_of(grant.pk))
    assert f"{Forgery.SEAT_WITHOUT_SIGHT.capitalize()}: cases.seat {grant.seat_id}: " in told()
    return Forgery.FACT_REMOVED, grant.pk


def _rules_changed(case: Story) -> tuple[Forgery, object]:
    """The definition of the day is the stored one: what its name is the digest of, and by which each move is gone through again."""
    stored = StoredDefinition.objects.get(process="OVS")
    changed = json.loads(json.dumps(stored.definition).replace('"form_group"', '"form_a_group"'))
    by_hand("UPDATE cases_storeddefinition SET definition = %s WHERE id = %s", json.dumps(changed), key_of(stored.pk))
    assert f"{Forgery.RULES_BROKEN.capitalize()}: cases.visit " in told()
    return Forgery.DEFINITION_CHANGED, stored.pk


FORGERIES = (
    _edited_event, _deleted_event, _edited_history, _deleted_history, _edited_position, _deleted_position, _swapped_events,
    _cut_tail, _grant_without_seat, _state_moved, _position_inserted, _seat_made_by_hand, _fact_changed, _grant_taken_by_hand,
    _rules_changed,
)  # fmt: skip


@pytest.mark.parametrize("forged", FORGERIES)
def test_a_planted_forgery_is_found_and_its_row_and_kind_are_named(case: Story, forged: Callable[[Story], Any]) -> None:
    assert told() == ""
    kind, row = forged(case)
    for said in (told(), told(case.case.reference)):
        lines = said.removeprefix("BROKEN. ").splitlines()
        assert [line for line in lines if line.startswith(f"{kind.capitalize()}: ") and f" {row}: " in line], said


# What holds together in itself, and only an anchor from before shows


def cut_with_everything(case: Story) -> int:
    """The newest act, its rows, and the note of how far the chain had got: nothing is left that could betray it."""
    last = Event.objects.filter(case_id=case.case_id).latest("seq")
    before = Event.objects.get(case_id=case.case_id, seq=last.seq - 1)
    assert last.rows == []
    by_hand("DELETE FROM audit_event WHERE id = %s", key_of(last.pk))
    ChainHead.objects.filter(chain=last.chain).update(seq=before.seq, digest=before.digest)
    return last.seq


def sealed_anew(events: Iterable[Event]) -> None:
    previous = GENESIS
    for event in events:
        seal = event.recomputed_digest(previous=previous)
        by_hand("UPDATE audit_event SET previous = %s, digest = %s WHERE id = %s", previous, seal, key_of(event.pk))
        ChainHead.objects.filter(chain=event.chain).update(digest=seal)
        previous = seal


def test_a_tail_that_is_cut_without_a_trace_is_seen_against_an_anchor(case: Story, tmp_path: Path) -> None:
    anchor = tmp_path / "anchor.jsonl"
    call_command("anchor", out=anchor, stdout=io.StringIO())
    assert told(anchor=anchor) == ""
    seq = cut_with_everything(case)

    assert told() == ""
    what = f"Newest events cut off: audit.event case:{case.case_id}: it ends at event {seq - 1}, and the anchor saw {seq}: "
    for said in (told(anchor=anchor), told(case.case.reference, anchor=anchor)):
        assert what in said


def test_a_chain_that_is_written_anew_is_seen_against_an_anchor(case: Story, tmp_path: Path) -> None:
    anchor = tmp_path / "anchor.jsonl"
    call_command("anchor", out=anchor, stdout=io.StringIO())
    last = Event.objects.filter(case_id=case.case_id).latest("seq")
    by_hand("UPDATE audit_event SET person_name = %s WHERE id = %s", "Somebody Else", key_of(last.pk))
    sealed_anew(Event.objects.filter(case_id=case.case_id).order_by("seq"))

    assert told() == ""
    assert f"Chain written anew: audit.event case:{case.case_id}: event {last.seq} is not the one" in told(anchor=anchor)


def test_a_case_that_is_gone_with_its_chain_is_seen_against_an_anchor(case: Story, tmp_path: Path) -> None:
    anchor = tmp_path / "anchor.jsonl"
    call_command("anchor", out=anchor, stdout=io.StringIO())
    chain = f"case:{case.case_id}"
    by_hand("DELETE FROM audit_event WHERE chain = %s", chain)
    ChainHead.objects.filter(chain=chain).delete()
    assert Case.objects.filter(pk=case.case_id).exists()

    assert f"Newest events cut off: audit.event {chain}: the whole chain is gone" in told(anchor=anchor)
