"""Does the record hold together? Replays every case against its definition and counts every agreement again.

The ledger's own checks (chains, digests, live rows against history) are `audit.verify`; these need to know the law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from audit.findings import Finding, Forgery
from audit.rows import label
from cases.models import Case, StoredDefinition, Visit
from workflows import fingerprint
from workflows.agreement import Standing
from workflows.authorship import Words, authorship
from workflows.case_batch import CaseBatch, LookInBatch
from workflows.definition import Process
from workflows.evidence.drift import HeldRights, drift_of_case
from workflows.look import Look
from workflows.rebuilding import Asked, asked_now, is_behind
from workflows.rules_of_the_day import Rules, RulesOfTheDay
from workflows.standing import standing
from workflows.ways import DISSENT, OPPOSED

AT_ONCE = 200
"""Cases that are read together: what is held in memory is all that is on them."""


def verify_case(case: Case, at: datetime) -> Iterator[Finding]:
    """Every check on one case, in the order in which a break would spread."""
    return _Check([case], at).findings(case)


def verify_cases(cases: QuerySet[Case], at: datetime) -> Iterator[tuple[Case, Iterator[Finding]]]:
    """Every check on many cases, in the order of their keys, with the same few statements for each `AT_ONCE` of them.

    Somebody may act on a case while it is read with others. So a case that seems wrong, or cannot be read, is checked again
    alone, and the findings are those of that check.
    """
    page = list(_following(cases, None))
    while page:
        check = _Check(page, at)
        for case in page:
            yield case, iter(()) if check.finds_nothing(case) else _alone(case, at)
        page = list(_following(cases, page[-1].pk)) if len(page) == AT_ONCE else []


def _following(cases: QuerySet[Case], last: UUID | None) -> QuerySet[Case]:
    rest = cases.filter(pk__gt=last) if last else cases
    return rest.select_related("organisation").order_by("pk")[:AT_ONCE]


def _alone(case: Case, at: datetime) -> Iterator[Finding]:
    yield from verify_case(Case.objects.select_related("organisation").get(pk=case.pk), at)


class _Check:
    """What some cases are checked against: read for all of them together, each kind of thing when it is first asked for."""

    def __init__(self, cases: Iterable[Case], at: datetime) -> None:
        self.batch = CaseBatch(cases, at)
        self.words = Words(self.batch.cases)

    @cached_property
    def held(self) -> HeldRights:
        return HeldRights(self.batch.cases, self.batch.seats)

    @cached_property
    def asked(self) -> dict[UUID, Asked]:
        return asked_now(*self.batch.cases)

    @cached_property
    def rules(self) -> Rules:
        return Rules(self.batch.cases)

    def findings(self, case: Case) -> Iterator[Finding]:
        look = self.batch.look(case)
        rules = self.rules.of(look)
        yield from _definition(look.process, self.rules)
        yield from rules.findings()
        broken = list(replay(look, rules))
        yield from broken
        if not broken:  # else where the case stands is not known, and nothing that depends on it can be judged
            yield from recount(look)
            yield from authorship(look, self.words)
            yield from self._route(look)
        yield from self._grants(look)

    def finds_nothing(self, case: Case) -> bool:
        """Whether the case could be read with the others, and nothing is wrong with it."""
        try:
            return next(self.findings(case), None) is None
        except Exception:  # noqa: BLE001 - a row of any of them may be damaged; whose it is, shows when each is read alone
            return False

    def _grants(self, look: Look) -> Iterator[Finding]:
        """Sight is granted to the accounts of active seats, and to nobody else."""
        yield from (one.finding for one in drift_of_case(look.case, look.seats, self.held))

    def _route(self, look: Look) -> Iterator[Finding]:
        """The open tasks are those of the seats that owe something. A new release may change who owes; the facts stand."""
        if is_behind(look, self.asked[look.case.pk]):
            name = f"{look.case.reference} --ods {look.case.organisation.ods_code}"
            what = (
                "the open tasks are not those of the seats that owe something by the rules in use, as can be after an upgrade; "
                f"manage.py rebuild_route {name} (or --all) makes them again from the facts"
            )
            yield Finding(label(Case), look.case.reference, what, Forgery.TASKS_BEHIND)


def _definition(process: Process, rules: Rules) -> Iterator[Finding]:
    """The definition that the case runs on is the one stored when it was first used."""
    if fingerprint.of(process.code, process.version) not in rules.stored:
        name = f"{process.code} version {process.version}"
        yield Finding(label(StoredDefinition), name, "its fingerprint is not the one in use", Forgery.DEFINITION_CHANGED)


def replay(look: Look, rules: RulesOfTheDay) -> Iterator[Finding]:
    """The visits follow one another by ways that the rules of their day have, and end where the case stands."""
    expected = rules.first_stage
    for number, visit in enumerate(look.visits, 1):
        if visit.number != number or visit.stage != expected:
            yield _no_way(Visit, visit.pk, f"visit {number} should be in {expected!r}, and is in {visit.stage!r}")
            return
        if visit.ended_at is None:
            break
        expected = rules.ways_at(visit.ended_at).get((visit.stage, visit.outcome), "")
        if not expected:
            yield _no_way(Visit, visit.pk, f"there is no way {visit.outcome!r} out of {visit.stage!r}")
            return
    if look.case.state != expected:
        yield _no_way(Case, look.case.pk, f"it stands in {look.case.state!r}, and its visits lead to {expected!r}")


def _no_way(model: type[models.Model], key: object, what: str) -> Finding:
    return Finding(label(model), str(key), what, Forgery.RULES_BROKEN)


def recount(look: LookInBatch) -> Iterator[Finding]:
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


def past_look(look: LookInBatch, visit: Visit) -> Look:
    """The case as it stood when a visit ended: seats, actions and waivers from history, answers given until then."""
    assert visit.ended_at
    ended, batch, key = visit.ended_at, look.batch, look.case.pk
    then = copy(visit)
    then.ended_at, then.step = None, Visit.Step.ANSWER
    case = Case(pk=key, organisation=look.case.organisation, state=visit.stage, facts=look.case.facts)
    past = Look(case, look.process, ended)
    past.visits = [one for one in look.visits if one.number < visit.number] + [then]
    past.seats = batch.seats_then.at(ended, key)
    past.actions = batch.actions_then.at(ended, key)
    past.waivers = batch.waivers_then.at(ended, key)
    past.positions = [one for one in look.said_in(past.speaking_visits) if one.at <= ended]
    past.lapses = [one for one in batch.lapses[visit.pk] if one.at <= ended]
    return past
