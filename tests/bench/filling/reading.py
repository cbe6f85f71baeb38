"""Reads what a walk through the doors wrote: each new row as PostgreSQL would copy it, each event with the rows it seals."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection, models

from audit.chain import EVENT_COLUMNS, canonical
from audit.models import ChainHead, Event
from audit.rows import fields_by_column, plain

COUNTED_FROM = 10**15
"""In a walk that is read, each table counts its rows from here plus its own number times `APART`: so no number means two rows."""

APART = 10**10
PLACE_FROM = 1_999_000_000_000_000
"""Stands for a place in an organisation's chain: this plus how far it is from the first that the walk wrote."""

OURS = ("audit", "auth", "cases", "notifications", "permissions", "workflows")
"""The apps whose rows are written. What is queued for a worker is not: one has been by."""


@dataclass(frozen=True)
class Table:
    """A table as COPY names it. `number` tells its counted rows from those of other tables."""

    name: str
    columns: tuple[str, ...]
    number: int
    counted: str = ""

    @property
    def into(self) -> str:
        """The beginning of a COPY statement."""
        return f'COPY "{self.name}" ({", ".join(self.quoted)})'

    @property
    def quoted(self) -> list[str]:
        return [f'"{column}"' for column in self.columns]

    def rows(self) -> dict[str, str]:
        """Every row, as a line of COPY's text format, by that line's first field: its key."""
        assert connection.connection is not None
        with connection.connection.cursor() as cursor, cursor.copy(f"{self.into} TO STDOUT") as lines:
            text = b"".join(bytes(part) for part in lines).decode()
        return {line.split("\t", 1)[0]: line for line in text.splitlines()}


def tables() -> list[Table]:
    """Every table that an act may write, the key in front."""
    every = [model for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    kept = [one for one in every if one._meta.managed and not one._meta.proxy and one is not Permission]
    return [_table(model, number) for number, model in enumerate(sorted(kept, key=lambda one: one._meta.db_table))]


def _table(model: type[models.Model], number: int) -> Table:
    key, held = model._meta.pk, [one for one in model._meta.local_concrete_fields if not one.generated]
    columns = [str(one.column) for one in sorted(held, key=lambda one: one is not key)]
    return Table(model._meta.db_table, tuple(columns), number, columns[0] if isinstance(key, models.BigAutoField) else "")


@dataclass
class Act:
    """One event: the text that its digest is taken over, and those of the rows that it seals, each with its digest."""

    text: str
    digest: str
    previous: str
    rows: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Written:
    """What one walk wrote: lines of COPY by table, and its acts in order."""

    lines: dict[Table, list[str]]
    acts: list[Act]

    def without(self, names: Container[str]) -> Written:
        """The same without the rows of these tables."""
        return Written({table: made for table, made in self.lines.items() if table.name not in names}, self.acts)

    def with_notices_read(self) -> Written:
        """The same with every notice read when it came."""
        lines = {
            table: [_read_at_once(table, line) for line in made] if table.name == "notifications_notice" else made
            for table, made in self.lines.items()
        }
        return Written(lines, self.acts)


def _read_at_once(table: Table, line: str) -> str:
    fields = line.split("\t")
    fields[table.columns.index("read_at")] = fields[table.columns.index("at")]
    return "\t".join(fields)


class Reader:
    """Knows what the database held before a walk. Use it within a transaction that is rolled back afterwards."""

    def __init__(self) -> None:
        self.tables = tables()
        self._known = {table: table.rows() for table in self.tables}
        with connection.cursor() as cursor:
            for table in self.tables:
                if table.counted:
                    first = COUNTED_FROM + table.number * APART
                    cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table.name, table.counted, first])

    def read(self, keep: bool = True) -> Written:
        """What was written since the last time. Raises ValueError where a row changed that was there before.

        `keep` False: it is rolled back next, so that the next time it is not there.
        """
        lines: dict[Table, list[str]] = {}
        for table in self.tables:
            now, before = table.rows(), self._known[table]
            changed = [key for key, line in before.items() if now.get(key) != line and table.name != ChainHead._meta.db_table]
            if changed:
                raise ValueError(f"A walk that is to be written again may not change what was there: {table.name} {changed}")
            made = [line for key, line in now.items() if before.get(key) != line]
            if made:
                lines[table] = made
            if keep:
                self._known[table] = now
        keys = [line.split("\t", 1)[0] for table, made in lines.items() if table.name == "audit_event" for line in made]
        events = list(Event.objects.filter(pk__in=keys).order_by("seq"))
        _placed(lines, events)
        return Written(lines, [_act(event, events[0]) for event in events])


def _placed(lines: dict[Table, list[str]], events: list[Event]) -> None:
    """An organisation's chain goes on: places in it become numbers that are told apart, and its note is left to the writer."""
    if not any(event.chain.startswith("org:") for event in events):
        return
    if len({event.chain for event in events}) > 1:
        raise ValueError("A walk that is to be written again stays on one chain.")
    for table in list(lines):
        if table.name == ChainHead._meta.db_table:
            del lines[table]
        if table.name == "audit_event":
            place = table.columns.index("seq")
            lines[table] = [_with_place(line.split("\t"), place, events[0].seq) for line in lines[table]]


def _with_place(fields: list[str], place: int, first: int) -> str:
    fields[place] = str(PLACE_FROM + int(fields[place]) - first)
    return "\t".join(fields)


def _act(event: Event, first: Event) -> Act:
    columns = {column: getattr(event, column) for column in EVENT_COLUMNS[event.scheme]}
    _same(canonical(columns), event.digest)
    if event.chain.startswith("org:"):
        columns["seq"] = PLACE_FROM + event.seq - first.seq
    rows = [(_row(table, key, event.shapes[table], digest), digest) for table, key, digest in event.rows]
    return Act(canonical(columns), event.digest, event.previous, rows)


def _row(label: str, key: str, columns: list[str], digest: str) -> str:
    model: type[models.Model] = apps.get_model(label)
    row: dict[str, Any] = model._base_manager.values().get(pk=key)
    fields = fields_by_column(model)
    text = canonical({column: plain(fields[column], row[column]) for column in columns})
    _same(text, digest)
    return text


def _same(text: str, digest: str) -> None:
    if sha256(text.encode("ascii")).hexdigest() != digest:
        raise ValueError(f"This is not what was sealed: {text}")
