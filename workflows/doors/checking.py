"""Checking the record of one case from its page: it changes nothing, and that it was done is on the record (R16)."""

from __future__ import annotations

from audit.record import Actor
from audit.verify import verify_chains, verify_live_rows
from permissions.roles import AUDITOR
from permissions.verdict import require
from workflows.door import Doing, door
from workflows.evidence.readers import may_read_past
from workflows.verify import verify_case

KIND = "record_verified"

TOLD = 20
"""Findings that the event carries in words; it says how many there are."""


@door(KIND)
def verify_record(doing: Doing) -> int:
    """Check chain, rows, live facts and every decision of the case, and record what was covered. Returns how many do not hold.

    Under the lock of the case, so that nothing is done on it while it is checked. Raises Refused for whoever does not read
    the whole record.
    """
    look, by = doing.look, doing.person
    require(*may_read_past(look, by))
    seat = next(iter(look.seats_of(by.pk)), None)
    if seat:
        doing.acting_as(seat)
    else:
        doing.act.actor = Actor(by.pk, by.name, AUDITOR.capacity, AUDITOR.code)
    chains, live = verify_chains(look.case.pk), verify_live_rows(look.case.pk)
    found = [*chains.findings, *live.findings, *verify_case(look.case, look.at)]
    doing.says(
        events=chains.events, sealed_rows=chains.rows, live_facts=live.rows, findings=len(found),
        first_findings=[str(one) for one in found[:TOLD]], outcome=_in_words(len(found)),
    )  # fmt: skip
    return len(found)


def _in_words(found: int) -> str:
    if not found:
        return "nothing was altered"
    return "1 thing does not hold" if found == 1 else f"{found} things do not hold"
