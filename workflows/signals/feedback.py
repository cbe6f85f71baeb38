"""Whether partners are told what changed because of them (T18)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from cases.models import Case, Seat, Visit
from permissions.roles import LAY
from workflows.definition import Process, Stage
from workflows.opening import calendar_of
from workflows.signals.counted import of_shared_work, stays
from workflows.signals.signal import Measured, Signal, Span, Thresholds, Unit, add, share

TOLD = ("feedback", "you_said_we_did")
"""The facts in which partners are told what changed because of them."""

WITHIN = 20
"""Working days from the end of the case (B10)."""


def told_what_changed(span: Span) -> Measured:
    """Of the cases that ended in the span and on which a partner had sat, those with the words for the partners. Two statements.

    They are in time up to twenty working days after the end. Behind the number are the cases without them.
    """
    calendar = calendar_of(span.organisation)
    ended = _ended(span)
    said = _said(list(ended))
    told = [key for key, closed in ended.items() if key in said and said[key] <= calendar.add_to(closed, WITHIN)]
    return share(told, len(ended), set(ended) - set(told))


def _ended(span: Span) -> dict[UUID, Any]:
    sat = Seat.objects.filter(capacity=LAY, active_from__isnull=False).values("case")
    cases = Case.objects.filter(of_shared_work(""), organisation=span.organisation, pk__in=sat)
    return dict(cases.filter(closed_at__gte=span.since, closed_at__lt=span.until).values_list("pk", "closed_at"))


def _tells(process: Process, stage: Stage) -> bool:
    return any(fact.code in TOLD for fact in stage.records)


def _said(cases: list[UUID]) -> dict[UUID, Any]:
    """When partners of these cases were told first, by case."""
    rows = Visit.objects.filter(stays(_tells), case__in=cases, submitted_at__isnull=False).order_by("-submitted_at")
    return {key: at for key, at, facts in rows.values_list("case", "submitted_at", "facts") if any(facts.get(one) for one in TOLD)}


add(Signal(
    code="T18", title="Told what changed",
    counts="Cases after which the partners were told what changed because of them, within 20 working days",
    of="Cases that ended in the quarter and in which a partner had sat",
    why="Who never hears what became of their words stops speaking.",
    beware="It counts that they were told, not that anything changed.",
    unit=Unit.SHARE, thresholds=Thresholds(0.90, 0.70, low_is_bad=True), measure=told_what_changed, headline=True,
    source="The feedback loop of public involvement (4Pi; PPEET).",
))  # fmt: skip
