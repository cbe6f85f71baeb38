"""What the home of the payment office says of claims: those to decide and to pay, the late ones first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from audit.compiled import compiled
from cases.models import Claim, Person
from permissions.claimlife import UNPAID
from permissions.eligibility import day_of
from permissions.payment import OFFICE, visible_claims
from web.design_system.words import due, waited
from web.pages.home.panels import Line, Panel
from workflows.calendar import london_day
from workflows.opening import calendar_of

MOST = 25
TO_DO = {Claim.State.CLAIMED: "decide", Claim.State.QUESTIONED: "asked, not yet answered", Claim.State.APPROVED: "pay"}


def claims_panels(person: Person, roles: frozenset[str], at: datetime) -> list[Panel]:
    """One panel, one statement; none for anybody who is not the payment office."""
    if not roles & {role.code for role in OFFICE}:
        return []
    lines = [_line(claim, at) for claim in _soonest(person=person.pk, at=at)]
    return [Panel("Partners\u2019 claims to decide and to pay", "No claim waits.", lines, "All claims", "claims_office")]


@compiled(day_of)
def _soonest(person: UUID, at: datetime) -> QuerySet[Claim]:
    waits = visible_claims(Person(pk=person), at).filter(state__in=UNPAID).exclude(person=person)
    return waits.select_related("organisation", "person").order_by("due_on", "number")[:MOST]


def _line(claim: Claim, at: datetime) -> Line:
    today, calendar = london_day(at), calendar_of(claim.organisation)
    when = due(claim.due_on, calendar.between(today, claim.due_on), today)
    late = "Overdue" if claim.due_on < today else ""
    title = f"{claim.person.name}, claim {claim.number}: {TO_DO[Claim.State(claim.state)]}"
    about = f"It has waited {waited(calendar.between(london_day(claim.claimed_at), today))}."
    return Line(title, reverse("claim", args=(claim.pk,)), about, "", late, when)
