"""A chart is a picture with words: what it shows, what it leaves out, and nothing in it that runs or carries a style."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from web.design_system.charts import INK, PAPER, QUIET, Limit, Point, Trend, drawn, top_of

SVG = "{http://www.w3.org/2000/svg}"
AMBER, RED = Limit(0.1, "look into it", "8 5", "#7a4b00"), Limit(0.25, "act on it", "2 4", "#b10e1e")
QUARTERS = [("Jan\u2013Mar", "2026"), ("Apr\u2013Jun", "2026"), ("Jul\u2013Sep", "2026"), ("Oct\u2013Dec", "2026")]
STRONG_ENOUGH = 4.5  # WCAG 1.4.3


def trend(*values: float | None, limits: tuple[Limit, ...] = (AMBER, RED), **more: Any) -> Trend:
    points = [
        Point(when, value, "2 of 3" if value is None else f"{value:.0%}") for when, value in zip(QUARTERS, values, strict=False)
    ]
    told: dict[str, Any] = {"title": "Short notice & <late>", "told": "In three quarters.", "highest": 1.0} | more
    return Trend(points=points, limits=limits, scale=lambda value: f"{value:.0%}", **told)


def parsed(one: Trend) -> ET.Element:
    return ET.fromstring(drawn(one, "t2"))  # noqa: S314 - our own


def texts(svg: ET.Element, kind: str) -> list[str]:
    found = svg.findall(f".//{SVG}g[@class='{kind}']//{SVG}text")
    return ["".join(text.itertext()) for text in found if text.get("class") != "rim"]


def test_it_is_an_image_with_a_title_and_a_description_that_it_names() -> None:
    svg = parsed(trend(0.3, None, 0.12))
    assert svg.get("role") == "img"
    named = {part.get("id"): part.text for part in svg if part.get("id")}
    assert named == {"t2-title": "Short notice & <late>", "t2-desc": "In three quarters."}
    assert svg.get("aria-labelledby") == "t2-title t2-desc"


def test_it_carries_no_style_no_script_and_nothing_to_load() -> None:
    for part in parsed(trend(0.3, None, 0.12)).iter():
        assert part.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}image", f"{SVG}use")
        assert not [name for name in part.attrib if name == "style" or "href" in name or name.startswith("on")]


def test_a_quarter_with_too_few_has_its_count_and_no_point_and_breaks_the_line() -> None:
    svg = parsed(trend(0.3, None, 0.12, 0.2))
    points = svg.findall(f".//{SVG}g[@class='points']/{SVG}circle")
    lines = svg.findall(f".//{SVG}g[@class='series lines']/{SVG}path")
    assert len(points) == 3
    assert [path.get("d", "").count("L") for path in lines] == [0, 1]
    assert texts(svg, "words") == ["30%", "2 of 3", "12%", "20%"]


def test_where_every_quarter_has_too_few_there_are_only_counts() -> None:
    svg = parsed(trend(None, None))
    assert not svg.findall(f".//{SVG}circle")
    assert texts(svg, "words") == ["2 of 3", "2 of 3"]


def test_a_limit_is_a_broken_line_with_words_and_no_two_are_broken_alike() -> None:
    svg = parsed(trend(0.3))
    assert texts(svg, "limit") == ["look into it", "act on it"]
    lines = svg.findall(f".//{SVG}g[@class='limit']/{SVG}line")
    assert len({line.get("stroke-dasharray") for line in lines}) == 2
    assert float(lines[0].get("y1", "")) > float(lines[1].get("y1", "")), "more is higher up"


def test_the_quarters_stand_from_left_to_right_on_two_lines() -> None:
    labels = parsed(trend(0.3, 0.2, 0.1)).findall(f".//{SVG}g[@class='axis bottom']//{SVG}text")
    assert [[line.text for line in label] for label in labels] == [list(when) for when in QUARTERS[:3]]
    across = [float(label.get("x", "")) for label in labels]
    assert across == sorted(across)


@pytest.mark.parametrize(
    ("value", "limits", "highest", "top"),
    [
        (0.3, (AMBER, RED), 1.0, 0.5),
        (0.08, (AMBER,), 1.0, 0.2),
        (0.95, (AMBER,), 1.0, 1.0),
        (0.0, (), 1.0, 0.01),
        (61.0, (), None, 100.0),
    ],
)
def test_the_axis_ends_at_a_round_number_above_all_and_never_above_what_there_can_be(
    value: float, limits: tuple[Limit, ...], highest: float | None, top: float
) -> None:
    assert top_of(trend(value, limits=limits, highest=highest)) == pytest.approx(top)


def test_every_text_is_dark_enough_to_read() -> None:
    paper = light(PAPER)
    colours = {text.get("fill") for text in parsed(trend(0.3, None)).iter(f"{SVG}text") if text.get("class") != "rim"}
    assert {INK, QUIET} <= colours
    for colour in colours:
        assert (paper + 0.05) / (light(str(colour)) + 0.05) >= STRONG_ENOUGH, colour


def light(colour: str) -> float:
    """How light a colour is, 0 to 1 (WCAG 2.2, relative luminance)."""
    parts = [int(part, 16) / 255 for part in re.findall("..", colour[1:])]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_without_points_there_is_no_chart() -> None:
    with pytest.raises(ValueError, match="at least one point"):
        drawn(trend(), "t2")
