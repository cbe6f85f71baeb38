"""Acts on the library's facts, for tests of the ledger."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from audit.models import Event
from audit.record import Act, Actor, acting, write
from tests.ledgerbook.models import Book

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LIBRARY = UUID("00000000-0000-4000-8000-000000000001")
AMINA = Actor(person_id=UUID("00000000-0000-4000-8000-000000000002"), name="Amina Rahman", capacity="lay", role="PSP")


def an_act(kind: str = "facts_recorded", *, minutes: int = 0, **given: Any) -> Act:
    """An act by Amina in the library, some minutes after nine."""
    return Act(**{"kind": kind, "actor": AMINA, "at": NINE + timedelta(minutes=minutes), "organisation_id": LIBRARY, **given})


@contextmanager
def an_act_is_done(kind: str = "facts_recorded", **given: Any) -> Iterator[Act]:
    """A door in short: a transaction, a current act, and its event at the end of the block."""
    with transaction.atomic(), acting(an_act(kind, **given)) as act:
        yield act
        write(act)


def a_book(title: str = "Middlemarch", *, model: type[Book] = Book, **columns: Any) -> Book:
    """A book that was opened by an act of its own, in its own chain."""
    book = model(id=uuid4(), title=title, **columns)
    with an_act_is_done("case_opened", case_id=book.pk):
        book.save()
    return book


def on(book: Book, change: Callable[[], Any], kind: str = "facts_recorded", **given: Any) -> Event:
    """Do one more act on the book."""
    with an_act_is_done(kind, case_id=book.pk, **given) as act:
        change()
    assert act.event is not None
    return act.event
