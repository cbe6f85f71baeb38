"""The process in BPMN 2.0 with its diagram, for other tools: one task per stage, a gateway where it can go several ways.

viewflow has an exporter, but its template belongs to the app of its screens, which must not be installed; and its
nodes are steps and joins, not the stages that a board knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.etree import ElementTree as ET

from workflows.definition import Process, Stage
from workflows.pictures.bpmn_layout import EVENT, MARGIN, PITCH, TASK_HEIGHT, TASK_WIDTH, Box, Layout, Point
from workflows.pictures.moves import Drawn, drawn, drawn_ends
from workflows.pictures.words import COLUMNS, Row, rows

SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
START = "start"


def bpmn(whole: Process) -> str:
    """The expanded process as a BPMN 2.0 document."""
    return _Document(whole).text()


def _q(prefix: str, name: str) -> str:
    return f"{{{SPACES[prefix]}}}{name}"


class _Document:
    """One document in the making: semantic elements first, then their shapes and edges."""

    def __init__(self, whole: Process) -> None:
        for prefix, address in SPACES.items():
            ET.register_namespace(prefix, address)
        self.whole = whole
        self.arrows = list(drawn(whole))
        name = f"{whole.code}_v{whole.version}"
        target = {"id": f"{name}_definitions", "targetNamespace": f"urn:parity:process:{whole.code}"}
        self.root = ET.Element(_q("bpmn", "definitions"), target)
        self.process = self._bpmn(self.root, "process", id=name, name=whole.title, isExecutable="false")
        self._say(self.process, whole.plain)
        diagram = ET.SubElement(self.root, _q("bpmndi", "BPMNDiagram"), {"id": f"{name}_diagram"})
        self.plane = ET.SubElement(diagram, _q("bpmndi", "BPMNPlane"), {"id": f"{name}_plane", "bpmnElement": name})
        self.several = {origin for origin, number in Counter(one.origin for one in self.arrows).items() if number > 1}
        self.layout = Layout()

    def text(self) -> str:
        flows = list(self._flows())
        self._place(flows)
        self._elements(flows)
        for name, origin, target, words in flows:
            self._flow(self.process, name, origin, target, words)
        drawn_at = {name for _flow, *both, _words in flows for name in both}
        for name, box in self.layout.boxes.items():
            if name in drawn_at:
                self._shape(name, box, gate=name.startswith("ways_"))
        for name, origin, target, _words in flows:
            self._edge(name, self.layout.route(origin, target))
        self._acts()
        ET.indent(self.root)
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(self.root, encoding="unicode") + "\n"

    # Places

    def _place(self, flows: list[tuple[str, str, str, str]]) -> None:
        """Once to see how many lanes the arrows take, and once with room for them."""
        self._lay_out()
        for _name, origin, target, _words in flows:
            self.layout.route(origin, target)
        self.layout = Layout(lanes_above=self.layout.used_above)
        self._lay_out()

    def _lay_out(self) -> None:
        main = [stage.code for stage in self.whole.stages if not stage.hears]
        self.layout.start(START)
        for column, code in enumerate(main, 1):
            self.layout.stage(_task(code), _gate(code), column)
        for stage in self.whole.stages:
            if stage.hears:
                self.layout.hearing(_task(stage.code), _gate(stage.code), _gate(stage.hears))
        for column, end in enumerate(drawn_ends(self.whole), len(main) + 1):
            self.layout.end(f"end_{end}", column)

    # Meaning

    def _flows(self) -> Iterator[tuple[str, str, str, str]]:
        """Every sequence flow as (id, origin, target, words)."""
        yield "flow_start", START, _task(self.whole.first.code), ""
        for stage in self.whole.stages:
            if stage.code in self.several:
                yield f"flow_{stage.code}", _task(stage.code), _gate(stage.code), ""
        for one in self.arrows:
            leaves = _gate(one.origin) if one.origin in self.several else _task(one.origin)
            yield f"flow_{one.origin}_{one.outcome}", leaves, self._target(one), one.words

    def _target(self, one: Drawn) -> str:
        return _task(one.target) if self.whole.has_stage(one.target) else f"end_{one.target}"

    def _elements(self, flows: list[tuple[str, str, str, str]]) -> None:
        self._joined(self._bpmn(self.process, "startEvent", id=START, name="A case is opened"), flows)
        for row in rows(self.whole):
            self._stage(row, flows)
        for end in drawn_ends(self.whole):
            name = self.whole.title_of(end)
            self._joined(self._bpmn(self.process, "endEvent", id=f"end_{end}", name=name), flows)

    def _stage(self, row: Row, flows: list[tuple[str, str, str, str]]) -> None:
        stage = row.stage
        task = self._bpmn(self.process, "userTask", id=_task(stage.code), name=_title(stage))
        told = [f"{head}: {'; '.join(cell)}" for head, cell in zip(COLUMNS, row.cells, strict=True) if cell]
        self._say(task, "\n".join([stage.plain, *told] if stage.plain else told))
        self._joined(task, flows)
        if stage.code in self.several:
            self._joined(self._bpmn(self.process, "exclusiveGateway", id=_gate(stage.code)), flows)

    def _acts(self) -> None:
        """Acts that end a case from any stage: each an interrupting event sub-process, below the diagram."""
        for number, act in enumerate(act for act in self.whole.any_time if act.to):
            inner = self._bpmn(self.process, "subProcess", id=f"act_{act.code}", name=act.title, triggeredByEvent="true")
            names = [f"act_{act.code}_{part}" for part in ("asked", "confirmed", "ended")]
            flows = [(f"flow_{name}", name, after, "") for name, after in pairwise(names)]
            asked = self._bpmn(inner, "startEvent", id=names[0], name="Somebody asks, with a reason", isInterrupting="true")
            self._joined(asked, flows)
            self._bpmn(asked, "signalEventDefinition", id=f"{names[0]}_signal")
            self._joined(self._bpmn(inner, "userTask", id=names[1], name="A second person agrees"), flows)
            self._joined(self._bpmn(inner, "endEvent", id=names[2], name=self.whole.title_of(act.to)), flows)
            for flow in flows:
                self._flow(inner, *flow)
            self._draw_act(f"act_{act.code}", names, flows, MARGIN + number * 2 * PITCH)

    # Shapes

    def _draw_act(self, act: str, names: list[str], flows: list[tuple[str, str, str, str]], x: int) -> None:
        y = self.layout.foot
        self._shape(act, Box(x, y, PITCH + TASK_WIDTH, 2 * TASK_HEIGHT), expanded=True)
        boxes = [
            Box(x + 30, y + TASK_HEIGHT - EVENT // 2, EVENT, EVENT),
            Box(x + 150, y + TASK_HEIGHT // 2, TASK_WIDTH, TASK_HEIGHT),
            Box(x + 390, y + TASK_HEIGHT - EVENT // 2, EVENT, EVENT),
        ]
        placed = dict(zip(names, boxes, strict=True))
        for name, box in placed.items():
            self._shape(name, box)
        for name, origin, target, _words in flows:
            self._edge(name, (placed[origin].right, placed[target].left))

    def _shape(self, element: str, box: Box, *, gate: bool = False, expanded: bool = False) -> None:
        marks = {"isMarkerVisible": "true"} if gate else {}
        marks |= {"isExpanded": "true"} if expanded else {}
        shape = ET.SubElement(self.plane, _q("bpmndi", "BPMNShape"), {"id": f"{element}_shape", "bpmnElement": element, **marks})
        place = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        ET.SubElement(shape, _q("dc", "Bounds"), {name: str(value) for name, value in place.items()})

    def _edge(self, flow: str, corners: Sequence[Point]) -> None:
        edge = ET.SubElement(self.plane, _q("bpmndi", "BPMNEdge"), {"id": f"{flow}_edge", "bpmnElement": flow})
        for x, y in corners:
            ET.SubElement(edge, _q("di", "waypoint"), {"x": str(x), "y": str(y)})

    # Elements

    def _bpmn(self, parent: ET.Element, kind: str, **attributes: str) -> ET.Element:
        return ET.SubElement(parent, _q("bpmn", kind), attributes)

    def _say(self, parent: ET.Element, text: str) -> None:
        self._bpmn(parent, "documentation").text = text

    def _joined(self, node: ET.Element, flows: list[tuple[str, str, str, str]]) -> None:
        name = node.get("id")
        for flow, _origin, target, _words in flows:
            if target == name:
                self._bpmn(node, "incoming").text = flow
        for flow, origin, _target, _words in flows:
            if origin == name:
                self._bpmn(node, "outgoing").text = flow

    def _flow(self, parent: ET.Element, name: str, origin: str, target: str, words: str) -> None:
        said = {"name": words} if words else {}
        self._bpmn(parent, "sequenceFlow", id=name, sourceRef=origin, targetRef=target, **said)


def _task(stage: str) -> str:
    return f"stage_{stage}"


def _gate(stage: str) -> str:
    return f"ways_{stage}"


def _title(stage: Stage) -> str:
    lay = " (lay agreement needed)" if stage.lay_required and not stage.hears else ""
    return f"{stage.ref} {stage.title}{lay}".strip()
