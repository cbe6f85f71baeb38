"""What becomes of what lay partners say: whether they are answered in time, and whether anything changes (T6, T7, R7)."""

from __future__ import annotations

from datetime import datetime, time

from cases.models import Comment, CommentAnswer
from permissions.roles import LAY
from workflows.calendar import LONDON, london_day
from workflows.opening import calendar_of
from workflows.signals.counted import of_shared_work
from workflows.signals.signal import Measured, Signal, Span, Thresholds, Unit, add, share

ANSWERED_WITHIN = 20
"""Working days, as T6 counts them. No rule refuses anything when they are over."""


def unanswered(span: Span) -> Measured:
    """Comments of lay partners whose twenty working days ended in the span, and those without an answer by then. One statement."""
    calendar = calendar_of(span.organisation)
    first = calendar.add(london_day(span.since), -ANSWERED_WITHIN)
    made = Comment.objects.filter(of_shared_work(), case__organisation=span.organisation, seat__capacity=LAY, at__lt=span.until)
    made = made.filter(at__gte=datetime.combine(first, time(), tzinfo=LONDON))
    rows = [(*row, calendar.add_to(row[1], ANSWERED_WITHIN)) for row in made.values_list("case", "at", "response__at")]
    over = [row for row in rows if span.since <= row[-1] < span.until]
    late = [case for case, _, answered, due in over if answered is None or answered > due]
    still = sum(answered is None or answered >= span.until for _, _, answered, _ in over)
    return share(late, len(over), late, others=(("still without an answer at the end of the quarter", still),))


def changed(span: Span) -> Measured:
    """Answers given in the span to comments of lay partners, and those that say that something was changed. One statement."""
    given = CommentAnswer.objects.filter(
        of_shared_work(), case__organisation=span.organisation, comment__seat__capacity=LAY, at__gte=span.since, at__lt=span.until
    )
    rows = list(given.values_list("case", "outcome", "verdict__satisfied"))
    led_to_change = [case for case, outcome, _ in rows if outcome == CommentAnswer.Outcome.CHANGED]
    not_answered = sum(satisfied is False for *_, satisfied in rows)
    return share(
        led_to_change, len(rows), led_to_change, others=(("answers that the partner says do not answer it", not_answered),)
    )


add(Signal(
    code="T6", title="Comments without an answer",
    counts="Comments of partners that had no answer when 20 working days were over",
    of="Comments of partners whose 20 working days ended in the quarter",
    why="To be asked and not answered is worse than not to be asked.",
    beware="An answer is not yet a good answer. Look beside it at how often something changed.",
    unit=Unit.SHARE, thresholds=Thresholds(0.05, 0.15), measure=unanswered, headline=True,
    source="Contributions disregarded (Hult and others 2021).",
))  # fmt: skip
add(Signal(
    code="T7", title="Something changed",
    counts="Answers that say that something was changed because of what the partner said",
    of="Answers to comments of partners in the quarter",
    why="Influence shows in what is different afterwards.",
    beware="Some comments ask a question, or praise. Few changes in one quarter say little; few in every quarter say much.",
    unit=Unit.SHARE, thresholds=Thresholds(0.20, 0.10, low_is_bad=True), measure=changed, headline=True,
    source="Lay members rated their influence below that of other members (survey of primary care groups 1999).",
))  # fmt: skip
