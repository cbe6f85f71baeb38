"""Reads rows that somebody may have damaged, so that a value no column should hold is named instead of ending the check."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models.functions import Cast

from audit.models import Event
from audit.stored_forms import Form, Row

PAGE = 500  # rows held in memory at a time
STREAM = 2_000  # rows that a stream fetches at a time
Made = TypeVar("Made")
Thing = TypeVar("Thing")
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


def events_in_order(events: models.QuerySet[Event], form: Form, make: Callable[[Form, Row], Made]) -> Iterator[Made | str]:
    """Read events chain by chain, in order, as a stream of what `make` makes of each; for one that cannot be read, its key."""
    after: tuple[str, int] = ("", 0)
    chain, seq = form.place["chain"], form.place["seq"]
    while True:
        try:
            for row in form.read(_following(events, after)).iterator(chunk_size=STREAM):
                after = (row[chain], row[seq])
                yield make(form, row)
            return
        except UNREADABLE:
            for place in list(_places(events, after)):
                after = place[:2]
                yield _event_at(form, make, *place)


def _following(events: models.QuerySet[Event], place: tuple[str, int]) -> models.QuerySet[Event]:
    chain, seq = place
    later = models.Q(chain=chain, seq__gt=seq) | models.Q(chain__gt=chain)
    return (events.filter(later) if chain else events).order_by("chain", "seq")


def _places(events: models.QuerySet[Event], after: tuple[str, int]) -> models.QuerySet[Any]:
    return _following(events, after).values_list("chain", "seq", Cast("pk", models.TextField()))[:PAGE]


def _event_at(form: Form, make: Callable[[Form, Row], Made], chain: str, seq: int, key: str) -> Made | str:
    try:
        return make(form, form.read(Event.objects.filter(chain=chain, seq=seq)).get())
    except (*UNREADABLE, ObjectDoesNotExist):
        return key


def parts(things: Iterable[Thing], size: int = PAGE) -> Iterator[list[Thing]]:
    """Cut keys, or other things, into lists that one statement can name."""
    rest = iter(things)
    while part := list(islice(rest, size)):
        yield part


def rows_by_key(form: Form, keys: list[str]) -> dict[str, Row | None]:
    """Return the rows by the text of their key; None for one that is there and cannot be read."""
    known = [key for text in keys if (key := _key(form, text)) is not None]
    rows = form.read(stored(form.model))
    try:
        return {str(row[form.key]): row for row in rows.filter(pk__in=known)}
    except UNREADABLE:
        return {str(key): row for key in known for row in _one_by_one(rows.filter(pk=key))}


def _one_by_one(row: models.QuerySet[Any]) -> list[Row | None]:
    try:
        return list(row)
    except UNREADABLE:
        return [None]


def _key(form: Form, text: str) -> Any:
    try:
        return form.model._meta.pk.to_python(text)
    except UNREADABLE:
        return None
