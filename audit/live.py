"""Compares live facts with the newest version in their history."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, Max, OuterRef, Subquery

from audit import chain
from audit.damaged import PAGE, UNREADABLE, pages, parts, read, stored
from audit.findings import Forgery
from audit.history import HistoryRow, history_of, is_recorded
from audit.rows import fields_by_column, plain

NO_NUMBERS = (float("inf"), float("-inf"), float("nan"))  # what evidence cannot hold, though a column of numbers can
_READINGS = 5  # of a fact that is being changed while it is checked


class Counter(Protocol):
    """Whatever counts the rows that were looked at."""

    rows: int


@dataclass(frozen=True)
class Suspect:
    """A live fact that is not what its history says."""

    model: type[models.Model]
    key: str
    what: str
    kind: Forgery


def history_models() -> dict[type[models.Model], type[HistoryRow]]:
    """Return every recorded model with the model of its history."""
    return {model: history_of(model) for model in apps.get_models() if is_recorded(model)}


def facts_on(case_id: UUID) -> Iterator[tuple[type[HistoryRow], set[Any]]]:
    """For each recorded model with a `case_id` of its own, its history and the keys of the facts that stand there on a case."""
    for model, history in history_models().items():
        if "case_id" in fields_by_column(model):
            key = model._meta.pk.attname
            for page in pages(stored(model).filter(case_id=case_id).values(key)):
                yield history, {row[key] for row in page.rows}


def suspects(model: type[models.Model], history: type[HistoryRow], keys: Iterable[Any] | None, count: Counter) -> Iterator[Suspect]:
    """Find the facts of a model that differ from their newest version. `keys` narrows the search to those facts."""
    for part in [None] if keys is None else parts(keys):
        yield from _changed(model, history, part, count)
        yield from _gone(model, history, part)


def _changed(model: type[models.Model], history: type[HistoryRow], keys: list[Any] | None, count: Counter) -> Iterator[Suspect]:
    """The database compares; whatever it finds to differ is read and compared here, value by value."""
    key = model._meta.pk.attname
    live = stored(model) if keys is None else stored(model).filter(pk__in=keys)
    count.rows += live.count()
    for page in pages(live.filter(~_as_recorded(model, history)).values()):
        yield from (
            Suspect(model, text, "cannot be read: a column holds what it cannot hold", Forgery.DAMAGED) for text in page.unreadable
        )
        for row in page.rows:
            wrong = _read_again(model, history, row[key])
            if wrong:
                yield Suspect(model, str(row[key]), wrong[1], wrong[0])


class _Same(models.Func):
    """Whether two columns hold the same, or both nothing."""

    arity = 2
    template = "(%(expressions)s)"
    arg_joiner = " IS NOT DISTINCT FROM "
    output_field = models.BooleanField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, arg_joiner=" IS ", **context)


def _as_recorded(model: type[models.Model], history: type[HistoryRow]) -> Exists:
    """Whether the newest version of a live row says what the row says. It may find a difference where there is none."""
    key, kept = model._meta.pk.attname, fields_by_column(history)
    versions = stored(history)
    newest = versions.filter(**{key: OuterRef(key)}).order_by("-history_id").values("history_id")[:1]
    found = versions.filter(**{key: OuterRef(key)}, history_id=Subquery(newest)).exclude(history_type="-")
    columns = [(column, field) for column, field in fields_by_column(model).items() if column in kept and column != key]
    numbers = [column for column, field in columns if isinstance(field, models.FloatField)]
    for column in numbers:
        found = found.exclude(**{f"{column}__in": NO_NUMBERS})
    return Exists(found.filter(*(_Same(models.F(column), OuterRef(column)) for column, _ in columns)))


def _newest(history: type[HistoryRow], key: str, keys: list[Any]) -> dict[Any, dict[str, Any]]:
    """Return the last written version of each of those facts, by key."""
    last = stored(history).filter(**{f"{key}__in": keys}).order_by().values(key).annotate(last=Max("history_id"))
    versions = stored(history).filter(history_id__in=last.values("last")).values()
    return {row[key]: row for row in read(versions.order_by("pk"), PAGE).rows}


_Wrong = tuple[Forgery, str]


def _difference(model: type[models.Model], row: dict[str, Any], version: dict[str, Any] | None) -> _Wrong | None:
    if version is None:
        return Forgery.FACT_INSERTED, "has no history that can be read: it was not made through an act"
    if version["history_type"] == "-":
        return Forgery.FACT_INSERTED, "is there, though its history says it was removed"
    kept = [(column, field) for column, field in fields_by_column(model).items() if column in version]
    columns = [column for column, field in kept if not _same(field, row[column], version[column])]
    if columns:
        kind = Forgery.STATE_MOVED if "state" in columns else Forgery.FACT_CHANGED
        return kind, f"differs from its newest version ({version['history_id']}) in {', '.join(columns)}"
    return None


def _same(field: Any, live: Any, recorded: Any) -> bool:
    try:
        return chain.canonical(plain(field, live)) == chain.canonical(plain(field, recorded))
    except UNREADABLE:
        return False


def _read_again(model: type[models.Model], history: type[HistoryRow], key: Any) -> _Wrong | None:
    """Return what is wrong with a fact, sure that it was not simply being changed by an act in the meantime."""
    attname: str = model._meta.pk.attname
    wrong: _Wrong | None = None
    for _reading in range(_READINGS):
        before = _newest(history, attname, [key]).get(key)
        row = read(stored(model).filter(pk=key).values(), 1).rows
        if not row:
            return None
        wrong = _difference(model, row[0], before)
        if _newest(history, attname, [key]).get(key) == before:
            break
    return wrong


def _gone(model: type[models.Model], history: type[HistoryRow], keys: list[Any] | None) -> Iterator[Suspect]:
    key = model._meta.pk.attname
    versions = stored(history).filter(~Exists(stored(model).filter(pk=OuterRef(key))))
    if keys is not None:
        versions = versions.filter(**{f"{key}__in": keys})
    last = versions.order_by().values(key).annotate(last=Max("history_id")).values("last")
    left = stored(history).filter(history_id__in=last).exclude(history_type="-").order_by("pk")
    for lost in left.values_list(key, flat=True).iterator(chunk_size=PAGE):
        yield Suspect(model, str(lost), "is gone, and no act removed it", Forgery.FACT_REMOVED)
