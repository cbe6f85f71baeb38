"""A signal over the quarters, as a chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString

from web.design_system.charts import Limit, Point, Trend, drawn
from web.pages.report.words import counted, found_in, lines, on_axis, value
from workflows.signals.quarters import MONTHS
from workflows.signals.report import Reading
from workflows.signals.signal import Light, Signal, Unit

_LOOKS = {Light.AMBER: ("8 5", "#7a4b00"), Light.RED: ("2 4", "#b10e1e")}
_HIGHEST = {Unit.SHARE: 1.0, Unit.SCORE: 5.0}


def chart(signal: Signal, trend: Sequence[Reading], key: str) -> SafeString:
    """The quarters from left to right. `key` makes the chart's ids the page's only ones."""
    told = "; ".join(f"{reading.quarter.title}: {found_in(signal, reading.found)}" for reading in trend)
    limits = [Limit(line, light.value, *_LOOKS[light]) for light, line in lines(signal)]
    return drawn(
        Trend(
            f"{signal.title}, by quarter", f"{told}. The table has the same numbers.",
            [_point(signal, reading) for reading in trend], limits, lambda number: on_axis(signal.unit, number),
            _HIGHEST.get(signal.unit),
        ),
        key,
    )  # fmt: skip


def _point(signal: Signal, reading: Reading) -> Point:
    found, when = reading.found, short(reading.quarter.first)
    if not value(signal, found):
        return Point(when, None, counted(found) if found.is_few else "none")
    number = float(found.value or 0)
    return Point(when, number, value(signal, found) if signal.unit is Unit.SHARE else f"{number:.1f}".removesuffix(".0"))


def short(first: date) -> tuple[str, str]:
    """ "Jul\u2013Sep" and "2026"."""
    last = first.replace(month=first.month + MONTHS - 1)
    return f"{first:%b}\u2013{last:%b}", f"{first:%Y}"
