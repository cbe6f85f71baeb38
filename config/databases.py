"""Turns a database's address into Django's settings for it.

SQLite needs its write lock at the start of a transaction (IMMEDIATE): a transaction that reads first
and writes later cannot upgrade its lock while another writes, and fails at once with "database is locked".

PostgreSQL gets a pool of connections and prepares the statements that come again: docs/adr/0036 has what was measured.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

SECONDS_TO_WAIT_FOR_A_LOCK = 20
SECONDS_TO_KEEP_A_CONNECTION = 600
SECONDS_TO_WAIT_FOR_A_CONNECTION = 10
SECONDS_TO_REACH_A_REPLICA = 2
CONNECTIONS_OF_A_PROCESS = 4
EXECUTIONS_BEFORE_PREPARING = 5


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
    name: str,
    *,
    host: str = "",
    port: int | str = "",
    user: str = "",
    password: str = "",
    pool: int = CONNECTIONS_OF_A_PROCESS,
    prepared: bool = True,
    **options: Any,
) -> dict[str, Any]:
    """Settings for a PostgreSQL database. `options` go to the driver, for example `sslmode`.

    `pool`: the most connections of one process; 0 keeps one connection for each thread instead. `prepared`: whether
    statements that come again are prepared on the server, which a pooler that changes servers between transactions cannot bear.
    """
    set_to = f"-c lock_timeout={SECONDS_TO_WAIT_FOR_A_LOCK}s"
    driver: dict[str, Any] = {"options": set_to, **options}
    if prepared:  # one plan for all values: what does not vary stands in the text of what `audit.compiled` prepares
        driver |= {"options": f"{driver['options']} -c plan_cache_mode=force_generic_plan"}
        driver |= {"prepare_threshold": EXECUTIONS_BEFORE_PREPARING}
    if pool:
        driver["pool"] = {"min_size": 1, "max_size": pool, "timeout": SECONDS_TO_WAIT_FOR_A_CONNECTION}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "HOST": host,
        "PORT": str(port),
        "USER": user,
        "PASSWORD": password,
        "OPTIONS": driver,
        **(_pooled() if pool else _persistent()),
    }


def from_url(url: str) -> dict[str, Any]:
    """Settings for `sqlite:///path` or `postgresql://user:password@host:port/name?sslmode=require`.

    A path after `sqlite:///` is relative, after `sqlite:////` absolute. A socket's folder goes into `?host=`.
    `?pool=8` and `?prepared=0` are ours (see `postgresql`), the rest of the query is the driver's.
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
            pool=_whole_number(options.pop("pool", str(CONNECTIONS_OF_A_PROCESS)), "pool"),
            prepared=bool(_whole_number(options.pop("prepared", "1"), "prepared")),
            **options,
        )
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgresql:// and name a database.")


def replica_from_url(url: str) -> dict[str, Any]:
    """Settings for a replica of the database, at an address as `from_url` takes it. Whatever is sent there, it only reads.

    No pool: where the replica is down a pool would keep each page waiting, and a connection of its own fails at once.
    """
    found = from_url(url + ("&" if urlsplit(url).query else "?") + "pool=0")
    if not found["ENGINE"].endswith("postgresql"):
        raise ImproperlyConfigured("DATABASE_REPLICA_URL must begin with postgresql://, like the DATABASE_URL it is a replica of.")
    found["OPTIONS"]["options"] += " -c default_transaction_read_only=on"
    found["OPTIONS"].setdefault("connect_timeout", SECONDS_TO_REACH_A_REPLICA)
    return found


def _persistent() -> dict[str, Any]:
    return {"CONN_MAX_AGE": SECONDS_TO_KEEP_A_CONNECTION, "CONN_HEALTH_CHECKS": True}


def _pooled() -> dict[str, Any]:
    return {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}


def _whole_number(text: str, name: str) -> int:
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} in DATABASE_URL must be a whole number.")
    return int(text)


def _make_ready(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if connection.vendor == "postgresql":
        from config.driver import make_ready  # asks for psycopg

        make_ready(connection)


connection_created.connect(_make_ready, dispatch_uid="config.databases")  # the driver takes these only on a connection
