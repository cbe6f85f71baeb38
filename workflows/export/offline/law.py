"""Whether an exported record follows the rules of its day: every move, by the definition that its events name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workflows.export.offline.reading import Finding, Record, digest

# What the process allows


def check_definitions(record: Record) -> Iterator[Finding]:
    """Each definition is the one that the events name by its fingerprint."""
    for one in record.definitions:
        if digest(one["definition"]) != one["fingerprint"]:
            yield Finding("EDITED DEFINITION", one["fingerprint"], "the rules of the process are not those that the events name")
    known = {one["fingerprint"] for one in record.definitions}
    for mark in sorted({event.get("fingerprint") or "" for event in record.events} - known - {""}):
        yield Finding("DELETED DEFINITION", mark, "events name it, and it is not here")


def ways(definition: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every move that a definition allows, as (stage, outcome, target)."""
    for stage in definition["stages"]:
        code = stage["code"]
        passes = [{"code": "pass", "to": stage["passes_to"]}] if stage["passes_to"] else []
        yield from ((code, way["code"], way["to"]) for way in stage["choices"] or passes)
        if stage["dissent"]:
            yield code, "dissent", f"{code}__dissent"
        if stage["agreed_by"]:
            yield code, "returned", stage["returns_to"] or code
        if stage["agreed_by"] and stage["paper"]:
            yield code, "changed", code
        if stage.get("expires_to"):
            yield code, "expired", stage["expires_to"]
        for act in definition["any_time"]:
            if act["effect"] == "ends" and not stage["hears"]:
                yield code, act["code"], act["to"]


def replay(visits: list[dict[str, Any]], state: str, definition_at: Any) -> Iterator[Finding]:
    """The stays in stages follow one another by ways that the rules of their day have, and end where the case stands.

    `definition_at` gives the definition that was in force at a moment (text, ISO 8601, UTC; None for the beginning).
    """
    expected = definition_at(None)["stages"][0]["code"]
    for number, visit in enumerate(sorted(visits, key=lambda one: one["number"]), 1):
        name = f"stay {visit['number']} ({visit['stage']})"
        if visit["number"] != number or visit["stage"] != expected:
            yield Finding("STATE CHANGED", name, f"stay {number} should be in {expected!r}")
            return
        if visit["ended_at"] is None:
            break
        allowed = {(stage, outcome): target for stage, outcome, target in ways(definition_at(visit["ended_at"]))}
        expected = allowed.get((visit["stage"], visit["outcome"]), "")
        if not expected:
            yield Finding("STATE CHANGED", name, f"there is no way {visit['outcome']!r} out of it")
            return
    if state != expected:
        yield Finding("STATE CHANGED", f"the case stands in {state!r}", f"its stays in stages lead to {expected!r}")


def check_states(record: Record) -> Iterator[Finding]:
    """The states that the case went through, gone through again by the definition that its events name."""
    known = {one["fingerprint"]: one["definition"] for one in record.definitions}
    marked = [(event["at"], known[event["fingerprint"]]) for event in record.events if event.get("fingerprint") in known]
    cases = record.newest("cases.historicalcase")
    if not marked or len(cases) != 1:
        yield Finding("STATE CHANGED", record.manifest["case"]["reference"], "the case or the rules of its process are not here")
        return

    def definition_at(moment: str | None) -> Any:
        return next((one for at, one in reversed(marked) if moment is None or at <= moment), marked[0][1])

    state = cases[0]["state"]
    yield from replay(record.newest("cases.historicalvisit"), state, definition_at)
    if state != record.manifest["case"]["state"]:
        yield Finding("STATE CHANGED", "manifest.json", f"it says {record.manifest['case']['state']!r}, the record {state!r}")


def check_answers(record: Record) -> Iterator[Finding]:
    """Each stage that passed and needs its lay partners has their answers: enough of them for it, none against it.

    Simpler than the count that was made at the time: it looks at answers, and leaves a stage alone for which R9 was lifted.
    """
    seats = {one["id"]: one for one in record.newest("cases.historicalseat")}
    stages = {(one["fingerprint"], stage["code"]): stage for one in record.definitions for stage in one["definition"]["stages"]}
    said = [row["values"] for row in record.rows if row["table"] == "cases.position" and "values" in row]
    lifted = [row["values"]["history_date"] for row in record.rows if _lifts_the_need(row)]
    for visit in record.newest("cases.historicalvisit"):
        stage = next((one for (_, code), one in stages.items() if code == visit["stage"]), None)
        if stage is None or not _passed(stage, visit) or any(at <= visit["ended_at"] for at in lifted):
            continue
        for role, needed in _lay_needs(stage):
            own = [one for one in said if one["visit_id"] == visit["id"] and seats.get(one["seat_id"], {}).get("role") == role]
            last = {(one["seat_id"], one["item_id"]): one["stance"] for one in sorted(own, key=lambda one: one["number"])}
            for_it = {seat for (seat, _), stance in last.items() if stance == "for"}
            if len(for_it) < needed or ("against" in last.values() and stage["asks"]["dissents"]):
                what = f"it passed, and of the lay partners {len(for_it)} are for it where {needed} must be and none against"
                yield Finding("LAY VOICE MISSING", f"stay {visit['number']} ({visit['stage']})", what)


def _lifts_the_need(row: dict[str, Any]) -> bool:
    return row["table"] == "cases.historicalwaiver" and row.get("values", {}).get("rule") == "R9"


def _passed(stage: dict[str, Any], visit: dict[str, Any]) -> bool:
    """Whether a stay ended by a way on that its agreement confirmed."""
    ways_on = [one["code"] for one in stage["choices"]] or ["pass"]
    return bool(stage["agreed_by"]) and bool(visit["ended_at"]) and visit["submitted_at"] and visit["outcome"] in ways_on


def _lay_needs(stage: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The lay roles that a stage needs, with how many of each must be for it: one at least where all are asked."""
    needs: dict[str, int] = {}
    for term in stage["agreed_by"]["terms"]:
        if term["who"]["capacity"] == "lay":
            needs[term["who"]["code"]] = max(needs.get(term["who"]["code"], 0), term.get("count", 0))
    yield from needs.items()
