"""One run: the database filled, each kind of work measured, what was measured shown, kept and written down."""

from __future__ import annotations

from django.core.management import call_command
from django.utils import timezone

from tests.bench.filling.filled import filled
from tests.bench.raw.connected import one_of
from tests.bench.raw.written import rehearsing
from tests.bench.results import every_size, here, keep, kept
from tests.bench.subjects import subjects_of
from tests.bench.telling import show, write_page
from tests.bench.work import Bench, Row, Work
from tests.bench.works import WORKS

COUNTED = {
    "organisations": "cases_organisation", "people": "cases_person", "cases": "cases_case", "grants": "permissions_casegrant",
    "ledger events": "audit_event",
}  # fmt: skip


def run(size: str, only: list[str], rounds: int) -> None:
    """Measure every kind of work, or those named, on the data of a size. Raises SystemExit for a name that is not known."""
    works = chosen(only)
    of = subjects_of(filled(size))
    call_command("migrate", verbosity=0)
    results = kept(size)
    where = here(timezone.localdate(), _counts())
    with rehearsing():
        for work in works:
            for row in _measured(work, Bench(size, rounds, of)):
                results = results.with_rows([row], where)
                keep(results)
    write_page(WORKS, every_size())


def chosen(only: list[str]) -> list[Work]:
    """The works of these names, or all."""
    unknown = set(only) - {work.name for work in WORKS}
    if unknown:
        raise SystemExit(f"No such work: {', '.join(sorted(unknown))}. There are {', '.join(work.name for work in WORKS)}.")
    return [work for work in WORKS if not only or work.name in only]


def _measured(work: Work, bench: Bench) -> list[Row]:
    print(f"\n== {work.title} ==")
    rows = []
    for row in work.measure(bench):
        print("\n".join(show(row)), flush=True)
        rows.append(row)
    return rows


def _counts() -> dict[str, int]:
    return {name: one_of(f"SELECT count(*) FROM {table}") for name, table in COUNTED.items()}
