"""Querysets that are compiled once per process and run with other values ever after.

Django compiles a queryset to SQL each time that it is read, which costs more than the database takes to answer. A
queryset under `compiled` is written as any other, and stays the one declaration of what is asked; its SQL is worked
out at the first call with two sets of stand-ins, and later calls only put their own values in their places.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count, cycle, groupby, islice
from typing import Any, Generic, ParamSpec, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models, router, transaction

from audit import one_trip, stacking
from audit.row_readers import NotCompilable, Reader, reader

Asked = ParamSpec("Asked")
Row = TypeVar("Row")
Key = TypeVar("Key")
Derived = Callable[[Any], Any]


@dataclass(frozen=True)
class _Place:
    """Where a value goes: of which parameter, which one of several, and what is made of it first."""

    name: str
    index: int | None
    derived: Derived | None
    wrapped: type | None  # psycopg's whole numbers name their size

    def value(self, values: dict[str, Any], connection: Any) -> Any:
        found = values[self.name] if self.index is None else values[self.name][self.index]
        found = _adapted(self.derived(found) if self.derived else found, connection)
        return self.wrapped(found) if self.wrapped else found


@dataclass(frozen=True)
class _Plan:
    """The SQL of one queryset on one database; `sql` empty where it can never find anything."""

    sql: str
    params: tuple[Any, ...]
    read: Reader
    locks: bool = False
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question(Generic[Row]):
    """One run of a compiled queryset, not yet run."""

    alias: str
    sql: str
    params: list[Any]
    read: Callable[[list[Any]], list[Row]]
    types: tuple[str, ...] = ()
    """Of its columns; empty where it cannot share a statement with others."""

    def read_now(self) -> list[Row]:
        """The rows, in a trip of its own."""
        return self.read(one_trip.now(self.alias, self.sql, self.params)) if self.sql else []

    def read_planned(self) -> list[Row]:
        """The rows, by a plan for these values and no others: where how many they are varies with the values."""
        return self.read(one_trip.planned(self.alias, self.sql, self.params)) if self.sql else []


NOTHING: Question[Any] = Question(DEFAULT_DB_ALIAS, "", [], lambda _: [])
"""What is not asked: no rows, and no statement."""


class Compiled(Generic[Asked, Row]):
    """What `compiled` makes of a function: calling it gives the rows, as a list."""

    def __init__(self, build: Callable[Asked, models.QuerySet[Any, Row]], derived: Sequence[Derived]) -> None:
        functools.update_wrapper(self, build)
        self.queryset, self._derived = build, tuple(derived)
        self._plans: dict[tuple[Any, ...], _Plan] = {}
        self._model: type[models.Model] | None = None
        self._locks = False

    def __call__(self, *nothing: Asked.args, **values: Asked.kwargs) -> list[Row]:
        """Run it. Values are named; a tuple may have any length. Raises TransactionManagementError for a lock outside one."""
        return self.question(*nothing, **values).read_now()

    def question(self, *nothing: Asked.args, **values: Asked.kwargs) -> Question[Row]:
        """What would be run, so that several can be in one trip: `together`."""
        plan, alias = self._plan_for(values)
        connection = connections[alias]
        if plan.locks and not connection.in_atomic_block:
            raise transaction.TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        params = [part.value(values, connection) if isinstance(part, _Place) else part for part in plan.params]
        return Question(alias, plan.sql, params, plan.read, plan.types)

    def first(self, *nothing: Asked.args, **values: Asked.kwargs) -> Row | None:
        """Its first row, or None. The queryset says itself that it wants one (`[:1]`)."""
        return next(iter(self(*nothing, **values)), None)

    def _plan_for(self, values: dict[str, Any]) -> tuple[_Plan, str]:
        alias = self._alias()
        key = (alias, *(len(value) for value in values.values() if isinstance(value, tuple)))
        plan = self._plans.get(key)
        if plan is None:
            lengths = {name: len(value) for name, value in values.items() if isinstance(value, tuple)}
            plan = self._plans[key] = self._compiled(alias, lengths)
        return plan, alias

    def _alias(self) -> str:
        if self._model is None:
            example = self.queryset(**_stand_ins(self.queryset, {}, count(1)))  # type: ignore[call-arg]
            self._model, self._locks = example.model, example.query.select_for_update
        return router.db_for_write(self._model) if self._locks else router.db_for_read(self._model)

    def _compiled(self, alias: str, lengths: dict[str, int]) -> _Plan:
        numbers = count(1)
        first, second = (_stand_ins(self.queryset, lengths, numbers) for _ in range(2))
        try:
            queryset = self.queryset(**first).using(alias)  # type: ignore[call-arg]
            compiler = queryset.query.get_compiler(using=alias)
            sql, params = compiler.as_sql()
            other_sql, other = self.queryset(**second).using(alias).query.get_compiler(using=alias).as_sql()  # type: ignore[call-arg]
        except EmptyResultSet:
            return _Plan("", (), list)
        if sql != other_sql or len(params) != len(other):
            raise NotCompilable(f"{self.queryset.__qualname__} gives other SQL for other values.")
        places = list(_places(first, second, self._derived, connections[alias]))
        found = tuple(self._place(one, two, places) for one, two in zip(params, other, strict=True))
        sql, found = _constants_written_out(sql, found, connections[alias])
        types = stacking.types_of(compiler, connections[alias])
        return _Plan(sql, found, reader(queryset, compiler, alias), queryset.query.select_for_update, types)

    def _place(self, one: Any, two: Any, places: list[tuple[Any, Any, _Place]]) -> Any:
        if type(one) is type(two) and _bare(one) == _bare(two):
            return one
        for first, second, place in places:
            if one == first and two == second and isinstance(one, type(first)):
                own = type(one) if type(one) is not type(first) else None
                return _Place(place.name, place.index, place.derived, own)
        raise NotCompilable(f"{self.queryset.__qualname__} makes {one!r} of its values. Name what makes it: compiled(derived=…).")


def compiled(*derived: Derived) -> Callable[[Callable[Asked, models.QuerySet[Any, Row]]], Compiled[Asked, Row]]:
    """Compile the queryset that a function returns once. `derived`: functions of one value whose result it filters by.

    Parameters are annotated UUID, datetime, date, int, str, or a tuple of one of them (`tuple[UUID, ...]`), and may be
    used for nothing but filtering and annotating: the SQL must be the same for all values. No prefetch_related.
    """

    def make(build: Callable[Asked, models.QuerySet[Any, Row]]) -> Compiled[Asked, Row]:
        return Compiled(build, derived)

    return make


def together(*questions: Question[Any]) -> list[list[Any]]:
    """The rows of each, in one trip to the database where they are of one; those next to one another in one statement.

    What takes a lock is a statement of its own, and what comes after it is read when the lock is held.
    """
    aliases = {one.alias for one in questions if one.sql}
    if len(aliases) > 1:
        return [rows for alias in questions for rows in together(alias)]
    runs = [list(run) for _, run in groupby((one for one in questions if one.sql), _alone())]
    statements = [_asked_at_once(run) for run in runs]
    answers = one_trip.run(aliases.pop(), [(sql, params) for sql, params, _ in statements]) if runs else []
    apart = (rows for (_, _, several), answer in zip(statements, answers, strict=True) for rows in several(answer))
    return [one.read(next(apart)) if one.sql else [] for one in questions]


def _alone() -> Callable[[Question[Any]], int]:
    """The same for all that follow one another and can share a statement; another for each that cannot."""
    numbers = count(1)
    return lambda question: 0 if question.types else next(numbers)


def _asked_at_once(run: list[Question[Any]]) -> tuple[str, list[Any], Callable[[list[Any]], list[list[Any]]]]:
    """The one statement for these questions, its values, and what takes their rows apart again."""
    if len(run) == 1:
        return run[0].sql, run[0].params, lambda rows: [rows]
    stack = stacking.stack(tuple((one.sql, one.types) for one in run))
    return stack.sql, [value for one in run for value in one.params], stack.apart


def padded(keys: Iterable[Key], number: int) -> tuple[Key, ...]:
    """The keys, some of them again, so that there are always as many and the question is always the same."""
    return tuple(islice(cycle(keys), number))


# Stand-ins

_FAR = datetime(2377, 1, 3, 11, 7, 5, 123, tzinfo=UTC)
_MADE: dict[type, Callable[[int], Any]] = {
    UUID: lambda number: UUID(int=0x0DD_0000_0000_7000_8000_000000000000 + number),
    datetime: lambda number: _FAR + timedelta(days=3 * number, minutes=number),
    date: lambda number: date(2399, 1, 2) + timedelta(days=number),
    int: lambda number: 1_987_000_000 + number,
    str: lambda number: f"stand-in {number}",
}


@functools.cache
def _types(build: Callable[..., Any]) -> dict[str, Any]:
    return {name: kind for name, kind in get_type_hints(build).items() if name != "return"}


def _stand_ins(build: Callable[..., Any], lengths: dict[str, int], numbers: Iterator[int]) -> dict[str, Any]:
    """A value that nobody has for each parameter."""
    values: dict[str, Any] = {}
    for name, kind in _types(build).items():
        if get_origin(kind) is tuple:
            values[name] = tuple(_made(build, get_args(kind)[0], numbers) for _ in range(lengths.get(name, 1)))
        else:
            values[name] = _made(build, kind, numbers)
    return values


def _made(build: Callable[..., Any], kind: Any, numbers: Iterator[int]) -> Any:
    if kind not in _MADE:
        raise NotCompilable(f"{build.__qualname__} asks for {kind}; it can ask for {', '.join(one.__name__ for one in _MADE)}.")
    return _MADE[kind](next(numbers))


def _places(
    first: dict[str, Any], second: dict[str, Any], derived: Sequence[Derived], connection: Any
) -> Iterator[tuple[Any, Any, _Place]]:
    """What each stand-in, and what is derived of it, looks like among the parameters of the SQL."""
    for name, value in first.items():
        several = isinstance(value, tuple)
        pairs = list(zip(value, second[name], strict=True)) if several else [(value, second[name])]
        for index, (one, _) in enumerate(pairs):
            for make in (None, *derived):
                if make is None or isinstance(one, datetime):
                    place = _Place(name, index if several else None, make, None)
                    yield place.value(first, connection), place.value(second, connection), place


def _bare(value: Any) -> Any:
    """What a wrapper of the database's driver holds (JSON, for one): two that hold the same are not equal by themselves."""
    return getattr(value, "obj", value)


def _constants_written_out(sql: str, params: tuple[Any, ...], connection: Any) -> tuple[str, tuple[Any, ...]]:
    """PostgreSQL plans a prepared statement once for all values, and takes a partial index only for what stands in the text."""
    if connection.vendor != "postgresql":
        return sql, params
    connection.ensure_connection()
    from psycopg.sql import Literal  # there is none where only SQLite is used

    left = iter(params)
    places: list[_Place] = []

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        param = next(left)
        if isinstance(param, _Place):
            places.append(param)
            return "%s"
        return Literal(param).as_string(connection.connection).replace("%", "%%")

    return re.sub("%%|%s", written, sql), tuple(places)


def _adapted(value: Any, connection: Any) -> Any:
    """A value as Django hands it to this database."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


__all__ = ["NOTHING", "Compiled", "NotCompilable", "Question", "compiled", "padded", "together"]
