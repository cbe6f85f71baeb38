"""What becomes of a lay disagreement, and whether there ever is one (T8, R3)."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery

from cases.models import Position
from permissions.roles import LAY
from workflows.definition import Process, Stage
from workflows.questions import Stance
from workflows.signals.counted import lead_on, settled, settled_before
from workflows.signals.signal import Measured, Signal, Span, Thresholds, Unit, add, share
from workflows.ways import DISSENT, OPPOSED

MANY = 50
"""So many decisions of partners without one disagreement raise a question."""

WITHDRAWN = "heard_withdrawn"
"""The answer to `HEARD` by which a partner withdraws a disagreement."""


class Hearing(NamedTuple):
    """A disagreement that an executive has heard and decided. `number` counts the stays of its case."""

    case: UUID
    number: int
    went_on: bool


class Said(NamedTuple):
    """One lay answer: in which stay of which case, by which seat, on which item."""

    case: UUID
    visit: int
    outcome: str
    seat: UUID
    item: UUID | None
    answer: str
    stance: str


def overridden(span: Span) -> Measured:
    """Disagreements of partners decided in the span, each partner's in each stay once, and those the case went on in spite of.

    One that the partner withdrew on hearing the answer was not decided against. Three statements.
    """
    heard = list(_hearings(span))
    said = _said({one.case for one in heard})
    against: list[UUID] = []
    every = 0
    for one in heard:
        disagreed, withdrew = _disagreed(said, one)
        every += len(disagreed)
        against += [one.case] * len(disagreed - withdrew) * one.went_on
    since = _decisions_without_one(span)
    asks = f"In the last {since} decisions of partners nobody disagreed. Do they feel free to?" if since >= MANY else ""
    return share(against, every, against, others=(("decisions of partners since the last disagreement", since),), question=asks)


def _hearings(span: Span) -> list[Hearing]:
    ended = settled(span, _hears).exclude(outcome=OPPOSED)  # not heard: it is heard again
    went_on = ExpressionWrapper(lead_on(_hears), output_field=BooleanField())
    rows = ended.annotate(went_on=went_on).values_list("case", "number", "went_on")
    return [Hearing(*row) for row in rows]


def _said(cases: Collection[UUID]) -> list[Said]:
    """What partners answered where a stay ended in disagreement, and where they withdrew one; the newest answer of each."""
    given = Position.objects.filter(Q(visit__outcome=DISSENT) | Q(answer=WITHDRAWN), case__in=cases, seat__capacity=LAY)
    rows = given.order_by("number").values_list("case", "visit__number", "visit__outcome", "seat", "item", "answer", "stance")
    return list({row[:5]: Said(*row) for row in rows}.values())


def _disagreed(said: list[Said], heard: Hearing) -> tuple[set[UUID], set[UUID]]:
    """The seats whose disagreement one hearing was about, and those that withdrew it there."""
    before = [one for one in said if one.case == heard.case and one.visit <= heard.number]
    origin = max((one.visit for one in before if one.outcome == DISSENT), default=0)
    disagreed = {one.seat for one in before if one.visit == origin and one.stance == Stance.AGAINST}
    return disagreed, {one.seat for one in before if one.visit > origin and one.answer == WITHDRAWN}


def _decisions_without_one(span: Span) -> int:
    """Stays that asked partners whether they support something, since the last that ended in a disagreement. One statement."""
    answered = Exists(Position.objects.filter(visit=OuterRef("pk"), seat__capacity=LAY))
    decided = settled_before(span, _can_be_disagreed_with).filter(answered)
    newest = decided.filter(outcome=DISSENT).order_by("-ended_at").values("ended_at")[:1]
    return decided.filter(Q(ended_at__gt=Subquery(newest)) | ~Exists(newest)).count()


def _hears(process: Process, stage: Stage) -> bool:
    return bool(stage.hears)


def _can_be_disagreed_with(process: Process, stage: Stage) -> bool:
    return stage.lay_required and stage.asks.dissents


add(Signal(
    code="T8", title="Disagreement overridden",
    counts="Disagreements in spite of which the case went on unchanged",
    of="Disagreements of partners that an executive heard and decided in the quarter",
    why="A partner may be decided against. Where it is always so, the voice has no weight.",
    beware="No disagreement at all may mean that all is well, or that nobody dares. It is a question, not a verdict.",
    unit=Unit.SHARE, thresholds=Thresholds(0.50, None), measure=overridden, headline=True,
    source="Little influence on decisions (Pickard and others 2002; survey of primary care groups 1999).",
))  # fmt: skip
