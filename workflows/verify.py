"""Does the record hold together? Replays every case against its definition and counts every agreement again.

The ledger's own checks (chains, digests, live rows against history) are `audit.verify`; these need to know the law.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from audit.chain import digest
from audit.damaged import PAGE
from audit.findings import Finding, Forgery
from audit.history import as_it_stood
from audit.models import Event
from audit.rows import label
from cases.models import Case, Lapse, Position, SafetyAction, Seat, StoredDefinition, Visit, Waiver
from workflows import fingerprint
from workflows.agreement import Standing
from workflows.authorship import authorship
from workflows.definition import Process
from workflows.evidence.drift import drift_of_case
from workflows.export.offline.law import ways
from workflows.look import Look
from workflows.rebuilding import is_behind
from workflows.registry import process_of
from workflows.standing import standing
from workflows.ways import DISSENT, OPPOSED

Row = TypeVar("Row", bound=models.Model)


def verify_case(case: Case, at: datetime) -> Iterator[Finding]:
    """Every check on one case, in the order in which a break would spread."""
    process = process_of(case.process, case.definition_version)
    look = Look(case, process, at)
    rules = RulesOfTheDay(look)
    yield from _definition(process)
    yield from rules.findings()
    broken = list(replay(look, rules))
    yield from broken
    if not broken:  # else where the case stands is not known, and nothing that depends on it can be judged
        yield from recount(look)
        yield from authorship(look)
        yield from _route(look)
    yield from _grants(look)


def _definition(process: Process) -> Iterator[Finding]:
    """The definition that the case runs on is the one stored when it was first used."""
    mark = fingerprint.of(process.code, process.version)
    if not StoredDefinition.objects.filter(fingerprint=mark).exists():
        name = f"{process.code} version {process.version}"
        yield Finding(label(StoredDefinition), name, "its fingerprint is not the one in use", Forgery.DEFINITION_CHANGED)


class RulesOfTheDay:
    """The definitions by which a case was ruled, as they were stored when each was first used: its events name them."""

    def __init__(self, look: Look) -> None:
        events = Event.objects.filter(case_id=look.case.pk).exclude(fingerprint="").order_by("seq")
        self._since: list[tuple[datetime, str]] = []
        for at, mark in events.values_list("at", "fingerprint").iterator(chunk_size=PAGE):
            if not self._since or self._since[-1][1] != mark:
                self._since.append((at, mark))
        named = {mark for _, mark in self._since}
        self._stored = {one.fingerprint: one for one in StoredDefinition.objects.filter(fingerprint__in=named)}
        self._today = fingerprint.definition_json(look.process)

    def findings(self) -> Iterator[Finding]:
        """Definitions that events name, and that are gone or are not what the name is the digest of."""
        for mark in dict.fromkeys(mark for _, mark in self._since):
            one = self._stored.get(mark)
            if one is None:
                what = "events name it, and it is not stored"
                yield Finding(label(StoredDefinition), mark, what, Forgery.DEFINITION_CHANGED)
            elif digest(one.definition) != mark:
                what = f"it is not what its events were ruled by ({mark})"
                yield Finding(label(StoredDefinition), str(one.pk), what, Forgery.DEFINITION_CHANGED)

    def at(self, moment: datetime | None) -> dict[str, Any]:
        """The definition in force at a moment, or at the beginning; today's where it is not stored, which is a finding."""
        marks = [mark for since, mark in self._since if moment is None or since <= moment]
        mark = (marks[-1:] if moment else marks[:1]) or [""]
        return self._stored[mark[0]].definition if mark[0] in self._stored else self._today


def replay(look: Look, rules: RulesOfTheDay) -> Iterator[Finding]:
    """The visits follow one another by ways that the rules of their day have, and end where the case stands."""
    expected = rules.at(None)["stages"][0]["code"]
    for number, visit in enumerate(look.visits, 1):
        if visit.number != number or visit.stage != expected:
            yield _no_way(Visit, visit.pk, f"visit {number} should be in {expected!r}, and is in {visit.stage!r}")
            return
        if visit.is_live:
            break
        allowed = {(stage, outcome): target for stage, outcome, target in ways(rules.at(visit.ended_at))}
        expected = allowed.get((visit.stage, visit.outcome), "")
        if not expected:
            yield _no_way(Visit, visit.pk, f"there is no way {visit.outcome!r} out of {visit.stage!r}")
            return
    if look.case.state != expected:
        yield _no_way(Case, look.case.pk, f"it stands in {look.case.state!r}, and its visits lead to {expected!r}")


def _no_way(model: type[models.Model], key: object, what: str) -> Finding:
    return Finding(label(model), str(key), what, Forgery.RULES_BROKEN)


def recount(look: Look) -> Iterator[Finding]:
    """Every agreement that let a case pass, counted again from positions and seats as they stood at that moment."""
    for visit in look.visits:
        stage = look.process.stage(visit.stage) if look.process.has_stage(visit.stage) else None
        if stage is None or visit.is_live or stage.agreed_by is None or visit.submitted_at is None:
            continue
        expected = {DISSENT: Standing.DISSENT, OPPOSED: Standing.OPPOSED}.get(visit.outcome)
        if expected is None and stage.outcome(visit.outcome):
            expected = Standing.AGREED
        if expected is None:
            continue
        found = standing(past_look(look, visit)).standing
        if found is not expected:
            what = f"it ended as {visit.outcome!r}, and the answers count as {found.value!r}"
            yield Finding(label(Visit), str(visit.pk), what, Forgery.MISCOUNTED)


def past_look(look: Look, visit: Visit) -> Look:
    """The case as it stood when a visit ended: seats, actions and waivers from history, answers given until then."""
    assert visit.ended_at
    then = copy(visit)
    then.ended_at, then.step = None, Visit.Step.ANSWER
    case = Case(pk=look.case.pk, organisation=look.case.organisation, state=visit.stage, facts=look.case.facts)
    past = Look(case, look.process, visit.ended_at)
    past.visits = [one for one in look.visits if one.number < visit.number] + [then]
    past.seats = list(as_it_stood(Seat, visit.ended_at).filter(case=look.case.pk))
    past.actions = list(as_it_stood(SafetyAction, visit.ended_at).filter(case=look.case.pk))
    past.waivers = list(as_it_stood(Waiver, visit.ended_at).filter(case=look.case.pk))
    spoken = Position.objects.filter(visit__in=past.speaking_visits, at__lte=visit.ended_at)
    past.positions = list(spoken.order_by("at", "number"))
    past.lapses = list(Lapse.objects.filter(visit=visit, at__lte=visit.ended_at))
    return past


def _grants(look: Look) -> Iterator[Finding]:
    """Sight is granted to the accounts of active seats, and to nobody else."""
    yield from (one.finding for one in drift_of_case(look.case, look.seats))


def _route(look: Look) -> Iterator[Finding]:
    """The open tasks are those of the seats that owe something. A new release may change who owes; the facts stand."""
    if is_behind(look):
        name = f"{look.case.reference} --ods {look.case.organisation.ods_code}"
        what = (
            "the open tasks are not those of the seats that owe something by the rules in use, as can be after an upgrade; "
            f"manage.py rebuild_route {name} (or --all) makes them again from the facts"
        )
        yield Finding(label(Case), look.case.reference, what, Forgery.TASKS_BEHIND)
