"""Writes the record of one case as files that can be read by people, read by programs, and checked without us."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audit.chain import canonical
from audit.kinds import tell
from audit.models import Event
from audit.rows import label
from cases.models import Case, PaperVersion, StoredDefinition
from cases.tables import Sheet, as_csv
from workflows.export.folder import Folder
from workflows.export.offline.reading import FORMAT
from workflows.export.readme import readme
from workflows.export.rows import Line, event_lines, events_of, is_history, row_lines
from workflows.export.script import verify_record
from workflows.export.what_leaves import Held, held_in, title_of

SCRIPT = "verify_record.py"


def write_record(exported: Event, path: Path) -> dict[str, Any]:
    """Write the record of a case as it stood after the act `exported`, by which it leaves, into a new folder.

    Returns the manifest. Raises FileExistsError when the folder holds anything. What does not hold together is written as it
    stands: the script that goes with it says so.
    """
    case = Case.objects.select_related("organisation").get(pk=exported.case_id)
    folder, held = Folder(path), held_in(case.pk)
    folder.write_lines("events.jsonl", event_lines(events_of(case, exported.seq), held))
    rows = sorted(row_lines(events_of(case, exported.seq), held), key=lambda line: (line["event"], line["table"], line["key"]))
    history, statements = [one for one in rows if is_history(one)], [one for one in rows if not is_history(one)]
    folder.write_lines("history.jsonl", history)
    folder.write_lines("statements.jsonl", statements)
    papers = list(paper_lines(case, held))
    folder.write_lines("papers.jsonl", papers)
    definitions = list(definition_lines(case, exported.seq))
    folder.write_lines("definitions.jsonl", definitions)
    write_tables(folder, [*_event_sheets(case, exported.seq, held), *_row_sheets(rows), _sheet("papers", papers)])
    folder.write(SCRIPT, verify_record())
    manifest = _manifest(case, exported, _state_after(history, case), definitions)
    folder.write("README.txt", readme(manifest))
    manifest["files"] = folder.files
    (path / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=True) + "\n", encoding="ascii")
    return manifest


def _state_after(history: list[Line], case: Case) -> str:
    """The state in the newest version of the case that is among the rows: another act may have moved it since."""
    own = [one["values"] for one in history if one["table"] == label(Case.history.model) and "values" in one]
    return max(own, key=lambda values: values["history_id"])["state"] if own else case.state


def _manifest(case: Case, exported: Event, state: str, definitions: list[Line]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "case": {
            "reference": case.reference, "title": case.title, "process": case.process, "state": state,
            "organisation": case.organisation.name, "ods_code": case.organisation.ods_code,
        },
        "exported": {"at": exported.at.isoformat(), "by": exported.person_name, "role": exported.role, "to": exported.facts["to"]},
        "chain": {"name": exported.chain, "seq": exported.seq, "digest": exported.digest},
        "definitions": [one["fingerprint"] for one in definitions],
    }  # fmt: skip


def paper_lines(case: Case, held: Held) -> Iterator[Line]:
    """Every version of every paper by its digest; no text of one leaves (IG4)."""
    versions = PaperVersion.objects.filter(paper__case=case).select_related("paper", "lay_rendition")
    for one in versions.order_by("paper__id", "number"):
        why = held.paper(one)
        own = getattr(one, "lay_rendition", None)
        yield {
            "paper": title_of(one.paper, why), "version": one.number, "version_id": str(one.pk), "bytes": one.size,
            "sha256": one.sha256, "uploaded_at": one.uploaded_at, "released_at": one.released_at, "lay_reads": one.lay_reads,
            "lay_sha256": own.sha256 if own else "", "held_back": why,
        }  # fmt: skip


def definition_lines(case: Case, last: int) -> Iterator[Line]:
    """The definitions that the events name, as they were stored when each was first used."""
    marks = Event.objects.filter(case_id=case.pk, seq__lte=last).exclude(fingerprint="").order_by()
    for one in StoredDefinition.objects.filter(fingerprint__in=marks.values("fingerprint")).order_by("fingerprint"):
        yield {"fingerprint": one.fingerprint, "process": one.process, "version": one.definition_version,
               "definition": one.definition}  # fmt: skip


# For people


def write_tables(folder: Folder, sheets: list[Sheet]) -> None:
    for sheet in sheets:
        folder.write(f"tables/{sheet.title}.csv", as_csv(sheet))


def _event_sheets(case: Case, last: int, held: Held) -> Iterator[Sheet]:
    columns = ("Number", "When (UTC)", "What happened", "Who", "Capacity", "Role", "Reason", "What was recorded", "Seal")
    yield Sheet("events", columns, [_event_row(event, held.event(event.facts)) for event in events_of(case, last)])


def _event_row(event: Event, why: str) -> tuple[Any, ...]:
    if why:
        return (event.seq, event.at, f"Held back: {why}", "", "", "", "", "", event.digest)
    told = (tell(event), event.person_name, event.capacity, event.role, event.reason, canonical(event.facts))
    return (event.seq, event.at, *told, event.digest)


def _row_sheets(rows: list[Line]) -> Iterator[Sheet]:
    tables: dict[str, list[Line]] = defaultdict(list)
    for row in rows:
        tables[row["table"]].append({"key": row["key"], "held_back": row.get("held_back", ""), **row.get("values", {})})
    for table, lines in sorted(tables.items()):
        yield _sheet(table, lines)


def _sheet(title: str, lines: list[Line]) -> Sheet:
    columns = tuple(dict.fromkeys(column for line in lines for column in line))
    return Sheet(title, columns, [tuple(_cell(line.get(column)) for column in columns) for line in lines])


def _cell(value: Any) -> Any:
    return canonical(value) if isinstance(value, dict | list) else value
