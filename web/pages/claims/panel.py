"""What the home of the payment office says of claims: those to decide and to pay, the late ones first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from cases.models import Claim
from permissions.claimlife import UNPAID
from permissions.payment import OFFICE, visible_claims
from web.design_system.words import due, waited
from web.pages.home.lines import Asker, Kind, Row
from web.pages.home.panels import Line, Panel
from workflows.calendar import london_day
from workflows.opening import calendar_of

MOST = 25
TO_DO = {Claim.State.CLAIMED: "decide", Claim.State.QUESTIONED: "asked, not yet answered", Claim.State.APPROVED: "pay"}


def _soonest(asker: Asker) -> QuerySet[Claim]:
    waits = visible_claims(asker.person, asker.at).filter(state__in=UNPAID).exclude(person=asker.person)
    return waits.order_by("due_on", "number")


CLAIMS = Kind(
    "claim",
    _soonest,
    lambda _: {
        "who": "person__name", "number": "number", "what": "state", "on": "due_on", "since": "claimed_at",
        "closed_days": "organisation__closed_days",
    },
    MOST,
    lambda roles: bool(roles & {role.code for role in OFFICE}),
)  # fmt: skip
"""For the payment office, and for nobody else."""


def claims_panels(roles: frozenset[str], found: Mapping[str, list[Row]], at: datetime) -> list[Panel]:
    """One panel; none for anybody who is not the payment office."""
    if not CLAIMS.for_whom(roles):
        return []
    lines = [_line(row, at) for row in sorted(found[CLAIMS.code], key=lambda row: (row.on or date.max, row.number))]
    return [Panel("Partners\u2019 claims to decide and to pay", "No claim waits.", lines, "All claims", "claims_office")]


def _line(row: Row, at: datetime) -> Line:
    today = london_day(at)
    when = due(row.on, row.days_until(today), today)
    late = "Overdue" if row.on < today else ""
    title = f"{row.who}, claim {row.number}: {TO_DO[Claim.State(row.what)]}"
    about = f"It has waited {waited(calendar_of(row.organisation).between(london_day(row.since), today))}."
    return Line(title, reverse("claim", args=(row.key,)), about, "", late, when)
