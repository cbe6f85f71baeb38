"""The only writer of the ledger: an act gathers the rows it writes, then goes into its chain as one event."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import Q, Subquery

from audit import chain as canon
from audit import one_trip, storing
from audit.compiled import Question, compiled
from audit.ids import uuid7
from audit.kinds import kind_called
from audit.models import ChainHead, Event
from audit.replica import is_reading
from audit.rows import fields_by_column, label, row_digest
from audit.signals import recorded
from audit.turns import wait_for_turn

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
    _rows: list[models.Model] = field(init=False, default_factory=list, repr=False)
    _history: list[models.Model] = field(init=False, default_factory=list, repr=False)
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
        return bool(self._rows) and self.event is None

    def note_history(self, row: models.Model) -> None:
        """Keep an unsaved row of history; `write` inserts it with all others of its table."""
        self._refuse_if_written()
        self._rows.append(row)
        self._history.append(row)

    def note_row(self, instance: models.Model) -> None:
        """Keep the digest of an insert-only row that has just been inserted."""
        self._refuse_if_written()
        self._rows.append(instance)
        self._digests[id(instance)] = row_digest(instance)  # now: nothing that is done to the object later may count

    def _refuse_if_written(self) -> None:
        if self.event is not None:
            raise ActMisused(f"The act “{self.kind}” has been written, so nothing can be added to it. Begin another.")


class Head(NamedTuple):
    """The newest event of a chain (seq 0 when it is empty), what the same request made before, and when the newest was."""

    seq: int
    digest: str
    earlier: Event | None = None
    at: datetime | None = None


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


def current_act() -> Act:
    """Return the act that is being done. Raises NoAct when there is none."""
    act = _current.get()
    if act is None:
        raise NoAct
    return act


def act_in_transaction() -> Act:
    """Return the current act, ready to be added to. Raises NoAct, or TransactionManagementError outside atomic()."""
    act = current_act()
    _require_transaction()
    return act


def head(chain: str, request: str | None = None) -> Head:
    """Read where a chain stands and, with the same statement, whether `request` was already done.

    A case's chain is guarded by the lock on its case row, which the caller holds. An organisation has no such row: its
    writers queue here, until the end of the transaction (PostgreSQL: one statement more).
    """
    _require_transaction()
    if not chain.startswith("case:"):
        wait_for_turn(chain)
    return head_of(question_of_head(chain, request).read_now(), request)


def question_of_head(chain: str, request: str | None) -> Question[Event]:
    """What `head` asks of a case's chain, for whoever reads something else in the same trip; `head_of` reads the answer."""
    return _newest.question(chain=chain) if request is None else _newest_and_earlier.question(chain=chain, request=request)


def head_of(found: list[Event], request: str | None) -> Head:
    """Where a chain stands, by the events that `question_of_head` found."""
    done = [event for event in found if request is not None and event.request == request]
    earlier_event = done[0] if done else None
    return Head(found[-1].seq, found[-1].digest, earlier_event, found[-1].at) if found else Head(0, canon.GENESIS)


@compiled()
def _newest(chain: str) -> models.QuerySet[Event]:
    return Event.objects.filter(chain=chain).order_by("-seq")[:1]


@compiled()
def _newest_and_earlier(chain: str, request: str) -> models.QuerySet[Event]:
    newest = Event.objects.filter(chain=chain).order_by("-seq").values("seq")[:1]
    return Event.objects.filter(Q(chain=chain, seq=Subquery(newest)) | Q(chain=chain, request=request)).order_by("seq")


def earlier(chain: str, request: str) -> Event | None:
    """Return the event that the same request made before, so that a retry can answer with it."""
    return Event.objects.filter(chain=chain, request=request).first()


def write(act: Act, head: Head | None = None) -> Event:
    """Write what the act gathered and seal it into its chain; then tell the listeners of `audit.signals.recorded`.

    One statement per history table, one to read the chain's head (none when `head` is given), one for the event
    and one to note that it is the newest.
    Must run inside the transaction of the act. Raises IntegrityError when another writer took the place in the chain
    or when the same request was written before; whatever it raises, the transaction must not be committed.
    """
    _require_transaction()
    act._refuse_if_written()
    _insert_history(act)
    event = _sealed(act, head or _head_of(act.chain))
    storing.add([event])
    _keep_head(event)
    one_trip.send()  # whoever listens finds all of it stored
    act.event = event
    recorded.send(sender=Event, event=event, act=act)
    return event


_head_of = head  # `write` has a parameter of that name


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "An act is one transaction: facts, history and ledger event stand or fall together. Use transaction.atomic()."
        )


def _insert_history(act: Act) -> None:
    tables: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in act._history:
        tables[type(row)].append(row)
    for rows in tables.values():
        storing.add(rows)


def _keep_head(event: Event) -> None:
    """Note apart from the chain how far it has got, so that its newest event is missed too."""
    storing.put(ChainHead(chain=event.chain, seq=event.seq, digest=event.digest))


def _sealed(act: Act, before: Head) -> Event:
    tables = {type(row) for row in act._rows}
    event = Event(
        id=act.event_id,
        chain=act.chain,
        seq=before.seq + 1,
        kind=act.kind,
        at=act.at,
        organisation_id=act.organisation_id,
        case_id=act.case_id,
        person_id=act.actor.person_id,
        person_name=act.actor.name,
        capacity=act.actor.capacity,
        role=act.actor.role,
        reason=act.reason,
        request=act.request,
        fingerprint=act.fingerprint,
        facts=canon.portable(act.facts),
        rows=[_entry(act, row) for row in act._rows],
        shapes={label(model): sorted(fields_by_column(model)) for model in tables},
        previous=before.digest,
    )
    event.digest = event.recomputed_digest()
    return event


def _entry(act: Act, row: models.Model) -> list[str]:
    return [label(type(row)), str(row.pk), act._digests.get(id(row)) or row_digest(row)]
