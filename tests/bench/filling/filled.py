"""A database filled to a size, kept until what fills it changes, and whom to ask for in it when something is measured."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from tests.bench import server
from tests.bench.filling.sizes import SIZES
from tests.rig.empty_database import state as empty_state

if TYPE_CHECKING:
    from tests.bench.filling.filling import Set

HERE = Path(__file__).parent
KEPT = "CREATE TABLE bench_filled (state text NOT NULL, chosen jsonb NOT NULL, counts jsonb NOT NULL, seconds jsonb NOT NULL)"


@dataclass(frozen=True)
class Chosen:
    """Somebody to measure with: their key, account and name, and how many grants they hold."""

    person: str
    account: int
    name: str
    grants: int


@dataclass(frozen=True)
class Filled:
    """A filled database. `organisation` is the largest; everybody named here is of it, and so are the cases.

    `sparse_partner` sees three cases, `heavy_staff` all of the organisation, `staff` some; the auditor has no seat at all.
    """

    size: str
    database: str
    organisation: UUID
    sparse_partner: Chosen
    heavy_staff: Chosen
    partner: Chosen
    staff: Chosen
    auditor: Chosen
    busy_case: UUID | None
    counts: dict[str, int]
    seconds: dict[str, float]

    @property
    def settings(self) -> dict[str, Any]:
        """Django's settings for the database, for `DATABASES` or for `connections.databases`."""
        return server.database(self.database)

    def waiting(self, answers: str, most: int = 100_000) -> list[Waiting]:
        """Positions that are asked for and not yet taken, one for each case; those taken since are left out.

        `answers`: "waits" for one after which the case still waits for another, "completes" for one that ends the stage.
        """
        with server.connect(self.database) as connection:
            return waiting_in(connection, answers, most)


@dataclass(frozen=True)
class Waiting:
    """One position that is asked for: what `workflows.engine.take_position` needs, and the account of who takes it."""

    case: UUID
    visit: UUID
    seat: UUID
    person: UUID
    account: int
    version: UUID | None
    process: str
    stage: str


_WAITING = """
SELECT DISTINCT ON (c.id) c.id, v.id, s.id, s.person_id, p.account_id, v.version_id, c.process, c.state
FROM bench_waiting b JOIN cases_case c ON c.id = b.case_id
JOIN cases_visit v ON v.case_id = c.id AND v.ended_at IS NULL AND v.step = 'answer'
JOIN workflows_task t ON t.case_id = c.id AND t.finished IS NULL AND t.visit_id = v.id
JOIN cases_seat s ON s.id = t.seat_id AND s.capacity = 'lay'
JOIN cases_person p ON p.id = s.person_id
WHERE b.answers = %(answers)s AND (
  SELECT count(*) > 1 FROM workflows_task o
  WHERE o.case_id = c.id AND o.finished IS NULL AND o.visit_id = v.id AND o.seat_id IS NOT NULL
) = (%(answers)s = 'waits')
ORDER BY c.id, s.id LIMIT %(most)s
"""


_BUSY = "SELECT case_id::text FROM bench_waiting WHERE tale = 'busy' ORDER BY organisation, case_id LIMIT 1"
_HISTORY = "SELECT relname FROM pg_class WHERE relname LIKE '%\\_historical%' AND relkind = 'r'"


def waiting_in(connection: psycopg.Connection[Any], answers: str, most: int) -> list[Waiting]:
    """As `Filled.waiting`, over a connection."""
    return [Waiting(*row) for row in connection.execute(_WAITING, {"answers": answers, "most": most}).fetchall()]


def filled(name: str) -> Filled:
    """The database of this size, filled first where it is not, or where what fills it has changed since. Minutes, if large."""
    SIZES[name]  # raises KeyError for a size that there is not
    found = _kept(name)
    if found is None:
        command = [sys.executable, "-m", "tests.bench.filling", name]
        surroundings = {**os.environ, "PARITY_BENCH_SIZE": name, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
        subprocess.run(command, cwd=server.ROOT, env=surroundings, check=True)
        found = _kept(name)
    assert found
    return found


def state() -> str:
    """A mark of everything that a filled database comes of, apart from the doors themselves."""
    mark = sha256(empty_state().encode())
    for path in (*sorted(HERE.glob("*.py")), *sorted(server.ROOT.glob("workflows/processes/*/process.py"))):
        mark.update(path.read_bytes())
    return mark.hexdigest()[:32]


def exists(database: str) -> bool:
    """Whether the server has this database."""
    with server.connect("postgres") as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is not None


def _kept(name: str) -> Filled | None:
    database = SIZES[name].database
    if not exists(database):
        return None
    with server.connect(database) as connection:
        return found_in(connection, name)


def found_in(connection: psycopg.Connection[Any], name: str) -> Filled | None:
    """What was noted in this database when it was filled; None where it was not, or by what has changed since."""
    try:
        row = connection.execute("SELECT state, chosen, counts, seconds FROM bench_filled").fetchone()
    except psycopg.errors.UndefinedTable:
        return None
    if row is None or row[0] != state():
        return None
    people = {part: Chosen(**one) for part, one in row[1]["people"].items()}
    busy, organisation, database = row[1]["busy_case"], UUID(row[1]["organisation"]), SIZES[name].database
    return Filled(
        name, database, organisation, **people, busy_case=UUID(busy) if busy else None, counts=row[2], seconds=row[3]
    )  # fmt: skip


COUNTED = (
    "audit_event", "cases_case", "cases_seat", "permissions_casegrant", "workflows_task", "notifications_notice", "auth_user",
    "bench_waiting",
)  # fmt: skip


def keep(connection: psycopg.Connection[Any], whole: Set, mark: str) -> None:
    """Note in the database itself that it is filled, with what, and who is who. `mark`: the `state` when it was begun."""
    tables = [row[0] for row in connection.execute(_HISTORY)]
    counts = {table: _number(connection, f'SELECT count(*) FROM "{table}"') for table in (*COUNTED, *tables)}
    counts["history"] = sum(counts.pop(table) for table in tables)
    counts["history_and_ledger"] = counts["history"] + counts["audit_event"]
    counts["bytes"] = _number(connection, "SELECT pg_database_size(current_database())")
    busy = connection.execute(_BUSY).fetchone()
    largest = whole.everybody[0]
    people = {part: largest[role][0] for part, role in PARTS.items()} | {"sparse_partner": whole.alone}
    told = {
        "people": {part: asdict(_chosen(connection, one)) for part, one in people.items()},
        "organisation": largest["trust"][0][0], "busy_case": busy[0] if busy else None,
    }  # fmt: skip
    connection.execute(KEPT)
    connection.execute("INSERT INTO bench_filled VALUES (%s, %s, %s, %s)", [mark, Jsonb(told), Jsonb(counts), Jsonb(whole.seconds)])


PARTS = {"partner": "partner", "heavy_staff": "exec_team", "staff": "lead", "auditor": "auditor"}
"""Whom a measurement asks for, and among whom of the largest organisation they are found."""


def _chosen(connection: psycopg.Connection[Any], person: tuple[str, ...]) -> Chosen:
    key, account, name, _ = person
    grants = _number(connection, f"SELECT count(*) FROM permissions_casegrant WHERE user_id = {int(account)}")
    return Chosen(key, int(account), name, grants)


def _number(connection: psycopg.Connection[Any], query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
