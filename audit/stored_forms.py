"""The canonical text of a row straight from what the database gives: the same text as `chain.canonical` of `rows.plain`.

On PostgreSQL keys, moments and JSON are read as text, and each kind of column is written in its own way, worked out once for a
table. Columns of other kinds, and other databases, go the long way round. A test compares both on random values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache, partial
from hashlib import sha256
from json.encoder import encode_basestring_ascii
from typing import Any

from django.db import connection, models
from django.db.models.functions import Cast

from audit import chain
from audit.rows import fields_by_column, plain

Write = Callable[[Any], str]
Row = Sequence[Any]
Digest = Callable[[Row], str]

QUICK_ON = "postgresql"


class Form:
    """How the rows of one table are read (`select`, for `values_list`), and what is made of each."""

    def __init__(self, model: type[models.Model], vendor: str) -> None:
        fields = fields_by_column(model)
        self.model = model
        self.columns = tuple(fields)
        self.place = {column: number for number, column in enumerate(fields)}
        made = [_read_and_written(column, field, vendor) for column, field in fields.items()]
        self.select, self._writes = [read for read, _ in made], [write for _, write in made]
        self.key = self.place[model._meta.pk.attname]
        self.json_is_text = vendor == QUICK_ON
        self._digests: dict[tuple[str, ...], Digest] = {}

    def read(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The rows of a queryset as this form takes them: tuples in the order of `columns`."""
        return rows.values_list(*self.select)

    def json(self, row: Row, column: str) -> Any:
        """What a column of JSON says. Raises ValueError."""
        return json_read(row[self.place[column]]) if self.json_is_text else row[self.place[column]]

    def lost(self, columns: Iterable[str]) -> list[str]:
        """Which of these columns the table has no more."""
        return [str(column) for column in columns if column not in self.place]

    def digest_over(self, columns: tuple[str, ...]) -> Digest:
        """What gives the digest of a row over these of its columns. Raises KeyError for a column that is not there."""
        found = self._digests.get(columns)
        if found is None:
            found = self._digests[columns] = partial(_digest, *self._template(columns))
        return found

    def _template(self, columns: tuple[str, ...]) -> tuple[str, list[tuple[int, Write]]]:
        ordered = sorted(set(columns))
        pieces = ",".join(encode_basestring_ascii(column).replace("%", "%%") + ":%s" for column in ordered)
        return "{" + pieces + "}", [(self.place[column], self._writes[self.place[column]]) for column in ordered]


def _digest(template: str, writes: list[tuple[int, Write]], row: Row) -> str:
    texts = tuple(["null" if (value := row[place]) is None else write(value) for place, write in writes])
    return sha256((template % texts).encode("ascii")).hexdigest()


def form_of(model: type[models.Model]) -> Form:
    """The form of a table in the database that is in use."""
    return _form(model, connection.vendor)


@cache
def _form(model: type[models.Model], vendor: str) -> Form:
    return Form(model, vendor)


def _read_and_written(column: str, field: models.Field[Any, Any], vendor: str) -> tuple[Any, Write]:
    """What is selected for a column, and what writes its values."""
    quick = _quick(field) if vendor == QUICK_ON else None
    if quick is None:
        return column, lambda value: chain.canonical(plain(field, value))
    as_text, write = quick
    return (Cast(models.F(column), models.TextField()) if as_text else column), write


def _quick(field: models.Field[Any, Any]) -> tuple[bool, Write] | None:
    """For a kind of column that Django itself has, and nobody has changed: whether it is read as text, and what writes it."""
    if isinstance(field, models.ForeignKey):
        return _quick(field.target_field)
    if type(field) is models.JSONField:
        return (True, json_written) if field.decoder is None else None
    if hasattr(field, "from_db_value"):
        return None
    return _QUICK.get(type(field).to_python) or ((False, encode_basestring_ascii) if type(field) is models.FileField else None)


def _moment(text: str) -> str:
    """A moment as PostgreSQL writes it, "2026-03-02 09:00:00.5+00", with T, all six digits and the full offset."""
    day, clock, zone = text[:10], text[11:-3], text[-3:]
    if zone != "+00" or text[10] != " ":
        return chain.canonical(datetime.fromisoformat(text))
    return f'"{day}T{clock.ljust(15, "0") if "." in clock else clock + ".000000"}+00:00"'


def _day(value: date) -> str:
    return f'"{value.isoformat()}"'


_QUICK: Mapping[Any, tuple[bool, Write]] = {
    models.UUIDField.to_python: (True, encode_basestring_ascii),
    models.CharField.to_python: (False, encode_basestring_ascii),
    models.TextField.to_python: (False, encode_basestring_ascii),
    models.BooleanField.to_python: (False, {True: "true", False: "false"}.__getitem__),
    models.IntegerField.to_python: (False, int.__repr__),
    models.DateTimeField.to_python: (True, _moment),
    models.DateField.to_python: (False, _day),
}

_loads = json.JSONDecoder(parse_float=lambda text: chain.portable(float(text))).decode
_dumps = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def json_read(text: str) -> Any:
    """What a text of JSON says, its numbers by their value (1.0 is 1). Raises ValueError."""
    return _loads(text)


@lru_cache(maxsize=256)  # which columns were sealed is the same text for most events
def json_written(text: str) -> str:
    """A text of JSON in canonical form. Raises ValueError."""
    return text if text in ("{}", "[]") else _dumps(_loads(text))
