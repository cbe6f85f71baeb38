"""Partners who leave before their term is over (T21)."""

from __future__ import annotations

from cases.models import Appointment
from permissions.eligibility import day_of
from permissions.roles import PSP
from workflows.ambition.reading import versions_of
from workflows.signals.days import stay_of
from workflows.signals.signal import Measured, Signal, Span, Thresholds, Unit, add, share


def left_early(span: Span) -> Measured:
    """Of the partners who were appointed at some time in the span, those whose appointment was ended before its last day.

    An appointment without a last day counts as ended early: none was agreed to be over. One statement.
    """
    days, counted, early, with_reason = stay_of(span), 0, [], 0
    for key, versions in versions_of(Appointment, organisation=span.organisation, role=PSP.code).items():
        running = [(row, stay) for row, stay in versions if row.state == Appointment.State.ACTIVE and stay.within(days)]
        ended = [row for row, stay in versions if row.state == Appointment.State.ENDED and days.covers(stay.since)]
        counted += bool(running or ended)
        if ended and (ended[0].ends_on is None or day_of(ended[0].history_date) < ended[0].ends_on):
            early.append(key)
            with_reason += bool(ended[0].history_change_reason)
    return share(early, counted, others=(("of these, with the reason on record", with_reason),))


add(Signal(
    code="T21", title="Leaving early",
    counts="Partners whose appointment was ended before its term was over",
    of="Partners who were appointed at some time in the quarter",
    why="People leave what frustrates them. Each one takes away what they had learned.",
    beware="A move or an illness is nobody\u2019s doing. Each reason is on record with the quality team.",
    unit=Unit.SHARE, thresholds=Thresholds(0.15, 0.30), measure=left_early,
    source="Frustration and barriers in the role (THIS Institute 2024).",
))  # fmt: skip
