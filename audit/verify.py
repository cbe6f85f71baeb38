"""Checks the evidence: every chain, every row an event admits to, every row that none does, every live fact.

Reads in pages and streams, so that the memory it needs does not grow with the ledger. How far each chain has got is kept
apart from it. What it cannot see is a chain whose newest events were all cut off together with their rows and with that
note: for that, compare head digests that were kept outside this database.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain as joined
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import models

from audit.damaged import PAGE, pages, parts, read, rows_by_key, stored
from audit.findings import Finding, Forgery, Report
from audit.heads import HEADS, wrong_heads
from audit.history import HistoryRow, InsertOnly
from audit.live import Suspect, facts_on, history_models, suspects
from audit.models import Erasure, Event
from audit.rows import fields_by_column, label
from audit.sealed import Entry, Tally, Watch, append_only_model, entries_of, sealed_findings
from audit.stored_forms import form_of
from audit.triggers import append_only_models

MOST_FINDINGS = 1_000


def verify_chains(case_id: UUID | None = None, watch: Watch = iter) -> Report:
    """Check that chains are whole, that each row is as its event sealed it, and that some event admits to each row.

    With `case_id`: the events of that case, every version of every fact that they changed, and the insert-only rows that
    have a `case_id` of their own. Without: everything.
    """
    report = Report()
    tally = Tally([] if case_id is not None else _written_by_events())
    chains = joined(sealed_findings(case_id, watch, report, tally), _of_heads(case_id))
    return _collect(report, joined(chains, _of_unadmitted_rows(case_id, tally)))


def verify_live_rows(case_id: UUID | None = None, watch: Watch = iter) -> Report:
    """Check that every live fact is what its newest version says, and that none has come or gone without one.

    With `case_id`: the facts that the events of that case changed, and those that name the case.
    """
    report = Report()
    touched = None if case_id is None else _facts_of(case_id)
    for model, history in watch(list(history_models().items())):
        if touched is None or history in touched:
            keys = None if touched is None else touched[history]
            _collect(report, map(_live_finding, suspects(model, history, keys, report)))
    return report


def _facts_of(case_id: UUID) -> dict[type[HistoryRow], set[Any]]:
    found = _objects_changed_by(case_id)
    for history, keys in facts_on(case_id):
        found[history] |= keys
    return found


def _collect(report: Report, findings: Iterable[Finding]) -> Report:
    report.findings.extend(islice(findings, MOST_FINDINGS - len(report.findings)))
    return report


def _live_finding(suspect: Suspect) -> Finding:
    return Finding(label(suspect.model), suspect.key, suspect.what, suspect.kind)


def _of_heads(case_id: UUID | None) -> Iterator[Finding]:
    """Chains that do not end where it was noted that they end."""
    yield from (Finding(HEADS, chain_name, what, Forgery.TAIL_CUT) for chain_name, what in wrong_heads(case_id))


# Rows that no event admits to


_Tables = Iterator[tuple[type[models.Model], models.QuerySet[Any]]]


def _of_unadmitted_rows(case_id: UUID | None, tally: Tally) -> Iterator[Finding]:
    """A table all of whose rows were found by their events holds no other; any other table is gone through."""
    for model, rows in _everything(tally) if case_id is None else _of_case(case_id):
        yield from _unadmitted(model, rows)


def _written_by_events() -> list[type[models.Model]]:
    return [model for model in append_only_models() if issubclass(model, HistoryRow | InsertOnly | Erasure)]


def _everything(tally: Tally) -> _Tables:
    for model in _written_by_events():
        if not tally.is_whole(model):
            yield model, stored(model)


def _of_case(case_id: UUID) -> _Tables:
    for history, keys in _objects_changed_by(case_id).items():
        key = history.instance_type._meta.pk.attname
        for part in parts(keys):
            yield history, stored(history).filter(**{f"{key}__in": part})
    for model in append_only_models():
        if issubclass(model, InsertOnly) and "case_id" in fields_by_column(model):
            yield model, stored(model).filter(case_id=case_id)


def _unadmitted(model: type[models.Model], rows: models.QuerySet[Any]) -> Iterator[Finding]:
    key, table = model._meta.pk.attname, label(model)
    for page in pages(rows.values(key, "event_id")):
        unread = "cannot be read, so no event is known to admit to it"
        yield from (Finding(table, text, unread, Forgery.DAMAGED) for text in page.unreadable)
        admitted = _admitted(table, {row["event_id"] for row in page.rows})
        for row in page.rows:
            if (row["event_id"], str(row[key])) not in admitted:
                what = "was written behind the ledger's back: no event admits to it"
                yield Finding(table, str(row[key]), what, Forgery.ROW_INSERTED)


def _admitted(table: str, event_ids: set[UUID]) -> set[tuple[UUID, str]]:
    events = read(Event.objects.filter(pk__in=event_ids).values("id", "rows", "shapes"), PAGE).rows
    return {(event["id"], entry.key) for event in events for named, entry in _entries(event) if named == table}


def _entries(event: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    return entries_of(str(event["id"]), event["rows"], event["shapes"])


def _objects_changed_by(case_id: UUID) -> dict[type[HistoryRow], set[Any]]:
    """Return, for each history table, the keys of the facts that the case's events changed."""
    versions: dict[str, list[str]] = defaultdict(list)
    for page in pages(Event.objects.filter(case_id=case_id).values("id", "rows", "shapes")):
        for event in page.rows:
            for table, entry in _entries(event):
                versions[table].append(entry.key)
    objects: dict[type[HistoryRow], set[Any]] = defaultdict(set)
    for table, keys in versions.items():
        history = append_only_model(table)
        if history is not None and issubclass(history, HistoryRow):
            form, fact = form_of(history), history.instance_type._meta.pk
            for part in parts(keys):
                found = rows_by_key(form, part).values()
                objects[history].update(fact.to_python(row[form.place[fact.attname]]) for row in found if row is not None)
    return objects
