"""Every signal of shared power for a quarter: of the largest organisation, and of the whole host."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from cases.models import Organisation
from tests.bench.measuring import Variant, side_by_side
from tests.bench.raw.connected import rows_of
from tests.bench.work import OURS, RAW, Bench, Row, Target, Within, Work
from workflows.signals.asked import Asked, answered
from workflows.signals.counted import definitions
from workflows.signals.quarters import Quarter, quarter_of
from workflows.signals.report import measure_all, measure_everywhere
from workflows.signals.signal import SIGNALS

BY_HAND = "T7"
MOST_ROUNDS = 5

CHANGED = """
SELECT k.organisation_id, count(*), count(*) FILTER (WHERE a.outcome = 'changed'), count(*) FILTER (WHERE v.satisfied = false)
  FROM cases_commentanswer a JOIN cases_comment c ON c.id = a.comment_id JOIN cases_seat s ON s.id = c.seat_id
  JOIN cases_case k ON k.id = a.case_id LEFT JOIN cases_answerverdict v ON v.answer_id = a.id
 WHERE k.process = ANY(%(processes)s) AND s.capacity = 'lay' AND a.at >= %(since)s AND a.at < %(until)s
 GROUP BY k.organisation_id"""

TOLD = """\
Every signal that there is, of the quarter before this one. By hand one of them is counted, "something changed" (T7), for all
organisations at once: it stands for those that are counted from rows, and the target against SQL by hand is held against it
alone."""


def measure(bench: Bench) -> Iterator[Row]:
    """One organisation, the host, and one signal of the host by hand as well."""
    at = timezone.now()
    quarter = quarter_of(at).before
    rounds = min(bench.rounds, MOST_ROUNDS)
    one = [Variant(OURS, lambda _: measure_all(bench.of.organisation, [quarter], at))]
    yield Row("signals:organisation", f"{len(SIGNALS)} signals of the largest organisation", side_by_side(one, rounds, 1))
    every = [Variant(OURS, lambda _: measure_everywhere([quarter], at))]
    number = Organisation.objects.count()
    yield Row("signals:host", f"{len(SIGNALS)} signals of {number} organisations", side_by_side(every, rounds, 1))
    yield _by_hand(bench, quarter, at)


def _by_hand(bench: Bench, quarter: Quarter, at: datetime) -> Row:
    ours = {key[0]: (found.denominator, found.numerator) for key, found in _ours(quarter, at).items() if found.denominator}
    raw = {key: (of, changed) for key, of, changed, _ in _raw(quarter, at)}
    assert ours == raw, "Ours and raw SQL count differently."
    variants = [Variant(OURS, lambda _: _ours(quarter, at)), Variant(RAW, lambda _: _raw(quarter, at))]
    return Row("signals:by_hand", "One signal (T7) of every organisation", side_by_side(variants, bench.rounds))


def _ours(quarter: Quarter, at: datetime) -> Any:
    every = list(Organisation.objects.order_by("name", "ods_code"))
    return answered(SIGNALS[BY_HAND].measure, Asked(every, [quarter.until(at)], everywhere=True, names_cases=False))


def _raw(quarter: Quarter, at: datetime) -> list[tuple[Any, ...]]:
    since, until = quarter.until(at)
    return rows_of(CHANGED, {"processes": sorted({one.code for one in definitions()}), "since": since, "until": until})


WORK = Work(
    "signals", "Every signal of shared power for a quarter", measure,
    (
        Within("signals_host", "signals:host", "Every signal for a quarter, of the whole host", 10.0),
        Target("signals_raw", "signals:by_hand", "One signal of the whole host, against SQL by hand", 1.5),
    ),
    TOLD,
)  # fmt: skip
