"""Makes the open deadlines of a case match what it waits for, at the end of every act and in the same transaction.

At most three statements: one read, one insert, one update; one alone when nothing changes.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from audit import storing
from audit.compiled import compiled
from audit.ids import uuid7
from workflows.deadlines.days import nine_on
from workflows.deadlines.kinds import BY_CODE, KINDS, Kind
from workflows.deadlines.models import Deadline
from workflows.deadlines.owed import Due, Waiting
from workflows.look import Look

State = Deadline.State
CHANGING = ["state", "due_at", "next_try_at", "attempts", "error", "ended_at"]
Wanted = dict[tuple[str, str], tuple[Kind, Due]]


def follow(look: Look, people_changed: bool = False) -> None:
    """Write what the case now waits for and void what it no longer does. The caller holds the lock of the case."""
    loaded = {kind.reads for kind in KINDS if kind.reads and kind.reads in look.__dict__}
    bring_up_to_date(look, frozenset(loaded | ({"records"} if people_changed else set())))


def bring_up_to_date(look: Look, reads: frozenset[str]) -> None:
    """The same for those kinds whose facts are among `reads`, and for all that need none."""
    wanted = _wanted(look, reads)
    known = {(row.kind, row.subject): row for row in _rows(look, wanted)}
    made = [_new(look, kind, due) for key, (kind, due) in wanted.items() if key not in known]
    changed = [row for key, row in known.items() if _changes(row, wanted.get(key), look, reads)]
    storing.add(made)
    storing.change(changed, CHANGING)


def _wanted(look: Look, reads: frozenset[str]) -> Wanted:
    if look.stage is None:
        return {}
    waiting = Waiting(look)
    kinds = [kind for kind in KINDS if not kind.reads or kind.reads in reads]
    return {(kind.code, due.subject): (kind, due) for kind in kinds for due in kind.when(waiting)}


def _rows(look: Look, wanted: Wanted) -> list[Deadline]:
    """Every open row, and those of the same subjects that have ended: what was done is not done again."""
    subjects = sorted({subject for _, subject in wanted})
    return _open_or_about(case=look.case.pk, subjects=tuple(subjects)) if subjects else _open(case=look.case.pk)


@compiled()
def _open(case: UUID) -> QuerySet[Deadline]:
    return Deadline.objects.filter(case=case, state=State.OPEN)


@compiled()
def _open_or_about(case: UUID, subjects: tuple[str, ...]) -> QuerySet[Deadline]:
    return Deadline.objects.filter(Q(state=State.OPEN) | Q(subject__in=subjects), case=case)


def _new(look: Look, kind: Kind, due: Due) -> Deadline:
    at = nine_on(due.day)
    return Deadline(
        id=uuid7(look.at), organisation_id=look.case.organisation_id, case=look.case, kind=kind.code, subject=due.subject,
        visit_id=due.visit, seat_id=due.seat, about=due.about, due_at=at, next_try_at=at,
    )  # fmt: skip


def _changes(row: Deadline, wanted: tuple[Kind, Due] | None, look: Look, reads: frozenset[str]) -> bool:
    """Set what a known row should be; True when that is something else than it was."""
    if wanted is None:
        return _voided(row, look, reads)
    kind, due = wanted
    at = nine_on(due.day)
    if row.state == State.VOIDED:
        row.state, row.ended_at, row.attempts, row.error = State.OPEN, None, 0, ""
    elif row.state != State.OPEN or row.due_at == at or kind.again:
        return False
    row.due_at = row.next_try_at = at
    return True


def _voided(row: Deadline, look: Look, reads: frozenset[str]) -> bool:
    """Void an open row that nothing waits for any more, unless it hangs on facts that this act has not looked at."""
    visit, kind = look.visit, BY_CODE.get(row.kind)
    of_the_past = look.stage is None or (row.visit_id is not None and (visit is None or row.visit_id != visit.pk))
    unread = kind is not None and kind.reads and kind.reads not in reads
    if row.state != State.OPEN or (unread and not of_the_past):
        return False
    row.end(State.VOIDED, look.at)
    return True
