"""Turns a database's address into Django's settings for it.

SQLite needs its write lock at the start of a transaction (IMMEDIATE): a transaction that reads first
and writes later cannot upgrade its lock while another writes, and fails at once with "database is locked".
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SECONDS_TO_WAIT_FOR_A_LOCK = 20
SECONDS_TO_KEEP_A_CONNECTION = 600


def sqlite(path: Path | str) -> dict[str, Any]:
    """Settings for the SQLite file at `path`, safe for several processes at once and against loss of power."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": SECONDS_TO_WAIT_FOR_A_LOCK,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
        },
        **_persistent(),
    }


def postgresql(
    name: str, *, host: str = "", port: int | str = "", user: str = "", password: str = "", **options: Any
) -> dict[str, Any]:
    """Settings for a PostgreSQL database. `options` go to the driver, for example `sslmode`."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "HOST": host,
        "PORT": str(port),
        "USER": user,
        "PASSWORD": password,
        "OPTIONS": {"options": f"-c lock_timeout={SECONDS_TO_WAIT_FOR_A_LOCK}s", **options},
        **_persistent(),
    }


def from_url(url: str) -> dict[str, Any]:
    """Settings for `sqlite:///path` or `postgresql://user:password@host:port/name?sslmode=require`.

    A path after `sqlite:///` is relative, after `sqlite:////` absolute. A socket's folder goes into `?host=`.
    Raises ImproperlyConfigured for any other kind of address, without repeating it: it may hold a password.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme == "sqlite" and name:
        return sqlite(name)
    if parts.scheme in {"postgres", "postgresql"} and name:
        options = dict(parse_qsl(parts.query))
        return postgresql(
            name,
            host=unquote(options.pop("host", parts.hostname or "")),
            port=parts.port or "",
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            **options,
        )
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgresql:// and name a database.")


def _persistent() -> dict[str, Any]:
    return {"CONN_MAX_AGE": SECONDS_TO_KEEP_A_CONNECTION, "CONN_HEALTH_CHECKS": True}
