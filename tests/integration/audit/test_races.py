"""Many writers at once: no chain forks, no place is taken twice, no evidence is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from audit.models import Event
from audit.record import head, write
from audit.verify import verify_chains
from tests.ledgerbook.acts import LIBRARY, a_book, an_act, on
from tests.ledgerbook.models import Book

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 6


def _at_once(write_one: Callable[[int], Any]) -> list[Any]:
    start = Barrier(WRITERS)

    def run(number: int) -> Any:
        start.wait(timeout=30)
        try:
            return write_one(number)
        except IntegrityError as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def test_acts_on_no_case_take_turns_and_none_fails() -> None:
    with transaction.atomic():
        write(an_act("organisation_recorded"))

    def sign_in(_: int) -> Event:
        with transaction.atomic():
            return write(an_act("signed_in"))

    done = _at_once(sign_in)

    assert [event for event in done if isinstance(event, IntegrityError)] == []
    assert sorted(Event.objects.filter(chain=f"org:{LIBRARY}").values_list("seq", flat=True)) == list(range(1, WRITERS + 2))
    assert verify_chains().is_sound


def test_the_first_acts_of_an_organisation_take_turns_too() -> None:
    def sign_in(_: int) -> Event:
        with transaction.atomic():
            return write(an_act("signed_in"))

    assert not [event for event in _at_once(sign_in) if isinstance(event, IntegrityError)]
    assert verify_chains().events == WRITERS


def test_writers_who_skip_the_lock_on_their_case_cannot_fork_its_chain() -> None:
    book = a_book()
    before = Barrier(WRITERS)

    def change(number: int) -> Event:
        with transaction.atomic():
            mine = Book.objects.get(pk=book.pk)
            if connection.vendor == "postgresql":
                stands = head(f"case:{book.pk}")
                before.wait(timeout=30)
                return write(an_act("facts_recorded", case_id=mine.pk), head=stands)
            return write(an_act("facts_recorded", case_id=mine.pk))

    done = [event for event in _at_once(change) if isinstance(event, Event)]

    assert len(done) == (1 if connection.vendor == "postgresql" else WRITERS)
    assert sorted(Event.objects.values_list("seq", flat=True)) == list(range(1, len(done) + 2))
    assert verify_chains().is_sound


def test_one_request_sent_many_times_is_done_once() -> None:
    book = a_book()

    def change(_: int) -> Event:
        return on(Book.objects.get(pk=book.pk), lambda: None, request="form-7")

    done = [event for event in _at_once(change) if isinstance(event, Event)]

    assert len(done) == 1
    assert Event.objects.filter(request="form-7").count() == 1
    assert verify_chains().is_sound
