"""Claims for time and expenses (R20): the partner claims, the payment office decides and says when it is paid.

No money moves here. What was claimed is in no event of the ledger, only that it was: payments are kept apart (IG10).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from audit.ids import uuid7
from audit.record import Act
from cases.models import Claim, ClaimLine, ClaimWord, Organisation, PaymentTerms, Person, Seat
from cases.models.payment import PAID_WITHIN
from permissions.claimlife import LIFE, may_move
from permissions.eligibility import day_of
from permissions.payment import OFFICE, is_payment_office, may_claim
from permissions.roles import EXEC, EXEC_TEAM, QUALITY, SPECIALIST
from permissions.verdict import Verdict, judge, require
from workflows.deadlines.days import nine_on
from workflows.opening import calendar_of
from workflows.organisation_door import organisation_door
from workflows.payment import NOTHING, worth_of_more
from workflows.standing_offices import first_office, holders_of

UP_FROM_THE_OFFICE = (SPECIALIST, EXEC, EXEC_TEAM, QUALITY)
"""Who hears that a claim is late: the first of these offices that somebody else than the payment office holds."""

HOURS_OF_A_DAY = 24
PENNY = Decimal("0.01")
Kind, State = ClaimLine.Kind, Claim.State


def terms_on(organisation: Organisation, day: date) -> PaymentTerms | None:
    """What the organisation pays for work on a day; None where it has not said."""
    begun = PaymentTerms.objects.filter(organisation=organisation, starts_on__lte=day)
    return begun.order_by("-version").first()


# Claiming


def _this(organisation: Organisation, **_: Any) -> UUID:
    return organisation.pk


@organisation_door("claim_made", _this)
def make_claim(
    act: Act, *, by: Person | None, organisation: Organisation, day: date, lines: Sequence[Mapping[str, Any]],
    case_reference: str = "",
) -> Claim:  # fmt: skip
    """Claim for one's own hours and expenses of one day (R20). Raises Refused.

    A line has `kind` (of `ClaimLine.Kind`) and `hours`, or for an expense `amount` in pounds and `what_for`.
    """
    require(
        may_claim(by, organisation, act.at), *_complete(day, lines, day_of(act.at)), _own_case(by, organisation, case_reference)
    )
    assert by
    terms, calendar = terms_on(organisation, day), calendar_of(organisation)
    due_on = calendar.add(day_of(act.at), terms.paid_within if terms else PAID_WITHIN)
    claim = Claim(
        id=uuid7(act.at), organisation=organisation, person=by, number=Claim.objects.filter(organisation=organisation).count() + 1,
        day=day, case_reference=case_reference, terms=terms, claimed_at=act.at, due_on=due_on,
        tell_up_at=nine_on(calendar.add(due_on, 1)),
    )  # fmt: skip
    claim.save(force_insert=True)
    for given in lines:
        ClaimLine(id=uuid7(act.at), claim=claim, **_in_pence(given)).save()
    _says(act, claim, holders_of(organisation.pk, OFFICE, act.at))
    return claim


def _in_pence(given: Mapping[str, Any]) -> dict[str, Any]:
    """A line as it is stored: hours and pounds to two places."""
    rounded = {name: given[name].quantize(PENNY) for name in ("hours", "amount") if given.get(name) is not None}
    return {"kind": given["kind"], "what_for": given.get("what_for", "").strip(), **rounded}


def _complete(day: date, lines: Sequence[Mapping[str, Any]], today: date) -> list[Verdict]:
    hours = [line.get("hours") or NOTHING for line in lines if line["kind"] != Kind.EXPENSE]
    spent = [line for line in lines if line["kind"] == Kind.EXPENSE]
    named = all(line.get("what_for", "").strip() and (line.get("amount") or NOTHING) > 0 for line in spent)
    return [
        judge(day <= today, "R20", "You claim for a day that has been.", "Choose today, or a day before."),
        judge(bool(lines), "R20", "Enter some hours, or an expense."),
        judge(all(one > 0 for one in hours), "R20", "Hours are more than nothing."),
        judge(sum(hours) <= HOURS_OF_A_DAY, "R20", f"A day has {HOURS_OF_A_DAY} hours."),
        judge(named, "R20", "Say how much each expense was, and what it was for."),
    ]


def _own_case(by: Person | None, organisation: Organisation, reference: str) -> Verdict:
    sat = Seat.objects.filter(
        person=by, case__organisation=organisation, case__reference=reference, active_from__isnull=False
    )  # fmt: skip
    return judge(
        not reference or sat.exists(), "R20", "You have no seat on that case.", "Leave the case out, or name one of yours."
    )


# What one claim comes to


def amount_of(claim: Claim, same_day: Iterable[Claim]) -> Decimal:
    """Pounds that a claim comes to, beside the person's other claims for that day: a day is paid as one day.

    Those approved count before it, and those undecided that were made before it.
    """
    before = sum((hours_of(one) for one in same_day if _counts_before(one, claim)), NOTHING)
    return worth_of_more(claim.terms, before, hours_of(claim)) + expenses_of(claim)


def _counts_before(other: Claim, claim: Claim) -> bool:
    settled = other.state in (State.APPROVED, State.PAID)
    waits = other.state in (State.CLAIMED, State.QUESTIONED) and other.number < claim.number
    return other.pk != claim.pk and (other.person_id, other.day) == (claim.person_id, claim.day) and (settled or waits)


def hours_of(claim: Claim) -> Decimal:
    """The hours of a claim, of every kind."""
    return sum((line.hours for line in claim.lines.all() if line.hours), NOTHING)


def expenses_of(claim: Claim) -> Decimal:
    """The expenses of a claim, in pounds."""
    return sum((line.amount for line in claim.lines.all() if line.amount), NOTHING)


# What is done about a claim


def may_decide_claim(claim: Claim, by: Person | None, at: datetime, move: str) -> list[Verdict]:
    """Whether the payment office may do this; nobody decides their own claim."""
    return [
        is_payment_office(by, claim.organisation, at),
        judge(by is None or by.pk != claim.person_id, "R18", "Nobody decides their own claim.", "A colleague must do it."),
        may_move(claim, move),
    ]


def may_answer_claim(claim: Claim, by: Person | None, at: datetime, move: str) -> list[Verdict]:
    """Whether the partner may do this: it is their claim and nobody else's (R2)."""
    own = by is not None and by.pk == claim.person_id
    return [judge(own, "R2", "Only the partner whose claim it is does this."), may_move(claim, move)]


def _of_claim(claim: UUID, **_: Any) -> UUID:
    return Claim.objects.values_list("organisation_id", flat=True).get(pk=claim)


def _read(claim: UUID) -> Claim:
    rows = Claim.objects.select_related("organisation", "terms", "person").prefetch_related("lines")
    return rows.get(pk=claim)


def _written(text: str) -> Verdict:
    return judge(bool(text.strip()), "R20", "Write why.", "A sentence is enough. It is read by the person you write to.")


@organisation_door("claim_questioned", _of_claim)
def question_claim(act: Act, *, by: Person | None, claim: UUID, text: str) -> Claim:
    """Ask the partner about a claim. The clock goes on: they are still to be paid by the same day. Raises Refused."""
    return _decide(act, by, claim, "question", text)


@organisation_door("claim_declined", _of_claim)
def decline_claim(act: Act, *, by: Person | None, claim: UUID, text: str) -> Claim:
    """Decline a claim, with the reason; the partner may answer, and then it is decided anew. Raises Refused."""
    return _decide(act, by, claim, "decline", text)


@organisation_door("claim_approved", _of_claim)
def approve_claim(act: Act, *, by: Person | None, claim: UUID) -> Claim:
    """Approve a claim for what the terms say that it comes to. Raises Refused."""
    return _decide(act, by, claim, "approve")


@organisation_door("claim_paid", _of_claim)
def record_payment(act: Act, *, by: Person | None, claim: UUID, paid_on: date) -> Claim:
    """Say on which day an approved claim was paid: the money itself moves elsewhere. Raises Refused."""
    today = day_of(act.at)
    return _decide(act, by, claim, "pay", paid_on=paid_on, also=[judge(paid_on <= today, "R20", "That day has yet to come.")])


def _decide(
    act: Act, by: Person | None, key: UUID, move: str, text: str | None = None, also: Sequence[Verdict] = (), **columns: Any
) -> Claim:
    claim = _read(key)
    require(*may_decide_claim(claim, by, act.at, move), *([_written(text)] if text is not None else ()), *also)
    if move == "approve":
        same_day = Claim.objects.filter(person=claim.person_id, day=claim.day).prefetch_related("lines")
        columns["amount"] = amount_of(claim, same_day)
    return _moved(act, by, claim, move, text, decided_by=by, **columns)


@organisation_door("claim_answered", _of_claim)
def answer_about_claim(act: Act, *, by: Person | None, claim: UUID, text: str) -> Claim:
    """Answer the office's question, or its refusal: the claim waits for a decision again. Raises Refused."""
    found = _read(claim)
    require(*may_answer_claim(found, by, act.at, "answer"), _written(text))
    return _moved(act, by, found, "answer", text)


@organisation_door("claim_taken_back", _of_claim)
def take_back_claim(act: Act, *, by: Person | None, claim: UUID) -> Claim:
    """Take one's own claim back before it is decided; no reason is asked for. Raises Refused."""
    found = _read(claim)
    require(*may_answer_claim(found, by, act.at, "take_back"))
    return _moved(act, by, found, "take_back")


def _moved(act: Act, by: Person | None, claim: Claim, move: str, text: str | None = None, **columns: Any) -> Claim:
    assert by
    for column, value in {"state": LIFE[move].target, **columns}.items():
        setattr(claim, column, value)
    claim.save()
    if text is not None:
        ClaimWord(id=uuid7(act.at), claim=claim, act=move, by=by, text=text.strip(), at=act.at).save()
    office = holders_of(claim.organisation_id, OFFICE, act.at) if by.pk == claim.person_id else []
    _says(act, claim, office)
    return claim


def _says(act: Act, claim: Claim, tell: Sequence[Person], **more: Any) -> None:
    """What the ledger says of a claim: its number and whose it is. No amount, no day, no purpose and no case (IG10)."""
    act.facts.update(
        claim=str(claim.number), person=claim.person.name, person_id=str(claim.person_id),
        tell=[str(one.pk) for one in tell], people=[one.name for one in tell] or ["nobody, for no such office is filled"], **more,
    )  # fmt: skip


# The clock


@organisation_door("claim_late", _of_claim)
def tell_of_late_claim(act: Act, *, by: Person | None, claim: UUID) -> Claim:
    """Tell the next person up, and the partner, that a claim is not paid in time. The clock does this, once. Raises Refused."""
    found = _read(claim)
    require(judge(by is None, "R16", "The clock does this, and nobody else."))
    found.tell_up_at = None
    found.save()
    office = holders_of(found.organisation_id, OFFICE, act.at)
    slow = {one.pk for one in office} | {found.person_id}
    _says(act, found, first_office(found.organisation_id, UP_FROM_THE_OFFICE, act.at, slow), due=found.due_on)
    return found
