"""What the home of a coordinator and of a specialist says of training: what is still to be offered, and who has none."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from cases.models import Person, Seat, TrainingItem, TrainingRecord
from permissions.roles import COORDINATOR, PSP, SPECIALIST
from permissions.scope import visible_cases
from web.design_system.words import due
from web.pages.cases.found import address
from web.pages.home.panels import Line, Panel
from web.pages.training.part import ANCHOR
from web.pages.training.untrained import start_address, untrained, why_due
from workflows.calendar import london_day
from workflows.opening import calendar_of
from workflows.processes.training.guards import WARNED

MOST = 25
"""Lines in a panel; the most pressing first."""

LOOKING_AFTER = frozenset({COORDINATOR.code, SPECIALIST.code})
State, OVERSIGHT = TrainingItem.State, TrainingRecord.OVERSIGHT


def training_panels(person: Person, roles: frozenset[str], at: datetime) -> list[Panel]:
    """Two panels, two statements; none for anybody who does not look after partners."""
    if not roles & LOOKING_AFTER:
        return []
    owed = [_to_offer(item, london_day(at)) for item in _not_offered(person, at)]
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


def _to_offer(item: TrainingItem, today: date) -> Line:
    late = item.offer_by < today
    when = due(item.offer_by, working_days=calendar_of(item.case.organisation).between(today, item.offer_by), today=today)
    about = f"For {item.partner}. {item.case.reference}."  # type: ignore[attr-defined]
    href = f"{address('case', item.case)}#{ANCHOR}-{item.number}"
    return Line(f"Offer: {item.title}", href, about, f", for {item.partner}, {item.case.reference}",  # type: ignore[attr-defined]
                "Overdue" if late else "", when)  # fmt: skip


def _to_start(partner: Person, today: date) -> Line:
    about, tag = why_due(partner, OVERSIGHT, today)
    return Line(f"{partner.name}: start the training", start_address(partner, OVERSIGHT), about, "", tag)
