"""What becomes of what lay partners say: whether they are answered in time, and whether anything changes (T6, T7, R7)."""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import Q
from django.db.models.lookups import GreaterThanOrEqual

from cases.models import Comment, CommentAnswer
from permissions.roles import LAY
from workflows.calendar import LONDON, london_day
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.counted import of_shared_work
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add, share
from workflows.signals.tally import Rows, tally, tally_once
from workflows.signals.worked import is_past
from workflows.tenants import Tenants

HERE = "case__organisation"

ANSWERED_WITHIN = 20
"""Working days, as T6 counts them. No rule refuses anything when they are over."""


def unanswered(asked: Asked) -> Found:
    """Comments of lay partners whose twenty working days ended in the span, and those without an answer by then. One statement."""

    def falling_due(stretch: Stretch) -> Rows:
        made = Comment.objects.filter(of_shared_work(), asked.of(HERE), seat__capacity=LAY, at__lt=stretch.until)
        made = made.filter(at__gte=_first_that_can_fall_due(asked, stretch))
        rows = made.filter(_late(asked, stretch.until), ~Q(_late(asked, stretch.since)))
        still = Q(response__isnull=True) | Q(response__at__gte=stretch.until)
        return Rows(rows, Q(response__isnull=True) | Q(_late(asked, "response__at")), beside=[still])

    found = tally(asked, falling_due)

    def measured(key: Key, _: Stretch) -> Measured:
        of, late, (still,), cases = found(key)
        return share(late, of, cases, others=(("still without an answer at the end of the quarter", still),))

    return asked.each(measured)


def _late(asked: Asked, moment: datetime | str) -> GreaterThanOrEqual:
    return is_past(asked, "at", ANSWERED_WITHIN, moment, HERE)


def _first_that_can_fall_due(asked: Asked, stretch: Stretch) -> datetime:
    """What was said before this was due before the stretch, by any organisation's working days."""
    day = london_day(stretch.since)
    return datetime.combine(min(one.add(day, -ANSWERED_WITHIN) for one in asked.calendars.values()), time(), tzinfo=LONDON)


def changed(asked: Asked) -> Found:
    """Answers given in the span to comments of lay partners, and those that say that something was changed. One statement."""
    found = tally_once(asked, _given)

    def measured(key: Key, _: Stretch) -> Measured:
        of, led_to_change, (not_answered,), cases = found(key)
        return share(
            led_to_change, of, cases, others=(("answers that the partner says do not answer it", not_answered),)
        )  # fmt: skip

    return asked.each(measured)


def _given(whose: Tenants, stretch: Stretch) -> Rows:
    rows = CommentAnswer.objects.filter(
        of_shared_work(), whose.of(HERE), comment__seat__capacity=LAY, at__gte=stretch.since, at__lt=stretch.until
    )
    return Rows(rows, Q(outcome=CommentAnswer.Outcome.CHANGED), beside=[Q(verdict__satisfied=False)])


add(Signal(
    code="T6", title="Comments without an answer",
    counts="Comments of partners that had no answer when 20 working days were over",
    of="Comments of partners whose 20 working days ended in the quarter",
    why="To be asked and not answered is worse than not to be asked.",
    beware="An answer is not yet a good answer. Look beside it at how often something changed.",
    unit=Unit.SHARE, thresholds=Thresholds(0.05, 0.15), measure=together(unanswered), headline=True,
    source="Contributions disregarded (Hult and others 2021).",
))  # fmt: skip
add(Signal(
    code="T7", title="Something changed",
    counts="Answers that say that something was changed because of what the partner said",
    of="Answers to comments of partners in the quarter",
    why="Influence shows in what is different afterwards.",
    beware="Some comments ask a question, or praise. Few changes in one quarter say little; few in every quarter say much.",
    unit=Unit.SHARE, thresholds=Thresholds(0.20, 0.10, low_is_bad=True), measure=together(changed), headline=True,
    source="Lay members rated their influence below that of other members (survey of primary care groups 1999).",
))  # fmt: skip
