"""`manage.py verify` on a real case: it says that all is well, and after one row was altered by hand it names that row."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit import triggers
from audit.models import Event
from cases.models import Position, Seat
from tests.builders import a_story
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch) -> Story:
    story = a_story().walk_to("planning")
    monkeypatch.setattr("django.utils.timezone.now", lambda: story.at + timedelta(hours=1))
    return story


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command("verify", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def by_hand(statement: str, *given: Any) -> None:
    """What somebody with the database's own shell can do once they have dropped the triggers."""
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute(statement, given)


def test_an_honest_record_is_well_for_one_case_and_for_all(case: Story) -> None:
    for arguments in ((case.case.reference,), ()):
        assert "All is well: nothing was altered." in told(*arguments)


def _event(case: Story) -> str:
    event = Event.objects.filter(case_id=case.case_id, kind="position_taken").earliest("seq")
    by_hand("UPDATE audit_event SET person_name = %s WHERE id = %s", "Somebody Else", _key(event.pk))
    return str(event.pk)


def _event_gone(case: Story) -> str:
    gone = Event.objects.filter(case_id=case.case_id, kind="position_taken").earliest("seq")
    after = Event.objects.filter(case_id=case.case_id, seq=gone.seq + 1).get()
    by_hand("DELETE FROM audit_event WHERE id = %s", _key(gone.pk))
    return str(after.pk)


def _last_event_gone(case: Story) -> str:
    """A reading, which wrote no other row that could betray it."""
    case.read("pat", "terms")
    last = Event.objects.filter(case_id=case.case_id).latest("seq")
    by_hand("DELETE FROM audit_event WHERE id = %s", _key(last.pk))
    return last.chain


def _version(case: Story) -> str:
    row = Seat.history.filter(case=case.case_id, state="active").earliest("history_id")
    by_hand("UPDATE cases_historicalseat SET membership = %s WHERE history_id = %s", "attendee", row.history_id)
    return "cases.historicalseat"


def _position(case: Story) -> str:
    row = Position.objects.filter(case=case.case_id).earliest("at")
    by_hand("UPDATE cases_position SET stance = %s WHERE id = %s", "against", _key(row.pk))
    return str(row.pk)


def _live(case: Story) -> str:
    seat = case.seat("pat")
    by_hand("UPDATE cases_seat SET why = %s WHERE id = %s", "Because.", _key(seat.pk))
    return str(seat.pk)


def _key(key: object) -> object:
    return key if connection.features.has_native_uuid_field else str(key).replace("-", "")


@pytest.mark.parametrize("altered", [_event, _event_gone, _last_event_gone, _version, _position, _live])
def test_one_row_altered_by_hand_makes_it_fail_and_is_named(case: Story, altered: Callable[[Story], str]) -> None:
    row = altered(case)
    for arguments in ((case.case.reference,), ()):
        with pytest.raises(CommandError) as caught:
            told(*arguments)
        assert caught.value.returncode == 1
        assert str(caught.value).startswith("BROKEN. ")
        assert row.lower() in str(caught.value).lower()
