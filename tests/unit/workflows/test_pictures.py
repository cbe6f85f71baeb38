"""The pictures show every stage, every actor and every way, and other tools can read them."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from permissions.roles import EXEC
from tests.unit.workflows.pages import page, with_stage
from workflows.calendar import WorkingDays
from workflows.definition import Process, Stage
from workflows.expansion import expand
from workflows.pictures import FORMATS, bpmn, mermaid, text
from workflows.pictures import page as markdown
from workflows.pictures.moves import drawn
from workflows.processes.oversight.process import OVERSIGHT

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SHAPES = "{http://www.omg.org/spec/BPMN/20100524/DI}"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"

WHOLE = expand(page())
PROCESSES = pytest.mark.parametrize("whole", [WHOLE, expand(OVERSIGHT)], ids=lambda whole: whole.code)


@PROCESSES
@pytest.mark.parametrize("format_", FORMATS)
def test_every_picture_is_the_same_each_time_and_names_every_stage(whole: Process, format_: str) -> None:
    first = FORMATS[format_](whole)
    assert first == FORMATS[format_](whole)
    flat = " ".join(first.replace("|", " ").split())
    assert all(stage.ref in flat and stage.title.split()[0] in flat for stage in whole.stages)


# The table


def _row(whole: Process, stage: Stage) -> list[str]:
    begins = f"| {stage.ref} {stage.title} |"
    (line,) = (line for line in markdown(whole).splitlines() if line.startswith(begins))
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def test_a_row_says_who_acts_who_must_agree_by_when_and_where_it_leads() -> None:
    _title, acts, agrees, deadline, guards, leads = _row(WHOLE, WHOLE.stage("agree"))
    assert acts == "Investigation lead, with text"
    assert "every Patient Safety Partner **(lay)** has answered" in agrees
    assert "at least 1 Group chair for it" in agrees
    assert deadline == "within 10 working days<br>at least 5 working days to read (R5)"
    assert guards == ""
    assert "Go on: Sign it" in leads
    assert "A lay partner does not support it: Hear the disagreement: agree it (R3)" in leads
    assert "Not agreed: Write it" in leads
    assert "A new version of the paper starts this stage again (R4)" in leads


def test_a_guard_stands_beside_the_outcome_that_it_guards() -> None:
    assert _row(WHOLE, WHOLE.stage("sign"))[4] == "For \u201cSign\u201d: it is true (T1)"


def test_only_those_who_disagreed_answer_at_the_hearing() -> None:
    assert _row(WHOLE, WHOLE.stage("agree__dissent"))[2].startswith(
        "every Patient Safety Partner **(lay)** who disagreed has answered"
    )


def test_windows_and_check_ins_are_shown() -> None:
    whole = expand(with_stage("agree", window=WorkingDays(10), check_in=WorkingDays(20)))
    deadline = _row(whole, whole.stage("agree"))[3]
    assert "at least 10 working days to comment<br>check-in every 20 working days" in deadline


def test_the_table_tells_seats_ends_and_acts_open_everywhere() -> None:
    told = text(expand(OVERSIGHT))
    assert "Patient Safety Partner (lay): 2, at least 1; offered by the investigation lead" in told
    assert "Group member: as many as are asked; offered by the investigation lead" in told
    assert "Investigation lead: 1; named when the case is opened, later offered by the executive lead" in told
    assert "Executive team: 1; by office" in told
    assert "At every stage but a hearing: withdraw the case" in told
    assert "End: Closed: Not reached without lay people" in told


# Mermaid


@PROCESSES
def test_mermaid_draws_every_stage_end_and_way(whole: Process) -> None:
    lines = mermaid(whole).splitlines()
    assert lines[0] == "flowchart TD"
    assert all(any(line.strip().startswith(f"stage_{stage.code}") for line in lines) for stage in whole.stages)
    assert all(any(line.strip().startswith(f"end_{end.code}([") for line in lines) for end in whole.ends)
    assert sum("-->|" in line or "-.->|" in line for line in lines) == len(list(drawn(whole)))


def test_mermaid_says_lay_in_words_not_only_by_colour() -> None:
    assert 'stage_agree[["T2 Agree it<br>lay agreement needed"]]' in mermaid(WHOLE)


def test_a_quotation_mark_does_not_end_a_label() -> None:
    assert "Write 'it'" in mermaid(expand(with_stage("write", title='Write "it"')))


# BPMN


def _elements(whole: Process) -> dict[str, ET.Element]:
    root = ET.fromstring(bpmn(whole).encode())  # noqa: S314 - our own
    return {element.attrib["id"]: element for element in root.iter() if "id" in element.attrib}


@PROCESSES
def test_bpmn_has_a_task_for_every_stage_with_its_card_in_words(whole: Process) -> None:
    elements = _elements(whole)
    for stage in whole.stages:
        task = elements[f"stage_{stage.code}"]
        assert task.tag == f"{BPMN}userTask"
        assert f"{stage.ref} {stage.title}" in task.attrib["name"]
        assert "Who acts: " in (task.findtext(f"{BPMN}documentation") or "")


@PROCESSES
def test_bpmn_ids_are_unique_and_every_arrow_joins_two_of_them(whole: Process) -> None:
    root = ET.fromstring(bpmn(whole).encode())  # noqa: S314 - our own
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    for flow in root.iter(f"{BPMN}sequenceFlow"):
        assert {flow.attrib["sourceRef"], flow.attrib["targetRef"]} <= set(ids)


@PROCESSES
def test_bpmn_nodes_name_the_arrows_that_come_and_go(whole: Process) -> None:
    elements = _elements(whole)
    for flow in [one for one in elements.values() if one.tag == f"{BPMN}sequenceFlow"]:
        origin, target = elements[flow.attrib["sourceRef"]], elements[flow.attrib["targetRef"]]
        assert flow.attrib["id"] in [one.text for one in origin.findall(f"{BPMN}outgoing")]
        assert flow.attrib["id"] in [one.text for one in target.findall(f"{BPMN}incoming")]


@PROCESSES
def test_only_a_gateway_lets_a_case_go_several_ways(whole: Process) -> None:
    """Two arrows out of a task would mean both at once."""
    for element in _elements(whole).values():
        if element.tag != f"{BPMN}exclusiveGateway":
            assert len(element.findall(f"{BPMN}outgoing")) <= 1


@PROCESSES
def test_everything_in_the_bpmn_is_drawn_and_no_two_shapes_overlap(whole: Process) -> None:
    elements = _elements(whole)
    shown = {
        element.attrib["bpmnElement"] for element in elements.values() if element.tag in (f"{SHAPES}BPMNShape", f"{SHAPES}BPMNEdge")
    }
    kinds = ("startEvent", "endEvent", "userTask", "exclusiveGateway", "subProcess", "sequenceFlow")
    meant = {name for name, element in elements.items() if element.tag in {f"{BPMN}{kind}" for kind in kinds}}
    assert shown == meant
    boxes = [
        _box(element) for element in elements.values() if element.tag == f"{SHAPES}BPMNShape" and "isExpanded" not in element.attrib
    ]
    assert not [(a, b) for number, a in enumerate(boxes) for b in boxes[number + 1 :] if _overlap(a, b)]
    assert all(x >= 0 and y >= 0 for x, y, _width, _height in boxes)


def _box(shape: ET.Element) -> tuple[int, int, int, int]:
    bounds = shape.find(BOUNDS)
    assert bounds is not None
    return tuple(int(bounds.attrib[name]) for name in ("x", "y", "width", "height"))  # type: ignore[return-value]


def _overlap(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


@PROCESSES
def test_every_arrow_of_the_bpmn_starts_and_ends_at_the_edge_of_a_shape(whole: Process) -> None:
    elements = _elements(whole)
    shapes = {e.attrib["bpmnElement"]: _box(e) for e in elements.values() if e.tag == f"{SHAPES}BPMNShape"}
    for edge in [one for one in elements.values() if one.tag == f"{SHAPES}BPMNEdge"]:
        flow = elements[edge.attrib["bpmnElement"]]
        corners = [(int(point.attrib["x"]), int(point.attrib["y"])) for point in edge.iter(WAYPOINT)]
        assert _on(corners[0], shapes[flow.attrib["sourceRef"]])
        assert _on(corners[-1], shapes[flow.attrib["targetRef"]])


def _on(point: tuple[int, int], box: tuple[int, int, int, int]) -> bool:
    x, y, width, height = box
    return x <= point[0] <= x + width and y <= point[1] <= y + height


# JSON


def test_the_json_is_the_whole_definition_with_the_hearings_in_their_place() -> None:
    told = json.loads(FORMATS["json"](WHOLE))
    assert told["code"] == "TST"
    assert [stage["hears"] for stage in told["stages"]] == ["", "", "agree", ""]
    assert told["stages"][3]["choices"][0]["only_if"][0]["sentence"] == "It is true"


def test_a_process_of_staff_alone_is_drawn_plainly() -> None:
    """Soundness forbids it; the picture shows even what is forbidden."""
    staff = expand(page(stages=(page().stages[0], page().stages[2]), within=None, any_time=()))
    assert "classDef" not in mermaid(staff)
    assert "The whole case" not in text(staff)


def test_an_end_by_an_act_is_drawn_once_and_an_act_that_only_records_is_not() -> None:
    lines = mermaid(expand(OVERSIGHT)).splitlines()
    assert sum("end_withdrawn" in line and "-->" in line for line in lines) == 1
    assert not any("act_record_questions" in line for line in lines)


def test_a_stage_where_nobody_prepares_says_only_who_decides() -> None:
    whole = expand(with_stage("agree", acts=None, decided_by=EXEC))
    assert _row(whole, whole.stage("agree"))[1] == "Executive lead for patient safety decides"
