"""The verifier names every forgery that can be made with the database's own shell, once the triggers are dropped."""

from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from audit import chain, damaged, live, rows, sealed, stored_forms, verify
from audit.findings import Finding, Report
from audit.models import ChainHead, Event
from audit.record import Act
from audit.triggers import lifted
from audit.verify import verify_chains, verify_live_rows
from tests.ledgerbook.acts import LIBRARY, a_book, an_act_is_done, on
from tests.ledgerbook.models import Book, Loan, Novel, Remark

pytestmark = pytest.mark.django_db

Version: Any = Book.history.model
ON_SQLITE = connection.vendor == "sqlite"


@dataclass
class Library:
    """A book with five events in its chain, and another that nobody touches."""

    book: Book
    loan: Loan
    remark: Remark
    events: list[Event] = field(default_factory=list)


@pytest.fixture
def library() -> Library:
    a_book("Emma")
    book = a_book(
        model=Novel,
        opened_at=datetime(2026, 7, 1, 9, 30, 0, 123456, tzinfo=UTC),
        printed_on="1871-12-01",  # as a form gives it
        lent_for=timedelta(days=21),
        price="9.5",
        weight=880,
        facts={"scale": 1.0, "pages": (1, 2)},
        seal=b"\x00\xff",
    )
    loan, remark = Loan(case=book, borrower="Ben"), Remark(case=book, words="Long.")
    on(book, loan.save, facts={"due": date(2026, 7, 1)}, request="form-7", reason="It was asked for.", fingerprint="f" * 64)
    on(book, remark.save)
    book.price = Decimal(11)
    on(book, book.save)
    on(book, lambda: book.save(update_fields=["title"]))
    with an_act_is_done("signed_in"):
        pass
    return Library(book, loan, remark, list(Event.objects.filter(case_id=book.pk).order_by("seq")))


def _forge(model: type[models.Model], where: dict[str, Any], **columns: Any) -> None:
    with lifted():
        _rows(model).filter(**where).update(**columns)


def _rows(model: type[models.Model]) -> Any:
    """Every row of a table, by a queryset that refuses nothing."""
    return models.QuerySet(model)


def _remove(model: type[models.Model], **where: Any) -> None:
    with lifted():
        _rows(model).filter(**where)._raw_delete("default")


def _insert(row: models.Model) -> None:
    _rows(type(row)).bulk_create([row])


def _everything() -> Report:
    chains, facts = verify_chains(), verify_live_rows()
    return Report(chains.events, chains.rows + facts.rows, [*chains.findings, *facts.findings])


def _found() -> list[tuple[str, str, str]]:
    return [(found.table, found.row, found.what) for found in _everything().findings]


def test_an_honest_ledger_is_sound_and_all_of_it_was_checked(library: Library) -> None:
    report = _everything()

    assert report.findings == []
    assert report.is_sound
    assert report.events == 1 + 5 + 1
    assert report.rows == (1 + 1 + 1 + 1 + 1 + 1) + (2 + 1)  # rows that events admit to, and live facts


def test_one_case_can_be_checked_alone(library: Library) -> None:
    chains, facts = verify_chains(library.book.pk), verify_live_rows(library.book.pk)

    assert (chains.is_sound, chains.events, chains.rows) == (True, 5, 5)
    assert (facts.is_sound, facts.rows) == (True, 2)


OTHER: dict[str, Any] = {
    "kind": "settled",
    "at": datetime(2020, 1, 1, tzinfo=UTC),
    "organisation_id": UUID(int=7),
    "case_id": UUID(int=7),
    "person_id": UUID(int=7),
    "person_name": "Somebody else",
    "capacity": "staff",
    "role": "LEAD",
    "reason": "Forged.",
    "request": "form-8",
    "fingerprint": "0" * 64,
    "facts": {"due": "2027-07-01"},
    "rows": [],
    "shapes": {},
    "scheme": 2,
    "previous": "0" * 64,
    "digest": "0" * 64,
}


def test_the_matrix_of_columns_is_complete() -> None:
    assert {*OTHER, "id", "chain", "seq"} == {*chain.EVENT_COLUMNS[1], "digest"}


@pytest.mark.parametrize("column", OTHER)
def test_an_edited_event_is_named_whatever_column_was_edited(library: Library, column: str) -> None:
    event = library.events[1]

    _forge(Event, {"pk": event.pk}, **{column: OTHER[column]})

    named = [(found.row, found.what) for found in verify_chains().findings if found.table == "audit.event"]
    assert (str(event.pk), f"has been changed since it was written (number 2 of the chain {event.chain})") in named


def test_an_event_given_another_identifier_is_named(library: Library) -> None:
    forged = uuid4()

    _forge(Event, {"pk": library.events[1].pk}, id=forged)

    assert (
        "audit.event",
        str(forged),
        f"has been changed since it was written (number 2 of the chain {library.events[1].chain})",
    ) in _found()


def test_an_event_moved_to_another_chain_is_named(library: Library) -> None:
    event = library.events[1]

    _forge(Event, {"pk": event.pk}, chain="case:elsewhere")

    rows = {row for table, row, _ in _found() if table == "audit.event"}
    assert rows == {str(event.pk), str(library.events[2].pk)}


def test_an_event_that_was_edited_and_sealed_again_breaks_the_next(library: Library) -> None:
    event = library.events[1]
    event.reason = "Forged."

    _forge(Event, {"pk": event.pk}, reason=event.reason, digest=event.recomputed_digest())

    after = library.events[2]
    assert _found() == [
        ("audit.event", str(after.pk), f"does not follow on from the event before it (number 3 of the chain {after.chain})")
    ]


@pytest.mark.parametrize(
    ("gone", "named", "missing"),
    [((0,), 1, "event 1 before it is"), ((2,), 3, "event 3 before it is"), ((1, 2), 3, "events 2 to 3 before it are")],
)
def test_deleted_events_are_missed(library: Library, gone: tuple[int, ...], named: int, missing: str) -> None:
    _remove(Event, pk__in=[library.events[place].pk for place in gone])

    after = library.events[named]
    what = f"is number {after.seq} of the chain {after.chain}, and {missing} missing"
    assert ("audit.event", str(after.pk), what) in _found()


def test_the_rows_of_a_deleted_event_are_named_even_when_it_was_the_last(library: Library) -> None:
    _remove(Event, pk=library.events[-1].pk)
    version = library.book.history.latest()

    assert ("ledgerbook.historicalbook", str(version.pk), "was written behind the ledger's back: no event admits to it") in _found()


@pytest.mark.parametrize("case_alone", [True, False])
def test_a_newest_event_that_wrote_no_rows_is_missed_when_it_is_gone(library: Library, case_alone: bool) -> None:
    last = on(library.book, lambda: None)
    _remove(Event, pk=last.pk)

    report = verify_chains(library.book.pk if case_alone else None)
    what = f"its newest event, number {last.seq}, is gone, or is not as it was"
    assert report.findings == [Finding("audit.chainhead", last.chain, what)]


def test_all_events_of_a_chain_are_missed_when_they_are_gone(library: Library) -> None:
    _remove(Event, chain=library.events[0].chain)
    assert ("audit.chainhead", library.events[0].chain, "its newest event, number 5, is gone, or is not as it was") in _found()


def test_a_head_set_back_or_gone_is_named(library: Library) -> None:
    chain_name, before = library.events[0].chain, library.events[-2]
    ChainHead.objects.filter(chain=chain_name).update(seq=before.seq, digest=before.digest)
    assert _found() == [("audit.chainhead", chain_name, f"events were added after number {before.seq}, and nothing noted them")]
    ChainHead.objects.filter(chain=chain_name).delete()
    assert _found() == [("audit.chainhead", chain_name, "the note of how far it has got is gone")]


def test_swapped_events_are_named(library: Library) -> None:
    first, second = library.events[1], library.events[2]

    _forge(Event, {"pk": first.pk}, seq=99)
    _forge(Event, {"pk": second.pk}, seq=first.seq)
    _forge(Event, {"pk": first.pk}, seq=second.seq)

    assert {row for table, row, _ in _found() if table == "audit.event"} >= {str(first.pk), str(second.pk)}


HISTORY_COLUMNS = {
    "title": "Forged",
    "opened_at": datetime(2020, 1, 1, tzinfo=UTC),
    "printed_on": date(2020, 1, 1),
    "lent_for": timedelta(days=99),
    "price": Decimal("0.01"),
    "weight": 0.5,
    "facts": {"scale": 2},
    "seal": b"",
    "cover": "forged.pdf",
    "on_loan": True,
    "event_id": UUID(int=7),
    "history_date": datetime(2020, 1, 1, tzinfo=UTC),
    "history_type": "~",
    "history_change_reason": "Forged.",
    "history_person_id": UUID(int=7),
    "history_person_name": "Somebody else",
    "id": UUID(int=7),
}


@pytest.mark.parametrize("column", HISTORY_COLUMNS)
def test_an_edited_version_is_named_whatever_column_was_edited(library: Library, column: str) -> None:
    version = library.book.history.earliest()

    _forge(Version, {"pk": version.pk}, **{column: HISTORY_COLUMNS[column]})

    what = f"has been changed since it was written (the ledger event {library.events[0].pk} wrote it)"
    assert Finding("ledgerbook.historicalbook", str(version.pk), what) in verify_chains().findings


def test_a_deleted_version_is_named(library: Library) -> None:
    version = library.book.history.earliest()

    _remove(Version, pk=version.pk)

    assert _found() == [
        ("ledgerbook.historicalbook", str(version.pk), f"is gone (the ledger event {library.events[0].pk} wrote it)")
    ]


@pytest.mark.parametrize("event", ["none", "another's"])
@pytest.mark.parametrize("case_alone", [False, True])
def test_a_version_that_no_event_admits_to_is_named(library: Library, event: str, case_alone: bool) -> None:
    forged = library.book.history.earliest()
    forged.pk, forged.event_id = None, UUID(int=7) if event == "none" else library.events[3].pk

    _insert(forged)

    findings = verify_chains(library.book.pk if case_alone else None).findings
    what = "was written behind the ledger's back: no event admits to it"
    assert findings == [Finding("ledgerbook.historicalbook", str(forged.pk), what)]


def test_an_edited_insert_only_row_is_named(library: Library) -> None:
    _forge(Remark, {"pk": library.remark.pk}, words="Short.")

    what = f"has been changed since it was written (the ledger event {library.events[2].pk} wrote it)"
    assert _found() == [("ledgerbook.remark", str(library.remark.pk), what)]


@pytest.mark.parametrize("case_alone", [False, True])
def test_an_insert_only_row_that_no_event_admits_to_is_named(library: Library, case_alone: bool) -> None:
    forged = Remark(case=library.book, words="Unsaid.", event_id=library.events[2].pk)

    _insert(forged)

    findings = verify_chains(library.book.pk if case_alone else None).findings
    assert findings == [Finding("ledgerbook.remark", str(forged.pk), "was written behind the ledger's back: no event admits to it")]


@pytest.mark.parametrize("case_alone", [False, True])
@pytest.mark.parametrize(("column", "value"), [("title", "Forged"), ("facts", {"scale": 2}), ("price", Decimal("0.01"))])
def test_a_fact_changed_behind_its_history_is_named(library: Library, column: str, value: Any, case_alone: bool) -> None:
    _rows(Book).filter(pk=library.book.pk).update(**{column: value})

    newest = library.book.history.latest().pk
    assert verify_live_rows(library.book.pk if case_alone else None).findings == [
        Finding("ledgerbook.book", str(library.book.pk), f"differs from its newest version ({newest}) in {column}")
    ]


def test_a_fact_that_was_made_behind_the_ledger_is_named(library: Library) -> None:
    forged = Book(title="Forged")

    _insert(forged)

    assert _found() == [("ledgerbook.book", str(forged.pk), "has no history that can be read: it was not made through an act")]


@pytest.mark.parametrize("case_alone", [False, True])
def test_a_fact_that_was_removed_behind_the_ledger_is_named(library: Library, case_alone: bool) -> None:
    _rows(Loan).filter(pk=library.loan.pk)._raw_delete("default")

    assert verify_live_rows(library.book.pk if case_alone else None).findings == [
        Finding("ledgerbook.loan", str(library.loan.pk), "is gone, and no act removed it")
    ]


def test_a_fact_that_came_back_after_its_removal_is_named(library: Library) -> None:
    key = library.loan.pk
    on(library.book, library.loan.delete)
    assert _everything().is_sound

    _insert(Loan(pk=key, case=library.book, borrower="Ben"))

    assert _found() == [("ledgerbook.loan", str(key), "is there, though its history says it was removed")]


def test_an_event_that_admits_to_a_table_of_no_kind_is_named(library: Library) -> None:
    event = library.events[-1]
    event.rows = [["ledgerbook.scroll", "1", "0" * 64], ["auth.user", "1", "0" * 64], ["no table", "1", "0" * 64], "nonsense", [1]]

    _forge(Event, {"pk": event.pk}, rows=event.rows)

    tables = {table for table, _, what in _found() if what == "is in a table that no longer exists"}
    assert tables == {"ledgerbook.scroll", "auth.user", "no table"}


@pytest.mark.parametrize(("entries", "shapes"), [(None, {}), ({}, []), ([["ledgerbook.remark", "not a key", "0"]], {}), ([], 5)])
def test_an_event_filled_with_nonsense_is_named(library: Library, entries: Any, shapes: Any) -> None:
    value = models.Value(entries, models.JSONField())

    _forge(Event, {"pk": library.events[-1].pk}, rows=value, shapes=shapes)

    assert str(library.events[-1].pk) in {row for _, row, _ in _found()}


def test_a_sealed_column_that_a_migration_took_away_is_named(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    known = rows.fields_by_column

    def without_words(model: type[models.Model]) -> Any:
        return {name: column for name, column in known(model).items() if name != "words"}

    monkeypatch.setattr(stored_forms, "fields_by_column", without_words)
    monkeypatch.setattr(stored_forms, "_form", stored_forms._form.__wrapped__)

    assert [found.what for found in verify_chains().findings] == [
        f"has lost the columns words (the ledger event {library.events[2].pk} wrote it)"
    ]


def test_a_column_that_a_migration_added_changes_no_old_digest(library: Library) -> None:
    old = library.events[2]
    # As if `said_at` had come after: the event sealed the row without it.
    columns = [column for column in old.shapes["ledgerbook.remark"] if column != "said_at"]
    row = Remark.objects.filter(pk=library.remark.pk).values().get()
    old.shapes = {"ledgerbook.remark": columns}
    old.rows = [["ledgerbook.remark", str(library.remark.pk), chain.row_digest(row, columns)]]
    _forge(Event, {"pk": old.pk}, shapes=old.shapes, rows=old.rows)

    assert not [found for found in verify_chains().findings if found.table == "ledgerbook.remark"]


def _scribble(table: str, column: str, text: str) -> None:
    with lifted(), connection.cursor() as cursor:
        if ON_SQLITE:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id IN (SELECT id FROM {table} LIMIT 1)", [text])  # noqa: S608
        if ON_SQLITE:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


SCRIBBLES = {
    ("audit_event", "at"): "2026-99-99 00:00:00",
    ("audit_event", "facts"): "{not json",
    ("audit_event", "organisation_id"): "not a key",
    ("audit_event", "id"): "not a key",
    ("ledgerbook_historicalbook", "facts"): "{not json",
    ("ledgerbook_historicalbook", "event_id"): "not a key",
    ("ledgerbook_remark", "said_at"): "2026-99-99 00:00:00",
    ("ledgerbook_remark", "id"): "not a key",
    ("ledgerbook_book", "facts"): "{not json",
    ("ledgerbook_book", "printed_on"): "1871-99-99",
}


@pytest.mark.parametrize("where", SCRIBBLES)
def test_a_column_cannot_hold_what_it_cannot_hold_or_is_named(library: Library, where: tuple[str, str]) -> None:
    """SQLite lets any text stand in any column; PostgreSQL refuses it by itself."""
    table, column = where
    refusal = nullcontext() if ON_SQLITE else pytest.raises(DatabaseError, match=r"invalid|out of range")

    with refusal, transaction.atomic():
        _scribble(table, column, SCRIBBLES[where])

    named = {found_table for found_table, _, _ in _found()}
    assert (table.replace("_", ".") in named) == ON_SQLITE


@pytest.fixture
def _the_database_takes_every_fact_for_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As one that an act changes just after the database compared it."""
    monkeypatch.setattr(live, "_as_recorded", lambda *_: models.Q(pk__in=[]))


@pytest.mark.usefixtures("_the_database_takes_every_fact_for_changed")
def test_what_the_database_takes_for_changed_is_compared_value_by_value(library: Library) -> None:
    assert verify_live_rows().is_sound
    _rows(Book).filter(pk=library.book.pk).update(title="Forged")
    assert [found.row for found in verify_live_rows().findings] == [str(library.book.pk)]


@pytest.mark.usefixtures("_the_database_takes_every_fact_for_changed")
def test_a_fact_that_changes_while_it_is_checked_is_no_finding(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    newest = live._newest

    def newest_then_an_act(*args: Any) -> Any:
        found = newest(*args)
        if not seen:
            seen.append(True)
            library.book.title = "Changed in between"
            on(library.book, library.book.save)
            return {key: {**row, "title": "Changed in between"} for key, row in found.items()}
        return found

    monkeypatch.setattr(live, "_newest", newest_then_an_act)

    assert verify_live_rows().is_sound


@pytest.mark.usefixtures("_the_database_takes_every_fact_for_changed")
def test_a_fact_that_is_removed_while_it_is_checked_is_no_finding(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = live._newest

    def newest_then_removed(history: Any, key: str, keys: list[Any]) -> Any:
        found = newest(history, key, keys)
        if library.loan.pk in found and Loan.objects.exists():
            on(library.book, Loan.objects.get().delete)
            return {}
        return found

    monkeypatch.setattr(live, "_newest", newest_then_removed)

    assert verify_live_rows().is_sound


@pytest.mark.usefixtures("_the_database_takes_every_fact_for_changed")
def test_a_fact_that_never_rests_is_reported_in_the_end(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    turns, newest = iter(range(1_000)), live._newest

    def another(*args: Any) -> Any:
        return {key: {**row, "on_loan": next(turns) % 2 == 0, "title": f"turn {next(turns)}"} for key, row in newest(*args).items()}

    monkeypatch.setattr(live, "_newest", another)

    assert not verify_live_rows(library.book.pk).is_sound


def test_a_number_that_is_none_is_named_in_facts_and_versions(library: Library) -> None:
    _rows(Book).filter(pk=library.book.pk).update(weight=float("inf"))
    version = library.book.history.earliest()
    _forge(Version, {"pk": version.pk}, weight=float("inf"))

    assert {(table, row) for table, row, _ in _found()} == {
        ("ledgerbook.book", str(library.book.pk)),
        ("ledgerbook.historicalbook", str(version.pk)),
    }


def test_it_is_checked_in_pages(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (damaged, live, verify):
        monkeypatch.setattr(module, "PAGE", 2)
    for name in ("BATCH", "AT_ONCE"):
        monkeypatch.setattr(sealed, name, 2)
    for title in ("A", "B", "C", "D", "E"):
        library.book.title = title
        on(library.book, library.book.save)
    _forge(Remark, {"pk": library.remark.pk}, words="Short.")

    report = _everything()

    assert (report.events, len(report.findings)) == (12, 1)


def test_it_stops_collecting_before_memory_is_full(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "MOST_FINDINGS", 3)
    _forge(Event, {}, reason="Forged.")

    assert len(verify_chains().findings) == 3


def test_statements_do_not_grow_with_the_rows_of_a_page(library: Library, django_assert_num_queries: Any) -> None:
    with CaptureQueriesContext(connection) as few:
        _everything()
    for title in map(str, range(30)):
        library.book.title = title
        on(library.book, library.book.save)

    with django_assert_num_queries(len(few)):
        assert _everything().is_sound


def test_a_finding_reads_as_a_sentence() -> None:
    assert str(Finding("cases.seat", "7", "is gone")) == "cases.seat 7: is gone"


def test_many_rows_of_one_act_are_all_checked() -> None:
    with an_act_is_done("incident_recorded") as act:
        books = [Book(title=str(number)) for number in range(1_200)]
        for book in books:
            book.save()
    assert isinstance(act, Act)

    report = verify_chains()

    assert (report.is_sound, report.rows) == (True, 1_200)
    assert act.chain == f"org:{LIBRARY}"
