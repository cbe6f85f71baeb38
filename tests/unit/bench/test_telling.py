"""What was measured is kept by size, told with its ratio, and judged against what was asked."""

from __future__ import annotations

from pathlib import Path

from tests.bench.measuring import Timing
from tests.bench.results import Results, every_size, keep, kept
from tests.bench.telling import write_page
from tests.bench.verdicts import MET, SHORT, UNKNOWN, reached
from tests.bench.work import OURS, RAW, Flat, Row, Target, Within, Work

WHERE = {
    "date": "2026-11-23",
    "cores": 2,
    "python": "3.11",
    "postgresql": "16",
    "settings": {},
    "packages": {},
    "counts": {"cases": 9},
}


def a_timing(median: float, rate: float | None = None) -> Timing:
    return Timing(5, median, median, median, median, rate)


def a_row(code: str, ours: float, raw: float, rate: float | None = None) -> Row:
    return Row(code, code, {OURS: a_timing(ours, rate), RAW: a_timing(raw, 100)})


def results(**rows: Row) -> dict[str, Results]:
    return {size: Results(size, WHERE, {row.code: row}) for size, row in rows.items()}


def test_a_target_is_judged_at_the_largest_size() -> None:
    sizes = results(small=a_row("x:y", 9, 3), national=a_row("x:y", 4, 2))
    assert reached(Target("t", "x:y", "", 2.0), sizes).verdict == MET
    assert reached(Target("t", "x:y", "", 1.9), sizes).verdict == SHORT
    assert reached(Target("t", "x:z", "", 2.0), sizes).verdict == UNKNOWN
    assert reached(Target("t", "x:y", "", 2.0, against="nobody"), sizes).verdict == UNKNOWN


def test_a_rate_counts_the_other_way_round() -> None:
    assert reached(Target("t", "x:y", "", 2.0, of="rate"), results(small=a_row("x:y", 1, 1, rate=40))).number == 2.5


def test_growth_needs_two_sizes_and_a_limit_in_seconds_one() -> None:
    grown = results(small=a_row("x:y", 2, 1), national=a_row("x:y", 3, 1))
    assert reached(Flat("t", "x:y", "", 1.3), grown).number == 1.5
    assert reached(Flat("t", "x:y", "", 1.3), results(small=a_row("x:y", 2, 1))).verdict == UNKNOWN
    assert reached(Within("t", "x:y", "", 10), results(small=a_row("x:y", 2500, 1))).number == 2.5


def test_a_part_measured_again_takes_the_place_of_the_same_part_only(tmp_path: Path) -> None:
    keep(Results("small").with_rows([a_row("x:y", 9, 3), a_row("x:z", 1, 1)], WHERE), tmp_path)
    keep(kept("small", tmp_path).with_rows([a_row("x:y", 6, 3)], WHERE), tmp_path)
    rows = every_size(tmp_path)["small"].rows
    assert {code: row.timings[OURS].median for code, row in rows.items()} == {"x:y": 6, "x:z": 1}


def test_the_page_names_every_target_with_its_number_and_what_is_short(tmp_path: Path) -> None:
    targets = (
        Target("met", "x:y", "Quick enough", 4.0),
        Target("short", "x:y", "Not yet", 2.0),
        Target("none", "x:q", "Unknown", 2.0),
    )
    work = Work("x", "Some work", lambda bench: iter(()), targets)
    write_page([work], results(small=a_row("x:y", 9, 3)), tmp_path / "speed.md")
    page = (tmp_path / "speed.md").read_text()
    assert "1 of 3 are met" in page
    assert "| Quick enough | 4.00 times | 3.00 times | 3.00 times | met |" in page
    assert "| Not yet | 2.00 times | 3.00 times | 3.00 times | **short** |" in page
    assert "- **Not yet**: not yet looked into." in page
    assert "| Unknown | 2.00 times |  |  | not measured |" in page
