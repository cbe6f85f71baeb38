"""Does the record hold together? Replays every case against its definition and counts every agreement again.

The ledger's own checks (chains, digests, live rows against history) are `audit.verify`; these need to know the law.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import datetime
from typing import TypeVar

from django.db import models

from audit.history import as_it_stood
from audit.rows import label
from audit.verify import Finding
from cases.models import Case, Lapse, Position, SafetyAction, Seat, StoredDefinition, Visit, Waiver
from workflows import fingerprint
from workflows.agreement import Standing
from workflows.authorship import authorship
from workflows.definition import Process
from workflows.evidence.drift import drift_of_case
from workflows.look import Look
from workflows.rebuilding import is_behind
from workflows.registry import process_of
from workflows.standing import standing
from workflows.ways import DISSENT, OPPOSED, ways

Row = TypeVar("Row", bound=models.Model)


def verify_case(case: Case, at: datetime) -> Iterator[Finding]:
    """Every check on one case, in the order in which a break would spread."""
    process = process_of(case.process, case.definition_version)
    look = Look(case, process, at)
    yield from _definition(process)
    broken = list(replay(look))
    yield from broken
    if broken:  # where the case stands is not known, so nothing that depends on it can be judged
        return
    yield from recount(look)
    yield from authorship(look)
    yield from _grants(look)
    yield from _route(look)


def _definition(process: Process) -> Iterator[Finding]:
    """The definition that the case runs on is the one stored when it was first used."""
    mark = fingerprint.of(process.code, process.version)
    if not StoredDefinition.objects.filter(fingerprint=mark).exists():
        yield Finding(label(StoredDefinition), f"{process.code} version {process.version}", "its fingerprint is not the one in use")


def replay(look: Look) -> Iterator[Finding]:
    """The visits follow one another by ways that the definition has, and end where the case stands."""
    allowed = {(stage, outcome): target for stage, outcome, target in ways(look.process)}
    expected = look.process.first.code
    for number, visit in enumerate(look.visits, 1):
        if visit.number != number or visit.stage != expected:
            yield Finding(label(Visit), str(visit.pk), f"visit {number} should be in {expected!r}, and is in {visit.stage!r}")
            return
        if visit.is_live:
            break
        expected = allowed.get((visit.stage, visit.outcome), "")
        if not expected:
            yield Finding(label(Visit), str(visit.pk), f"there is no way {visit.outcome!r} out of {visit.stage!r}")
            return
    if look.case.state != expected:
        yield Finding(label(Case), str(look.case.pk), f"it stands in {look.case.state!r}, and its visits lead to {expected!r}")


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
            yield Finding(label(Visit), str(visit.pk), f"it ended as {visit.outcome!r}, and the answers count as {found.value!r}")


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
        yield Finding(label(Case), look.case.reference, what)
