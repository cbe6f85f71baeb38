"""What the home of a coordinator and of a specialist says of training: what is still to be offered, and who has none."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from cases.models import Person, Seat, TrainingItem, TrainingRecord
from permissions.roles import COORDINATOR, PSP, SPECIALIST
from permissions.scope import visible_cases
from web.design_system.words import count, due
from web.pages.cases.found import address
from web.pages.home.panels import Line, Panel
from web.pages.training.part import ANCHOR
from web.pages.training.untrained import start_address, untrained, why_due
from workflows.calendar import london_day
from workflows.opening import calendar_of
from workflows.processes.training.guards import WARNED

MOST = 100
"""Rows that are read; the most pressing first."""

LOOKING_AFTER = frozenset({COORDINATOR.code, SPECIALIST.code})
State, OVERSIGHT = TrainingItem.State, TrainingRecord.OVERSIGHT


def training_panels(person: Person, roles: frozenset[str], at: datetime) -> list[Panel]:
    """Two panels, two statements; none for anybody who does not look after partners."""
    if not roles & LOOKING_AFTER:
        return []
    owed = _owed_by_case(_not_offered(person, at), london_day(at))
    start = [
        _to_start(one, london_day(at)) for one in untrained(person.organisation_id, OVERSIGHT, at, london_day(at) + WARNED)[:MOST]
    ]
    return [
        Panel("Training that we owe to partners", "Every training was offered.", owed),
        Panel("Partners whose training is due", "Every partner is trained, or being trained.", start,
              "What training is required", "requirement_sets"),
    ]  # fmt: skip


def _not_offered(person: Person, at: datetime) -> list[TrainingItem]:
    """What is not offered yet, whichever day it is owed by: the clock runs against the organisation (C2)."""
    partner = Seat.objects.filter(case=OuterRef("case"), role=PSP.code).order_by("-offered_at").values("person__name")[:1]
    found = TrainingItem.objects.filter(
        case__in=visible_cases(person, at).filter(closed_at__isnull=True), state__in=(State.REQUIRED, State.LAPSED)
    )
    found = found.select_related("requirement", "case__organisation").annotate(partner=Subquery(partner))
    return list(found.order_by("offer_by", "id")[:MOST])


def _owed_by_case(items: list[TrainingItem], today: date) -> list[Line]:
    """One line for each partner's training: how much is to be offered, and by when the first of it."""
    by_case: dict[object, list[TrainingItem]] = {}
    for item in items:
        by_case.setdefault(item.case_id, []).append(item)
    return [_to_offer(found, today) for found in by_case.values()]


def _to_offer(found: list[TrainingItem], today: date) -> Line:
    first = found[0]
    late = sum(item.offer_by < today for item in found)
    when = due(first.offer_by, working_days=calendar_of(first.case.organisation).between(today, first.offer_by), today=today)
    how_late = f" {late} not offered in time." if late else ""
    return Line(
        f"{first.partner}: {count(len(found), 'training')} to offer", f"{address('case', first.case)}#{ANCHOR}",  # type: ignore[attr-defined]
        f"{first.case.reference}.{how_late}", f", {first.case.reference}", "Overdue" if late else "", when,
    )  # fmt: skip


def _to_start(partner: Person, today: date) -> Line:
    about, tag = why_due(partner, OVERSIGHT, today)
    return Line(f"{partner.name}: start the training", start_address(partner, OVERSIGHT), about, "", tag)
