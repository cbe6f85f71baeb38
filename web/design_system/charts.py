"""Charts of a measure over time, as SVG that a page carries in itself.

Nothing in them runs, loads or carries a style, so that they pass the strictest policy, print, and look the same in a file that was
saved. They are never the only place of a number: a table with the same numbers stands beside each. This is the only module that
knows the library that draws them.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import leather
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from leather import theme

INK, QUIET, LINE, PAPER, GUIDE = "#212b32", "#4c6272", "#005eb8", "#ffffff", "#d8dde0"
_FONT = "Arial, sans-serif"
_SIZE = 14
_SLOT, _SIDES, _HEIGHT = 64, 150, 230
"""How wide each point is, what stands beside the points, and how high a chart is; in the units of the drawing."""
_STEPS = (1, 2, 5)
_HEADROOM = 1.15

theme.background_color = PAPER
theme.margin = 0.02
theme.tick_font_family = _FONT
theme.tick_font_size = _SIZE
theme.tick_font_char_height = 34  # two lines
theme.tick_font_char_width = 10
theme.tick_color = GUIDE
theme.zero_color = QUIET
theme.label_color = INK


@dataclass(frozen=True)
class Point:
    """One quarter. `when`: what stands under it, a line for each part. `value`: None where too few were counted to draw a point.

    `words`: what is written at it: "25%" beside a point, "2 of 3" where there is none.
    """

    when: tuple[str, str]
    value: float | None
    words: str


@dataclass(frozen=True)
class Limit:
    """A line across the chart, with its words: dashed or dotted, so that nobody needs to see its colour."""

    value: float
    words: str
    dashes: str
    colour: str


@dataclass(frozen=True)
class Trend:
    """A measure over time. `told` says in words what is to be seen; `scale` writes a value on the axis."""

    title: str
    told: str
    points: Sequence[Point]
    limits: Sequence[Limit]
    scale: Callable[[float], str]
    highest: float | None = None
    """The highest value that there can be, for example 1 for a share."""


def drawn(trend: Trend, key: str) -> SafeString:
    """The chart as SVG, in the order of its points from left to right. `key` makes its ids the page's only ones.

    Raises ValueError without points.
    """
    if not trend.points:
        raise ValueError("A chart needs at least one point.")
    width = _SLOT * len(trend.points) + _SIDES
    group = _chart(trend).to_svg_group(width, _HEIGHT)
    _break_lines(group)
    inside = mark_safe("".join(ET.tostring(part, encoding="unicode") for part in group))  # noqa: S308 - escaped by ElementTree
    return format_html(
        '<svg class="app-chart__drawing" xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {} {}" role="img"'
        ' aria-labelledby="{}-title {}-desc"><title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>',
        width, _HEIGHT, width, _HEIGHT, key, key, key, trend.title, key, trend.told, inside,
    )  # fmt: skip


def top_of(trend: Trend) -> float:
    """Where the axis ends: a round number above every point and line; never above the highest that there can be."""
    most = max(
        [point.value for point in trend.points if point.value is not None] + [limit.value for limit in trend.limits], default=0
    )
    if trend.highest is not None and most * _HEADROOM >= trend.highest:
        return trend.highest
    ladder = (step * 10.0**power for power in range(-2, 6) for step in _STEPS)
    return next(step for step in ladder if step >= most * _HEADROOM and step > 0)


def _chart(trend: Trend) -> Any:
    count, top = len(trend.points), top_of(trend)
    chart = leather.Chart()
    places = range(1, count + 1)
    chart.set_x_scale(_Places(range(1, count + 2)))  # the last place is for the words of the lines
    chart.set_y_scale(_Upright(top))
    chart.add_x_axis(ticks=places, tick_formatter=lambda place, *_: "\n".join(trend.points[place - 1].when))
    chart.add_y_axis(ticks=[0, top / 2, top], tick_formatter=lambda value, *_: trend.scale(float(value)))
    for limit in trend.limits:
        chart.add_series(leather.Series([(1, limit.value)]), _Across(limit))
    values = [(place, point.value) for place, point in zip(places, trend.points, strict=True)]
    if any(value is not None for _, value in values):
        chart.add_series(leather.Series(values), _Curve(LINE, 3))
        chart.add_series(leather.Series(values), _Marks(LINE, 6))
    chart.add_series(leather.Series([(place, 0) for place in places]), _Words([p.words for p in trend.points], values))
    return chart


class _Upright(leather.Linear):
    """From nought to a top that was chosen, and no further."""

    def __init__(self, top: float) -> None:
        super().__init__(0, top)
        self._top = top

    def project(self, value: float, range_min: float, range_max: float) -> float:
        return round(range_min + (range_max - range_min) * (float(value) / self._top), 2)


class _Places(leather.Ordinal):
    """One place beside the other, all of one width."""

    def project(self, value: int, range_min: float, range_max: float) -> float:
        return round(float(super().project(value, range_min, range_max)), 2)


class _NoLegend:
    """What is drawn says in words at its own place what it is."""

    def validate_series(self, series: Any) -> None: ...

    def legend_to_svg(self, series: Any, palette: Any) -> list[Any]:
        return []


class _Curve(_NoLegend, leather.Line):
    """From point to point; broken where a point is missing."""


class _Marks(_NoLegend, leather.Dots):
    """The points."""

    def to_svg(self, width: float, height: float, x_scale: Any, y_scale: Any, series: Any, palette: Any) -> ET.Element:
        group = super().to_svg(width, height, x_scale, y_scale, series, palette)
        group.set("class", "points")
        return group


class _Across(_NoLegend, leather.Shape):
    """A line across at one height, with its words at the right end."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit

    def to_svg(self, width: float, height: float, x_scale: Any, y_scale: Any, series: Any, palette: Any) -> ET.Element:
        up = y_scale.project(self._limit.value, height, 0)
        group = ET.Element("g", {"class": "limit"})
        line = {"stroke": self._limit.colour, "stroke-width": "2", "stroke-dasharray": self._limit.dashes}
        ET.SubElement(group, "line", {"x1": "0", "x2": _number(width), "y1": _number(up), "y2": _number(up), **line})
        group.append(_text(self._limit.words, width, up - 5, "end", self._limit.colour))
        return group


class _Words(_NoLegend, leather.Shape):
    """What each point comes to: above it, or at the foot where there is no point."""

    def __init__(self, words: Sequence[str], values: Sequence[tuple[int, float | None]]) -> None:
        self._words, self._values = words, values

    def to_svg(self, width: float, height: float, x_scale: Any, y_scale: Any, series: Any, palette: Any) -> ET.Element:
        group = ET.Element("g", {"class": "words"})
        for words, (place, value) in zip(self._words, self._values, strict=True):
            x = x_scale.project(place, 0, width)
            up = height - 8 if value is None else y_scale.project(value, height, 0) - 12
            group.append(_text(words, x, max(up, -4), "middle", QUIET if value is None else INK))
        return group


def _text(words: str, x: float, y: float, anchor: str, colour: str) -> ET.Element:
    """A text with a rim of paper under it, so that no line runs through it."""
    group = ET.Element("g")
    placed = {"x": _number(x), "y": _number(y), "text-anchor": anchor, "font-family": _FONT, "font-size": str(_SIZE)}
    rim = {"class": "rim", "fill": PAPER, "stroke": PAPER, "stroke-width": "4", "stroke-linejoin": "round"}
    for looks in (rim, {"fill": colour}):
        ET.SubElement(group, "text", placed | looks).text = words
    return group


def _number(value: float) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def _break_lines(group: ET.Element) -> None:
    """Two lines under a point, where the library writes one."""
    for text in group.iter("text"):
        first, _, second = (text.text or "").partition("\n")
        if second:
            text.text = ""
            for line, down in ((first, "1em"), (second, "1.15em")):
                ET.SubElement(text, "tspan", {"x": text.attrib["x"], "dy": down}).text = line
            del text.attrib["dy"]
