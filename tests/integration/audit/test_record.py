"""Writing an act: one event, sealed, in as few statements as there can be, all or nothing."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from audit import chain
from audit.history import add_facts
from audit.models import Event
from audit.record import Act, ActMisused, acting, earlier, head, write
from audit.signals import recorded
from audit.verify import verify_chains
from tests.ledgerbook.acts import AMINA, LIBRARY, NINE, a_book, an_act, an_act_is_done, on
from tests.ledgerbook.models import Book, Loan, Novel, Remark

pytestmark = pytest.mark.django_db

TURN = 1 if connection.vendor == "postgresql" else 0  # an organisation's writers queue by a statement of their own


def _kept(event: Event) -> Event:
    return Event.objects.get(pk=event.pk)


def test_an_event_says_who_what_when_why_and_in_which_capacity() -> None:
    case_id = uuid4()
    act = an_act("decided", case_id=case_id, reason="It is ready.", request="form-7", fingerprint="f" * 64, facts={"stage": "Sign"})

    with transaction.atomic():
        event = _kept(write(act))

    assert (event.pk, event.kind, event.at, event.reason) == (act.event_id, "decided", NINE, "It is ready.")
    assert (event.person_id, event.person_name, event.capacity, event.role) == (AMINA.person_id, "Amina Rahman", "lay", "PSP")
    assert (event.organisation_id, event.case_id) == (LIBRARY, case_id)
    assert (event.request, event.fingerprint, event.facts) == ("form-7", "f" * 64, {"stage": "Sign"})
    assert (event.chain, event.seq, event.previous) == (f"case:{case_id}", 1, chain.GENESIS)
    assert event.digest == event.recomputed_digest()


def test_events_follow_on_from_each_other() -> None:
    book = a_book()
    events = [on(book, book.save) for _ in range(3)]

    assert [event.seq for event in events] == [2, 3, 4]
    assert [event.previous for event in events[1:]] == [event.digest for event in events[:-1]]


def test_chains_are_apart() -> None:
    first, second = a_book("Emma"), a_book("Persuasion")

    assert {event.seq for event in Event.objects.filter(case_id__in=[first.pk, second.pk])} == {1}


def test_facts_may_name_moments_and_keys() -> None:
    facts = {
        "due": date(2026, 7, 1),
        "at": datetime(2026, 7, 1, tzinfo=UTC),
        "seat": UUID(int=5),
        "share": 2.0,
        "people": ("a", "b"),
    }

    with transaction.atomic():
        event = _kept(write(an_act(facts=facts)))

    assert event.facts == {
        "due": "2026-07-01",
        "at": "2026-07-01T00:00:00.000000+00:00",
        "seat": str(UUID(int=5)),
        "share": 2,
        "people": ["a", "b"],
    }
    assert event.digest == event.recomputed_digest()


def test_facts_that_json_cannot_hold_are_refused() -> None:
    with pytest.raises(TypeError, match="cannot be evidence"), transaction.atomic():
        write(an_act(facts={"book": object()}))


def test_writing_costs_three_statements_and_one_per_history_table(django_assert_num_queries: Any) -> None:
    book = a_book()
    with transaction.atomic(), acting(an_act(case_id=book.pk)) as act:
        for borrower in ("Ben", "Cai", "Dee"):
            Loan(case=book, borrower=borrower).save()
            book.on_loan = not book.on_loan
            Novel.objects.get(pk=book.pk).save()
        Remark(case=book, words="Long.").save()
        with django_assert_num_queries(3 + 2):
            write(act)


def test_a_head_that_was_read_before_saves_a_statement(django_assert_num_queries: Any) -> None:
    book = a_book()
    with transaction.atomic(), acting(an_act(case_id=book.pk, request="form-7")) as act:
        with django_assert_num_queries(1):
            stands = head(act.chain, act.request)
        book.save()
        with django_assert_num_queries(2 + 1):
            event = write(act, head=stands)

    assert (stands.seq, stands.earlier, event.seq) == (1, None, 2)


def test_an_act_on_no_case_waits_for_its_turn_first(django_assert_num_queries: Any) -> None:
    with transaction.atomic(), django_assert_num_queries(3 + TURN):
        write(an_act())


def test_a_retry_finds_what_the_same_request_did(django_assert_num_queries: Any) -> None:
    book = a_book()
    done = on(book, book.save, request="form-7")
    on(book, book.save)

    with django_assert_num_queries(1):
        stands = head(done.chain, "form-7")

    assert (stands.seq, stands.earlier) == (3, done)
    assert earlier(done.chain, "form-7") == done
    assert earlier(done.chain, "form-8") is None
    assert earlier(f"case:{uuid4()}", "form-7") is None


def test_the_head_itself_may_be_what_the_request_did() -> None:
    book = a_book()
    done = on(book, book.save, request="form-7")

    stands = head(done.chain, "form-7")

    assert (stands.seq, stands.digest, stands.earlier) == (2, done.digest, done)


def test_an_empty_chain_has_a_head_to_follow() -> None:
    assert head(f"case:{uuid4()}", "form-7") == (0, chain.GENESIS, None, None)


def test_one_request_is_never_written_twice() -> None:
    book = a_book()
    on(book, book.save, request="form-7")
    book.title = "Twice"

    with pytest.raises(IntegrityError), transaction.atomic():
        on(book, book.save, request="form-7")

    assert Book.objects.get().title == "Middlemarch"


def test_two_writers_never_take_one_place_in_a_chain() -> None:
    book = a_book()
    stale = head(f"case:{book.pk}")
    on(book, book.save)

    with pytest.raises(IntegrityError), transaction.atomic():
        write(an_act(case_id=book.pk), head=stale)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", [write, lambda act: head(act.chain)])
def test_outside_a_transaction_nothing_is_written(what: Any) -> None:
    with pytest.raises(TransactionManagementError, match="one transaction"):
        what(an_act())

    assert not Event.objects.exists()


def test_an_act_is_written_once() -> None:
    with transaction.atomic():
        act = an_act()
        write(act)
        with pytest.raises(ActMisused, match="has been written"):
            write(act)

    assert Event.objects.count() == 1


def test_news_is_sent_inside_the_transaction() -> None:
    heard: list[tuple[list[Event], Act, bool]] = []

    def listen(events: list[Event], act: Act, **kwargs: Any) -> None:
        heard.append((events, act, connection.in_atomic_block))

    recorded.connect(listen)
    try:
        with an_act_is_done() as act:
            pass
    finally:
        recorded.disconnect(listen)

    assert heard == [([act.event], act, True)]


def test_an_act_that_is_made_into_several_has_an_event_for_each_and_stores_them_together() -> None:
    book = a_book()
    with transaction.atomic(), acting(an_act(case_id=book.pk, request="form-7", facts={"why": "A gift."})) as act:
        parts = act.one_for_each(3)
        with CaptureQueriesContext(connection) as statements:
            add_facts((part, Book(id=uuid4(), title=f"Volume {number}")) for number, part in enumerate(parts))
            newest = write(act)
    events = list(Event.objects.filter(case_id=book.pk, seq__gt=1).order_by("seq"))
    assert (events[-1], [event.request for event in events]) == (newest, [None, None, "form-7"])
    assert [len(event.rows) for event in events] == [1, 1, 1]
    assert all(event.facts == {"why": "A gift."} for event in events)
    assert len(statements) == 5  # the books, their history, the head of the chain, the events, and how far it has got
    assert verify_chains(book.pk).findings == []


def test_an_act_is_made_into_several_once_and_before_anything_is_stored() -> None:
    act, stranger = an_act(), an_act()
    act.one_for_each(2)
    for number in (0, 2):
        with pytest.raises(ActMisused, match="one or more once"):
            act.one_for_each(number)
    with transaction.atomic(), acting(act), pytest.raises(ActMisused, match="is no part of"):
        add_facts([(stranger, Book(id=uuid4(), title="Emma"))])


def test_several_that_are_never_written_are_missed() -> None:
    with pytest.raises(ActMisused, match="never written"), transaction.atomic(), acting(an_act()) as act:
        add_facts([(act.one_for_each(2)[0], Book(id=uuid4(), title="Emma"))])


def _everything() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Book, Book.history.model, Remark, Event))


def test_a_listener_that_fails_takes_the_act_with_it() -> None:
    def fail(**kwargs: Any) -> None:
        raise ConnectionError("no message can be queued")

    recorded.connect(fail)
    try:
        with pytest.raises(ConnectionError):
            a_book()
    finally:
        recorded.disconnect(fail)

    assert _everything() == (0, 0, 0, 0)


@pytest.mark.parametrize("table", [Event, Book.history.model])
def test_when_the_ledger_cannot_be_written_nothing_changes(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    book = a_book()
    before = _everything()

    def insert_fails(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(f'INSERT INTO "{table._meta.db_table}"'):
            raise IntegrityError("the disk is full")
        return execute(sql, params, many, context)

    def change() -> None:
        book.title = "Half done"
        book.save()
        Remark(case=book, words="Half said.").save()

    with pytest.raises(IntegrityError, match="disk is full"), connection.execute_wrapper(insert_fails):
        on(book, change)

    assert _everything() == before
    assert Book.objects.get().title == "Middlemarch"


def test_an_event_is_told_by_its_place() -> None:
    book = a_book()

    assert str(Event.objects.get()) == f"case_opened (case:{book.pk}, 1)"
