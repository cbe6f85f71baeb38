"""What a person can do with one training on a case, as a table: the page's code, its words, the question its door asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from cases.models import Person, TrainingItem
from permissions.traininglife import CHECKED, State, standing
from permissions.verdict import STALE, Verdict
from workflows.doors import training, waivers
from workflows.look import Look


@dataclass(frozen=True)
class TrainingAct:
    """`when`: in which states of the item it is offered; `main`: somebody waits for it."""

    code: str
    title: str
    may: Callable[[Look, Person, UUID], training.May]
    when: tuple[str, ...]
    main: bool = False


ACTS: tuple[TrainingAct, ...] = (
    TrainingAct("training_offer", "Offer the training", training.may_offer_item, (State.REQUIRED, State.LAPSED), main=True),
    TrainingAct("training_meet", "Say how a need is met", training.may_meet_adjustment, training.OPEN, main=True),
    TrainingAct("training_book", "Book the training", training.may_book_item, (State.OFFERED, State.REJECTED), main=True),
    TrainingAct(
        "training_complete", "Hand in the evidence", training.may_complete_item,
        (State.OFFERED, State.BOOKED, State.REJECTED), main=True,
    ),
    TrainingAct("training_check", "Check the evidence", training.may_check_item, (State.COMPLETED,), main=True),
    TrainingAct("training_adjust", "Say what you need to take part", training.may_ask_adjustment, training.OPEN),
    TrainingAct("training_waive", "Ask for a waiver", waivers.may_ask_to_waive, training.OPEN),
)  # fmt: skip


def acts_on(look: Look, person: Person, item: TrainingItem) -> Iterator[tuple[TrainingAct, list[Verdict]]]:
    """What is this person's to do with this item; what is theirs but stands refused is there with the reason."""
    now = standing(item, look.today)
    if now in CHECKED:
        return
    for act in ACTS:
        _found, own, verdicts = act.may(look, person, item.pk)
        stale = any(not verdict and verdict.rule == STALE for verdict in verdicts)
        if own and now in act.when and not stale:
            yield act, verdicts
