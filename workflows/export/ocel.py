"""An object-centric event log in the manner of OCEL 2.0: events, objects and the relations between them, as CSV in a folder.

The columns are named as pm4py names those of its tables. Objects are cases, seats, versions of papers and safety actions.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from cases.models import Case, PaperVersion, SafetyAction, Seat
from workflows.export.event_log import Step, pseudonym, steps_of

COLUMNS = {
    "events": ("ocel:eid", "ocel:activity", "ocel:timestamp", "lifecycle", "resource", "role", "capacity", "outcome"),
    "objects": ("ocel:oid", "ocel:type", "reference", "process", "role", "resource", "number", "state"),
    "relations": ("ocel:eid", "ocel:activity", "ocel:timestamp", "ocel:oid", "ocel:type", "ocel:qualifier"),
    "o2o": ("ocel:oid", "ocel:oid_2", "ocel:qualifier"),
}


def write_ocel(folder: Path, cases: Iterable[Case], names: bool = False) -> int:
    """Write the four tables into a folder, as they come. Returns how many events. Raises FileExistsError for one that is there."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    with ExitStack() as open_files:
        tables = {}
        for name, columns in COLUMNS.items():
            file = open_files.enter_context((folder / f"{name}.csv").open("x", encoding="utf-8", newline=""))
            tables[name] = csv.writer(file)
            tables[name].writerow(columns)
        for case in cases:
            known = _write_objects(tables, case, names)
            for step in steps_of(case, names):
                number += 1
                at = step.at.isoformat(timespec="microseconds")
                who = (step.resource, step.role, step.capacity)
                tables["events"].writerow((step.key, step.activity, at, step.transition, *who, step.outcome))
                tables["relations"].writerows((step.key, step.activity, at, *one) for one in _relations(case, step, known))
    return number


def _write_objects(tables: dict[str, Any], case: Case, names: bool) -> set[str]:
    """The objects of a case, each with the case that it belongs to. Returns their keys."""
    known = {str(case.pk)}
    tables["objects"].writerow((case.pk, "case", case.reference, case.process, "", "", case.definition_version, case.state))
    for key, kind, *more in _objects(case, names):
        known.add(key)
        tables["objects"].writerow((key, kind, case.reference, case.process, *more))
        tables["o2o"].writerow((key, case.pk, f"{kind} of"))
    return known


def _objects(case: Case, names: bool) -> Iterator[tuple[Any, ...]]:
    for seat in Seat.objects.filter(case=case).select_related("person").order_by("pk"):
        who = seat.person.name if names else pseudonym(seat.person_id, seat.role)
        yield str(seat.pk), "seat", seat.role, who, "", seat.state
    for version in PaperVersion.objects.filter(paper__case=case).select_related("paper").order_by("pk"):
        yield str(version.pk), "paper version", version.paper.kind, "", version.number, version.lay_reads
    for action in SafetyAction.objects.filter(case=case).order_by("pk"):
        yield str(action.pk), "safety action", "", "", action.number, action.state


def _relations(case: Case, step: Step, known: set[str]) -> Iterator[tuple[str, str, str]]:
    yield str(case.pk), "case", "on"
    for key, kind, qualifier in (
        (step.seat, "seat", "by"), (step.version, "paper version", "about"), (step.action, "safety action", "about"),
    ):  # fmt: skip
        if key in known:
            yield key, kind, qualifier
