"""What of a case is contents and goes when it is disposed of, and what stays: codes, numbers, days and who sat in which seat (IG8).

Every column of text of every table that hangs on a case is contents, unless it is named here: a table that somebody adds is
emptied too, without anybody having to remember it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q

from audit.damaged import stored
from audit.erasing import Change
from audit.history import history_of, is_recorded
from audit.models import Event
from audit.rows import label
from cases.models import Case, Incident, LayRendition, PaperVersion

GONE = "[disposed of]"
"""What stands where words were."""

Model: TypeAlias = type[models.Model]

KEPT: Mapping[str, frozenset[str]] = {
    table: frozenset(columns.split())
    for table, columns in {
        "cases.case": "reference process state opened_as lay_entry_stage",
        "cases.disposal": "rule counted",
        "cases.hold": "act",
        "cases.layrendition": "file media_type sha256",
        "cases.matter": "kind",
        "cases.matterword": "act",
        "cases.paper": "kind",
        "cases.paperversion": "file media_type sha256",
        "cases.position": "answer",
        "cases.proposal": "stage rule",
        "cases.seat": "role trained_in",
        "cases.typedanswer": "mark",
        "cases.typedword": "answer",
        "cases.visit": "stage chosen outcome",
        "cases.waiver": "stage rule",
        "workflows.caseprocess": "flow_class",
        "workflows.deadline": "kind subject error",
        "workflows.task": "flow_task flow_task_type token external_task_id owner_permission owner_permission_obj_pk",
    }.items()
}
"""What stays, by table: codes by which the record is replayed, the digest of each paper and the name it was stored under."""

KEPT_FACTS = frozenset({"stage", "outcome", "row", "rules", "attempt", "seat", "visit", "proposal", "moves"})
"""What stays of the facts of an act, besides keys, numbers, days and yes or no."""

_SAYS_NOTHING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d{2}-\d{2}(T[\d:.+Z-]+)?", re.IGNORECASE)


def tables_of_a_case() -> dict[Model, str]:
    """Every table whose rows hang on a case, with the path from it to the case, the shortest there is."""
    found: dict[Model, str] = {Case: "pk"}
    waiting: list[Model] = [Case]
    while waiting:
        reached = waiting.pop(0)
        for model in apps.get_models():
            path = _path(model, reached, found[reached])
            if path and model not in found:
                found[model] = path
                waiting.append(model)
    return found


def _path(model: Model, reached: Model, rest: str) -> str:
    if model._meta.proxy or hasattr(model, "instance_type"):  # a proxy has no table, and a history goes with its own
        return ""
    keys = [one for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey) and _leads_to(one, reached)]
    return "" if not keys else keys[0].name if rest == "pk" else f"{keys[0].name}__{rest}"


def _leads_to(key: models.ForeignKey[Any, Any], reached: Model) -> bool:
    return key.related_model._meta.concrete_model is reached


def columns_of_contents(model: Model) -> list[models.Field[Any, Any]]:
    """The columns of a table in which contents stand."""
    kept = KEPT.get(label(model), frozenset())
    return [one for one in model._meta.concrete_fields if _holds_words(one) and one.attname not in kept]


def _holds_words(one: models.Field[Any, Any]) -> bool:
    words = isinstance(one, models.CharField | models.TextField | models.JSONField | models.FileField)
    return words and not one.choices and not one.primary_key


def blank(one: models.Field[Any, Any], value: Any) -> Any:
    """What stands in a column afterwards: nothing where nothing stood."""
    if isinstance(one, models.JSONField):
        return type(value)() if isinstance(value, dict | list) else None
    return GONE[: one.max_length] if value else value


def contents_of(case: Case) -> Iterator[Change]:
    """Every change that takes the contents of a case away: facts, each version of them, words, messages and the ledger."""
    for model, path in tables_of_a_case().items():
        rows = list(stored(model).filter(**{path: case.pk}).values())
        yield from _blanked(model, columns_of_contents(model), rows)
        if is_recorded(model):
            yield from _versions(model, path, {row[model._meta.pk.attname] for row in rows}, case.pk)
    yield from _of_incident(case)
    yield from _of_ledger(case)


def _versions(model: Model, path: str, keys: set[Any], case: UUID) -> Iterator[Change]:
    wanted = Q(**{f"{model._meta.pk.attname}__in": keys})
    if path != "pk" and "__" not in path:
        wanted |= Q(**{path: case})  # a row that was removed has its versions all the same
    yield from _of_history(model, columns_of_contents(model), wanted)


def _of_history(model: Model, columns: list[Any], wanted: Q) -> Iterator[Change]:
    history: Model = history_of(model)
    names = [*(one.name for one in columns), "history_change_reason"]
    rows = list(stored(history).filter(wanted).values())
    yield from _blanked(history, [history._meta.get_field(name) for name in names], rows)


def _blanked(model: Model, columns: list[Any], rows: list[dict[str, Any]]) -> Iterator[Change]:
    for row in rows:
        after = {one.attname: blank(one, row[one.attname]) for one in columns}
        changed = {column: value for column, value in after.items() if value != row[column]}
        if changed:
            yield Change(model, row[model._meta.pk.attname], changed)


def _of_incident(case: Case) -> Iterator[Change]:
    """The incident goes with the last case about it."""
    alike = Case.objects.filter(organisation=case.organisation_id, incident_reference=case.incident_reference)
    if not case.incident_reference or alike.filter(disposed_at__isnull=True).exclude(pk=case.pk).exists():
        return
    columns = [Incident._meta.get_field(name) for name in ("summary", "severity", "trigger")]
    rows = list(stored(Incident).filter(organisation=case.organisation_id, reference=case.incident_reference).values())
    yield from _blanked(Incident, columns, rows)
    yield from _of_history(Incident, columns, Q(id__in=[row["id"] for row in rows]))


def _of_ledger(case: Case) -> Iterator[Change]:
    for event in Event.objects.filter(case_id=case.pk):
        after = {"reason": GONE if event.reason else "", "facts": bare(event.facts)}
        changed = {column: value for column, value in after.items() if value != getattr(event, column)}
        if changed:
            yield Change(Event, event.pk, changed)


def bare(facts: Any) -> Any:
    """The facts of an act without their words: keys, numbers, days, and what `KEPT_FACTS` names."""
    if not isinstance(facts, dict):
        return {}
    return {name: value for name, value in facts.items() if name in KEPT_FACTS or _is_bare(value)}


def _is_bare(value: Any) -> bool:
    if isinstance(value, list):
        return all(_is_bare(one) for one in value)
    return value is None or isinstance(value, bool | int | float) or bool(isinstance(value, str) and _SAYS_NOTHING.fullmatch(value))


# Files


def files_of_the_disposed() -> Iterator[tuple[Any, str]]:
    """The stored files that only disposed cases have, as (storage, path), whether they are still there or not.

    Files are kept by their content, so that a paper of another case with the same bytes keeps its file.
    """
    paths: dict[str, Any] = {}
    living: set[str] = set()
    for model, path in ((PaperVersion, "paper__case"), (LayRendition, "version__paper__case")):
        field = model._meta.get_field("file")
        rows = stored(model).values_list("file", f"{path}__disposed_at")
        for name, disposed_at in rows.iterator():
            if disposed_at is None:
                living.add(name)
            else:
                paths[name] = field.storage
    yield from ((storage, name) for name, storage in sorted(paths.items()) if name not in living)
