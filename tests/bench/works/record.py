"""The record of a busy case: its newest fifty events, the whole case as of a date, and what the organisation's auditor searches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from audit.models import Event
from cases.models import Case
from tests.bench.measuring import Variant, side_by_side
from tests.bench.peers import kept
from tests.bench.raw import record as by_hand
from tests.bench.work import HISTORY, OURS, RAW, Bench, Flat, Row, Target, Work
from workflows.evidence.as_of import CaseThen, case_as_it_stood
from workflows.evidence.search import Found, Place, Wanted, search
from workflows.evidence.timeline import newest_events
from workflows.law import typed
from workflows.look import Look
from workflows.registry import process_of

LINES, FAR = 50, 1_000

TOLD = """\
The reader is the organisation's auditor, who reads everything: ours asks who that is and what is open to them, and so does the
SQL by hand. *simple-history* reads versions of the same cases, seats, stays and grants, copied into tables with its own indexes,
through its ORM as its documentation shows it; it asks nobody's permission and tells of rows, not of acts. The case as of a date
is every kind of fact that was ever on it, each as it stood then. A page of a search begins behind the last line before it."""


def measure(bench: Bench) -> Iterator[Row]:
    """For the busiest case and the largest organisation there are."""
    at = timezone.now()
    kept.fill()
    yield _timeline(bench, bench.of.busy, at)
    yield _as_of(bench, bench.of.busy, _moment_late_in(bench.of.busy))
    first, last = _searches(bench, at)
    yield first
    yield last


def _timeline(bench: Bench, case: Case, at: datetime) -> Row:
    def ours() -> list[Event]:
        return newest_events(bench.of.auditor, case.pk, at)[:LINES]

    keys = [event.pk for event in ours()]
    assert keys == by_hand.keys(by_hand.timeline(bench.of.auditor, case, at, LINES)), "Ours and raw SQL read different events."
    variants = [
        Variant(OURS, lambda _: ours()),
        Variant(RAW, lambda _: by_hand.timeline(bench.of.auditor, case, at, LINES)),
        Variant(HISTORY, lambda _: kept.timeline(case.pk, LINES)),
    ]
    number = Event.objects.filter(case_id=case.pk).count()
    return Row("record:timeline", f"The newest 50 events of a case of {number:,}", side_by_side(variants, bench.rounds))


def _look(case: Case, at: datetime) -> Look:
    return Look(typed(case), process_of(case.process, case.definition_version), at)


def _as_of(bench: Bench, case: Case, at: datetime) -> Row:
    ours, raw = rows_then(case_as_it_stood(case, at)), by_hand.as_of(case, at)
    assert {name: len(rows) for name, rows in ours.items()} == {name: len(rows) for name, rows in raw.items()}, "Not the same case."
    variants = [
        Variant(OURS, lambda _: rows_then(case_as_it_stood(case, at))),
        Variant(RAW, lambda _: by_hand.as_of(case, at)),
        Variant(HISTORY, lambda _: kept.as_of(case.pk, at)),
    ]
    number = sum(map(len, ours.values()))
    return Row("record:as_of", f"A whole case of {number:,} rows as of a date", side_by_side(variants, bench.rounds))


def rows_then(past: CaseThen) -> dict[str, list[object]]:
    """Every kind of fact of the case as it stood, under the names that the case has for them."""
    return {kind: list(getattr(past, kind)) for kind in by_hand.KINDS}


def _moment_late_in(case: Case) -> datetime:
    """When nine tenths of what happened on a case had happened."""
    moments = Event.objects.filter(case_id=case.pk).order_by("seq").values_list("at", flat=True)
    return moments[moments.count() * 9 // 10]


def _searches(bench: Bench, at: datetime) -> tuple[Row, Row]:
    place = _place_far_down(bench, at)
    return (
        _search(bench, at, None, "record:search", "Search of an organisation's record, page 1"),
        _search(bench, at, place, "record:search_far", f"The same, about page {FAR:,}"),
    )


def _search(bench: Bench, at: datetime, after: Place | None, code: str, title: str) -> Row:
    reader, organisation = bench.of.auditor, bench.of.organisation

    def ours() -> Found:
        return search(reader, organisation, Wanted(), at, after)

    keys = [event.pk for event in ours().events]
    assert keys == by_hand.keys(by_hand.searched(reader, organisation.pk, at, after, LINES)), "Other events."
    variants = [
        Variant(OURS, lambda _: ours()),
        Variant(RAW, lambda _: by_hand.searched(reader, organisation.pk, at, after, LINES)),
    ]
    return Row(code, title, side_by_side(variants, bench.rounds))


def _place_far_down(bench: Bench, at: datetime) -> Place:
    """Behind the last line of the page before the thousandth, or of the last there is."""
    events = Event.objects.filter(organisation_id=bench.of.organisation.pk, case_id__isnull=False).order_by("-at", "-id")
    number = min(FAR * LINES, events.count() - 2 * LINES)
    return Place(*events.values_list("at", "id")[number])


WORK = Work(
    "record", "The record", measure,
    (
        Target("timeline", "record:timeline", "The newest fifty events of a busy case, against raw SQL", 2.0),
        Target("as_of", "record:as_of", "A whole busy case as of a date, against raw SQL", 2.0),
        Target("search", "record:search", "Search of a whole organisation, page 1, against raw SQL", 2.0),
        Target("search_far", "record:search_far", "Search of a whole organisation, page 1,000, against raw SQL", 2.0),
        Flat("timeline_flat", "record:timeline", "The newest fifty events, as the data grows a hundredfold", 1.3),
    ),
    TOLD,
)  # fmt: skip
