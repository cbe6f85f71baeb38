"""What the quality team writes beside a number of the report on shared power, to explain it. It changes no number (R16)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from audit.ids import uuid7
from audit.record import Act
from cases.models import Organisation, Person, SignalNote
from permissions.reporting import may_explain_signals
from permissions.verdict import STALE, Verdict, judge, require
from workflows.calendar import london_day
from workflows.organisation_door import organisation_door
from workflows.signals.quarters import Quarter, begins_quarter
from workflows.signals.signal import SIGNALS

LONGEST = 1000
"""Characters: a reason, not an essay."""


def _this(organisation: Organisation, **_: Any) -> UUID:
    return organisation.pk


def may_explain(
    by: Person | None, organisation: Organisation, signal: str, quarter: date, text: str, at: datetime
) -> list[Verdict]:
    """Whether a person writes this beside that number. `quarter`: its first day."""
    return [
        may_explain_signals(by, organisation, at),
        judge(signal in SIGNALS, STALE, "There is no such number in the report.", "Go back to the report."),
        judge(begins_quarter(quarter), STALE, "No quarter begins on that day.", "Go back to the report."),
        judge(quarter <= london_day(at), "R16", "This quarter has yet to come.", "There is nothing to explain in it."),
        judge(bool(text.strip()), "R16", "Say why the number is as it is."),
        judge(len(text.strip()) <= LONGEST, "R16", f"Say it in {LONGEST} characters or fewer."),
    ]


@organisation_door("signal_explained", _this)
def explain_signal(
    act: Act, *, by: Person | None, organisation: Organisation, signal: str, quarter: date, text: str
) -> SignalNote:  # fmt: skip
    """Write beside a number, for one quarter, why it is as it is: whoever reads the report reads this. Raises Refused."""
    require(*may_explain(by, organisation, signal, quarter, text, act.at))
    assert by
    row = SignalNote(
        id=uuid7(act.at), organisation=organisation, signal=signal, quarter=quarter, text=text.strip(), by=by, at=act.at
    )
    row.save(force_insert=True)
    act.facts.update(signal=SIGNALS[signal].title, code=signal, quarter=Quarter(quarter).title, text=row.text)
    return row
