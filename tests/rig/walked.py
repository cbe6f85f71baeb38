"""What tests begin with is walked to once in each process, and put back as rows whenever a test asks for it again.

Most tests begin with a trust, or with a case that stands in some stage. To get there through the real doors takes most of
the time of the suite, and gives the same rows each time. So the first test that asks goes through the doors; what that
changed is kept, row by row, and done again for the next one: only where the database is known to stand exactly where
it stood then. After any write that this file did not see begin, the doors are used again.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.db.models import FileField, GeneratedField

WRITES = ("INSERT", "UPDATE", "DELETE", "ROLLBACK", "TRUNCATE", "WITH")  # audit.storing stores by a WITH
READS = "WITH LIST0("  # as audit.stacking begins
Row = tuple[Any, ...]
Key = tuple[Any, ...]


@dataclass
class Table:
    """A table as a test may change it."""

    name: str
    columns: tuple[str, ...]
    key: tuple[int, ...]  # places of its primary key in `columns`
    files: tuple[int, ...]  # places of columns that name a file
    counted: str = ""  # the column of whole numbers that the database gives out, if it has one

    def rows(self) -> dict[Key, Row]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(map(_quoted, self.columns))} FROM {_quoted(self.name)}")  # noqa: S608
            return {tuple(row[place] for place in self.key): row for row in cursor.fetchall()}

    def change(self, before: dict[Key, Row], after: dict[Key, Row]) -> Change:
        made = [row for key, row in after.items() if key not in before]
        altered = [row for key, row in after.items() if key in before and before[key] != row]
        return Change(self, made, altered, [key for key in before if key not in after])


@dataclass
class Change:
    """What one step does to one table."""

    table: Table
    made: list[Row]
    altered: list[Row]
    gone: list[Key]

    def __bool__(self) -> bool:
        return bool(self.made or self.altered or self.gone)

    def again(self) -> None:
        table = self.table
        name, columns = _quoted(table.name), [*map(_quoted, table.columns)]
        this_one = " AND ".join(f"{columns[place]} = %s" for place in table.key)
        with connection.cursor() as cursor:
            if self.gone:
                cursor.executemany(f"DELETE FROM {name} WHERE {this_one}", self.gone)  # noqa: S608
            if self.altered:
                values = [(*row, *(row[place] for place in table.key)) for row in self.altered]
                sets = ", ".join(f"{column} = %s" for column in columns)
                cursor.executemany(f"UPDATE {name} SET {sets} WHERE {this_one}", values)  # noqa: S608
            if self.made:
                places = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})", self.made)  # noqa: S608
            if self.made and table.counted and connection.vendor == "postgresql":
                newest = f"(SELECT max({_quoted(table.counted)}) FROM {name})"  # noqa: S608
                cursor.execute(f"SELECT setval(pg_get_serial_sequence(%s, %s), {newest})", [name, table.counted])

    def files(self) -> dict[str, bytes]:
        named = {row[place] for row in (*self.made, *self.altered) for place in self.table.files if row[place]}
        return {name: Path(default_storage.path(name)).read_bytes() for name in named}


@dataclass
class Step:
    """What was changed on the way to a beginning, and what the function that went there gave or became."""

    number: int
    changes: list[Change]
    files: dict[str, bytes]
    kept: Any

    def again(self) -> None:
        """Raises IntegrityError where the database holds something that is in the way; nothing has changed then."""
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for change in self.changes:
                change.again()
        for name, held in self.files.items():
            path = Path(default_storage.path(name))
            if not path.exists() or path.read_bytes() != held:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(held)


@dataclass
class Memory:
    """The steps that this process has taken, and after which of them the database stands now; 0 is an empty one."""

    steps: dict[tuple[int, Any], Step] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))
    stands_after: int | None = None
    writes: int = 0
    writes_then: int = 0
    events_then: int = 0

    def notice(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Counts what is written; Django calls it with every statement."""
        begins = str(sql)[:11].upper()
        if begins.startswith(WRITES) and begins != READS:
            self.writes += 1
        return execute(sql, params, many, context)

    def known(self) -> int | None:
        """The step after which the database stands, or None where something was written since."""
        if not _any("cases_organisation") and not _any("audit_event"):
            return 0
        untouched = self.writes == self.writes_then and _events() == self.events_then
        return self.stands_after if untouched else None

    def stand(self, number: int | None) -> None:
        self.stands_after, self.writes_then, self.events_then = number, self.writes, _events()

    def go(self, asked: Any, walk: Callable[[], Any], keep: Callable[[Any], Any]) -> Any:
        """What `walk` gives, by the rows that it left the last time where that is the same. `keep` says what to keep of it."""
        began = self.known()
        if began is None:
            return walk(), None
        step = self.steps.get((began, asked))
        if step is not None:
            with suppress(IntegrityError):
                step.again()
                self.stand(step.number)
                return None, deepcopy(step.kept)
        before = {table.name: table.rows() for table in _tables()}
        given = walk()
        changes = [change for table in _tables() if (change := table.change(before[table.name], table.rows()))]
        files = {name: held for change in changes for name, held in change.files().items()}
        step = self.steps[began, asked] = Step(next(self.numbers), changes, files, deepcopy(keep(given)))
        self.stand(step.number)
        return given, None


memory = Memory()


def remembered(build: Callable[..., Any]) -> Callable[..., Any]:
    """What a function that begins a test makes: the same again, wherever the database is empty."""

    @functools.wraps(build)
    def built(*given: Any, **named: Any) -> Any:
        made, kept = memory.go((build.__qualname__, repr(given), repr(named)), lambda: build(*given, **named), lambda made: made)
        return made if kept is None else kept

    return built


def remember_walks(walk_to: Callable[..., Any]) -> Callable[..., Any]:
    """The same walk again, for a case of the same kind that begins with the same people at the same time."""

    @functools.wraps(walk_to)
    def walked(walk: Any, state: str, working_days: int = 1) -> Any:
        asked = (type(walk), state, working_days, repr(_own(walk)))
        _, kept = memory.go(asked, lambda: walk_to(walk, state, working_days), lambda _: _own(walk))
        if kept is not None:
            vars(walk).update(kept)
        return walk

    return walked


def _own(walk: Any) -> dict[str, Any]:
    return {name: value for name, value in sorted(vars(walk).items()) if name != "trust"}


def _any(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None


def _events() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event")
        return int(cursor.fetchone()[0])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


class Fixed:
    """The rows that name models and permissions: other rows point at them by number, so the numbers stay for the whole run.

    Django makes them anew, with new numbers, whenever it empties the tables after a test that commits.
    """

    def __init__(self) -> None:
        self._rows = [(table, list(table.rows().values())) for table in map(_table, (ContentType, Permission))]

    def put_back(self) -> None:
        with transaction.atomic():
            for table, _ in reversed(self._rows):
                Change(table, [], [], list(table.rows())).again()
            for table, rows in self._rows:
                Change(table, rows, [], []).again()
        ContentType.objects.clear_cache()


@functools.cache
def _tables() -> list[Table]:
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    return [_table(model) for model in models if model not in (ContentType, Permission)]


def _table(model: Any) -> Table:
    meta = model._meta
    held = [one for one in meta.local_concrete_fields if not isinstance(one, GeneratedField)]
    counted = meta.pk.column if "Auto" in meta.pk.get_internal_type() else ""
    key = tuple(place for place, one in enumerate(held) if one.primary_key)
    files = tuple(place for place, one in enumerate(held) if isinstance(one, FileField))
    return Table(meta.db_table, tuple(one.column for one in held), key, files, counted)
