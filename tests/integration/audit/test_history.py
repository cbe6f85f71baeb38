"""History: every version of every recorded fact, through proxies too, and none without an act."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, models, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import isolate_apps

from audit.append_only import AppendOnly
from audit.history import History, as_it_stood
from audit.record import ActMisused, NoAct, acting, write
from audit.versions import Versions
from tests.ledgerbook.acts import AMINA, NINE, a_book, an_act, an_act_is_done, on
from tests.ledgerbook.models import Book, Loan, LongNovel, Novel

Version: Any = Book.history.model

pytestmark = pytest.mark.django_db


def test_a_new_fact_leaves_a_version_tied_to_its_event() -> None:
    with an_act_is_done(reason="It was on the shelf.") as act:
        Book(title="Emma").save()

    version = Version.objects.get()
    assert (version.title, version.history_type) == ("Emma", "+")
    assert (version.history_date, version.history_change_reason) == (NINE, "It was on the shelf.")
    assert (version.history_person_id, version.history_person_name) == (AMINA.person_id, "Amina Rahman")
    assert act.event is not None
    assert (version.event_id, act.event.pk) == (act.event_id, act.event_id)


@pytest.mark.parametrize("model", [Book, Novel, LongNovel])
def test_every_change_is_recorded_through_the_model_and_its_proxies(model: type[Book]) -> None:
    book = a_book(model=model)
    on(book, book.save)
    on(book, book.delete)

    assert list(Version.objects.order_by("history_id").values_list("history_type", flat=True)) == ["+", "~", "-"]


def test_only_named_columns_may_be_saved() -> None:
    book = a_book()
    book.on_loan = True

    on(book, lambda: book.save(update_fields=["on_loan"]))

    assert book.history.latest().on_loan


def test_a_save_that_changes_nothing_is_one_version() -> None:
    book = a_book()

    on(book, book.save)

    assert book.history.count() == 2


def test_each_save_in_one_act_keeps_what_was_saved_then() -> None:
    book = a_book(facts={"shelf": [1]})

    def twice() -> None:
        book.facts["shelf"].append(2)
        book.save()
        book.facts["shelf"].append(3)
        book.save()

    on(book, twice)

    assert [row.facts["shelf"] for row in book.history.order_by("history_id")] == [[1], [1, 2], [1, 2, 3]]


@pytest.mark.parametrize("change", [Book.save, Book.delete])
def test_nothing_changes_without_an_act(change: Any) -> None:
    book = a_book()
    book.title = "Forged"

    with pytest.raises(NoAct), transaction.atomic():
        change(book)

    assert Book.objects.get().title == "Middlemarch"


@pytest.mark.django_db(transaction=True)
def test_nothing_changes_outside_a_transaction() -> None:
    with pytest.raises(TransactionManagementError, match="An act is one transaction"), acting(an_act()):
        Book(title="Emma").save()

    assert not Book.objects.exists()


def test_a_change_that_is_never_written_is_refused() -> None:
    with pytest.raises(ActMisused, match="changed facts and was never written"), transaction.atomic(), acting(an_act()):
        Book(title="Emma").save()

    assert not Book.objects.exists()


def test_a_change_after_the_act_was_written_is_refused() -> None:
    with transaction.atomic(), acting(an_act()) as act:
        write(act)
        with pytest.raises(ActMisused, match="has been written"), transaction.atomic():
            Book(title="Emma").save()

    assert not Book.objects.exists()


def test_the_ways_round_it_that_simple_history_offers_are_closed(settings: Any) -> None:
    settings.SIMPLE_HISTORY_ENABLED = False
    book = a_book()
    book.skip_history_when_saving = True  # type: ignore[attr-defined]

    on(book, book.save)

    assert book.history.count() == 2
    assert not hasattr(book, "save_without_historical_record")


def test_columns_that_were_not_loaded_are_recorded_too() -> None:
    a_book(price=Decimal("9.50"))
    book = Book.objects.only("title").get()

    on(book, book.delete)

    assert Version.objects.latest("history_id").price == Decimal("9.50")


def test_a_file_is_recorded_by_its_name(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    book = a_book()

    on(book, lambda: book.cover.save("cover.txt", ContentFile(b"a cover")))

    assert book.history.latest().cover == "cover.txt"


def test_a_version_cannot_be_written_changed_or_removed_by_hand() -> None:
    book = a_book()
    version = book.history.get()

    for attempt in (
        version.save,
        version.delete,
        book.history.all().delete,
        lambda: book.history.update(title="Forged"),
        lambda: Version.objects.update(title="Forged"),
        lambda: Version.objects.bulk_create([version]),
        lambda: Version.objects.bulk_update([version], ["title"]),
    ):
        with pytest.raises(AppendOnly, match="append-only"):
            attempt()


def test_a_link_between_facts_is_a_model_of_its_own() -> None:
    with pytest.raises(TypeError, match="model of its own"):
        History(m2m_fields=["readers"])


def test_a_fact_can_be_read_as_it_stood() -> None:
    book = a_book()
    book.title = "Middlemarch, revised"
    on(book, book.save, minutes=10)
    on(book, book.delete, minutes=20)

    def title(minutes: int) -> list[str]:
        return [row.title for row in as_it_stood(Book, NINE + timedelta(minutes=minutes))]

    assert [title(minutes) for minutes in (-1, 0, 10, 20)] == [[], ["Middlemarch"], ["Middlemarch, revised"], []]


def test_two_versions_of_one_moment_give_the_fact_once_and_as_last_written() -> None:
    a_book("Persuasion")
    book = a_book()
    for title in ("second", "third"):
        book.title = title
        on(book, book.save)

    assert sorted(row.title for row in as_it_stood(Book, NINE)) == ["Persuasion", "third"]
    assert sorted(row.title for row in as_it_stood(Novel, NINE)) == ["Persuasion", "third"]
    assert as_it_stood(Book, NINE).filter(title="second").count() == 0


def test_the_children_of_a_case_as_they_stood_take_one_statement(django_assert_num_queries: Any) -> None:
    book = a_book()
    with an_act_is_done(case_id=book.pk):
        Loan(case=book, borrower="Ben").save()
        Loan(case=book, borrower="Cai").save()

    with django_assert_num_queries(1):
        assert {loan.borrower for loan in as_it_stood(Loan, NINE).filter(case_id=book.pk)} == {"Ben", "Cai"}


def test_versions_of_one_moment_follow_each_other() -> None:
    book = a_book()
    on(book, book.save)
    first, second = book.history.order_by("history_id")

    assert (first.prev_record, first.next_record) == (None, second)
    assert (second.prev_record, second.next_record) == (first, None)


def test_a_history_table_has_the_indexes_that_its_readers_use_and_no_key_to_live_rows() -> None:
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, Loan.history.model._meta.db_table)

    indexes = [tuple(found["columns"]) for found in constraints.values() if found["index"] and found["type"] == "idx"]
    assert sorted(indexes) == [("case_id", "history_date", "history_id"), ("id", "history_date", "history_id")]
    assert not [found for found in constraints.values() if found["foreign_key"]]
    assert Loan.history.model._meta.default_permissions == ()


@isolate_apps("tests.ledgerbook")
def test_a_proxy_of_another_model_of_the_same_name_is_not_recorded() -> None:
    """Migrations make such models: they are other classes, in no door's hands."""

    class Elsewhere(models.Model):
        class Meta:
            app_label = "ledgerbook"
            managed = False

    class ElsewhereProxy(Elsewhere):
        class Meta:
            app_label = "ledgerbook"
            proxy = True

    assert not hasattr(ElsewhereProxy._meta, "simple_history_manager_attribute")


def test_every_kind_of_column_is_recorded() -> None:
    book = a_book(
        opened_at=datetime(2026, 7, 1, 9, 30, 0, 123456, tzinfo=UTC),
        printed_on=date(1871, 12, 1),
        lent_for=timedelta(days=21, microseconds=7),
        price=Decimal("9.5"),
        weight=1.0,
        facts={"pages": 880, "scale": 1.0, "é": [None, True]},
        seal=b"\x00\xff",
    )

    recorded, live = book.history.get(), Book.objects.get()
    for column in ("opened_at", "printed_on", "lent_for", "price", "weight", "facts"):
        assert getattr(recorded, column) == getattr(live, column)
    assert bytes(recorded.seal) == bytes(live.seal)


@isolate_apps("tests.ledgerbook")
def test_a_history_table_is_the_same_whatever_the_host_project_sets(settings: Any) -> None:
    settings.SIMPLE_HISTORY_DATE_INDEX = True
    settings.SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = False
    settings.SIMPLE_HISTORY_HISTORY_ID_USE_UUID = True

    class Scroll(models.Model):
        words = models.CharField(max_length=100, db_index=True)

        history = History()

        class Meta:
            app_label = "ledgerbook"
            managed = False

    columns: dict[str, Any] = {column.attname: column for column in Scroll.history.model._meta.concrete_fields}
    assert not [name for name, column in columns.items() if column.db_index and not column.primary_key]
    assert isinstance(columns["history_change_reason"], models.TextField)
    assert isinstance(columns["history_id"], models.BigAutoField)


def test_what_belonged_to_something_is_found_as_a_filter_finds_it_moved_and_removed_rows_too() -> None:
    first, second = a_book("Emma"), a_book("Persuasion")
    loans = [Loan(case=first, borrower=name) for name in ("Ann", "Ben", "Cat")]
    for loan in loans:
        on(first, loan.save)
    loans[0].case = second
    on(second, loans[0].save)
    on(first, loans[1].delete)
    loans[2].borrower = "Cath"
    on(first, loans[2].save)
    moments = list(Loan.history.values_list("history_date", flat=True))
    found = {
        at: [sorted(one.borrower for one in as_it_stood(Loan, at, case=book.pk)) for book in (first, second)] for at in moments
    }
    asked = {
        at: [sorted(one.borrower for one in as_it_stood(Loan, at).filter(case=book.pk)) for book in (first, second)]
        for at in moments
    }
    assert found == asked
    assert found[max(moments)] == [["Cath"], ["Ann"]]


def test_versions_held_in_memory_answer_as_the_database_does_at_every_moment() -> None:
    """Loans that come, change hands, move to another book and go, several of them at the same moment."""
    some = Random(7)  # noqa: S311 - the same each time
    books = [a_book(f"Volume {number}") for number in range(3)]
    for _ in range(60):
        loans, minutes = list(Loan.objects.all()), some.randrange(12)
        loan = some.choice([*loans, Loan(borrower="Ada")] if loans else [Loan(borrower="Ada")])
        with an_act_is_done(minutes=minutes):
            if loan._state.adding or some.random() < 0.8:
                loan.case, loan.borrower = some.choice(books), some.choice("BCDE")
                loan.save()
            else:
                loan.delete()
    held = Versions(Loan, "case_id", [book.pk for book in books[:2]])
    for minutes in range(-1, 13):
        for book in books[:2]:
            moment = NINE + timedelta(minutes=minutes)
            there = as_it_stood(Loan, moment).filter(case=book.pk)
            of = lambda loans: sorted((loan.pk, loan.case_id, loan.borrower) for loan in loans)  # noqa: E731
            assert of(held.at(moment, book.pk)) == of(there)
    with pytest.raises(KeyError):
        held.at(NINE, books[2].pk)
