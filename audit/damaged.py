"""Reads rows that somebody may have damaged, so that a value no column should hold is named instead of ending the check."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models.functions import Cast

from audit.models import Event

PAGE = 500  # rows held in memory at a time
UNREADABLE = (ValueError, TypeError, ArithmeticError, ValidationError)


class Page(NamedTuple):
    """Rows in order of their key, and the keys (as text) of those that could not be read."""

    rows: list[dict[str, Any]]
    unreadable: list[str]


def stored(model: type[models.Model]) -> models.QuerySet[Any]:
    """Return every row of a model's table, whatever its managers would show."""
    return model._base_manager.all()


def pages(rows: models.QuerySet[Any]) -> Iterator[Page]:
    """Read all rows of a `values()` queryset in pages, by key, holding one page at a time."""
    key = rows.model._meta.pk.attname
    after, named = None, set[str]()
    while True:
        rest = rows.order_by("pk") if after is None else rows.order_by("pk").filter(pk__gt=after)
        page = read(rest, PAGE)
        yield Page(page.rows, [text for text in page.unreadable if text not in named])
        named.update(page.unreadable)
        if not page.rows or len(page.rows) + len(page.unreadable) < PAGE:
            return
        after = page.rows[-1][key]


def read(rows: models.QuerySet[Any], at_most: int) -> Page:
    """Read the first rows of a `values()` queryset: together if they can be, one by one if one of them is damaged."""
    try:
        return Page(list(rows[:at_most]), [])
    except UNREADABLE:
        page = Page([], [])
    everything = stored(rows.model).values()
    for text in list(rows.values_list(Cast("pk", models.TextField()), flat=True)[:at_most]):
        try:
            page.rows.append(everything.get(pk=text))
        except (*UNREADABLE, ObjectDoesNotExist):
            page.unreadable.append(text)
    return page


def events_in_order(events: models.QuerySet[Event]) -> Iterator[Event | str]:
    """Read events chain by chain in their order, as a stream; in the place of one that cannot be read, its key."""
    after: tuple[str, int] = ("", 0)
    while True:
        try:
            for event in _following(events, after).iterator(chunk_size=PAGE):
                after = (event.chain, event.seq)
                yield event
            return
        except UNREADABLE:
            for place in list(_places(events, after)):
                after = place[:2]
                yield _event_at(*place)


def _following(events: models.QuerySet[Event], place: tuple[str, int]) -> models.QuerySet[Event]:
    chain, seq = place
    later = models.Q(chain=chain, seq__gt=seq) | models.Q(chain__gt=chain)
    return (events.filter(later) if chain else events).order_by("chain", "seq")


def _places(events: models.QuerySet[Event], after: tuple[str, int]) -> models.QuerySet[Any]:
    return _following(events, after).values_list("chain", "seq", Cast("pk", models.TextField()))[:PAGE]


def _event_at(chain: str, seq: int, key: str) -> Event | str:
    try:
        return Event.objects.get(chain=chain, seq=seq)
    except (*UNREADABLE, ObjectDoesNotExist):
        return key


def parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """Cut keys into lists that one statement can name."""
    rest = iter(keys)
    while part := list(islice(rest, PAGE)):
        yield part


def by_key(model: type[models.Model], keys: list[str]) -> dict[str, Any]:
    """Return the rows by the text of their key; None for one that is there and cannot be read."""
    key = model._meta.pk
    valid = [text for text in keys if _is_key(key, text)]
    page = read(stored(model).filter(pk__in=valid).values(), PAGE)
    as_written = {_bare(text): text for text in keys}
    damaged = {as_written[_bare(text)]: None for text in page.unreadable if _bare(text) in as_written}
    return {**damaged, **{str(row[key.attname]): row for row in page.rows}}


def _is_key(key: Any, text: str) -> bool:
    try:
        return key.to_python(text) is not None
    except UNREADABLE:
        return False


def _bare(key: str) -> str:
    return key.replace("-", "")  # SQLite keeps a UUID without hyphens
