"""A claim in words: what it is for, what it comes to, where it stands, and how long it has waited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse

from cases.models import Claim, ClaimLine, PaymentTerms
from permissions.claimlife import UNPAID
from web.design_system.words import count, day, due, waited
from workflows.calendar import Calendar, london_day
from workflows.doors.claims import amount_of
from workflows.opening import calendar_of

State = Claim.State
_COLOURS = {State.CLAIMED: "blue", State.QUESTIONED: "orange", State.APPROVED: "yellow", State.PAID: "green", State.DECLINED: "red"}


def pounds(amount: Decimal) -> str:
    """ "\u00a31,250.00"."""
    return f"\u00a3{amount:,.2f}"


def hours(number: Decimal) -> str:
    """ "1 hour", "2.5 hours"."""
    return f"{number.normalize():f} hour{'' if number == 1 else 's'}"


@dataclass(frozen=True)
class Words:
    """What was said about a claim, and by whom."""

    text: str
    who: str
    at: datetime


@dataclass(frozen=True)
class ClaimInWords:
    """One claim. `comes_to` is the amount approved or, until then, what the terms say that it comes to."""

    key: UUID
    title: str
    who: str
    day: str
    lines: tuple[tuple[str, str], ...]
    case: str
    comes_to: Decimal
    tag: str
    colour: str
    is_owed: bool
    is_late: bool
    since: datetime
    waited: str
    due_on: date
    due: str
    paid_on: date | None

    @property
    def href(self) -> str:
        return reverse("claim", args=(self.key,))

    @property
    def amount(self) -> str:
        return pounds(self.comes_to)


def in_words(claim: Claim, same_day: Sequence[Claim], at: datetime) -> ClaimInWords:
    """The claim as the pages show it; its organisation, person, terms and lines should be loaded."""
    today, calendar, state = london_day(at), calendar_of(claim.organisation), State(claim.state)
    owed = state in UNPAID
    late = owed and claim.due_on < today
    return ClaimInWords(
        key=claim.pk, title=f"Claim {claim.number}", who=claim.person.name, day=day(claim.day), case=claim.case_reference,
        lines=tuple(_line(line) for line in claim.lines.all()), is_owed=owed, is_late=late,
        comes_to=claim.amount if claim.amount is not None else amount_of(claim, same_day), tag=state.label,
        colour=_COLOURS.get(state, "grey"), since=claim.claimed_at, waited=_waited(claim, calendar, today), due_on=claim.due_on,
        due=due(claim.due_on, calendar.between(today, claim.due_on), today) if owed else "", paid_on=claim.paid_on,
    )  # fmt: skip


def _waited(claim: Claim, calendar: Calendar, today: date) -> str:
    return waited(calendar.between(london_day(claim.claimed_at), today))


def _line(line: ClaimLine) -> tuple[str, str]:
    if line.amount is not None:
        return line.get_kind_display(), f"{pounds(line.amount)}: {line.what_for}"
    return line.get_kind_display(), hours(line.hours or Decimal(0))


def terms_lines(terms: PaymentTerms | None) -> list[tuple[str, Any]]:
    """What is paid, as questions and answers; nothing where it is not written down."""
    if terms is None:
        return []
    half = hours(terms.half_day_hours)
    exactly = "up to and including" if terms.half_day_is == PaymentTerms.Half.UP_TO else "less than"
    paid = [
        ("A whole day", pounds(terms.whole_day)), (f"Half a day ({exactly} {half})", pounds(terms.half_day)),
    ] if terms.whole_day is not None and terms.half_day is not None else [("Your time", "It is not paid here")]  # fmt: skip
    return [
        *paid,
        ("Expenses", terms.expenses or "Nothing is written down"),
        ("Paid within", count(terms.paid_within, "working day")),
        ("From", day(terms.starts_on)),
        ("Where this comes from", terms.source),
    ]
