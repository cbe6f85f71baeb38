"""Checking the evidence: `verify` over every chain, against reading the same tables and hashing every row of them."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from time import perf_counter

from psycopg import sql

from audit.models import ChainHead, Event
from audit.triggers import append_only_models
from audit.verify import verify_chains
from tests.bench.measuring import timing
from tests.bench.raw.connected import raw
from tests.bench.work import OURS, Bench, Row, Target, Work

LOOP = "cursor and SHA-256"
AT_ONCE, PASSES = 2_000, 2
CASES = 40
SIZES_CHECKED_WHOLE = ("small",)

TOLD = """\
*cursor and SHA-256* reads the ledger and every table whose rows are only ever added, row by row from a cursor of the server, and
hashes what it reads: it compares nothing. `verify` computes the digest of every event and of every row that an event admits to,
and looks for rows that none admits to. Rows a second are what counts. Only the smallest set is checked whole here; what the rows of
single cases cost is measured on all."""


def measure(bench: Bench) -> Iterator[Row]:
    """Single cases at every size, and everything where that takes no more than a minute or two."""
    yield _of_cases(bench)
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


def _whole() -> Row:
    """Both in turn, twice."""
    checked: list[tuple[float, int]] = []
    read: list[tuple[float, int]] = []
    for _ in range(PASSES):
        read.append(_read_and_hashed())
        begun = perf_counter()
        report = verify_chains()
        assert report.is_sound, report.findings[0]
        checked.append((perf_counter() - begun, report.events + report.rows))
    timings = {
        name: timing((seconds for seconds, _ in passes), rate=max(rows / seconds for seconds, rows in passes))
        for name, passes in ((OURS, checked), (LOOP, read))
    }
    chains = ChainHead.objects.count()
    return Row("checking:whole", f"`verify` of {Event.objects.count():,} events in {chains:,} chains", timings)


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
    (Target("verify", "checking:whole", "`verify`, rows a second against a bare cursor and SHA-256", 3.0, LOOP, "rate"),),
    TOLD,
)  # fmt: skip
