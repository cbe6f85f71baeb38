"""What makes of a database's rows what a queryset would have given: objects, with those selected beside them, or plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import connections, models
from django.db.models.base import ModelState
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesIterable, ValuesListIterable, get_related_populators
from django.db.models.signals import post_init, pre_init
from django.db.models.sql.constants import MULTI

Made = TypeVar("Made", bound=models.Model)
Reader = Callable[[list[Any]], list[Any]]


class NotCompilable(TypeError):
    """A queryset whose SQL depends on its values in a way that cannot be worked out once."""


def read_quickly(queryset: models.QuerySet[Any, Any]) -> list[Any]:
    """The rows of a queryset, read now, each made as `reader` makes them: where there are many. Raises NotCompilable."""
    alias = queryset.db
    compiler = queryset.query.get_compiler(using=alias)
    rows = [row for part in compiler.execute_sql(MULTI) for row in part]
    return reader(queryset, compiler, alias)(rows) if rows else []


def reader(queryset: models.QuerySet[Any, Any], compiler: Any, alias: str) -> Reader:
    """What makes of the database's rows what the queryset would have given."""
    if queryset._prefetch_related_lookups:  # type: ignore[attr-defined]
        raise NotCompilable("A queryset that is compiled once cannot prefetch.")
    converted = _converter(compiler, alias)
    kind = queryset._iterable_class
    if issubclass(kind, FlatValuesListIterable):
        return lambda rows: [row[0] for row in converted(rows)]
    if issubclass(kind, ValuesListIterable):
        return lambda rows: [tuple(row) for row in converted(rows)]
    if issubclass(kind, ValuesIterable):
        names = _names(queryset.query)
        return lambda rows: [dict(zip(names, row, strict=True)) for row in converted(rows)]
    if not issubclass(kind, ModelIterable):
        raise NotCompilable(f"A queryset that is compiled once cannot give {kind.__name__}.")
    make = _instances(queryset, compiler, alias)
    return lambda rows: make(converted(rows))


def _names(query: Any) -> list[str]:
    return list(query.selected or (*query.extra_select, *query.values_select, *query.annotation_select))


def _converter(compiler: Any, alias: str) -> Callable[[list[Any]], Any]:
    columns, has_more = compiler.col_count, compiler.has_extra_select
    converters = list(compiler.get_converters([one[0] for one in compiler.select[:columns]]).items())
    if not converters:
        return (lambda rows: [row[:columns] for row in rows]) if has_more else lambda rows: rows

    def convert(rows: list[Any]) -> list[list[Any]]:
        connection, found = connections[alias], []
        for stored in rows:
            row = list(stored[:columns])
            for position, (functions, expression) in converters:
                for function in functions:
                    row[position] = function(row[position], expression, connection)
            found.append(row)
        return found

    return convert


def _instances(queryset: Any, compiler: Any, alias: str) -> Reader:
    """As Django's own ModelIterable, with all that does not depend on the row worked out beforehand."""
    info, select = compiler.klass_info, compiler.select
    newer = (queryset._fetch_mode,) if hasattr(queryset, "_fetch_mode") else ()  # since Django 6.1
    fields = info["select_fields"]
    start, end = fields[0], fields[-1] + 1
    make_one = born(info["model"], [one[0].target.attname for one in select[start:end]], alias, *newer)
    related = [_Related(one, alias, *newer) for one in get_related_populators(info, select, alias, *newer)]
    annotations = list((compiler.annotation_col_map or {}).items())

    def make(rows: list[Any]) -> list[Any]:
        found = []
        for row in rows:
            one = make_one(row[start:end])
            for populator in related:
                populator.populate(row, one)
            for name, position in annotations:
                setattr(one, name, row[position])
            found.append(one)
        return found

    return make


class _Related:
    """What was selected beside a row, as Django's RelatedPopulator sets it on the row's object."""

    def __init__(self, populator: Any, alias: str, *newer: Any) -> None:
        self._populator = populator
        self._born = born(populator.model_cls, populator.init_list, alias, *newer)
        self._further = [_Related(one, alias, *newer) for one in populator.related_populators]
        if populator.reorder_for_init:
            raise NotCompilable("A queryset that is compiled once cannot select a child of its model beside it.")

    def populate(self, row: Sequence[Any], beside: models.Model) -> None:
        populator = self._populator
        values = row[populator.cols_start : populator.cols_end]
        one = None if values[populator.pk_idx] is None else self._born(values)
        populator.local_setter(beside, one)
        if one is not None:
            for further in self._further:
                further.populate(row, one)
            populator.remote_setter(one, beside)


def born(model: type[Made], names: list[str], alias: str, *newer: Any) -> Callable[[Sequence[Any]], Made]:
    """What makes an object of a row. Django's way sets each column through its descriptor and costs ten times as much."""
    plain = model.__init__ is models.Model.__init__ and model.from_db.__func__ is models.Model.from_db.__func__  # type: ignore[attr-defined]
    if not plain or newer or pre_init.has_listeners(model) or post_init.has_listeners(model):
        return lambda values: model.from_db(alias, names, values)

    def of_columns(values: Sequence[Any]) -> Made:
        one = model.__new__(model)
        state = ModelState()
        state.adding, state.db = False, alias
        one.__dict__.update(zip(names, values, strict=True), _state=state)
        return one

    return of_columns
