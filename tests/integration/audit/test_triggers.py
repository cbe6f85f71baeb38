"""The database's own refusal: UPDATE, DELETE and TRUNCATE on evidence fail, whoever asks and however."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from audit import triggers
from audit.models import Event
from audit.verify import verify_chains
from tests.ledgerbook.acts import a_book, on
from tests.ledgerbook.models import Book, Loan, Remark

pytestmark = pytest.mark.django_db

GUARDED = [Event, Book.history.model, Remark]
CHANGES = {
    "UPDATE": "UPDATE {table} SET event_id = event_id",
    "DELETE": "DELETE FROM {table}",
    "DELETE of some": "DELETE FROM {table} WHERE 1 = 1",
} | ({"TRUNCATE": "TRUNCATE {table} CASCADE"} if connection.vendor == "postgresql" else {})


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _statement(change: str, model: type[models.Model]) -> str:
    statement = CHANGES[change].format(table=connection.ops.quote_name(model._meta.db_table))
    return statement.replace("event_id", "kind") if model is Event else statement


@pytest.fixture
def _some_evidence() -> None:
    book = a_book()
    on(book, lambda: Remark(case=book, words="Long.").save())
    connection.check_constraints()  # or PostgreSQL refuses a TRUNCATE because of those that wait, not because of us


@pytest.mark.usefixtures("_some_evidence")
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("model", GUARDED)
@pytest.mark.proves("R16")
def test_evidence_cannot_be_changed_with_the_databases_own_shell(model: Any, change: str) -> None:
    with pytest.raises(IntegrityError, match=f"{model._meta.db_table} is append-only"), transaction.atomic():
        _run(_statement(change, model))

    assert verify_chains().is_sound


@pytest.mark.usefixtures("_some_evidence")
@pytest.mark.parametrize("model", GUARDED)
def test_lifted_lets_a_redaction_through_and_then_closes_again(model: Any) -> None:
    with triggers.lifted():
        _run(_statement("UPDATE", model))

    assert triggers.tables_without_triggers() == []
    with pytest.raises(IntegrityError), transaction.atomic():
        _run(_statement("UPDATE", model))


def test_when_a_redaction_fails_the_triggers_were_never_gone() -> None:
    with pytest.raises(ZeroDivisionError), triggers.lifted():
        _ = 1 / 0

    assert triggers.tables_without_triggers() == []


def test_every_append_only_table_is_guarded() -> None:
    guarded = {model._meta.db_table for model in triggers.append_only_models()}

    assert {model._meta.db_table for model in GUARDED} | {Loan.history.model._meta.db_table} <= guarded
    assert triggers.tables_without_triggers() == []


def _spoiled() -> str:
    if connection.vendor == "postgresql":
        return 'ALTER TABLE "ledgerbook_remark" DISABLE TRIGGER USER'
    return 'DROP TRIGGER "append_only_ledgerbook_remark_delete"'


@pytest.fixture(params=["lifted", "spoiled", "altered"])
def _remarks_unguarded(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.param == "lifted":
        triggers.lift()
    elif request.param == "spoiled":
        _run(_spoiled())
    elif connection.vendor == "postgresql":
        _run('DROP TRIGGER "append_only_rows" ON "ledgerbook_remark"')
    else:
        _run(
            'DROP TRIGGER "append_only_ledgerbook_remark_delete"',
            'CREATE TRIGGER "append_only_ledgerbook_remark_delete" BEFORE DELETE ON "ledgerbook_remark" BEGIN SELECT 1; END',
        )
    yield
    triggers.ensure()


@pytest.mark.usefixtures("_remarks_unguarded")
def test_a_table_that_lost_its_triggers_is_named_with_the_remedy() -> None:
    errors = triggers.check_triggers(databases=["default"])

    named = [error for error in errors if "ledgerbook_remark" in error.msg]
    assert [error.id for error in named] == ["audit.E001"]
    assert named[0].hint is not None
    assert "migrate --skip-checks" in named[0].hint


@pytest.mark.usefixtures("_remarks_unguarded")
def test_migrate_puts_them_back() -> None:
    call_command("migrate", verbosity=0)

    assert triggers.check_triggers(databases=["default"]) == []


def test_the_check_looks_only_at_the_databases_it_is_given() -> None:
    triggers.lift()
    try:
        assert triggers.check_triggers(databases=None) == []
        assert triggers.check_triggers(databases=["default"]) != []
    finally:
        triggers.ensure()


def test_looking_is_cheap_when_all_is_well(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        triggers.ensure()


@pytest.mark.django_db(transaction=True)
def test_a_table_that_sqlite_rebuilds_is_guarded_again_after_migrate() -> None:
    longer = models.TextField(default="")
    longer.set_attributes_from_name("words")
    longer.model = Remark
    with connection.schema_editor() as editor:
        editor.alter_field(Remark, Remark._meta.get_field("words"), longer)

    call_command("migrate", verbosity=0)

    assert triggers.tables_without_triggers() == []


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_evidence_can_be_cleaned_up_after() -> None:
    """Its tables are emptied by the fixture; the next test shows that they were."""
    a_book()

    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_and_after_the_clean_up_the_tables_are_empty_and_guarded() -> None:
    assert not Event.objects.exists()
    assert triggers.tables_without_triggers() == []


def test_a_database_without_a_dialect_of_ours_is_reported_and_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triggers, "_DIALECTS", {})

    triggers.ensure()
    triggers.lift()

    assert "audit_event" in triggers.tables_without_triggers()
