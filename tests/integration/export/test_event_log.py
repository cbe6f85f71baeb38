"""The event log is what the standards say, holds the stages in the order of the visits, and no name and no word of anybody."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from cases.models import Case, Person, Visit
from permissions.scope import KEPT_FROM_OTHERS
from tests.builders import a_story
from workflows.export.event_log import cases_of, pseudonym, steps_of
from workflows.export.ocel import COLUMNS
from workflows.export.xes import xes_parts
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db

XES = "{http://www.xes-standard.org/}"
IN_ORDER = ("extension", "global", "classifier", "string", "trace")
"""The sequence that the standard's schema asks for in a log, as far as ours has it."""
TYPES = {
    "string": lambda value: True,
    "date": lambda value: datetime.fromisoformat(value).tzinfo is not None,
    "int": lambda value: int(value) >= 0,
    "boolean": lambda value: value in ("true", "false"),
}
NAME = re.compile(r"[A-Za-z_:][A-Za-z0-9._:-]*")
NC_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
NEEDED = {"concept:name", "time:timestamp", "lifecycle:transition", "org:resource"}
LIFECYCLE = {"start", "complete"}


@pytest.fixture
def case() -> Story:
    story = a_story().walk_to("draft_review")
    story.put_draft_to_group()
    story.answer("pat", "do_not_support", "The \u201cbell\u201d & <nobody> came.")
    return story


def log_of(case: Story, folder: Path, **options: object) -> Path:
    out = folder / "out"
    call_command("export_log", ods=case.trust.organisation.ods_code, out=out, stdout=io.StringIO(), **options)
    return out


def attributes(element: ET.Element) -> dict[str, str]:
    return {one.attrib["key"]: one.attrib["value"] for one in element if one.tag != f"{XES}event"}


def test_xes_is_of_the_form_that_the_standard_gives(case: Story, tmp_path: Path) -> None:
    log = ET.parse(log_of(case, tmp_path)).getroot()  # noqa: S314 - we wrote it

    assert log.tag == f"{XES}log"
    assert float(log.attrib["xes.version"]) == 1849.2016
    tags = [one.tag.removeprefix(XES) for one in log]
    assert [IN_ORDER.index(tag) for tag in tags] == sorted(IN_ORDER.index(tag) for tag in tags)
    prefixes = {one.attrib["prefix"] for one in log.iter(f"{XES}extension")}
    assert all(NC_NAME.fullmatch(one.attrib["name"]) for one in (*log.iter(f"{XES}extension"), *log.iter(f"{XES}classifier")))
    for name, fits in TYPES.items():
        for one in log.iter(f"{XES}{name}"):
            assert NAME.fullmatch(one.attrib["key"])
            assert fits(one.attrib["value"]), one.attrib
            assert ":" not in one.attrib["key"] or one.attrib["key"].partition(":")[0] in prefixes
    known = {f"{XES}{name}" for name in (*TYPES, "log", "event", *IN_ORDER)}
    assert {one.tag for one in log.iter()} <= known
    for trace in log.iter(f"{XES}trace"):
        assert attributes(trace)["concept:name"]
        for event in trace.iter(f"{XES}event"):
            assert attributes(event).keys() >= NEEDED
            assert attributes(event)["lifecycle:transition"] in LIFECYCLE
            assert len(attributes(event)) == len(list(event))


def test_its_stages_are_the_visits_in_their_order_and_its_acts_the_ledgers(case: Story, tmp_path: Path) -> None:
    trace = ET.parse(log_of(case, tmp_path, process="OVS")).getroot().find(f"{XES}trace")  # noqa: S314
    assert trace is not None
    events = [attributes(one) for one in trace.iter(f"{XES}event")]
    assert all(one["time:timestamp"] <= other["time:timestamp"] for one, other in pairwise(events))

    stages = [
        (one["concept:name"], one["lifecycle:transition"], one.get("outcome", "")) for one in events if one["kind"] == "stage"
    ]
    expected = []
    for visit in Visit.objects.filter(case=case.case_id).order_by("number"):
        ended = [(visit.stage, "complete", visit.outcome)] if visit.ended_at else []
        expected += [(visit.stage, "start", ""), *ended]
    assert stages == expected
    assert len(expected) > 8
    acts = Event.objects.filter(case_id=case.case_id).exclude(kind__in=KEPT_FROM_OTHERS).order_by("seq")
    assert [one["concept:name"] for one in events if one["kind"] == "act"] == list(acts.values_list("kind", flat=True))


@pytest.mark.proves("IG1")
@pytest.mark.parametrize("form", ["xes", "ocel"])
def test_no_name_and_no_word_of_anybody_is_in_it_unless_names_are_asked_for(case: Story, tmp_path: Path, form: str) -> None:
    out = log_of(case, tmp_path, format=form)
    told = "".join(path.read_text() for path in ([out] if form == "xes" else out.iterdir()))
    people = set(Person.objects.values_list("name", flat=True))
    assert [name for name in (*people, "bell", case.case.title) if name in told] == []
    pat = pseudonym(case.who("pat").pk, "psp")
    assert pat in told
    assert str(case.who("pat").pk) not in told

    (tmp_path / "named").mkdir()
    named = log_of(case, tmp_path / "named", format=form, names=True)
    told = "".join(path.read_text() for path in ([named] if form == "xes" else named.iterdir()))
    assert case.who("pat").name in told


def test_ocel_relates_every_event_to_objects_that_are_there(case: Story, tmp_path: Path) -> None:
    out = log_of(case, tmp_path, format="ocel")
    tables = {name: list(csv.DictReader(io.StringIO((out / f"{name}.csv").read_text(encoding="utf-8")))) for name in COLUMNS}
    objects = {row["ocel:oid"]: row["ocel:type"] for row in tables["objects"]}
    events = {row["ocel:eid"]: row for row in tables["events"]}
    assert len(objects) == len(tables["objects"])
    assert len(events) == len(tables["events"]) == len(list(steps_of(case.case)))
    assert {"case", "seat", "paper version"} <= set(objects.values())
    for row in tables["relations"]:
        assert objects[row["ocel:oid"]] == row["ocel:type"]
        assert (events[row["ocel:eid"]]["ocel:activity"], events[row["ocel:eid"]]["ocel:timestamp"]) == (
            row["ocel:activity"], row["ocel:timestamp"])  # fmt: skip
    assert {row["ocel:eid"] for row in tables["relations"] if row["ocel:type"] == "case"} == set(events)
    answered = [one for one in tables["relations"] if one["ocel:activity"] == "position_taken"]
    assert {one["ocel:type"] for one in answered} == {"case", "seat", "paper version"}
    assert {row["ocel:oid_2"] for row in tables["o2o"]} == {str(case.case_id)}


def test_it_is_written_as_it_goes(case: Story) -> None:
    """No case is read before the one before it is written, so memory does not grow with the number of cases."""
    read = []

    def one_by_one() -> Iterator[Case]:
        for one in [case.case, case.case]:
            read.append(one)
            yield one

    parts = xes_parts("T1", one_by_one())
    wrote = [(next(parts), len(read))[1] for _ in range(5)]
    assert wrote == [0, 1, 1, 1, 1]


def test_it_is_of_one_organisation_and_is_never_written_over(case: Story, tmp_path: Path) -> None:
    assert list(cases_of(case.trust.organisation, "IMP")) == []
    log_of(case, tmp_path)
    with pytest.raises(CommandError, match="exists"):
        log_of(case, tmp_path)
    with pytest.raises(CommandError, match="There is no organisation"):
        call_command("export_log", ods="NONE", out=tmp_path / "other")
