"""Whether lay partners could follow what they were sent, and how soon that was mended (T19, R19)."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from django.db.models import Count, Exists, OuterRef

from cases.models import PaperVersion, Unclear
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.counted import of_shared_work
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add, share
from workflows.signals.tally import Grouped, Rows, lengths, tally
from workflows.signals.worked import elapsed, number_of

MENDED = (Unclear.End.NEW_SUMMARY, Unclear.End.NEW_VERSION)


def not_understandable(asked: Asked) -> Found:
    """Versions sent to partners in the span, and those that one of them marked by its end. Two statements.

    A mark that was taken back was made all the same, and counts.
    """

    def sent(stretch: Stretch) -> Rows:
        rows = PaperVersion.objects.filter(
            of_shared_work("paper__case__"), asked.of("paper__case__organisation"), released_at__gte=stretch.since,
            released_at__lt=stretch.until,
        ).exclude(lay_reads=PaperVersion.LayReads.NOTHING)  # fmt: skip
        marked = Exists(Unclear.objects.filter(version=OuterRef("pk"), said_at__lt=stretch.until))
        return Rows(rows, marked, "paper__case__organisation", "paper__case")

    found, mended = tally(asked, sent), _days_to_mend(asked)

    def measured(key: Key, _: Stretch) -> Measured:
        of, unclear, _beside, cases = found(key)
        return share(unclear, of, cases, others=_told(mended(key)))

    return asked.each(measured)


def _days_to_mend(asked: Asked) -> Callable[[Key], list[int]]:
    """How many working days each mark took that was mended in a span."""
    here = "case__organisation"
    days = elapsed(asked, number_of("said_at"), number_of("ended_at"), here)

    def mended(stretch: Stretch) -> Grouped:
        ended = Unclear.objects.filter(
            of_shared_work(), asked.of(here), ended_by__in=MENDED, ended_at__gte=stretch.since, ended_at__lt=stretch.until
        )
        return Grouped(ended.annotate(days=days), [here, "days"], [Count("*")])

    return lengths(asked, mended)


def _told(days: list[int]) -> tuple[tuple[str, object], ...]:
    """How many were mended, and the median of the working days that it took."""
    middle = (("working days to mend it, the middle value", median(days)),) if days else ()
    return (("marks mended in the quarter", len(days)), *middle)


add(Signal(
    code="T19", title="Could not be followed",
    counts="Papers of which a partner said that they cannot follow them",
    of="Papers sent to partners in the quarter, each version counted",
    why="Plain language without jargon is what makes a paper shared.",
    beware="A mark is a good sign of trust. None at all may mean that nobody reads, or that nobody dares to say so.",
    unit=Unit.SHARE, thresholds=Thresholds(0.10, 0.20), measure=together(not_understandable),
    source="Plain language without jargon (NHS England, 2021).",
))  # fmt: skip
