"""Legal holds: an inquest, an inquiry or a claim needs a case, so nothing of it is disposed of (IG9). Two people lift one."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from audit.days import in_words
from audit.record import Act, Actor
from audit.rows import label
from cases.models import LegalHold, Organisation, Person
from permissions.eligibility import day_of
from permissions.retention import HOLD_RULE, HOLDERS, holding, holds_one, no_tie, years_after
from permissions.roles import QUALITY, ROLES, STAFF, Role
from permissions.verdict import STALE, Verdict, judge, require
from workflows.deadlines.days import nine_on
from workflows.door import Doing, door
from workflows.organisation_door import organisation_door
from workflows.standing_offices import holders_of

REVIEWED_EVERY = 1
"""Years after which somebody says whether a hold is still needed."""


def acts_in_office(doing: Doing, roles: tuple[Role, ...]) -> None:
    """Let the ledger name the office by which somebody acts who need not sit on the case (R18)."""
    code = holding(doing.person, doing.case.organisation, roles, doing.at)
    if code:
        doing.act.actor = Actor(doing.person.pk, doing.person.name, STAFF, ROLES[code].code)


def may_hold(hold: LegalHold | None, by: Person, organisation: Organisation, at: datetime) -> list[Verdict]:
    """Whether a person may keep a hold, or ask to lift it."""
    stands = judge(hold is not None and hold.stands, STALE, "This legal hold does not stand any more.", "Look at the list again.")
    untied = [no_tie(by, hold.case, HOLD_RULE)] if hold else []
    return [holds_one(by, organisation, HOLDERS, HOLD_RULE, at), *untied, stands]


def may_ask_to_lift(hold: LegalHold | None, by: Person, organisation: Organisation, at: datetime) -> list[Verdict]:
    """Whether a person may ask for a hold to be lifted."""
    asked = hold is not None and hold.lift_asked_by_id is not None
    return [*may_hold(hold, by, organisation, at), judge(not asked, STALE, "Somebody has asked for this already.")]


def may_lift(hold: LegalHold, by: Person, at: datetime) -> list[Verdict]:
    """Whether a person may be the second who lifts it: somebody else than whoever asked."""
    return [
        *may_hold(hold, by, hold.organisation, at),
        judge(hold.lift_asked_by_id is not None, STALE, "Nobody has asked for this hold to be lifted.", "Ask for it first."),
        judge(
            hold.lift_asked_by_id != by.pk, HOLD_RULE, "You asked for it to be lifted, so you cannot agree.",
            "Somebody else in one of these offices must.",
        ),
    ]  # fmt: skip


@door("legal_hold_placed")
def place_hold(doing: Doing, *, kind: str, asked_by: str, reason: str, reference: str = "") -> LegalHold:
    """Place a legal hold on a case, open or closed. `asked_by`: who outside asked for it. Raises Refused."""
    require(
        holds_one(doing.person, doing.case.organisation, HOLDERS, HOLD_RULE, doing.at),
        judge(
            kind in LegalHold.Kind.values,
            HOLD_RULE,
            "Say what needs the case.",
            "An inquest, an inquiry, a claim, or something else.",
        ),
        judge(bool(asked_by.strip()), HOLD_RULE, "Say who asked for the case to be kept."),
        judge(bool(reason.strip()), HOLD_RULE, "Give the reason.", "Everybody on the case reads it."),
    )
    acts_in_office(doing, HOLDERS)
    hold = LegalHold(
        id=doing.new_id(), organisation=doing.case.organisation, case=doing.case, kind=kind, reference=reference.strip(),
        asked_by=asked_by.strip(), reason=reason.strip(), placed_by=doing.person, placed_at=doing.at,
        review_on=_next_review(doing.at),
    )  # fmt: skip
    hold.tell_up_at = nine_on(hold.review_on)
    hold.save(force_insert=True)
    _says(doing, hold)
    return hold


@door("legal_hold_kept")
def keep_hold(doing: Doing, *, hold: UUID, reason: str) -> LegalHold:
    """Say that a hold is still needed: it is looked at again in a year, and a request to lift it is answered no. Raises Refused."""
    found = _found(doing, hold)
    require(
        *may_hold(found, doing.person, doing.case.organisation, doing.at),
        judge(bool(reason.strip()), HOLD_RULE, "Say why it is still needed."),
    )
    assert found
    acts_in_office(doing, HOLDERS)
    found.review_on = _next_review(doing.at)
    found.tell_up_at = nine_on(found.review_on)
    found.lift_asked_by, found.lift_asked_at, found.lift_reason = None, None, ""
    found.save()
    _says(doing, found)
    return found


@door("legal_hold_lift_asked")
def ask_to_lift_hold(doing: Doing, *, hold: UUID, reason: str) -> LegalHold:
    """Ask that a hold be lifted. It stands until a second person agrees. Raises Refused."""
    found = _found(doing, hold)
    require(
        *may_ask_to_lift(found, doing.person, doing.case.organisation, doing.at),
        judge(bool(reason.strip()), HOLD_RULE, "Give the reason.", "Say who no longer needs the case, and how you know."),
    )
    assert found
    acts_in_office(doing, HOLDERS)
    found.lift_asked_by, found.lift_asked_at, found.lift_reason = doing.person, doing.at, reason.strip()
    found.save()
    _says(doing, found)
    return found


@door("legal_hold_lifted")
def lift_hold(doing: Doing, *, hold: UUID) -> LegalHold:
    """The second person agrees: the hold is lifted. Raises Refused."""
    found = _found(doing, hold)
    require(judge(found is not None, STALE, "There is no such legal hold on this case."))
    assert found
    require(*may_lift(found, doing.person, doing.at))
    acts_in_office(doing, HOLDERS)
    found.lifted_by, found.lifted_at, found.tell_up_at = doing.person, doing.at, None
    found.save()
    _says(doing, found)
    return found


def _of_hold(hold: UUID, **_: object) -> UUID:
    return LegalHold.objects.values_list("organisation_id", flat=True).get(pk=hold)


@organisation_door("legal_hold_review_due", _of_hold)
def tell_of_hold_review(act: Act, *, by: Person | None, hold: UUID) -> LegalHold:
    """The clock: a hold is to be looked at again, and the quality team is told. Raises Refused where it is not."""
    found = LegalHold.objects.select_for_update(of=("self",)).select_related("case").get(pk=hold)
    due = found.stands and found.tell_up_at is not None and found.tell_up_at <= act.at
    require(
        judge(by is None, HOLD_RULE, "The clock does this, and nobody else."),
        judge(due, STALE, "This hold is not to be looked at yet."),
    )
    found.tell_up_at = nine_on(_next_review(act.at))  # told again in a year if nobody looks at it
    found.save()
    told = holders_of(found.organisation_id, (QUALITY,), act.at)
    act.facts.update(
        reference=found.case.reference, due=str(found.review_on), tell=[str(one.pk) for one in told],
        people=[one.name for one in told],
    )  # fmt: skip
    return found


def _next_review(at: datetime) -> date:
    return years_after(day_of(at), REVIEWED_EVERY)


def _found(doing: Doing, key: UUID) -> LegalHold | None:
    return LegalHold.objects.select_related("organisation").filter(case=doing.case.pk, pk=key).first()


def _says(doing: Doing, hold: LegalHold) -> None:
    doing.says(row=[label(LegalHold), str(hold.pk)], what=hold.get_kind_display().lower(), until=in_words(hold.review_on))
