"""What the home of a coordinator and of a specialist says of training: what is still to be offered, and who has none."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.urls import reverse

from audit.compiled import NOTHING, Question, compiled
from cases.models import Person, Seat, TrainingItem, TrainingRecord
from permissions.eligibility import day_of
from permissions.known import keys_of, known_by
from permissions.roles import COORDINATOR, PSP, SPECIALIST
from permissions.scope import in_sight
from web.design_system.words import count, due
from web.pages.home.panels import Line, Panel
from web.pages.training.part import ANCHOR
from web.pages.training.untrained import partners, start_address, why_due
from workflows.calendar import london_day
from workflows.opening import calendar_of
from workflows.processes.training.guards import WARNED

MOST = 100
"""Partners in the panels; those to whom something is owed come first, the longest owed before all."""

LOOKING_AFTER = frozenset({COORDINATOR.code, SPECIALIST.code})
State, OVERSIGHT = TrainingItem.State, TrainingRecord.OVERSIGHT


def partners_to_look_after(person: Person, roles: frozenset[str], at: datetime) -> Question[Person]:
    """Partners to whom something is owed, or whose training is due; for those who look after partners."""
    if not roles & LOOKING_AFTER:
        return NOTHING
    today = london_day(at)
    organisation = person.organisation_id
    return _to_look_after.question(**keys_of(person), organisation=organisation, at=at, today=today, warned=today + WARNED)


def training_panels(found: list[Person], roles: frozenset[str], at: datetime) -> list[Panel]:
    """Two panels of what `partners_to_look_after` found; none for anybody who does not look after partners."""
    if not roles & LOOKING_AFTER:
        return []
    today = london_day(at)
    owed = [_to_offer(one, today) for one in found if one.owed]  # type: ignore[attr-defined]
    start = [_to_start(one, today) for one in found if not (one.lasts or one.begun)]  # type: ignore[attr-defined]
    return [
        Panel("Training that we owe to partners", "Every training was offered.", owed),
        Panel("Partners whose training is due", "Every partner is trained, or being trained.", start,
              "What training is required", "requirement_sets"),
    ]  # fmt: skip


@compiled(day_of)
def _to_look_after(
    person: UUID, account: int, organisation: UUID, at: datetime, today: date, warned: date
) -> QuerySet[Person]:  # fmt: skip
    """Partners to whom an offer is owed (C2), by when the first is due, or whose oversight training is due."""
    owed = _owed_to_a_partner(known_by(person, account), at)
    late = owed.filter(offer_by__lt=today)
    first = owed.order_by("offer_by", "id").values("case__reference")[:1]
    found = partners(organisation, OVERSIGHT, at, warned).annotate(
        owed=Subquery(_of_all(owed, Count("pk"))),
        late=Subquery(_of_all(late, Count("pk"))),
        first_by=Subquery(_of_all(owed, Min("offer_by"))),
        of_case=Subquery(first),
    )
    needy = found.filter(Q(owed__gt=0) | Q(lasts=False, begun=False))
    return needy.select_related("organisation").order_by(F("first_by").asc(nulls_last=True), "name")[:MOST]


def _owed_to_a_partner(person: Person, at: datetime) -> QuerySet[TrainingItem]:
    """What is not offered yet to the partner of the row, on the cases that this person sees."""
    own = Seat.objects.filter(person=OuterRef(OuterRef("pk")), role=PSP.code, state=Seat.State.ACTIVE)
    owed = TrainingItem.objects.filter(
        in_sight(person, at, "case_id"), case__closed_at__isnull=True, state__in=(State.REQUIRED, State.LAPSED)
    )
    return owed.filter(case__in=own.values("case_id"))


def _of_all(items: QuerySet[TrainingItem], what: Count | Min) -> QuerySet[Any]:
    """One number or day over all of these items."""
    return items.order_by().annotate(one=Value(1)).values("one").annotate(found=what).values("found")


def _to_offer(partner: Person, today: date) -> Line:
    """One line for each partner: how much is to be offered, and by when the first of it."""
    owed, late, reference, on = partner.owed, partner.late, partner.of_case, partner.first_by  # type: ignore[attr-defined]
    when = due(on, working_days=calendar_of(partner.organisation).between(today, on), today=today)
    href = reverse("case", args=(partner.organisation.ods_code, reference))
    how_late = f" {late} not offered in time." if late else ""
    return Line(
        f"{partner.name}: {count(owed, 'training')} to offer", f"{href}#{ANCHOR}", f"{reference}.{how_late}", f", {reference}",
        "Overdue" if late else "", when,
    )  # fmt: skip


def _to_start(partner: Person, today: date) -> Line:
    about, tag = why_due(partner, OVERSIGHT, today)
    return Line(f"{partner.name}: start the training", start_address(partner, OVERSIGHT), about, "", tag)
