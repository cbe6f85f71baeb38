"""What becomes of a lay disagreement, and whether there ever is one (T8, R3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Case, Count, DateTimeField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When

from cases.models import Position, Visit
from permissions.roles import LAY
from workflows.definition import Process, Stage
from workflows.questions import Stance
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.counted import lead_on, settled, settled_before, thought_again
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add, share
from workflows.signals.tally import Grouped, Rows, over_stretches, tally
from workflows.ways import DISSENT, OPPOSED

MANY = 50
"""So many decisions of partners without one disagreement raise a question."""

WITHDRAWN = "heard_withdrawn"
"""The answer to `HEARD` by which a partner withdraws a disagreement."""

HERE = "case__organisation"


def overridden(asked: Asked) -> Found:
    """Disagreements of partners decided in the span, each partner's in each stay once, and those the case went on in spite of.

    One that the partner withdrew on hearing the answer was not decided against. Three statements.
    """
    disagreements = tally(asked, lambda stretch: _heard(asked, stretch))
    since_the_last = _decisions_since(asked, _newest_disagreements(asked))

    def measured(key: Key, _: Stretch) -> Measured:
        every, against, _beside, cases = disagreements(key)
        since = since_the_last.get(key, 0)
        asks = f"In the last {since} decisions of partners nobody disagreed. Do they feel free to?" if since >= MANY else ""
        others = (("decisions of partners since the last disagreement", since),)
        return share(against, every, cases, others=others, question=asks)

    return asked.each(measured)


def _heard(asked: Asked, stretch: Stretch) -> Rows:
    """Each seat that had disagreed, once in each hearing that was decided."""
    ended = settled(asked, stretch, _hears).exclude(outcome=OPPOSED)  # not heard: it is heard again
    lay = Position.objects.filter(case=OuterRef("case"), seat__capacity=LAY)
    before = lay.filter(visit__outcome=DISSENT, visit__number__lte=OuterRef("number"))
    hearings = ended.alias(origin=Subquery(before.order_by("-visit__number").values("visit__number")[:1]))
    own = Position.objects.filter(seat=OuterRef("case__seats"))
    disagreed = own.filter(~Exists(thought_again()), visit__number=OuterRef("origin"), stance=Stance.AGAINST)
    withdrew = own.filter(answer=WITHDRAWN, visit__number__gt=OuterRef("origin"), visit__number__lte=OuterRef("number"))
    seats = hearings.filter(Exists(disagreed), case__seats__capacity=LAY)
    return Rows(seats, lead_on(_hears) & ~Exists(withdrew))


def _decided(asked: Asked, until: datetime) -> QuerySet[Visit]:
    """The stays that asked partners whether they support something, and in which one of them answered."""
    answered = Exists(Position.objects.filter(visit=OuterRef("pk"), seat__capacity=LAY))
    return settled_before(asked, until, _can_be_disagreed_with).filter(answered)


def _newest_disagreements(asked: Asked) -> Mapping[Key, datetime]:
    """When partners of each organisation disagreed last before the end of each stretch. One statement."""

    def ended_in_one(stretch: Stretch) -> Grouped:
        return Grouped(_decided(asked, stretch.until).filter(outcome=DISSENT), [HERE], [Max("ended_at")])

    return {(organisation, place): at for place, organisation, at in over_stretches(asked, ended_in_one)}


def _decisions_since(asked: Asked, newest: Mapping[Key, datetime]) -> Mapping[Key, int]:
    """How many there were since then, or ever. One statement."""

    def since(stretch: Stretch) -> Grouped:
        place = asked.stretches.index(stretch)
        last = {organisation: at for (organisation, its), at in newest.items() if its == place}
        decided = _decided(asked, stretch.until).alias(
            last=Case(*(When(**{HERE: key}, then=Value(at)) for key, at in last.items()), output_field=DateTimeField())
        )
        return Grouped(decided.filter(Q(ended_at__gt=F("last")) | Q(last__isnull=True)), [HERE], [Count("*")])

    return {(organisation, place): number for place, organisation, number in over_stretches(asked, since)}


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
    unit=Unit.SHARE, thresholds=Thresholds(0.50, None), measure=together(overridden), headline=True,
    source="Little influence on decisions (Pickard and others 2002; survey of primary care groups 1999).",
))  # fmt: skip
