"""Partners who leave before their term is over (T21)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from cases.models import Appointment
from permissions.eligibility import day_of
from workflows.ambition.group import Stay
from workflows.ambition.reading import Version, appointments_of
from workflows.signals.asked import Asked, Found, together
from workflows.signals.days import stay_of
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add, share


def left_early(asked: Asked) -> Found:
    """Of the partners who were appointed at some time in the span, those whose appointment was ended before its last day.

    An appointment without a last day counts as ended early: none was agreed to be over. One statement.
    """
    found: dict[UUID, dict[UUID, list[Version]]] = defaultdict(lambda: defaultdict(list))
    for one in asked.once(appointments_of):
        found[one.organisation][one.key].append(one)
    return asked.each(lambda key, stretch: _left(found.get(key[0], {}).values(), stay_of(stretch)))


def _left(appointments: Iterable[list[Version]], days: Stay) -> Measured:
    counted, early, with_reason = 0, 0, 0
    for versions in appointments:
        running = [one for one in versions if one.row.state == Appointment.State.ACTIVE and one.stay.within(days)]
        ended = [one.row for one in versions if one.row.state == Appointment.State.ENDED and days.covers(one.stay.since)]
        counted += bool(running or ended)
        if ended and (ended[0].ends_on is None or day_of(ended[0].history_date) < ended[0].ends_on):
            early += 1
            with_reason += bool(ended[0].history_change_reason)
    return share(early, counted, others=(("of these, with the reason on record", with_reason),))


add(Signal(
    code="T21", title="Leaving early",
    counts="Partners whose appointment was ended before its term was over",
    of="Partners who were appointed at some time in the quarter",
    why="People leave what frustrates them. Each one takes away what they had learned.",
    beware="A move or an illness is nobody\u2019s doing. Each reason is on record with the quality team.",
    unit=Unit.SHARE, thresholds=Thresholds(0.15, 0.30), measure=together(left_early),
    source="Frustration and barriers in the role (THIS Institute 2024).",
))  # fmt: skip
