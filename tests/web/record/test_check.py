"""The record of a case is checked from its page by those who read it whole; the badge says when, and what it covers."""

from __future__ import annotations

import pytest
from django.db import connection

from audit import triggers
from audit.models import Event
from tests.builders import EVENTS, changed_since, contents
from tests.web.casework import FORBIDDEN, FOUND, Casework, words

PRESSED = {"request": "pressed once"}


def check(work: Casework, key: str) -> str:
    assert work.post(key, work.address("record_check"), PRESSED).status_code == FOUND
    return words(work.get(key, "record_check"))


def test_the_badge_says_when_by_whom_what_was_covered_and_what_came_after(work: Casework) -> None:
    work.story.walk_to("form_group")
    assert "Not checked yet." in words(work.get("auditor", "record"))
    page = check(work, "auditor")
    made = Event.objects.get(kind="record_verified")
    assert made.facts["events"] == made.seq - 1 == 3
    assert f"It covers {made.facts['events']} events, {made.facts['sealed_rows']} sealed rows," in page
    assert "Checked: nothing was altered." in page
    assert "Nothing came after it." in page
    work.story.wait()
    work.story.offer("pat")
    assert "1 event came after it." in words(work.get("quality", "record"))


def test_it_changes_nothing_but_the_record(work: Casework) -> None:
    work.story.walk_to("form_group")
    before = contents()
    check(work, "quality")
    assert changed_since(before) <= {EVENTS, "audit_chainhead"}
    made = Event.objects.get(kind="record_verified")
    assert (made.role, made.capacity, made.rows) == ("quality", "staff", [])


def test_pressed_twice_it_is_checked_once(work: Casework) -> None:
    work.story.walk_to("form_group")
    check(work, "auditor")
    check(work, "auditor")
    assert Event.objects.filter(kind="record_verified").count() == 1


@pytest.mark.proves("R16")
def test_what_somebody_altered_behind_the_doors_is_named(work: Casework) -> None:
    work.story.walk_to("terms")
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_seat SET capacity = 'staff' WHERE role = 'psp'")
    page = check(work, "auditor")
    assert "Checked, and it does not hold: " in page
    assert "cases.seat" in page
    assert "capacity" in page
    assert "Checked, and it does not hold" in words(work.get("quality", "record"))


@pytest.mark.proves("IG7")
def test_it_is_for_those_who_read_the_whole_record(work: Casework) -> None:
    work.story.walk_to("terms")
    before = contents()
    for key in ("pat", "lead"):
        assert work.get(key, "record_check").status_code == FORBIDDEN
        assert work.post(key, work.address("record_check"), PRESSED).status_code == FORBIDDEN
        assert "Check the record now" not in words(work.get(key, "record"))
    assert changed_since(before) <= {EVENTS, "audit_chainhead"}
    assert not Event.objects.filter(kind="record_verified").exists()
