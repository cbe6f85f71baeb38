"""What is being done: who does what, and the rows that it writes, gathered until `audit.record.write` seals them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from audit.ids import uuid7
from audit.kinds import kind_called
from audit.models import Event
from audit.replica import is_reading
from audit.rows import row_digest

CAPACITIES = ("lay", "staff", "system")


class NoAct(RuntimeError):
    """A recorded fact was about to change outside every door, so nobody would have answered for it."""

    def __init__(self) -> None:
        super().__init__(
            "This fact can only change through an act: call the door that changes it, or wrap the change in "
            "`with audit.record.acting(act):` and end it with `audit.record.write(act)`."
        )


class ActMisused(RuntimeError):
    """An act was begun inside another, written twice, left unwritten, or added to after it was written."""


@dataclass(frozen=True)
class Actor:
    """Who acts: the person, the name as it is now, and in which capacity (lay, staff or system) and role."""

    person_id: UUID | None
    name: str
    capacity: str
    role: str = ""

    def __post_init__(self) -> None:
        if self.capacity not in CAPACITIES:
            raise ValueError(f"A capacity is one of {', '.join(CAPACITIES)}, not {self.capacity!r}.")


@dataclass
class Act:
    """Something that is being done. Gathers what it writes until `write` seals it.

    `at` carries a time zone. `request` is the token by which a retry of the same request is recognised. `facts` is what
    the act was about, in values that JSON can hold; UUIDs and dates are turned into text.
    """

    kind: str
    actor: Actor
    at: datetime
    organisation_id: UUID
    case_id: UUID | None = None
    reason: str = ""
    request: str | None = None
    fingerprint: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    event_id: UUID = field(init=False)
    event: Event | None = field(init=False, default=None)
    _before: list[Act] = field(init=False, default_factory=list, repr=False)
    rows: list[models.Model] = field(init=False, default_factory=list, repr=False)
    history: list[models.Model] = field(init=False, default_factory=list, repr=False)
    _digests: dict[int, str] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        kind_called(self.kind)
        self.facts = dict(self.facts or {})
        self.event_id = uuid7(self.at)

    @property
    def chain(self) -> str:
        """The chain the act goes into: its case's, or its organisation's when it is on no case."""
        return f"case:{self.case_id}" if self.case_id else f"org:{self.organisation_id}"

    @property
    def is_owed(self) -> bool:
        """Whether rows were gathered that no event admits to yet."""
        return self.event is None and any(act.rows for act in self.each)

    @property
    def each(self) -> list[Act]:
        """This act, after those that it was made into besides: one event each, in this order."""
        return [*self._before, self]

    def one_for_each(self, number: int) -> list[Act]:
        """Make of this act so many of its kind, one event each in this order, which `write` writes together with it.

        For what is done to many people at once: the record has it of each of them. What concerns them all (what follows,
        and the mark of the request) stays with this one, the last. Raises ActMisused once something was gathered.
        """
        self.refuse_if_written()
        if number < 1 or self._before or self.rows:
            raise ActMisused(f"The act “{self.kind}” can be made into one or more once, before anything is stored.")
        self._before = [replace(self, request=None) for _ in range(number - 1)]
        self.event_id = uuid7(self.at)  # identifiers sort as the events do
        return self.each

    def note_history(self, row: models.Model) -> None:
        """Keep an unsaved row of history; `write` inserts it with all others of its table."""
        self.refuse_if_written()
        self.rows.append(row)
        self.history.append(row)

    def note_row(self, instance: models.Model) -> None:
        """Keep the digest of an insert-only row that has just been inserted."""
        self.refuse_if_written()
        self.rows.append(instance)
        self._digests[id(instance)] = row_digest(instance)  # now: nothing that is done to the object later may count

    def digest_of(self, row: models.Model) -> str:
        """The digest of a row that the act wrote: of an insert-only one, as it was when it was inserted."""
        return self._digests.get(id(row)) or row_digest(row)

    def refuse_if_written(self) -> None:
        """Raises ActMisused where the act has its event already."""
        if self.event is not None:
            raise ActMisused(f"The act “{self.kind}” has been written, so nothing can be added to it. Begin another.")


# History hangs on Django's save and delete signals, which carry no argument of ours: this variable is the only way to
# tell them which act they belong to. It is set for the length of one act and nothing else ever reads it.
_current: ContextVar[Act | None] = ContextVar("audit_current_act", default=None)


@contextmanager
def acting(act: Act) -> Iterator[Act]:
    """Make `act` the current act for the length of the block, which must end with `write(act)`.

    Opens no transaction and writes nothing. Raises ActMisused inside another act, or when the block ends well but has
    left rows that were never written; and inside a reading of evidence, which a replica may be answering: an act judges
    and writes by the primary alone.
    """
    if is_reading():
        raise ActMisused(f"The act “{act.kind}” cannot begin inside a reading of evidence. End the reading first.")
    other = _current.get()
    if other is not None:
        raise ActMisused(f"The act “{act.kind}” cannot begin inside the act “{other.kind}”.")
    token = _current.set(act)
    try:
        yield act
    finally:
        _current.reset(token)
    if act.is_owed:
        raise ActMisused(f"The act “{act.kind}” changed facts and was never written. Call audit.record.write(act).")


@contextmanager
def gathered_by(part: Act) -> Iterator[None]:
    """Inside, what is stored belongs to `part`, one of those that the current act was made into. Raises ActMisused for another."""
    whole = current_act()
    if not any(part is one for one in whole.each):
        raise ActMisused(f"The act “{part.kind}” is no part of the act “{whole.kind}” that is being done.")
    token = _current.set(part)
    try:
        yield
    finally:
        _current.reset(token)


def current_act() -> Act:
    """Return the act that is being done. Raises NoAct when there is none."""
    act = _current.get()
    if act is None:
        raise NoAct
    return act


def act_in_transaction() -> Act:
    """Return the current act, ready to be added to. Raises NoAct, or TransactionManagementError outside atomic()."""
    act = current_act()
    require_transaction()
    return act


def require_transaction() -> None:
    """Raises TransactionManagementError outside atomic()."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "An act is one transaction: facts, history and ledger event stand or fall together. Use transaction.atomic()."
        )
