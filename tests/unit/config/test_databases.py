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
