"""Working the deadlines that are due: one row, one transaction, one act. Safe twice, at once, after a crash, after a week.

Lock order is case row, then deadline row, everywhere. A case that somebody else works on is left for the next sweep.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from audit.models import Event
from cases.models import Case
from workflows.deadlines.anchoring import anchor_of_the_day
from workflows.deadlines.days import next_nine, nine_on
from workflows.deadlines.following import bring_up_to_date
from workflows.deadlines.kinds import BY_CODE, EVERYTHING, Kind, in_group
from workflows.deadlines.models import Deadline, Sweep
from workflows.deadlines.offices import tell_of_what_is_late
from workflows.door import locked

WHERE = "workflows.deadlines"
SWEEP = "deadlines"


class Came(StrEnum):
    """What came of one look at the deadlines."""

    DONE = "done"
    NOT_NEEDED = "not needed"
    PUT_OFF = "put off"
    BUSY = "busy"
    NOTHING = "nothing"


@dataclass
class Tally:
    """What one sweep did, and the cases that somebody else was working on."""

    done: int = 0
    failed: int = 0
    busy: set[UUID] = field(default_factory=set)


def run_due(now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False) -> Tally:
    """Work every row that is due, one after the other, until none is left that can be had or `stopped` says so."""
    tally = Tally()
    while not stopped():
        came, case = run_one(now(), tally.busy)
        if came == Came.NOTHING:
            break
        if came == Came.BUSY and case:
            tally.busy.add(case)
        tally.done += came == Came.DONE
        tally.failed += came == Came.PUT_OFF
    late = tell_of_what_is_late(now, stopped)
    anchored = anchor_of_the_day(now)
    tally.done, tally.failed = tally.done + late[0] + (anchored is True), tally.failed + late[1] + (anchored is False)
    Sweep.objects.update_or_create(code=SWEEP, defaults={"ran_at": now(), "did": tally.done, "failed": tally.failed})
    return tally


def catch_up(now: Callable[[], datetime]) -> int:
    """Write the rows of open cases that have none at all: those from before there was a clock. Returns how many cases."""
    without = Case.objects.filter(closed_at=None, deadlines=None).values_list("pk", flat=True)
    for case in (cases := list(without)):
        with transaction.atomic():
            bring_up_to_date(locked(case, now()), EVERYTHING)
    return len(cases)


def run_one(at: datetime, leave: Collection[UUID] = ()) -> tuple[Came, UUID | None]:
    """Pick the next due row without a lock, lock its case, look again, and do it. `leave`: cases not to try."""
    due = Deadline.objects.filter(state=Deadline.State.OPEN, next_try_at__lte=at).exclude(case__in=leave)
    next_row = due.order_by("next_try_at", "id").values_list("pk", "case_id").first()
    if next_row is None:
        return Came.NOTHING, None
    row_id, case_id = next_row
    with transaction.atomic():
        free = Case.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).filter(pk=case_id)
        if not list(free.values_list("pk")):
            return Came.BUSY, case_id
        return _work(row_id, at), case_id


def _work(row_id: UUID, at: datetime) -> Came:
    """Under the lock of the case: what was due a moment ago may have been done, or be waited for no longer."""
    row = _locked(Deadline.objects.filter(pk=row_id)).get()
    if not row.is_due(at):
        return Came.NOT_NEEDED
    try:
        with transaction.atomic():
            return _do(row, at)
    except Exception as error:  # noqa: BLE001 - whatever it was, the row says so and is tried again
        row = Deadline.objects.get(pk=row_id)
        row.failed(error, at)
        row.save(update_fields=["state", "ended_at", "attempts", "error", "next_try_at"])
        return Came.PUT_OFF


def _do(row: Deadline, at: datetime) -> Came:
    bring_up_to_date(row.look_at(at), EVERYTHING)
    row.refresh_from_db()
    if not row.is_due(at):
        return Came.NOT_NEEDED
    kind = BY_CODE[row.kind]
    newest, *overtaken = _group_of(row, kind, at)
    act: Callable[[Deadline, datetime], Event | None] = import_string(f"{WHERE}.{BY_CODE[newest.kind].does}")
    event = act(newest, at)
    if event is None and kind.again:
        _ask_tomorrow(row, at)
        return Came.NOT_NEEDED
    for one in (newest, *overtaken):
        _done(one, at, event if one is newest else None)
    return Came.DONE


def _ask_tomorrow(row: Deadline, at: datetime) -> None:
    row.due_at = row.next_try_at = nine_on(next_nine(at))
    row.save(update_fields=["due_at", "next_try_at"])


def _group_of(row: Deadline, kind: Kind, at: datetime) -> list[Deadline]:
    """The rows of a group that are due about the same thing, newest first; a row of no group is alone."""
    if not kind.group:
        return [row]
    alike = Deadline.objects.filter(
        case=row.case_id, kind__in=in_group(kind.group), visit=row.visit_id, seat=row.seat_id, about=row.about,
        state=Deadline.State.OPEN, due_at__lte=at,
    )  # fmt: skip
    return list(_locked(alike).order_by("-due_at", "-id"))


def _locked(rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
    return rows.select_for_update(of=("self",), no_key=True)


def _done(row: Deadline, at: datetime, event: Event | None) -> None:
    """`event` None: nothing was done for it, for a newer row of its group or another case has done it."""
    row.end(Deadline.State.DONE, at)
    row.overtaken, row.event_id = event is None, event.pk if event else None
    row.save(update_fields=["state", "ended_at", "overtaken", "event_id"])
