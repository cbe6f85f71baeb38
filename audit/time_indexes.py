"""A BRIN index on the time of the ledger and of every history table, on PostgreSQL: for whoever reads one stretch of time of all.

Rows are only ever added, so those of one time lie together, and an index of a few pages says where: it costs an act nothing.
SQLite has no such index, so this is none of the models' own; it is made after every `migrate`, as the triggers are.
"""

from typing import Any

from django.db import connections, models, router

from audit.history import HistoryRow
from audit.models import Event
from audit.triggers import append_only_models

SUFFIX = "_by_time"
LONGEST = 63  # letters of a name in PostgreSQL


def ensure(using: str) -> None:
    """Make each index that is missing. Costs one read when none is."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE schemaname = ANY (current_schemas(false))")
        there = {name for (name,) in cursor.fetchall()}
        for model in append_only_models():
            column, table = time_of(model), model._meta.db_table
            if column and table in tables and name_of(model) not in there and router.allow_migrate_model(using, model):
                quote = connection.ops.quote_name
                cursor.execute(f"CREATE INDEX {quote(name_of(model))} ON {quote(table)} USING brin ({quote(column)})")


def ensure_after_migrate(using: str, **kwargs: Any) -> None:
    """Listen to `post_migrate`."""
    ensure(using)


def time_of(model: type[models.Model]) -> str:
    """The column that says when a row was written; empty for tables that are always read by what they belong to."""
    if model is Event:
        return "at"
    return "history_date" if issubclass(model, HistoryRow) else ""


def name_of(model: type[models.Model]) -> str:
    """What the index of a table is called."""
    return model._meta.db_table[: LONGEST - len(SUFFIX)] + SUFFIX
