"""Checking the evidence: all of `manage.py verify`, against reading the same tables and hashing every row of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from hashlib import sha256
from time import perf_counter

from django.core.management import call_command
from django.utils import timezone
from psycopg import sql

from audit.collecting import collecting_seldom
from audit.models import Event
from audit.triggers import append_only_models
from audit.verify import verify_chains
from cases.models import Case
from tests.bench.measuring import timing
from tests.bench.peers import kept
from tests.bench.raw.connected import raw
from tests.bench.work import OURS, Bench, Row, Target, Work
from workflows.verify import verify_cases

LOOP = "cursor and SHA-256"
CHAINS = "the chains of it alone"
AT_ONCE, PASSES = 2_000, 2
CASES, REPLAYED = 40, 5_000
SIZES_CHECKED_WHOLE = ("small",)

TOLD = """\
*cursor and SHA-256* reads the ledger and every table whose rows are only ever added, row by row from a cursor of the server, and
hashes what it reads: it compares nothing. *Ours* is all of `manage.py verify`: it computes the digest of every event and of every
row that an event admits to, looks for rows that none admits to, compares every live fact with its newest version, and goes through
every case again by the rules of its day: its ways, its agreements, who wrote what, its tasks and its grants. Rows a second are what
counts: of each the rows that the loop reads, though `verify` reads others too. Only the smallest set is checked whole here; what
the chains of single cases cost, and what it costs to go through cases again, is measured on all."""


def measure(bench: Bench) -> Iterator[Row]:
    """Parts of it at every size, and everything where that takes no more than a minute or two."""
    yield _of_cases(bench)
    yield _replayed()
    if bench.size in SIZES_CHECKED_WHOLE:
        yield _whole()


def _of_cases(bench: Bench) -> Row:
    cases = [bench.of.busy.pk, *bench.of.waiting[:CASES]]
    spent, rows = 0.0, 0
    for case in cases:
        begun = perf_counter()
        report = verify_chains(case)
        spent += perf_counter() - begun
        assert report.is_sound, report.findings[0]
        rows += report.events + report.rows
    title = f"`verify` of {len(cases)} cases, one by one: {rows:,} rows"
    return Row("checking:cases", title, {OURS: timing([spent], rate=rows / spent)})


def _replayed() -> Row:
    """The last cases of the set, which stand anywhere on their way, gone through again together."""
    first = Case.objects.order_by("-pk").values_list("pk", flat=True)[REPLAYED]
    begun, number = perf_counter(), 0
    with collecting_seldom():
        for _, findings in verify_cases(Case.objects.filter(pk__gt=first), timezone.now()):
            assert not list(findings)
            number += 1
    spent = perf_counter() - begun
    return Row("checking:replayed", f"{number:,} cases gone through again", {OURS: timing([spent], rate=number / spent)})


def _whole() -> Row:
    """In turn, twice."""
    kept.forget()
    loops, chains, whole = [], [], []
    for _ in range(PASSES):
        seconds, rows = _read_and_hashed()
        loops.append(seconds)
        whole.append(_everything_checked())
        begun = perf_counter()
        assert verify_chains().is_sound
        chains.append(perf_counter() - begun)
    parts = {OURS: whole, LOOP: loops, CHAINS: chains}
    timings = {name: timing(seconds, rate=rows / min(seconds)) for name, seconds in parts.items()}
    events, cases = Event.objects.count(), Case.objects.count()
    return Row("checking:whole", f"`verify` of {events:,} events and {cases:,} cases", timings)


def _everything_checked() -> float:
    """The seconds that `manage.py verify` takes."""
    begun, told = perf_counter(), io.StringIO()
    call_command("verify", stdout=told, stderr=io.StringIO())
    assert "All is well" in told.getvalue()
    return perf_counter() - begun


def _read_and_hashed() -> tuple[float, int]:
    """The seconds that it takes to read and hash everything that is evidence, and how many rows that was."""
    begun, rows = perf_counter(), 0
    for model in append_only_models():
        statement = sql.SQL("SELECT * FROM {}").format(sql.Identifier(model._meta.db_table))
        with raw().transaction(), raw().cursor(name="bench") as cursor:
            cursor.itersize = AT_ONCE
            cursor.execute(statement)
            for row in cursor:
                sha256(repr(row).encode()).digest()
                rows += 1
    return perf_counter() - begun, rows


WORK = Work(
    "checking", "Checking the evidence", measure,
    (Target("verify", "checking:whole", "All of `verify`, rows a second against a bare cursor and SHA-256", 3.0, LOOP, "rate"),),
    TOLD,
)  # fmt: skip
