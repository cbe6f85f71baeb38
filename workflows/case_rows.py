"""The rows of one case, as its Look reads them: one statement for each kind of fact, compiled once per process."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from audit.compiled import Question, compiled, together
from cases.models import (
    CaldicottDecision,
    Case,
    Challenge,
    Comment,
    Connection,
    EmergencySight,
    Evaluation,
    Hold,
    Incident,
    Lapse,
    Measure,
    PaperVersion,
    Position,
    Proposal,
    Reminder,
    SafetyAction,
    Seat,
    TrainingItem,
    Visit,
    Waiver,
    Withholding,
)
from cases.models.typed_answer import spoken_for
from permissions import grants
from permissions.eligibility import day_of


@compiled()
def locked_case(case: UUID) -> QuerySet[Case]:
    """The case itself, its row locked until the transaction ends."""
    rows = Case.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    return rows.filter(pk=case)


@compiled()
def incident(organisation: UUID, reference: str) -> QuerySet[Incident]:
    return Incident.objects.filter(organisation=organisation, reference=reference).order_by("pk")[:1]


@compiled()
def visits(case: UUID) -> QuerySet[Visit]:
    return Visit.objects.filter(case=case).order_by("number")


@compiled(day_of)
def seats(case: UUID, at: datetime) -> QuerySet[Seat]:
    """Every seat, with whether something was typed in for it and what its sight hangs on at a moment."""
    rows = Seat.objects.filter(case=case).annotate(spoken_for=spoken_for("pk"))
    return grants.with_end_of_sight(rows, at).select_related("person").order_by("offered_at", "id")


@compiled()
def positions(visits: tuple[UUID, ...]) -> QuerySet[Position]:
    return Position.objects.filter(visit__in=visits).order_by("at", "number")


@compiled()
def seats_that_answered(visit: UUID) -> QuerySet[Position, UUID]:
    return Position.objects.filter(visit=visit).values_list("seat_id", flat=True)


@compiled()
def lapses(visit: UUID) -> QuerySet[Lapse]:
    return Lapse.objects.filter(visit=visit)


def what_was_said(
    case: UUID, speaking: tuple[UUID, ...], live: Visit | None
) -> tuple[list[Position], list[PaperVersion], list[Lapse]]:  # fmt: skip
    """The positions of these visits, the papers of the case and the lapses of the live visit: who asks for one asks for all."""
    asked: list[Question[Any]] = [positions.question(visits=speaking), versions.question(case=case)]
    said, papers, *lapsed = together(*asked, *([lapses.question(visit=live.pk)] if live else []))
    return said, papers, lapsed[0] if lapsed else []


@compiled()
def reminders(case: UUID) -> QuerySet[Reminder]:
    """Those of the live visit."""
    return Reminder.objects.filter(case=case, visit__ended_at__isnull=True).order_by("at")


@compiled()
def versions(case: UUID) -> QuerySet[PaperVersion]:
    rows = PaperVersion.objects.filter(paper__case=case).select_related("paper", "lay_rendition")
    return rows.order_by("uploaded_at", "number")


@compiled()
def unanswered_comments(case: UUID) -> QuerySet[Comment]:
    return Comment.objects.filter(case=case, response__isnull=True, seat__capacity="lay").order_by("at")


@compiled()
def actions(case: UUID) -> QuerySet[SafetyAction]:
    return SafetyAction.objects.filter(case=case).select_related("owner").order_by("number")


@compiled()
def measures(case: UUID) -> QuerySet[Measure]:
    return Measure.objects.filter(case=case).select_related("proposed_by").order_by("number")


@compiled()
def evaluations(case: UUID) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(case=case).order_by("offered_at", "id")


@compiled()
def training_items(case: UUID) -> QuerySet[TrainingItem]:
    return TrainingItem.objects.filter(case=case).select_related("requirement").order_by("number")


@compiled()
def waivers(case: UUID) -> QuerySet[Waiver]:
    return Waiver.objects.filter(case=case)


@compiled()
def holds(case: UUID) -> QuerySet[Hold]:
    return Hold.objects.filter(case=case).order_by("placed_at", "id")


@compiled()
def proposals(case: UUID) -> QuerySet[Proposal]:
    return Proposal.objects.filter(case=case).select_related("asked_by").order_by("asked_at")


@compiled()
def connections(case: UUID) -> QuerySet[Connection]:
    return Connection.objects.filter(case=case)


@compiled()
def withholdings(case: UUID) -> QuerySet[Withholding]:
    return Withholding.objects.filter(case=case).select_related("paper").order_by("decided_at", "id")


@compiled()
def challenges(case: UUID) -> QuerySet[Challenge]:
    return Challenge.objects.filter(case=case).order_by("at", "id")


@compiled()
def emergencies(case: UUID) -> QuerySet[EmergencySight]:
    rows = EmergencySight.objects.filter(case=case).select_related("asked_by", "answered_by", "ended_by")
    return rows.order_by("-asked_at", "-id")


@compiled()
def caldicott_decisions(case: UUID) -> QuerySet[CaldicottDecision]:
    return CaldicottDecision.objects.filter(case=case)
