"""The filling itself: walk, take it back, write people, write cases, put the indexes back, count."""

from __future__ import annotations

import multiprocessing
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from time import monotonic
from typing import Any

import psycopg
from django.contrib.auth.hashers import make_password
from django.db import connection, connections, transaction

from audit.ids import uuid7
from tests.bench.filling import house, loading
from tests.bench.filling.house import House
from tests.bench.filling.plan import Chunk, Everybody, Told, cast_of, chunks, copies_of, spread
from tests.bench.filling.reading import Reader, Table, tables
from tests.bench.filling.sizes import Size
from tests.bench.filling.tales import BUSY, Tale, tales_of
from tests.bench.filling.template import Given, Template
from workflows.calendar import london_day
from workflows.demo.trust import PERSONAS, build_trust
from workflows.processes.improvement.story import ImprovementStory
from workflows.processes.oversight.story import Story
from workflows.processes.training.story import TrainingStory

HISTORY = timedelta(weeks=21 * 52)
PASSWORD = "partners-decide-too"
"""Of everybody in the set: none of them exists."""

CLEARED = {
    "workflows_caseprocess", "workflows_task", "workflows_task_previous", "workflows_deadline", "notifications_notice",
}  # fmt: skip
TITLES = (
    "Delay in treating sepsis", "Fall from a bed at night", "Insulin given twice", "Wrong site block", "Blood results swapped",
    "Air in place of oxygen", "Lung nodule not followed up", "Pressure ulcers on two wards", "Catheter blocked at home",
    "Left before being seen", "Medicines lost between hospitals", "Cardiac arrest call not heard", "Patient called wrongly",
    "Heart trace not read", "Baby weighed wrongly", "Letter sent to an old address", "Being called by the right name",
    "Meals that cannot be reached", "Call bells out of reach", "Discharge without a plan",
)  # fmt: skip
NOTE = "CREATE TABLE bench_waiting (case_id uuid PRIMARY KEY, tale text, answers text, organisation integer)"
WAITING = Table("bench_waiting", ("case_id", "tale", "answers", "organisation"), -1)


@dataclass
class Set:
    """What is being written: the tales told, everybody in it, the partner who has few cases."""

    size: Size
    told: list[Told]
    everybody: Everybody
    alone: tuple[str, ...]
    seconds: dict[str, float] = field(default_factory=dict)


def fill(size: Size, now: datetime, writers: int = loading.WRITERS) -> Set:
    """Fill Django's default database, which has been migrated and holds nothing yet."""
    began = monotonic()
    _say(f"Walking {len(tales_of(size))} cases through the real doors")
    with connect() as plain:
        plain.execute(NOTE)
    _begin(now)
    counts = {table.number: _last(table.name, table.counted) for table in tables() if table.counted}
    walked, told = _walk(size, now)
    _say(f"Writing {size.organisations} organisations and {size.staff + size.partners:,} people")
    whole = Set(size, told, [], ())
    whole.seconds["walked"] = monotonic() - began
    with loading.without_indexes(connect, [table.name for table in tables()]):
        whole.everybody, whole.alone = _people(size, walked, counts, now)
        whole.seconds["people"] = monotonic() - began
        _cases(whole, counts, writers)
        whole.seconds["cases"] = monotonic() - began
        _say("Putting the indexes back")
    whole.seconds["indexes"] = monotonic() - began
    _settle()
    whole.seconds["done"] = monotonic() - began
    _say(f"Filled in {whole.seconds['done']:.0f} s")
    return whole


def _begin(now: datetime) -> None:
    """The first organisation on the host, with the first case of each process, which stores the definition."""
    begun = now - HISTORY - timedelta(weeks=4)
    trust = build_trust(begun, PERSONAS, ods_code="RZ0", name="Harbour and Vale NHS Foundation Trust", mail="first.example")
    investigation, training = Story(trust, begun), TrainingStory(trust, begun, partners=("tomas",))
    for walk in (investigation, training):
        walk.wait(1)
        walk.open()
        walk.withdraw()
    project = ImprovementStory(trust, begun)
    project.open(by="project_lead")
    project.answer_proposal("decline", "Another ward does the same already.")


def _walk(size: Size, now: datetime) -> tuple[House, list[Told]]:
    with transaction.atomic():
        reader = Reader()
        walked = house.walk_house(reader, now - HISTORY, now, make_password(PASSWORD))
        told = [_told(tale, reader, walked, now) for tale in tales_of(size)]
        transaction.set_rollback(True)
    return walked, told


def _told(tale: Tale, reader: Reader, walked: House, now: datetime) -> Told:
    with transaction.atomic():
        case = tale.walk(walked.trust, now)
        written = reader.read(keep=False)
        transaction.set_rollback(True)
    if not case.is_open:
        written = written.with_notices_read()
    whole = Template(written, walked.people)
    cleared = Template(written.without(CLEARED), walked.people) if tale.weeks else whole
    return Told(tale, case.process, london_day(case.opened_at).toordinal(), whole, cleared)


# People


def _people(size: Size, walked: House, counts: dict[int, int], now: datetime) -> tuple[Everybody, tuple[str, ...]]:
    """Write every organisation with its people; return them, and the partner who is given few cases."""
    chance = Random(size.name)  # noqa: S311 - nothing is kept secret by it
    naming = house.names(chance.choice)
    accounts = iter(range(_last("auth_user", "id") + 1, 1 << 30))
    everybody: Everybody = []
    staff, partners = spread(size.staff, size.organisations), spread(size.partners, size.organisations)
    lines: dict[Table, list[str]] = defaultdict(list)
    with loading.quick(connect()) as connection:
        for number in range(size.organisations):
            begun = now - HISTORY
            writer = _HouseWriter(walked, number, counts, chance, lines)
            writer.begins(begun)
            for key, often in house.numbers_of(staff[number]).items():
                writer.people(key, key, often, begun, naming, accounts)
            writer.people("pat", "partner", max(partners[number], 3), begun, naming, accounts)
            if number == 0:
                writer.people("pat", "alone", 1, begun, naming, accounts)
            writer.ends()
            everybody.append(writer.found)
            loading.load(connection, lines)
            lines.clear()
    return everybody, everybody[0].pop("alone")[0]


class _HouseWriter:
    """Writes one organisation: one chain, from its first act to what partners are to be trained in."""

    def __init__(self, walked: House, number: int, counts: dict[int, int], chance: Random, lines: dict[Table, list[str]]) -> None:
        self._walked, self._counts, self._chance, self._lines = walked, counts, chance, lines
        self._code = f"R{number:04d}"
        self._place, self._digest = 1, "0" * 64
        self.found: dict[str, list[tuple[str, ...]]] = {}

    def begins(self, begun: datetime) -> None:
        name = f"{self._chance.choice(house.LAST_NAMES.split())}field NHS Trust {self._code}"
        self.found["trust"] = [(str(uuid7(begun)), "", name, self._code)]
        self._write(self._walked.begins, {"trust": self.found["trust"][0]})

    def people(self, part: str, kind: str, often: int, begun: datetime, naming: Iterator[str], accounts: Iterator[int]) -> None:
        for _ in range(often):
            account = str(next(accounts))
            person = (str(uuid7(begun)), account, next(naming), f"p{account}@{self._code.lower()}.example")
            self.found.setdefault(kind, []).append(person)
            self._write(self._walked.of_person[part], {"trust": self.found["trust"][0], part: person})

    def ends(self) -> None:
        settles = self._walked.settles
        assert settles
        cast = {part: self.found["partner" if part == "pat" else part][0] for part in settles.parts}
        self.found["house"] = [tuple(self._write(settles, cast))]
        chain = f"org:{self.found['trust'][0][0]}"
        heads = next(table for table in tables() if table.name == "audit_chainhead")
        row = {"chain": chain, "seq": str(self._place - 1), "digest": self._digest}
        self._lines[heads].append("\t".join(row[column] for column in heads.columns) + "\n")

    def _write(self, template: Template, cast: dict[str, Any]) -> list[str]:
        given = Given(0, cast, self._counts, self._chance.getrandbits(80), previous=self._digest, place=self._place)
        self._digest = template.write(given, self._lines)
        self._place += template.events
        return template.keys_made(given)


# Cases


def _cases(whole: Set, counts: dict[int, int], writers: int) -> None:
    chance = Random(whole.size.cases)  # noqa: S311
    copies = copies_of(whole.size, [told.tale for told in whole.told], chance)
    began, rows, cases = monotonic(), 0, 0
    for chunk in _written(whole, list(chunks(copies, whole.told, counts)), writers):
        rows, cases = rows + chunk.rows, cases + len(chunk.copies)
        seconds = monotonic() - began
        _say(f"{cases:,} of {len(copies):,} cases, {rows:,} rows, {rows / seconds:,.0f} rows/s, {seconds:.0f} s", over=True)


def _written(whole: Set, every: list[Chunk], writers: int) -> Iterator[Chunk]:
    """Write the chunks, by several processes at once where asked; gives each once it is in the database."""
    global _whole
    _whole, _chunks[:] = whole, every
    if writers == 1:
        yield from (every[_write_chunk(number)] for number in range(len(every)))
        return
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(writers) as pool:
        yield from (every[number] for number in pool.imap_unordered(_write_chunk, range(len(every))))


_whole: Set
_chunks: list[Chunk] = []
_open: list[psycopg.Connection[Any]] = []


def _write_chunk(number: int) -> int:
    chunk, lines = _chunks[number], defaultdict[Table, list[str]](list)
    chance = Random(number)  # noqa: S311
    counts = dict(chunk.counts)
    for copy, reference in zip(chunk.copies, chunk.references, strict=True):
        told = _whole.told[copy.told]
        template = told.template(copy.weeks)
        cast: dict[str, Any] = cast_of(template.parts, _whole.everybody[copy.organisation], chance)
        if copy.alone:
            cast["pat"] = _whole.alone
        given = Given(-7 * copy.weeks, cast, counts, chance.getrandbits(80), reference, chance.choice(TITLES), "0" * 64)
        template.write(given, lines)
        if told.tale.waits or told.tale is BUSY:
            key = template.keys_made(given)[template.case_place]
            lines[WAITING].append(f"{key}\t{told.tale.name}\t{told.tale.waits}\t{copy.organisation}\n")
    with loading.quick(connect()) as connection:
        loading.load(connection, lines)
    return number


# The database


def connect() -> psycopg.Connection[Any]:
    """A plain connection to Django's default database."""
    given = connection.settings_dict
    place = {"host": given["HOST"], "port": given["PORT"] or None, "user": given["USER"], "password": given["PASSWORD"] or None}
    return psycopg.connect(**place, dbname=given["NAME"], autocommit=True)


def _last(table: str, column: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT coalesce(max("{column}"), 0) FROM "{table}"')
        return int(cursor.fetchone()[0])


def _settle() -> None:
    """Let the next rows be counted from the last, and let the database learn what it holds."""
    with connection.cursor() as cursor:
        for table, column in [("auth_user", "id"), *((one.name, one.counted) for one in tables() if one.counted)]:
            newest = f'greatest((SELECT max("{column}") FROM "{table}"), 1)'
            cursor.execute(f"SELECT setval(pg_get_serial_sequence(%s, %s), {newest})", [table, column])
    _say("Letting the database see what it holds")
    names = [table.name for table in tables()]
    loading.at_once(connect, [f'VACUUM (ANALYZE) "{name}"' for name in [*names, WAITING.name]])
    with connect() as plain:
        plain.execute("CHECKPOINT")


def _say(words: str, over: bool = False) -> None:
    print(words, end="\r" if over else "\n", flush=True)
