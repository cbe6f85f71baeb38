"""Every signal of shared power for a quarter: of the largest organisation, and of the whole host."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from cases.models import Organisation
from tests.bench.measuring import Variant, side_by_side
from tests.bench.raw.signals import BY_HAND, by_hand, ours, same_numbers
from tests.bench.work import OURS, RAW, Bench, Row, Target, Within, Work
from workflows.signals.quarters import Quarter, quarter_of
from workflows.signals.report import measure_all, measure_everywhere
from workflows.signals.signal import SIGNALS

MOST_ROUNDS = 5

TOLD = """\
Every signal that there is, of the quarter before this one. By hand four of them are counted, one after the other for all
organisations at once: answers given without opening the paper (T3), papers held back (T5), something changed (T7), and meetings
with a partner there (T12). They stand for those that are counted from rows; the target against SQL by hand is held against
these alone."""


def measure(bench: Bench) -> Iterator[Row]:
    """One organisation, the host, and some signals of the host by hand as well."""
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
    stretch = quarter.until(at)
    same_numbers(stretch)
    variants = [
        Variant(OURS, lambda _: ours(stretch)),
        Variant(RAW, lambda _: [by_hand(code, stretch) for code in BY_HAND]),
    ]
    title = f"{len(BY_HAND)} signals of every organisation ({', '.join(BY_HAND)})"
    return Row("signals:by_hand", title, side_by_side(variants, bench.rounds))


WORK = Work(
    "signals", "Every signal of shared power for a quarter", measure,
    (
        Within("signals_host", "signals:host", "Every signal for a quarter, of the whole host", 10.0),
        Target("signals_raw", "signals:by_hand", "Four signals of the whole host, against SQL by hand", 1.5),
    ),
    TOLD,
)  # fmt: skip
