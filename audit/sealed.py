"""Checks events and the rows that they admit to: streams the events chain by chain and reads their rows beside them, in batches.

What it holds is one batch, however long the ledger is. Each row is read once, by its key; how many rows of each table were
found where their own event says they are is counted on the way, so that what no event admits to shows by the number alone.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import models

from audit import chain
from audit.append_only import AppendOnlyModel
from audit.damaged import UNREADABLE, events_in_order, parts, rows_by_key, stored
from audit.erasing import Stubs
from audit.findings import Finding, Forgery, Report
from audit.history import HistoryRow
from audit.models import Event
from audit.rows import label
from audit.stored_forms import Form, Row, form_of

EVENTS = label(Event)
BATCH = 2_000  # events held in memory at a time
AT_ONCE = 2_000  # rows that one statement reads by key
MOVED = 50  # places away from its own at which an event is looked for that was put in another


class Entry(NamedTuple):
    """One row that an event says it wrote: its key, its digest, the columns that were sealed, and the key of the event."""

    key: str
    digest: str
    columns: tuple[Any, ...]
    event: str


class Sealed(NamedTuple):
    """What of an event the check needs; `seal` is the digest that its columns give now, None where they give none."""

    key: str
    chain: str
    seq: int
    previous: str
    digest: str
    seal: str | None
    entries: list[tuple[str, Entry]]


Watch = Callable[[Iterable[Any]], Iterable[Any]]
"""Passes on what it is given, and may show how far it has got."""


class Tally:
    """How many rows of each table stand where their own event admits to them, of those that were there at the beginning."""

    def __init__(self, tables: Iterable[type[models.Model]] = ()) -> None:
        self._last = {model: _last_key(model) for model in tables}
        self._found: Counter[type[models.Model]] = Counter()

    def found(self, model: type[models.Model], keys: Iterable[Any]) -> None:
        """Count rows by their keys, each of which is named once."""
        last = self._last.get(model)
        if last is not None:
            self._found[model] += sum(key <= last for key in keys)

    def is_whole(self, model: type[models.Model]) -> bool:
        """Whether every row that was there at the beginning has been found."""
        last = self._last.get(model)
        return last is not None and stored(model).filter(pk__lte=last).count() == self._found[model]


def _last_key(model: type[models.Model]) -> Any:
    """The last key of a table in the order of keys; None where there is none, or none that can be read."""
    form = form_of(model)
    try:
        newest = form.read(stored(model).order_by("-pk")).first()
    except UNREADABLE:
        return None
    return newest[form.key] if newest else None


def sealed_findings(case_id: UUID | None, watch: Watch, report: Report, tally: Tally) -> Iterator[Finding]:
    """What is wrong with the events of a case, or of everything, and with the rows that they admit to."""
    events = Event.objects.all() if case_id is None else Event.objects.filter(case_id=case_id)
    check = _Check(report, tally)
    stream = iter(watch(events_in_order(events, form_of(Event), _sealed)))
    while batch := list(islice(stream, BATCH)):
        yield from check.batch(batch)


def _sealed(form: Form, row: Row) -> Sealed:
    key, place = str(row[form.key]), form.place
    return Sealed(
        key, row[place["chain"]], row[place["seq"]], row[place["previous"]], row[place["digest"]], _seal(form, row),
        list(entries_of(key, form.json(row, "rows"), row[place["shapes"]])),
    )  # fmt: skip


def _seal(form: Form, row: Row) -> str | None:
    try:
        return form.digest_over(chain.EVENT_COLUMNS[row[form.place["scheme"]]])(row)
    except (KeyError, *UNREADABLE):
        return None


def entries_of(event: str, rows: Any, shapes: Any) -> Iterator[tuple[str, Entry]]:
    """The rows that an event says it wrote, each with its table; what is no such thing is passed over."""
    columns = _columns(shapes if isinstance(shapes, str) else json.dumps(shapes))
    for entry in rows if isinstance(rows, list) else ():
        match entry:
            case [str(table), str(key), str(digest)]:
                yield table, Entry(key, digest, columns.get(table, ()), event)


@lru_cache(maxsize=256)
def _columns(shapes: str) -> dict[str, tuple[Any, ...]]:
    """By table, the columns that were sealed."""
    found = json.loads(shapes)
    return (
        {table: tuple(columns) for table, columns in found.items() if isinstance(columns, list)} if isinstance(found, dict) else {}
    )


class _Check:
    """Goes through the batches, with the event before in hand."""

    def __init__(self, report: Report, tally: Tally) -> None:
        self._report, self._tally, self._stubs = report, tally, Stubs()
        self._erased = self._stubs.tables()
        self._before: Sealed | None = None

    def batch(self, events: list[Sealed | str]) -> Iterator[Finding]:
        left = self._left(EVENTS, [event.key for event in events if not isinstance(event, str)])
        tables: dict[str, list[Entry]] = defaultdict(list)
        self._report.events += len(events)
        for event in events:
            if isinstance(event, str):
                yield Finding(EVENTS, event, "cannot be read: a column holds what it cannot hold", Forgery.DAMAGED)
                continue
            yield from self._of_event(event, left.get(event.key, event.digest))
            self._before = event
            for table, entry in event.entries:
                tables[table].append(entry)
        for table, entries in tables.items():
            for part in parts(entries, AT_ONCE):
                yield from self._of_rows(table, part)

    def _left(self, table: str, keys: list[str]) -> dict[str, str]:
        """What is left of those rows that are stubs; no statement for a table from which nothing was ever taken."""
        left = self._stubs.left(table, keys) if table in self._erased else {}
        self._report.stubs += len(left)
        return left

    def _left_meanwhile(self, table: str, key: str) -> str | None:
        """What is left of a row from which something was taken since the check began."""
        return None if table in self._erased else self._stubs.left(table, [key]).get(key)

    # Events

    def _of_event(self, event: Sealed, sealed: str) -> Iterator[Finding]:
        before = self._before if self._before and self._before.chain == event.chain else None
        seq, digest = (before.seq, before.digest) if before else (0, chain.GENESIS)
        if event.seq != seq + 1:
            yield self._event_wrong(event, Forgery.EVENT_DELETED, f"is {_place(event)}, and {_missing(event.seq, seq)} missing")
        elif event.previous != digest:
            what = f"does not follow on from the event before it ({_place(event)})"
            yield self._event_wrong(event, Forgery.CHAIN_BROKEN, what)
        if event.seal != sealed and event.seal != (self._left_meanwhile(EVENTS, event.key) or sealed):
            yield self._event_wrong(event, *_edited_or_moved(event, sealed))

    def _event_wrong(self, event: Sealed, kind: Forgery, what: str) -> Finding:
        return Finding(EVENTS, event.key, what, kind)

    # Rows

    def _of_rows(self, table: str, entries: list[Entry]) -> Iterator[Finding]:
        left = self._left(table, [entry.key for entry in entries])
        self._report.rows += len(entries)
        model = append_only_model(table)
        if model is None:
            yield from (Finding(table, one.key, "is in a table that no longer exists", Forgery.ROW_DELETED) for one in entries)
            return
        form = form_of(model)
        rows = rows_by_key(form, [entry.key for entry in entries])
        self._count(form, entries, rows)
        for entry in entries:
            wrong = _wrong_with_row(form, entry, left.get(entry.key, entry.digest), rows)
            if wrong and not self._is_stub_by_now(table, form, entry, rows):
                yield Finding(table, entry.key, f"{wrong[1]} (the ledger event {entry.event} wrote it)", wrong[0])

    def _is_stub_by_now(self, table: str, form: Form, entry: Entry, rows: dict[str, Row | None]) -> bool:
        left = self._left_meanwhile(table, entry.key)
        return left is not None and _wrong_with_row(form, entry, left, rows_by_key(form, [entry.key])) is None

    def _count(self, form: Form, entries: list[Entry], rows: dict[str, Row | None]) -> None:
        """A row counts where the event that it names admits to it, once."""
        place = form.place.get("event_id")
        if place is not None:
            own = {entry.key for entry in entries if (row := rows.get(entry.key)) and str(row[place]) == entry.event}
            self._tally.found(form.model, (row[form.key] for key in own if (row := rows[key])))


def _place(event: Sealed) -> str:
    return f"number {event.seq} of the chain {event.chain}"


def _missing(seq: int, before: int) -> str:
    return f"event {before + 1} before it is" if seq == before + 2 else f"events {before + 1} to {seq - 1} before it are"


def _edited_or_moved(event: Sealed, sealed: str) -> tuple[Forgery, str]:
    near = range(event.seq - MOVED, event.seq + MOVED + 1)
    row = Event.objects.filter(pk=event.key).first()
    own = next((seq for seq in near if row is not None and _with_place(row, seq) == sealed), None)
    if own is None:
        return Forgery.EVENT_EDITED, f"has been changed since it was written ({_place(event)})"
    return Forgery.EVENTS_SWAPPED, f"was put in another place: by its seal it is number {own}, and it stands as {_place(event)}"


def _with_place(event: Event, seq: int) -> str | None:
    try:
        return event.recomputed_digest(seq=seq)
    except (KeyError, *UNREADABLE):
        return None


_Wrong = tuple[Forgery, str]


def _wrong_with_row(form: Form, entry: Entry, sealed: str, rows: dict[str, Row | None]) -> _Wrong | None:
    of_history = issubclass(form.model, HistoryRow)
    if entry.key not in rows:
        return Forgery.HISTORY_DELETED if of_history else Forgery.ROW_DELETED, "is gone"
    row = rows[entry.key]
    if row is None:
        return Forgery.DAMAGED, "cannot be read: a column holds what it cannot hold"
    try:
        same = form.digest_over(entry.columns)(row) == sealed
    except KeyError:
        return Forgery.DAMAGED, f"has lost the columns {', '.join(form.lost(entry.columns))}"
    except UNREADABLE:
        same = False
    edited = Forgery.HISTORY_EDITED if of_history else Forgery.ROW_EDITED
    return None if same else (edited, "has been changed since it was written")


@cache
def append_only_model(table: str) -> type[models.Model] | None:
    """The model of an append-only table by its label; None where there is none."""
    try:
        model = apps.get_model(table)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, AppendOnlyModel) else None
