"""What can be done about one training of a case, as a table: a row for each act, and one view that serves them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.models import Person, TrainingItem
from web.design_system.forms import PageForm
from web.pages.training.forms import (
    ACCEPTED,
    AdjustForm,
    BookForm,
    CheckForm,
    CompleteForm,
    MeetForm,
    OfferForm,
    written,
)  # fmt: skip
from workflows.door import Receipt
from workflows.doors import training
from workflows.look import Look

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class ItemAct:
    """One act on one item. `checked`: the answers are shown before they are sent."""

    code: str
    title: str
    form: type[PageForm]
    may: Callable[[Look, Person, UUID], training.May]
    do: Callable[..., Receipt]
    given: Callable[[Answers], dict[str, Any]]
    submit: str
    options: Callable[[Look, TrainingItem], dict[str, Any]] = lambda look, item: {}
    checked: bool = False
    done: str = ""
    """What is said of it afterwards; `{training}` is its title."""

    @property
    def template(self) -> str:
        return f"pages/training/{self.code}.jinja"


def _needs(look: Look, item: TrainingItem) -> dict[str, Any]:
    return {"needs": item.adjustments}


def _today(look: Look, item: TrainingItem) -> dict[str, Any]:
    return {"today": look.today}


def _as_it_stands(look: Look, item: TrainingItem) -> dict[str, Any]:
    return {"initial": {"adjustments": item.adjustments}}


def _checked(given: Answers) -> dict[str, Any]:
    return {"accepted": given["answer"] == ACCEPTED, "reason": given.get("reason") or ""}


ACTS: dict[str, ItemAct] = {
    one.code: one
    for one in (
        ItemAct(
            "offer", "Offer this training", OfferForm, training.may_offer_item, training.offer_item,
            lambda given: {"offer": written(given), "adjustments_met": given.get("adjustments_met") or ""},
            "Send the offer", _needs, checked=True, done="\u201c{training}\u201d is offered. The partner is told."),
        ItemAct(
            "adjust", "Say what would help you", AdjustForm, training.may_ask_adjustment, training.ask_adjustment,
            lambda given: {"adjustments": given["adjustments"]}, "Send", _as_it_stands,
            done="What you need is on record. The coordinator is told."),
        ItemAct(
            "meet", "Say what was done about the need", MeetForm, training.may_meet_adjustment, training.meet_adjustment,
            lambda given: {"adjustments_met": given["adjustments_met"]}, "Send",
            done="It is on record how the need is met. The partner is told."),
        ItemAct(
            "book", "Book a day", BookForm, training.may_book_item, training.book_item,
            lambda given: {"day": given["day"]}, "Book this day", _today, done="The day for \u201c{training}\u201d is booked."),
        ItemAct(
            "complete", "Say that it is done", CompleteForm, training.may_complete_item, training.complete_item,
            lambda given: {name: given[name] for name in ("completed_on", "provider", "hours", "evidence")},
            "Hand it in", _today, checked=True, done="It is handed in. Somebody else checks it."),
        ItemAct(
            "check", "Check that it was done", CheckForm, training.may_check_item, training.check_item, _checked,
            "Send my decision", checked=True, done="Your decision on \u201c{training}\u201d is on record. The partner is told."),
    )
}  # fmt: skip

WAIVE = "Ask to leave it out for a time"
TITLES = {**{f"training_{code}": one.title for code, one in ACTS.items()}, "training_waive": WAIVE}
"""What each act is called, by the name of its page."""
