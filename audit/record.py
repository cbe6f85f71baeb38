"""The only writer of the ledger: an act gathers the rows it writes, then goes into its chain as one event."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from django.db import models
from django.db.models import Q, Subquery

from audit import chain as canon
from audit import one_trip, storing
from audit.acts import Act, ActMisused, Actor, NoAct, act_in_transaction, acting, current_act, gathered_by, require_transaction
from audit.compiled import Question, compiled
from audit.models import ChainHead, Event
from audit.rows import fields_by_column, label
from audit.signals import recorded
from audit.turns import wait_for_turn


class Head(NamedTuple):
    """The newest event of a chain (seq 0 when it is empty), what the same request made before, and when the newest was."""

    seq: int
    digest: str
    earlier: Event | None = None
    at: datetime | None = None


def head(chain: str, request: str | None = None) -> Head:
    """Read where a chain stands and, with the same statement, whether `request` was already done.

    A case's chain is guarded by the lock on its case row, which the caller holds. An organisation has no such row: its
    writers queue here, until the end of the transaction (PostgreSQL: one statement more).
    """
    require_transaction()
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
    and one to note that it is the newest; the same number for an act that was made `one_for_each`. Returns the newest event.
    Must run inside the transaction of the act. Raises IntegrityError when another writer took the place in the chain
    or when the same request was written before; whatever it raises, the transaction must not be committed.
    """
    require_transaction()
    act.refuse_if_written()
    _insert_history(act)
    events = _sealed_in_turn(act, head or _head_of(act.chain))
    storing.add(events)
    _keep_head(events[-1])
    one_trip.send()  # whoever listens finds all of it stored
    for one, event in zip(act.each, events, strict=True):
        one.event = event
    recorded.send(sender=Event, events=events, act=act)
    return events[-1]


_head_of = head  # `write` has a parameter of that name


def _insert_history(act: Act) -> None:
    tables: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in (row for one in act.each for row in one.history):
        tables[type(row)].append(row)
    for rows in tables.values():
        storing.add(rows)


def _keep_head(event: Event) -> None:
    """Note apart from the chain how far it has got, so that its newest event is missed too."""
    storing.put(ChainHead(chain=event.chain, seq=event.seq, digest=event.digest))


def _sealed_in_turn(act: Act, newest: Head) -> list[Event]:
    events = []
    for one in act.each:
        event = _sealed(one, newest)
        events.append(event)
        newest = Head(event.seq, event.digest)
    return events


def _sealed(act: Act, before: Head) -> Event:
    tables = {type(row) for row in act.rows}
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
        rows=[_entry(act, row) for row in act.rows],
        shapes={label(model): sorted(fields_by_column(model)) for model in tables},
        previous=before.digest,
    )
    event.digest = event.recomputed_digest()
    return event


def _entry(act: Act, row: models.Model) -> list[str]:
    return [label(type(row)), str(row.pk), act.digest_of(row)]


__all__ = [
    "Act", "ActMisused", "Actor", "Head", "NoAct", "act_in_transaction", "acting", "current_act", "earlier", "gathered_by", "head",
    "head_of", "question_of_head", "write",
]  # fmt: skip
