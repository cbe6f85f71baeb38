"""The life of a training item: which move leads from which state to which. The doors ask this table and nothing else."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable
from datetime import date

from cases.models import Seat, TrainingItem
from permissions.eligibility import day_of
from permissions.life import Move, life
from permissions.roles import COORDINATOR, PSP, QUALITY, SPECIALIST
from permissions.verdict import STALE, Verdict, judge

State, Cause = TrainingItem.State, TrainingItem.Cause

READ_EVIDENCE = (PSP, COORDINATOR, SPECIALIST, QUALITY)
"""Whose seats read what was handed in and what somebody needs to take part (IG7).
An executive who is asked for a waiver reads what the training is, where it stands and why the waiver is asked for."""

NEEDED_BY_A_SECOND_PERSON = frozenset(
    {"training_waiver_asked", "training_waived", "case_withdrawal_asked", "case_withdrawn", "second_person_refused"}
)
"""The acts whose words whoever turns the second key reads; all other words about a training are for READ_EVIDENCE (IG10)."""

CHECKED = (State.VERIFIED, State.SIGNED, State.WAIVED)
"""Nothing more is owed, until the day on which it runs out."""

WITH_THE_PARTNER = (State.OFFERED, State.BOOKED, State.REJECTED)
OPEN = (State.REQUIRED, State.LAPSED, *WITH_THE_PARTNER)


LIFE = life(
    Move("offer", "offer it", (State.REQUIRED, State.LAPSED, State.OFFERED, State.BOOKED), State.OFFERED),
    Move("book", "book it", (State.OFFERED, State.BOOKED, State.REJECTED), State.BOOKED),
    Move("complete", "hand in evidence", WITH_THE_PARTNER, State.COMPLETED),
    Move("accept", "accept the evidence", (State.COMPLETED,), State.VERIFIED),
    Move("reject", "turn the evidence down", (State.COMPLETED,), State.REJECTED),
    Move("sign", "sign it off", (State.VERIFIED,), State.SIGNED),
    Move("waive", "waive it", (State.REQUIRED, *WITH_THE_PARTNER), State.WAIVED),
    Move("lapse", "let it run out", CHECKED, State.LAPSED),
    Move("again", "require it again", (*CHECKED, State.LAPSED), State.REQUIRED),
)


def may_read_evidence(held: Collection[str]) -> bool:
    """IG7, IG10: whether somebody who holds these seats on a training reads what was handed in, needed and said there.

    `held` are codes of roles. Whoever sees the case from no seat audits it (R16). Every page, and whatever leaves the
    application, asks this.
    """
    return not held or any(role.code in held for role in READ_EVIDENCE)


def standing(item: TrainingItem, today: date) -> str:
    """The state of an item today: what was checked or waived and has run out since counts as run out."""
    return State.LAPSED if item.state in CHECKED and has_run_out(item, today) else item.state


def has_run_out(item: TrainingItem, today: date) -> bool:
    """True from the day after the last day on which it is valid."""
    return item.valid_until is not None and item.valid_until < today


def may_move(item: TrainingItem, code: str, today: date) -> Verdict:
    """Whether this item can make this move from where it stands today."""
    move, now = LIFE[code], State(standing(item, today))
    reason = f"You cannot {move.title}: \u201c{item.title}\u201d is now \u201c{now.label.lower()}\u201d."
    return judge(now in move.source, STALE, reason, "Go back to the case to see how it stands.")


def needs_are_met(item: TrainingItem) -> bool:
    """C2: nothing was asked for, or it is written down how it was met."""
    return not item.adjustments.strip() or bool(item.adjustments_met.strip())


def clock_against(item: TrainingItem, today: date) -> str:
    """Whose time is running, a `Cause`: the organisation's until it has offered what the partner can use, and while it checks.

    Empty where nothing is owed.
    """
    now = standing(item, today)
    if now in CHECKED:
        return ""
    return Cause.PARTNER if now in WITH_THE_PARTNER and needs_are_met(item) else Cause.ORGANISATION


def is_late(item: TrainingItem, today: date) -> bool:
    """True when whoever's clock runs has overrun it: the day to offer by, or the day to complete by."""
    whose = clock_against(item, today)
    due = item.due_on if whose == Cause.PARTNER else item.offer_by
    return bool(whose) and item.state != State.COMPLETED and due is not None and due < today


def offered_in_time(item: TrainingItem) -> bool:
    """C9: it was offered, and the partner's own time to complete it was over before the training ran out.

    Where it was not, a lapse is the organisation's, whatever anybody writes.
    """
    given = item.state in WITH_THE_PARTNER and needs_are_met(item) and told_in_time(item)
    return given and item.due_on is not None and item.valid_until is not None and item.due_on <= item.valid_until


def told_in_time(item: TrainingItem) -> bool:
    """C4: evidence that was turned down was so while the partner's own time still ran: a late check is not theirs."""
    if item.state != State.REJECTED or item.due_on is None or item.checked_at is None:
        return True
    return day_of(item.checked_at) <= item.due_on


def required(items: list[TrainingItem]) -> list[TrainingItem]:
    """Those that the sign-off hangs on: what a partner asked for beyond them holds nothing up (C5)."""
    return [item for item in items if not item.asked_by_partner]


def partner_among(seats: Iterable[Seat]) -> Seat | None:
    """The seat of the partner whose training a case is about: the newest one."""
    return next((seat for seat in reversed(list(seats)) if seat.role == PSP.code), None)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def valid_until(item: TrainingItem) -> date | None:
    """The last day on which what was completed is valid; None where it does not run out."""
    months, done = item.valid_for, item.completed_on
    return months_after(done, months) if months and done else None
