"""A database's address becomes Django's settings for it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.databases import from_url


def test_an_address_of_postgresql_names_server_account_and_driver_options() -> None:
    found = from_url("postgresql://parity:p%40ss@db.example:5433/parity?sslmode=require")
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert [found[key] for key in ("NAME", "HOST", "PORT", "USER", "PASSWORD")] == [
        "parity",
        "db.example",
        "5433",
        "parity",
        "p@ss",
    ]
    assert found["OPTIONS"]["sslmode"] == "require"


def test_a_socket_is_named_in_the_query() -> None:
    assert from_url("postgres:///parity?host=/run/postgresql")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    ("url", "path"), [("sqlite:///var/a.sqlite3", "var/a.sqlite3"), ("sqlite:////srv/a.sqlite3", "/srv/a.sqlite3")]
)
def test_an_address_of_sqlite_names_a_file_relative_or_absolute(url: str, path: str) -> None:
    assert from_url(url)["NAME"] == path


def test_sqlite_takes_its_write_lock_when_a_transaction_begins() -> None:
    assert from_url("sqlite:///a.sqlite3")["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("url", ["mysql://root:secret@db/parity", "postgresql://root:secret@db/", "sqlite://", "secret"])
def test_any_other_address_is_refused_without_repeating_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        from_url(url)
    assert "secret" not in str(refused.value)


def test_postgresql_keeps_a_pool_and_prepares_statements_unless_the_address_says_otherwise() -> None:
    found = from_url("postgresql:///parity")
    assert found["OPTIONS"]["pool"]["max_size"] == 4
    assert found["CONN_MAX_AGE"] == 0  # the pool keeps connections; Django refuses to keep them as well
    assert found["OPTIONS"]["prepare_threshold"] == 5
    assert "plan_cache_mode=force_generic_plan" in found["OPTIONS"]["options"]


def test_behind_a_pooler_that_changes_servers_both_are_turned_off_by_the_address() -> None:
    found = from_url("postgresql:///parity?pool=0&prepared=0")
    assert found["CONN_MAX_AGE"] > 0
    assert set(found["OPTIONS"]) == {"options"}  # nothing of it reaches the driver


@pytest.mark.parametrize("query", ["pool=many", "pool=-1", "prepared=no"])
def test_a_pool_of_no_number_is_refused(query: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="must be a whole number"):
        from_url(f"postgresql:///parity?{query}")
