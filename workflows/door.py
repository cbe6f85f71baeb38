"""The one door: how every act on a case begins and ends.

A door locks the case row before anything of it is read or written, takes one Look, lets its body judge and change
facts, settles what can be settled, makes the route and the grants follow and writes one ledger event: all of it or
nothing. A refusal is recorded after the rollback, because an attempt to go round a partner is itself evidence.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.db.models import Model

from audit.compiled import together
from audit.ids import uuid7
from audit.models import Event
from audit.one_trip import gathering
from audit.record import Act, Actor, Head, acting, head, head_of, question_of_head, write
from cases.models import Case, Person, Seat
from permissions import grants
from permissions.capacity import capacity_of
from permissions.disposing import not_disposed
from permissions.verdict import Refused, Verdict, judge, require
from workflows import case_rows, fingerprint, route, settling, stand_ins
from workflows.clock import CLOCKS_DIFFER, has_come, no_later_than_now
from workflows.deadlines.following import follow as deadlines_follow
from workflows.law import typed
from workflows.look import Look
from workflows.registry import process_of
from workflows.standing import still_sees

SYSTEM = Actor(None, "The system", "system")

MARK = 32
"""Hexadecimal digits of a mark, however long the token was: SQLite takes any length, PostgreSQL refuses what does not fit."""


@dataclass(frozen=True)
class Receipt:
    """What came of an act: its ledger event, what the door made, and whether the same request had been done before."""

    event: Event
    result: Any = None
    repeated: bool = False


@dataclass
class Doing:
    """An act under way: the locked case, the Look, and what the ledger will say.

    `afterwards`: acts on other cases, each with a transaction of its own, once this one is done: no act locks two cases.
    """

    look: Look
    act: Act
    by: Person | None
    seats_changed: bool = False
    moves: list[dict[str, Any]] = field(default_factory=list)
    afterwards: list[Callable[[], None]] = field(default_factory=list)

    @property
    def case(self) -> Case:
        return self.look.case

    @property
    def at(self) -> datetime:
        return self.look.at

    @property
    def person(self) -> Person:
        """Whoever acts. Raises TypeError in an act of the system, which no person's door may be."""
        if self.by is None:
            raise TypeError("This act needs a person.")
        return self.by

    def new_id(self) -> UUID:
        return uuid7(self.at)

    def acting_as(self, seat: Seat, leaving: bool = False) -> None:
        """The ledger names the seat's capacity and role, not those the person has elsewhere (R18).

        Raises Refused where the person no longer sees the case (IG3), unless they are `leaving` it or not yet in it.
        """
        assert self.by is not None
        if not leaving:
            require(*still_sees(self.look, seat))
        self.act.actor = Actor(self.by.pk, self.by.name, seat.capacity, seat.role)
        self.act.facts["seat"] = str(seat.pk)

    def says(self, **facts: Any) -> None:
        """Add what the act was about to its ledger event."""
        self.act.facts.update(facts)


Body = Callable[..., Any]


def door(kind: str) -> Callable[[Body], Callable[..., Receipt]]:
    """Make a door of a function. Its first argument is the `Doing`; callers name everything:

    `case` (a Case or its key), `by` (a Person, None for the system), `at` (an aware time), and, where they have one,
    `reason` and `request` (the token by which a retry of the same request is recognised).
    Raises Refused with every reason at once, and Case.DoesNotExist.
    """

    def make(body: Body) -> Callable[..., Receipt]:
        @functools.wraps(body)
        def through(
            *, case: Case | UUID, by: Person | None, at: datetime, reason: str = "", request: str = "", **particulars: Any
        ) -> Receipt:
            case_id: UUID = case if isinstance(case, UUID) else case.pk
            try:
                with transaction.atomic():
                    token = token_of(by, request, kind, reason, particulars)
                    receipt, afterwards = _do(body, kind, case_id, by, at, reason, token, particulars)
            except Refused as refusal:
                record_refusal(kind, case_id, by, at, reason, refusal)
                raise
            for act in afterwards:
                act()
            return receipt

        return through

    return make


def token_of(by: Person | None, request: str, *asked: Any) -> str | None:
    """The mark by which a retry is recognised: the same person, the same token and the same thing asked.

    A page that is used again with another answer asks for something else, and is not mistaken for a retry.
    """
    if not request:
        return None
    mark = sha256(json.dumps([request, *asked], default=_stands_for, sort_keys=True).encode()).hexdigest()[:MARK]
    return f"{by.pk if by else 'system'}:{mark}"


def _stands_for(value: Any) -> str:
    """Rows by their key, files by their name and size, everything else as it is written."""
    if isinstance(value, Model):
        return str(value.pk)
    return f"{value.name}:{value.size}" if isinstance(value, File) else str(value)


def _do(
    body: Body, kind: str, case_id: UUID, by: Person | None, at: datetime, reason: str, request: str | None,
    particulars: dict[str, Any],
) -> tuple[Receipt, list[Callable[[], None]]]:  # fmt: skip
    look, newest = _at_the_door(case_id, at, request)
    if newest.earlier is not None:
        return Receipt(newest.earlier, repeated=True), []
    require(_in_order(newest, at), has_come(at), not_disposed(look.case))
    doing = Doing(look, _act(kind, look, by, reason, request), by)
    with acting(doing.act):
        result = body(doing, **({"reason": reason} if reason or _wants_reason(body) else {}), **particulars)
        finish(doing)
        with gathering():
            follow(doing)
            event = write(doing.act, newest)
    return Receipt(event, result), doing.afterwards


def _in_order(newest: Head, at: datetime) -> Verdict:
    """Nothing is dated back: a reminder of last week is not sent today (R16)."""
    late = newest.at is not None and at < newest.at - CLOCKS_DIFFER
    return judge(not late, "R16", "This act is dated before the last one on the record.", "Look at the clock of this computer.")


@functools.cache
def _wants_reason(body: Body) -> bool:
    return "reason" in body.__code__.co_varnames[: body.__code__.co_argcount + body.__code__.co_kwonlyargcount]


def locked(case_id: UUID, at: datetime) -> Look:
    """The Look of a case whose row is now locked until the transaction ends. Raises Case.DoesNotExist."""
    return _look(case_rows.locked_case(case=case_id), case_id, at)


def _at_the_door(case_id: UUID, at: datetime, request: str | None) -> tuple[Look, Head]:
    """The locked case, where its chain stands, and what every act reads of it, in one trip: each is read after the lock is held."""
    found, events, visits, seats, tasks = together(
        case_rows.locked_case.question(case=case_id),
        question_of_head(f"case:{case_id}", request),
        case_rows.visits.question(case=case_id),
        case_rows.seats.question(case=case_id, at=at),
        route.open_tasks_of.question(case=case_id),
    )
    look = _look(found, case_id, at)
    look.visits, look.seats, look.open_tasks = visits, seats, tasks
    return look, head_of(events, request)


def _look(found: list[Case], case_id: UUID, at: datetime) -> Look:
    if not found:
        raise Case.DoesNotExist(f"There is no case {case_id}.")
    case = typed(found[0])
    return Look(case, process_of(case.process, case.definition_version), at)


def _act(kind: str, look: Look, by: Person | None, reason: str, request: str | None) -> Act:
    actor = Actor(by.pk, by.name, "staff") if by else SYSTEM
    return Act(
        kind, actor, look.at, look.case.organisation_id, look.case.pk, reason=reason, request=request,
        fingerprint=fingerprint.of(look.process.code, look.process.version),
    )  # fmt: skip


def finish(doing: Doing) -> None:
    """What every act ends with: settle, and let the grants follow."""
    if doing.seats_changed:
        stand_ins.follow(doing.look)
    settling.settle(doing)
    if doing.moves:
        doing.says(moves=doing.moves)
    if doing.seats_changed or doing.moves:
        grants.follow(doing.look.case, doing.look.seats, doing.at)


def follow(doing: Doing) -> None:
    """The last of every act: the tasks and the deadlines match what is owed now. What they store goes with the ledger event."""
    route.follow(doing.look)
    deadlines_follow(doing.look, people_changed=doing.seats_changed or doing.act.kind == "sight_renewed")


def record_refusal(kind: str, case_id: UUID, by: Person | None, at: datetime, reason: str, refusal: Refused) -> None:
    """Write the refusal into the case's chain, in a transaction of its own."""
    with transaction.atomic():
        look = locked(case_id, at)
        newest = head(f"case:{case_id}")
        look.at = max(no_later_than_now(at), newest.at or at)  # a refusal dated back would let the next act be
        act = _act("refused", look, by, reason, None)
        if by:
            act.actor = _as_seated(look, by)
        act.facts = about_refusal(kind, refusal)
        with acting(act):
            write(act, newest)


def _as_seated(look: Look, by: Person) -> Actor:
    """By their seat on the case, active or not; a person without one by what they are appointed to."""
    own = [seat for seat in look.seats if seat.person_id == by.pk]
    seat = next((one for one in own if one.is_active), own[-1] if own else None)
    return Actor(by.pk, by.name, seat.capacity, seat.role) if seat else Actor(by.pk, by.name, capacity_of(by, look.at))


def about_refusal(attempt: str, refusal: Refused) -> dict[str, Any]:
    """What the ledger says of a refusal."""
    return {"attempt": attempt, "rules": list(refusal.rules), "reasons": [str(v) for v in refusal.verdicts]}


__all__ = ["Doing", "Receipt", "Refused", "about_refusal", "door", "locked", "record_refusal", "require", "token_of"]
