"""The picture of a process, and of where a case stands in it: boxes and arrows to draw, and the same as a list of sentences.

Places are in the units of the drawing. Stages stand under one another; a disagreement and an early end stand to the
right of the stage that they come from; ways back run on the left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from web.design_system.words import day
from web.pages.cases.wording import lower
from workflows.definition import Process, Stage
from workflows.look import Look

LEFT, TOP, WIDE, HIGH, STEP = 120, 20, 310, 72, 110
SIDE, SIDE_WIDE = 500, 280
LANE = 22
LINE, SIDE_LINE = 27, 24
"""Letters that fit on one line of a box."""


@dataclass(frozen=True)
class Box:
    """A stage or an end. `state` is "done", "now", "next" or "end"; `lay` where it cannot go on without lay partners."""

    code: str
    x: int
    y: int
    wide: int
    lines: tuple[str, ...]
    state: str
    lay: bool
    high: int = HIGH

    @property
    def middle(self) -> int:
        return self.x + self.wide // 2

    @property
    def first_line(self) -> int:
        """Where the first line of words stands, so that they are in the middle."""
        return self.y + self.high // 2 + 7 - 11 * (len(self.lines) - 1)


@dataclass(frozen=True)
class Arrow:
    """A way from one box to another, as the path of a line. `kind` is "on", "back" or "dissent"."""

    path: str
    kind: str


@dataclass(frozen=True)
class Told:
    """A stage in the list beside the picture."""

    title: str
    state: str
    sentences: tuple[str, ...]
    lay: bool


@dataclass(frozen=True)
class Picture:
    """What is drawn, how large it is, and the list that says the same."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int
    told: tuple[Told, ...]


def picture(process: Process, look: Look | None = None) -> Picture:
    """The picture of an expanded process; with a Look, of one case in it."""
    boxes = _boxes(process, look)
    places = {box.code: box for box in boxes}
    return Picture(
        boxes=tuple(boxes),
        arrows=tuple(_arrows(process, places)),
        width=SIDE + SIDE_WIDE + 20,
        height=max(box.y + box.high for box in boxes) + TOP,
        told=tuple(_told(process, box, look) for box in boxes),
    )


def _boxes(process: Process, look: Look | None) -> list[Box]:
    found: list[Box] = []
    row = 0
    for stage in process.stages:
        if stage.hears:
            found.append(_box(process, stage.code, SIDE, _row_of(found, stage.hears), look))
        else:
            found.append(_box(process, stage.code, LEFT, TOP + row * STEP, look))
            row += 1
    for end in process.ends:
        origin = _only_origin(process, end.code)
        if origin and process.stages.index(process.stage(origin)) < len(process.stages) - 1:
            found.append(_box(process, end.code, SIDE, _row_of(found, origin), look))
        else:
            found.append(_box(process, end.code, LEFT, TOP + row * STEP, look))
            row += 1
    return found


def _row_of(boxes: list[Box], code: str) -> int:
    return next(box.y for box in boxes if box.code == code)


def _only_origin(process: Process, end: str) -> str:
    """The stage that an end is reached from by a written outcome; empty for an end that any stage leads to."""
    return next((stage.code for stage in process.stages for way in stage.outcomes if way.to == end), "")


def _box(process: Process, code: str, x: int, y: int, look: Look | None) -> Box:
    stage = process.stage(code) if process.has_stage(code) else None
    wide = WIDE if x == LEFT else SIDE_WIDE
    state = _state(process, code, look)
    words = {"now": "Now: ", "done": "\u2713 "}.get(state, "") + process.title_of(code)
    lines = tuple(_wrapped(words, LINE if x == LEFT else SIDE_LINE))
    return Box(code, x, y, wide, lines, state, bool(stage and stage.lay_required))


def _wrapped(words: str, most: int) -> Iterator[str]:
    line = ""
    for word in words.split():
        if line and len(line) + 1 + len(word) > most:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def _state(process: Process, code: str, look: Look | None) -> str:
    if look is None:
        return "next" if process.has_stage(code) else "end"
    if look.case.state == code:
        return "now"
    if not process.has_stage(code):
        return "end"
    codes = [stage.code for stage in process.stages]
    place = codes.index(look.case.state) if look.case.state in codes else len(codes)
    return "done" if codes.index(code) < place and look.last_visit(code) else "next"


# Arrows


def _arrows(process: Process, places: dict[str, Box]) -> Iterator[Arrow]:
    lanes = 0
    for stage in process.stages:
        here = places[stage.code]
        for target, kind in _ways(process, stage):
            there = places[target]
            if kind == "back" and here.x == LEFT and there.y < here.y:
                lanes += 1
                yield Arrow(_round_the_left(here, there, lanes % 4), kind)
            elif here.x != there.x:
                yield Arrow(_across(here, there), kind)
            elif there.y > here.y:
                yield Arrow(_down(here, there), kind)


def _ways(process: Process, stage: Stage) -> list[tuple[str, str]]:
    """Where a stage leads, each way once: the written outcomes, the disagreement, and the way back."""
    found = [(way.to, "back" if way.back else "on") for way in stage.outcomes]
    if stage.dissent:
        found.append((next(one.code for one in process.stages if one.hears == stage.code), "dissent"))
    if stage.agreed_by and stage.returns_to and stage.returns_to != stage.code and not stage.hears:
        found.append((stage.returns_to, "back"))
    return list(dict.fromkeys(way for way in found if way[0] != stage.code))


def _down(here: Box, there: Box) -> str:
    return f"M {here.middle} {here.y + here.high} L {there.middle} {there.y - 4}"


def _across(here: Box, there: Box) -> str:
    """Between the columns: level where both stand in one row, else with a bend halfway."""
    to_right = there.x > here.x
    start = here.x + here.wide if to_right else here.x
    end = there.x - 4 if to_right else there.x + there.wide + 4
    drop = 0 if to_right else 14
    y, goal = here.y + here.high // 2 + drop, there.y + there.high // 2 + (drop if there.y == here.y else 0)
    bend = (start + end) // 2
    return f"M {start} {y} L {end} {goal}" if y == goal else f"M {start} {y} L {bend} {y} L {bend} {goal} L {end} {goal}"


def _round_the_left(here: Box, there: Box, lane: int) -> str:
    x = LEFT - 24 - lane * LANE
    y, goal = here.y + here.high // 2 + 10, there.y + there.high // 2 - 10
    return f"M {here.x} {y} L {x} {y} L {x} {goal} L {there.x - 4} {goal}"


# The list beside it


def _told(process: Process, box: Box, look: Look | None) -> Told:
    title = process.title_of(box.code)
    if not process.has_stage(box.code):
        return Told(title, "End" if box.state == "end" else "The case ended here", (), False)
    stage = process.stage(box.code)
    words = {"done": "Done", "now": "Now", "next": "Next" if look else ""}
    return Told(title, words[box.state], tuple(_sentences(process, stage, look)), box.lay)


def _sentences(process: Process, stage: Stage, look: Look | None) -> Iterator[str]:
    visit = look.last_visit(stage.code) if look else None
    if visit and visit.ended_at:
        yield f"It ended on {day(visit.ended_at)}."
    leads = {
        "on": "From here it can go on to",
        "back": "It can go back to",
        "dissent": "A lay partner who does not support it is heard in",
    }
    for target, kind in _ways(process, stage):
        yield f"{leads[kind]} \u201c{lower(process.title_of(target))}\u201d."
