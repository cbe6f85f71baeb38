"""Evidence: what people ask of other systems in public, asked of ours."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from audit import triggers
from audit.append_only import AppendOnly
from audit.history import as_it_stood
from audit.models import Event
from cases.models import Position, Seat, TrainingRecord
from permissions.models import CaseGrant
from permissions.scope import may_see
from tests.builders import FullGroup, nothing_changes, undone
from tests.specification.peer_failures.conftest import findings
from tests.web.casework import NOT_FOUND, OK, Casework, words
from workflows.calendar import london_day
from workflows.deadlines.running import run_due


@pytest.mark.proves("IG7")
def test_who_could_see_what_at_any_moment_and_who_had_given_it_can_be_told(case: FullGroup) -> None:
    """authzed/spicedb#966: "who had access to what at what time, and who authorized the change?"

    Here: the grants of any past moment can be read; each names its seat, and the seat who offered it; so does its end.
    """
    before = case.at
    case.step_down("amina")

    def saw(at: object) -> dict[str, str]:
        held = as_it_stood(CaseGrant, at).filter(content_object_id=case.case_id).values_list("seat_id", flat=True)  # type: ignore[arg-type]
        lay = Seat.objects.filter(pk__in=list(held), capacity="lay").select_related("person", "offered_by")
        return {seat.person.name: str(seat.offered_by) for seat in lay}

    assert saw(before) == dict.fromkeys(("Pat Mercer", "Amina Yusuf", "Ivy Chen"), "Leila Grant")
    assert saw(case.at) == dict.fromkeys(("Pat Mercer", "Ivy Chen"), "Leila Grant")
    end = CaseGrant.history.filter(seat_id=case.seat("amina").pk, history_type="-").get()
    assert Event.objects.get(pk=end.event_id).person_name == "Amina Yusuf"


@pytest.mark.proves("IG3")
def test_sight_ends_on_its_day_and_nothing_has_to_run_for_that(case: FullGroup) -> None:
    """authzed/spicedb#2538, authzed/spicedb#282, openfga/openfga#878, openfga/openfga#961, openfga/openfga#373: from X until Y.

    Here: a grant has its last day in it: the day after, the case is closed to that partner, whether or not a job has run.
    """
    grant = CaseGrant.objects.get(seat=case.seat("amina"))
    runs_out = TrainingRecord.objects.filter(person=case.who("amina"), subject="oversight").latest("valid_until").valid_until
    assert grant.until
    assert runs_out
    assert grant.until == runs_out + timedelta(days=30)
    last = case.at + timedelta(days=(grant.until - london_day(case.at)).days)
    assert may_see(case.who("amina"), case.case, last)
    assert not may_see(case.who("amina"), case.case, last + timedelta(days=1))


@pytest.mark.proves("R16")
def test_many_rows_written_at_once_are_refused_or_found_and_no_version_is_invented(case: FullGroup) -> None:
    """django-commons/django-simple-history#174: update() and bulk writes left no history.

    django-commons/django-simple-history#1363, django-commons/django-simple-history#1458: or versions of what had not changed.
    Here: they are refused, or found, and what does not change gets no version.
    """
    case.answer("pat")
    said, seat = Position.objects.latest("at"), case.seat("pat")
    for attempt in (
        lambda rows: rows.update(stance="for"),
        lambda rows: rows.bulk_update([said], ["stance"]),
        lambda rows: rows.bulk_create([said]),
    ):
        with pytest.raises(AppendOnly):
            attempt(Position.objects)
    versions = Seat.history.filter(id=seat.pk).count()
    case.comment("pat", "Page 3.", kind="report")
    assert Seat.history.filter(id=seat.pk).count() == versions
    for number in (0, 1):
        with undone():
            seat.membership = "attendee"
            if number:
                Seat.objects.bulk_update([seat], ["membership"])
            else:
                Seat.objects.filter(pk=seat.pk).update(membership="attendee")
            assert "cases.seat" in {one.table for one in findings(case)}


@pytest.mark.proves("IG7")
def test_reading_is_on_record_and_what_the_clock_does_bears_its_name(case: FullGroup) -> None:
    """jazzband/django-auditlog#345, jazzband/django-auditlog#211: reads were not logged, and background jobs lost who acted.

    Here: to open a paper is an event with person and exact version; what nobody did is the system's, by name.
    """
    case.read("pat", "report")
    read = Event.objects.filter(case_id=case.case_id).latest("seq")
    version = case.look.latest_released("report")
    assert version
    assert (read.kind, read.person_name, read.capacity, read.facts["sha256"]) == ("paper_read", "Pat Mercer", "lay", version.sha256)
    case.wait(12)
    run_due(lambda: case.at)
    by_clock = Event.objects.filter(case_id=case.case_id, seq__gt=read.seq)
    assert by_clock.exists()
    assert set(by_clock.values_list("person_id", "person_name", "capacity")) == {(None, "The system", "system")}


def test_the_reason_is_kept_with_the_move_that_it_was_given_for(case: FullGroup) -> None:
    """jazzband/django-fsm-log#22, kmmbvnr/django-fsm#133: no place for why a state was changed; signals were used instead.

    Here: person, capacity, reason and move are one event, in the transaction of the move.
    """
    case.answer("chair")
    case.answer("pat")
    case.dissent("amina")
    case.hear_dissent(reason="Page 4 says so now.")
    case.answer("amina", "heard", enough_time=True)
    moved = Event.objects.filter(case_id=case.case_id, facts__has_key="moves").order_by("seq")
    origin, target = [(one.facts["moves"][0]["from"], one.facts["moves"][0]["to"]) for one in moved][-2:]
    assert (origin, target) == (("draft_review", "draft_review__dissent"), ("draft_review__dissent", "actions"))
    heard = Event.objects.get(case_id=case.case_id, kind="submitted", facts__stage="draft_review__dissent")
    assert (heard.person_name, heard.role, heard.reason) == ("Eleanor Hughes", "exec", "Page 4 says so now.")


@pytest.mark.proves("R16")
def test_the_trail_is_sealed_can_be_checked_and_is_there_to_read_and_not_to_write(work: Casework) -> None:
    """ConductionNL/openregister#950, open-formulieren/open-forms#247, open-zaak/open-zaak#1568: chained, unchangeable, readable.

    Here: one changed word is found; the quality team reads the trail on a page that takes nothing in.
    """
    story = work.story
    assert work.get("quality", "record").status_code == OK
    with nothing_changes():
        work.client("quality").post(work.address("record"), {"kind": "forged"})
    assert findings(story) == []
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET person_name = 'Nobody' WHERE kind = 'seat_offered'")
    assert "audit.event" in {one.table for one in findings(story)}


@pytest.mark.proves("R15")
def test_who_did_what_is_shown_while_the_case_runs(work: Casework) -> None:
    """sartography/spiff-arena#588: who completed which task was shown only once everything was over.

    Here: the page of a running case names who answered in each stage that is behind it, and who put this one to the group.
    """
    page = words(work.get("amina", "case"))
    told = page[page.index("Stage by stage") :]
    now, before = told.split("Share the draft with those affected Ended", 1)
    assert "Leila Grant did their part" in now
    for name in ("Erin Walsh did their part", "Pat Mercer , Patient Safety Partner, on Findings", "Cora Bell: Confirm the group."):
        assert name in before


@pytest.mark.proves("R15")
def test_whoever_comes_late_reads_the_trail_from_the_stage_they_came_into(work: Casework) -> None:
    """IATA-Cargo/ONE-Record#389: may a newcomer read what was logged before they joined?

    Here: it is decided: a partner reads from the beginning of the stage that they came into, colleagues and auditors all.
    """
    story = work.story
    assert work.get("gwen", "record").status_code == NOT_FOUND
    story.take_seat("gwen")
    late, early = words(work.get("gwen", "record")), words(work.get("pat", "record"))
    assert "You read this record from" in late
    assert "Agree the terms of reference" in early
    assert "Agree the terms of reference" not in late
    assert "Review the draft report" in late
