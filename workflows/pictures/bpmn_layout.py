"""Where things lie in the BPMN diagram: stages in one row, hearings below them, other arrows in lanes of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

PITCH, LANE, MARGIN = 330, 18, 90
TASK_WIDTH, TASK_HEIGHT, GATE, EVENT = 150, 90, 50, 36
Point = tuple[int, int]


@dataclass(frozen=True)
class Box:
    """A shape on the page, in pixels from the top left."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> Point:
        return self.x + self.width // 2, self.y + self.height // 2

    @property
    def left(self) -> Point:
        return self.x, self.middle[1]

    @property
    def right(self) -> Point:
        return self.x + self.width, self.middle[1]

    @property
    def top(self) -> Point:
        return self.middle[0], self.y

    @property
    def bottom(self) -> Point:
        return self.middle[0], self.y + self.height


@dataclass
class Layout:
    """Boxes by element id. Arrows that are no straight line get a lane above the row, or below the hearings."""

    lanes_above: int = 0
    boxes: dict[str, Box] = field(default_factory=dict)
    joined: set[tuple[str, str]] = field(default_factory=set)
    used_above: int = 0
    used_below: int = 0

    @property
    def row(self) -> int:
        """The middle line of the row of stages."""
        return MARGIN + self.lanes_above * LANE + TASK_HEIGHT

    @property
    def hearings(self) -> int:
        """The middle line of the row of hearings."""
        return self.row + 2 * TASK_HEIGHT

    def start(self, name: str) -> None:
        self.boxes[name] = _around(MARGIN + PITCH - EVENT, self.row, EVENT, EVENT)

    def end(self, name: str, column: int) -> None:
        self.boxes[name] = _around(MARGIN + column * PITCH + EVENT, self.row, EVENT, EVENT)

    def stage(self, name: str, gate: str, column: int) -> None:
        x = MARGIN + column * PITCH + TASK_WIDTH // 2
        self.boxes[name] = _around(x, self.row, TASK_WIDTH, TASK_HEIGHT)
        self.boxes[gate] = _around(x + TASK_WIDTH, self.row, GATE, GATE)

    def hearing(self, name: str, gate: str, below: str) -> None:
        """A hearing stands straight below the gateway that a disagreement leaves by."""
        x = self.boxes[below].middle[0]
        self.boxes[name] = _around(x, self.hearings, TASK_WIDTH, TASK_HEIGHT)
        self.boxes[gate] = _around(x + TASK_WIDTH - GATE // 2, self.hearings, GATE, GATE)

    def route(self, origin: str, target: str) -> Sequence[Point]:
        """The corners of an arrow between two elements."""
        start, end = self.boxes[origin], self.boxes[target]
        first = (origin, target) not in self.joined
        self.joined.add((origin, target))
        if first and start.middle[1] == end.middle[1] and 0 < end.x - start.right[0] <= PITCH - TASK_WIDTH:
            return start.right, end.left
        if start.middle[0] == end.middle[0] and end.y > start.y:
            return start.bottom, end.top
        if start.middle[1] == self.hearings:
            self.used_below += 1
            lane = self.hearings + TASK_HEIGHT + self.used_below * LANE
            return start.bottom, (start.bottom[0], lane), (end.bottom[0], lane), end.bottom
        self.used_above += 1
        lane = self.row - TASK_HEIGHT - self.used_above * LANE
        return start.top, (start.top[0], lane), (end.top[0], lane), end.top

    @property
    def foot(self) -> int:
        """Free space below everything that was drawn so far."""
        return self.hearings + 2 * TASK_HEIGHT + self.used_below * LANE


def _around(x: int, y: int, width: int, height: int) -> Box:
    return Box(x - width // 2, y - height // 2, width, height)
