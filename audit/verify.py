"""Checks the evidence: every chain, every row an event admits to, every row that none does, every live fact.

Reads in pages and streams, so that the memory it needs does not grow with the ledger. How far each chain has got is kept
apart from it. What it cannot see is a chain whose newest events were all cut off together with their rows and with that
note: for that, compare head digests that were kept outside this database.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain as joined
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from audit import chain
from audit.append_only import AppendOnlyModel
from audit.damaged import PAGE, UNREADABLE, by_key, events_in_order, pages, parts, read, stored
from audit.erasing import Stubs
from audit.findings import Finding, Forgery, Report
from audit.heads import HEADS, wrong_heads
from audit.history import HistoryRow, InsertOnly
from audit.live import Suspect, facts_on, history_models, suspects
from audit.models import Erasure, Event
from audit.rows import fields_by_column, label, plain
from audit.triggers import append_only_models

EVENTS = label(Event)
MOST_FINDINGS = 1_000
MOVED = 50  # places away from its own at which an event is looked for that was put in another


Watch = Callable[[Iterable[Any]], Iterable[Any]]
"""Passes on what it is given, and may show how far it has got."""


def verify_chains(case_id: UUID | None = None, watch: Watch = iter) -> Report:
    """Check that chains are whole, that each row is as its event sealed it, and that some event admits to each row.

    With `case_id`: the events of that case, every version of every fact that they changed, and the insert-only rows that
    have a `case_id` of their own. Without: everything.
    """
    report = Report()
    events = Event.objects.all() if case_id is None else Event.objects.filter(case_id=case_id)
    chains = joined(_of_chains(watch(events_in_order(events)), report), _of_heads(case_id))
    return _collect(report, joined(chains, _of_unadmitted_rows(case_id)))


def verify_live_rows(case_id: UUID | None = None, watch: Watch = iter) -> Report:
    """Check that every live fact is what its newest version says, and that none has come or gone without one.

    With `case_id`: the facts that the events of that case changed, and those that name the case.
    """
    report = Report()
    touched = None if case_id is None else _facts_of(case_id)
    for model, history in watch(list(history_models().items())):
        if touched is None or history in touched:
            keys = None if touched is None else touched[history]
            _collect(report, map(_live_finding, suspects(model, history, keys, report)))
    return report


def _facts_of(case_id: UUID) -> dict[type[HistoryRow], set[Any]]:
    found = _objects_changed_by(case_id)
    for history, keys in facts_on(case_id):
        found[history] |= keys
    return found


def _collect(report: Report, findings: Iterable[Finding]) -> Report:
    report.findings.extend(islice(findings, MOST_FINDINGS - len(report.findings)))
    return report


def _live_finding(suspect: Suspect) -> Finding:
    return Finding(label(suspect.model), suspect.key, suspect.what, suspect.kind)


# Chains


def _of_chains(events: Iterable[Any], report: Report) -> Iterator[Finding]:
    before: Event | None = None
    stream, stubs = iter(events), Stubs()
    while batch := list(islice(stream, PAGE)):
        readable = []
        left = stubs.left(EVENTS, [str(event.pk) for event in batch if isinstance(event, Event)])
        report.stubs += len(left)
        for event in batch:
            report.events += 1
            if isinstance(event, str):
                yield Finding(EVENTS, event, "cannot be read: a column holds what it cannot hold", Forgery.DAMAGED)
                continue
            sealed = left.get(str(event.pk), event.digest)
            yield from (Finding(EVENTS, str(event.pk), what, kind) for kind, what in _wrong_with(event, before, sealed))
            readable.append(event)
            before = event
        yield from _of_admitted_rows(readable, report, stubs)


def _wrong_with(event: Event, before: Event | None, sealed: str) -> Iterator[tuple[Forgery, str]]:
    if before is not None and before.chain != event.chain:
        before = None
    seq, digest = (before.seq, before.digest) if before else (0, chain.GENESIS)
    place = f"number {event.seq} of the chain {event.chain}"
    if event.seq != seq + 1:
        missing = f"event {seq + 1} before it is" if event.seq == seq + 2 else f"events {seq + 1} to {event.seq - 1} before it are"
        yield Forgery.EVENT_DELETED, f"is {place}, and {missing} missing"
    elif event.previous != digest:
        yield Forgery.CHAIN_BROKEN, f"does not follow on from the event before it ({place})"
    if _recomputed(event) == sealed:
        return
    own = _place_by_its_seal(event, sealed)
    if own is None:
        yield Forgery.EVENT_EDITED, f"has been changed since it was written ({place})"
    else:
        yield Forgery.EVENTS_SWAPPED, f"was put in another place: by its seal it is number {own}, and it stands as {place}"


def _recomputed(event: Event, **instead: Any) -> str | None:
    try:
        return event.recomputed_digest(**instead)
    except (KeyError, *UNREADABLE):
        return None


def _place_by_its_seal(event: Event, sealed: str) -> int | None:
    near = range(event.seq - MOVED, event.seq + MOVED + 1)
    return next((seq for seq in near if _recomputed(event, seq=seq) == sealed), None)


def _of_heads(case_id: UUID | None) -> Iterator[Finding]:
    """Chains that do not end where it was noted that they end."""
    yield from (Finding(HEADS, chain_name, what, Forgery.TAIL_CUT) for chain_name, what in wrong_heads(case_id))


# Rows that an event admits to


@dataclass(frozen=True)
class _Entry:
    """One row that an event says it wrote."""

    table: str
    key: str
    digest: str
    columns: tuple[str, ...]
    event: str


def _entries(event: Event) -> Iterator[_Entry]:
    shapes = event.shapes if isinstance(event.shapes, dict) else {}
    for entry in event.rows if isinstance(event.rows, list) else []:
        match entry:
            case [str(table), str(key), str(digest)]:
                yield _Entry(table, key, digest, tuple(shapes.get(table, ())), str(event.pk))


def _of_admitted_rows(events: Iterable[Event], report: Report, stubs: Stubs) -> Iterator[Finding]:
    tables: dict[str, list[_Entry]] = defaultdict(list)
    for event in events:
        for entry in _entries(event):
            tables[entry.table].append(entry)
    for table, entries in tables.items():
        for start in range(0, len(entries), PAGE):
            part = entries[start : start + PAGE]
            left = stubs.left(table, [entry.key for entry in part])
            report.rows, report.stubs = report.rows + len(part), report.stubs + len(left)
            yield from _of_entries(table, [replace(entry, digest=left.get(entry.key, entry.digest)) for entry in part])


def _of_entries(table: str, entries: list[_Entry]) -> Iterator[Finding]:
    model = _append_only_model(table)
    if model is None:
        yield from (Finding(table, entry.key, "is in a table that no longer exists", Forgery.ROW_DELETED) for entry in entries)
        return
    stored = by_key(model, [entry.key for entry in entries])
    for entry in entries:
        wrong = _wrong_with_row(model, entry, stored)
        if wrong:
            yield Finding(table, entry.key, f"{wrong[1]} (the ledger event {entry.event} wrote it)", wrong[0])


def _wrong_with_row(model: type[models.Model], entry: _Entry, stored: Mapping[str, Any]) -> tuple[Forgery, str] | None:
    of_history = issubclass(model, HistoryRow)
    if entry.key not in stored:
        return Forgery.HISTORY_DELETED if of_history else Forgery.ROW_DELETED, "is gone"
    row = stored[entry.key]
    if row is None:
        return Forgery.DAMAGED, "cannot be read: a column holds what it cannot hold"
    fields = fields_by_column(model)
    lost = [column for column in entry.columns if column not in fields]
    if lost:
        return Forgery.DAMAGED, f"has lost the columns {', '.join(lost)}"
    try:
        sealed = {column: plain(fields[column], row[column]) for column in entry.columns}
        same = chain.digest(sealed) == entry.digest
    except UNREADABLE:
        same = False
    edited = Forgery.HISTORY_EDITED if of_history else Forgery.ROW_EDITED
    return None if same else (edited, "has been changed since it was written")


def _append_only_model(table: str) -> type[models.Model] | None:
    try:
        model = apps.get_model(table)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, AppendOnlyModel) else None


# Rows that no event admits to


_Tables = Iterator[tuple[type[models.Model], models.QuerySet[Any]]]


def _of_unadmitted_rows(case_id: UUID | None) -> Iterator[Finding]:
    for model, rows in _everything() if case_id is None else _of_case(case_id):
        yield from _unadmitted(model, rows)


def _everything() -> _Tables:
    for model in append_only_models():
        if issubclass(model, HistoryRow | InsertOnly | Erasure):
            yield model, stored(model)


def _of_case(case_id: UUID) -> _Tables:
    for history, keys in _objects_changed_by(case_id).items():
        key = history.instance_type._meta.pk.attname
        for part in parts(keys):
            yield history, stored(history).filter(**{f"{key}__in": part})
    for model in append_only_models():
        if issubclass(model, InsertOnly) and "case_id" in fields_by_column(model):
            yield model, stored(model).filter(case_id=case_id)


def _unadmitted(model: type[models.Model], rows: models.QuerySet[Any]) -> Iterator[Finding]:
    key, table = model._meta.pk.attname, label(model)
    for page in pages(rows.values(key, "event_id")):
        unread = "cannot be read, so no event is known to admit to it"
        yield from (Finding(table, text, unread, Forgery.DAMAGED) for text in page.unreadable)
        admitted = _admitted(table, {row["event_id"] for row in page.rows})
        for row in page.rows:
            if (row["event_id"], str(row[key])) not in admitted:
                what = "was written behind the ledger's back: no event admits to it"
                yield Finding(table, str(row[key]), what, Forgery.ROW_INSERTED)


def _admitted(table: str, event_ids: set[UUID]) -> set[tuple[UUID, str]]:
    events = read(Event.objects.filter(pk__in=event_ids).values("id", "rows", "shapes"), PAGE).rows
    return {(event["id"], entry.key) for event in events for entry in _entries(Event(**_only_rows(event))) if entry.table == table}


def _only_rows(event: Mapping[str, Any]) -> dict[str, Any]:
    return {name: event[name] for name in ("id", "rows", "shapes")}


def _objects_changed_by(case_id: UUID) -> dict[type[HistoryRow], set[Any]]:
    """Return, for each history table, the keys of the facts that the case's events changed."""
    versions: dict[str, list[str]] = defaultdict(list)
    for page in pages(Event.objects.filter(case_id=case_id).values("id", "rows", "shapes")):
        for event in page.rows:
            for entry in _entries(Event(**_only_rows(event))):
                versions[entry.table].append(entry.key)
    objects: dict[type[HistoryRow], set[Any]] = defaultdict(set)
    for table, keys in versions.items():
        history = _append_only_model(table)
        if history is not None and issubclass(history, HistoryRow):
            attname = history.instance_type._meta.pk.attname
            for part in parts(keys):
                objects[history].update(row[attname] for row in by_key(history, part).values() if row is not None)
    return objects
