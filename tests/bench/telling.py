"""Tells what was measured: on the screen while it runs, and as docs/reference/speed.md for whoever reads it later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.measuring import Timing
from tests.bench.reasons import REASONS
from tests.bench.results import Results
from tests.bench.verdicts import SHORT, UNKNOWN, Reached, at, limit, reached
from tests.bench.work import OURS, Flat, Row, Target, Within, Work

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "speed.md"

INTRODUCTION = """\
# How fast it is

<!-- Written by `python -m tests.bench`. Do not edit it by hand: why a target is missed stands in tests/bench/reasons.py. -->

Each piece of work is done in several ways on the same data: by Parity through its public functions, by SQL that was written by
hand and prepared by the server (the least that the database needs), and by the packages as their own documentation shows them.
All ways take turns in one run, in another order every round; what they read or write is compared before anything is timed.
So a **ratio** holds on any machine, and a time only on the one named below.

    make bench                  # 10,000 cases: fills a PostgreSQL of its own under var/bench, then about five minutes
    make bench SIZE=medium      # 100,000 cases
    make bench SIZE=national    # 1,000,000 cases, 260 organisations: what the largest host would hold
    .venv/bin/python -m tests.bench --size national --only worklists --rounds 50     # one part again
"""


def show(row: Row) -> Iterator[str]:
    """A row as lines for the screen: each variant with its median, p95 and how many times the others' time it is of ours."""
    yield f"\n{row.title}"
    ours = row.timings.get(OURS)
    for name, one in row.timings.items():
        rate = f"  {one.rate:9.1f}/s" if one.rate else ""
        sent = f"  {one.statements:4d} statements" if one.statements else ""
        beside = f"  ours is {ours.median / one.median:6.2f} of it" if ours and name != OURS else ""
        yield f"  {name:34} {one.median:10.3f} ms  p95 {one.p95:9.3f}{rate}{sent}{beside}"
    if row.note:
        yield f"  ({row.note})"


def write_page(works: Sequence[Work], sizes: dict[str, Results], page: Path = PAGE) -> None:
    """Write the page of everything that is kept."""
    page.write_text("\n".join(_page(works, sizes)).rstrip() + "\n", encoding="utf-8")


def _page(works: Sequence[Work], sizes: dict[str, Results]) -> Iterator[str]:
    yield INTRODUCTION
    yield from _where(sizes)
    yield "## What was asked, and what was reached\n"
    yield from _targets(works, sizes)
    yield "## What was measured\n"
    yield "Milliseconds: the median and, in brackets, what 95 of 100 stayed under. “Times” is how many times as long as the SQL"
    yield "written by hand it takes, or as the first of the others where there is none. Statements are those sent through Django.\n"
    for work in works:
        yield from _work(work, sizes)


def _where(sizes: dict[str, Results]) -> Iterator[str]:
    yield "## Where and when\n"
    yield "| Size | Date | Cores | PostgreSQL | Python | What it holds |"
    yield "|---|---|---|---|---|---|"
    for size, results in sizes.items():
        where = results.where
        settings = ", ".join(f"{name} {value}" for name, value in sorted(where["settings"].items()))
        counts = ", ".join(f"{number:,} {name}" for name, number in where["counts"].items())
        yield f"| {size} | {where['date']} | {where['cores']} | {where['postgresql']} ({settings}) | {where['python']} | {counts} |"
    newest = list(sizes.values())[-1].where if sizes else {}
    packages = ", ".join(f"{name} {number}" for name, number in newest.get("packages", {}).items())
    yield f"\nVersions: {packages}.\n"


def _targets(works: Sequence[Work], sizes: dict[str, Results]) -> Iterator[str]:
    all_reached = [reached(target, sizes) for work in works for target in work.targets]
    met = sum(one.verdict not in (SHORT, UNKNOWN) for one in all_reached)
    yield f"{met} of {len(all_reached)} are met. The number is that of the largest size measured; smaller sizes stand behind it.\n"
    yield f"| What | At most | Reached | {' | '.join(sizes)} | |"
    yield "|---|---|---|" + "---|" * len(sizes) + "---|"
    for one in all_reached:
        yield _target(one, sizes)
    yield ""
    short = [one for one in all_reached if one.verdict == SHORT]
    if short:
        yield "Why those that are short are short:\n"
        for one in short:
            yield f"- **{one.target.words}**: {REASONS.get(one.target.code, 'not yet looked into.')}"
        yield ""


def _target(one: Reached, sizes: dict[str, Results]) -> str:
    target = one.target
    beside = " | ".join(_number(target, at(target, results)) for results in sizes.values())
    stretch = " (stretch)" if isinstance(target, Target) and target.stretch else ""
    verdict = one.verdict if one.verdict != SHORT else f"**{SHORT}**"
    return f"| {target.words}{stretch} | {_number(target, limit(target))} | {_number(target, one.number)} | {beside} | {verdict} |"


def _number(target: Target | Within | Flat, number: float | None) -> str:
    if number is None:
        return ""
    return f"{number:.1f} s" if isinstance(target, Within) else f"{number:.2f} times"


def _work(work: Work, sizes: dict[str, Results]) -> Iterator[str]:
    codes = list(dict.fromkeys(code for found in sizes.values() for code in found.rows if _of(work, code)))
    if not codes:
        return
    yield f"### {work.title}\n"
    if work.told:
        yield f"{work.told}\n"
    for code in codes:
        yield from _row({size: found.rows[code] for size, found in sizes.items() if code in found.rows})


def _of(work: Work, code: str) -> bool:
    return code.partition(":")[0] == work.name


def _row(rows: dict[str, Row]) -> Iterator[str]:
    newest = list(rows.values())[-1]
    yield f"**{newest.title}**\n"
    yield f"| | {' | '.join(rows)} | statements |"
    yield "|---|" + "---|" * len(rows) + "---|"
    for name, last in newest.timings.items():
        beside = " | ".join(_cell(row, name) for row in rows.values())
        yield f"| {name} | {beside} | {last.statements or ''} |"
    yield ""
    if newest.note:
        yield f"{newest.note}\n"


def _cell(row: Row, name: str) -> str:
    one = row.timings.get(name)
    if one is None:
        return ""
    base = next((other for key, other in row.timings.items() if key != OURS), one)
    rate = f", {one.rate:,.0f}/s" if one.rate else ""
    slowest = f", p99 {_ms(one.p99)}, longest {_ms(one.longest)}" if one.rate else ""
    return f"{_ms(one.median)} ({_ms(one.p95)}) {_times(one, base)}{rate}{slowest}"


def _times(one: Timing, base: Timing) -> str:
    return f"{one.median / base.median:.2f} times"


def _ms(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"
