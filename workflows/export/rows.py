"""The events of a case and the rows that they wrote, as the seals were taken over them: every column, in plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from audit.chain import EVENT_COLUMNS, portable
from audit.damaged import PAGE, parts, stored
from audit.erasing import Stubs
from audit.models import Event
from audit.rows import fields_by_column, label, plain
from cases.models import Case
from workflows.export.what_leaves import UNKNOWN, Held

Line = dict[str, Any]
"""One line of a file of JSON lines."""

STUB = ("id", "scheme", "chain", "seq", "kind", "at", "fingerprint", "rows", "shapes", "previous", "digest")
"""What is told of an event that is held back: its place and its seal, and the seals of the rows that it wrote."""


def events_of(case: Case, last: int) -> Iterator[Event]:
    """The events of a case up to the place `last`, in order, as a stream."""
    return Event.objects.filter(chain=f"case:{case.pk}", seq__lte=last).order_by("seq").iterator(chunk_size=PAGE)


def event_lines(events: Iterable[Event], held: Held) -> Iterator[Line]:
    """Those events with all that their seals were taken over; of one that an act emptied, the digest of what was left, too."""
    rest, stubs = iter(events), Stubs()
    while page := list(islice(rest, PAGE)):
        left = stubs.left(label(Event), [str(event.pk) for event in page])
        yield from (_erased(event_line(event, held), left.get(str(event.pk))) for event in page)


def _erased(line: Line, left: str | None) -> Line:
    return {**line, "erased": left} if left and "held_back" not in line else line


def event_line(event: Event, held: Held) -> Line:
    """An event, or, where it is held back, its place, its seal and why."""
    why = held.event(event.facts)
    columns = STUB if why else (*EVENT_COLUMNS[event.scheme], "digest")
    line: Line = portable({column: getattr(event, column) for column in columns})
    return {**line, "held_back": why} if why else line


def row_lines(events: Iterable[Event], held: Held) -> Iterator[Line]:
    """The rows that those events wrote, a page of events at a time."""
    rest, stubs = iter(events), Stubs()
    while page := list(islice(rest, PAGE)):
        wrote: dict[str, dict[str, UUID]] = defaultdict(dict)
        for event in page:
            for table, key, _digest in event.rows:
                wrote[table][key] = event.pk
        for table, keys in wrote.items():
            left = stubs.left(table, keys)
            yield from (_erased(line, left.get(line["key"])) for line in _lines(table, keys, held))


def _lines(table: str, keys: dict[str, UUID], held: Held) -> Iterator[Line]:
    try:
        model = apps.get_model(table)
    except LookupError:  # the app that kept such rows has been taken out since
        yield from ({"table": table, "key": key, "event": str(event), "held_back": UNKNOWN} for key, event in keys.items())
        return
    for part in parts(keys):
        for row in stored(model).filter(pk__in=part).order_by("pk").values():
            yield _line(model, table, row, held)


def _line(model: type[models.Model], table: str, row: dict[str, Any], held: Held) -> Line:
    fields = fields_by_column(model)
    values: Line = portable({column: plain(field, row[column]) for column, field in fields.items()})
    line = {"table": table, "key": str(row[model._meta.pk.attname]), "event": values["event_id"]}
    why = held.row(table, values)
    return {**line, "held_back": why} if why else {**line, "values": values}


def is_history(line: Line) -> bool:
    """Whether a row is a version of a fact, and not a statement that is made once."""
    return ".historical" in line["table"]
