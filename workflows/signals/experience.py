"""What partners say that it is like to be one (T24): means of five answers or more, once the time to answer is over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from cases.models import Experience
from workflows.calendar import london_day
from workflows.doors.experience import ITEMS
from workflows.signals.asked import Asked, Found, Stretch, together
from workflows.signals.signal import FEW, Measured, Signal, Thresholds, Unit, add


def experience(asked: Asked) -> Found:
    """The mean of all answers in the rounds that closed in the span, and how many of those who were asked answered. One statement.

    Of a round that is open nothing is told, and of a round with fewer than five answers only how many: added to those of
    another round, each could be worked out.
    """
    closed = Experience.objects.filter(
        asked.of("round__organisation"), round__closes_on__gte=london_day(asked.whole.since),
        round__closes_on__lt=london_day(asked.whole.until),
    )  # fmt: skip
    rows: dict[UUID, list[Row]] = defaultdict(list)
    for organisation, *row in closed.values_list("round__organisation", "round__closes_on", "round", "answers"):
        rows[organisation].append(Row(*row))
    return asked.each(lambda key, stretch: _told([one for one in rows.get(key[0], ()) if one.closed_in(stretch)]))


class Row(NamedTuple):
    """One partner was asked in a round. `answers` by the code of the question; empty where they have not answered."""

    closes_on: date
    round: UUID
    answers: Mapping[str, int]

    def closed_in(self, stretch: Stretch) -> bool:
        """Whether the time to answer was over in a stretch, and before its last day."""
        return london_day(stretch.since) <= self.closes_on < london_day(stretch.until)


def _told(asked: Sequence[Row]) -> Measured:
    answered = Counter(one.round for one in asked if one.answers)
    told = [one.answers for one in asked if one.answers and answered[one.round] >= FEW]
    few = answered.total() - len(told)
    beside = [("answers, too few to say what they were", few)] if few or not told else []
    numbers = [number for answers in told for number in answers.values()]
    mean = sum(numbers) / len(numbers) if numbers else None
    return Measured(answered.total(), len(asked), mean, others=(*_items(told), *beside))


def _items(given: Sequence[Mapping[str, int]]) -> list[tuple[str, str]]:
    """The mean of each question that five or more answered, to one place."""
    found = []
    for code, sentence in ITEMS:
        numbers = [answers[code] for answers in given if code in answers]
        if len(numbers) >= FEW:
            found.append((sentence, f"{sum(numbers) / len(numbers):.1f} of 5"))
    return found


add(Signal(
    code="T24", title="What it is like to be a partner",
    counts="Partners who answered",
    of="Partners who were asked, where the time to answer was over in the quarter; the value is the mean of the answers, 1 to 5",
    why="Only partners know whether power is shared with them.",
    beware="Those who are content may answer more often, or less. Look at how many did.",
    unit=Unit.SCORE, thresholds=Thresholds(3.5, 3.0, low_is_bad=True), measure=together(experience), headline=True,
    source="Questions of our own, on the principles by which public involvement is judged.",
))  # fmt: skip
