"""The guards of the training sign-off: sentences that are true or false of a case.

Each is a pure function of a Look. When one changes, raise its `revision`: the fingerprint and CI hold you to it.
"""

from __future__ import annotations

from datetime import timedelta

from cases.models import TrainingItem
from workflows.definition import guard
from workflows.look import Look

WARNED = timedelta(days=90)
"""C8: renewal begins this long (calendar days) before the training runs out."""

State = TrainingItem.State
NOT_YET_OFFERED = (State.REQUIRED, State.LAPSED)
CHECKED = (State.VERIFIED, State.WAIVED, State.SIGNED)


@guard("C1", "The requirements are set", "Ask the quality team to enter the requirement set for this task.")
def requirements_are_set(look: Look) -> bool:
    return bool(look.training_items)


@guard("C2", "Every training that is required was offered", "Offer each item: format, provider and dates.")
def every_item_is_offered(look: Look) -> bool:
    return all(one.state not in NOT_YET_OFFERED for one in look.training_items)


@guard("C2", "What the partner needs to take part was met", "Write down how each need was met, or offer another format.")
def adjustments_are_met(look: Look) -> bool:
    return all(bool(one.adjustments_met.strip()) or not one.adjustments.strip() for one in look.training_items)


@guard("C3", "Every training is completed, or waived", "Record each completed training with its certificate.")
def every_item_is_completed(look: Look) -> bool:
    return all(one.state in (State.COMPLETED, *CHECKED) for one in look.training_items)


@guard("C4", "The evidence of every training was checked by somebody who did not enter it", "Check each certificate.")
def every_item_is_verified(look: Look) -> bool:
    return all(one.state in CHECKED for one in look.training_items)


@guard("C6", "Every required training is in date today", "Renew what has run out, or ask for a waiver.")
def every_item_is_in_date(look: Look) -> bool:
    items = look.training_items
    return bool(items) and all(one.state in CHECKED and (one.valid_until is None or one.valid_until >= look.today) for one in items)


@guard("C8", "The training runs out within 90 days")
def renewal_is_due(look: Look) -> bool:
    until = look.trained_until
    return until is not None and look.today >= until - WARNED


@guard("C9", "The training has run out")
def training_has_run_out(look: Look) -> bool:
    until = look.trained_until
    return until is not None and look.today > until
