"""When the record of a case was last checked, by whom, what was covered and what was found: read from the newest check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from audit.models import Event
from web.design_system.words import count
from workflows.doors.checking import KIND
from workflows.look import Look


@dataclass(frozen=True)
class Checked:
    """One check. `covered` is what was looked at; `since`: how many events the record has grown by, the check itself left out."""

    at: datetime
    who: str
    covered: str
    outcome: str
    is_sound: bool
    findings: tuple[str, ...]
    more: int
    since: int


def newest_check(look: Look) -> Checked | None:
    """The last check of the record; None where there was none. Two statements."""
    chain = Event.objects.filter(chain=f"case:{look.case.pk}").order_by("-seq")
    found = chain.filter(kind=KIND).first()
    return _checked(found, newest=chain.values_list("seq", flat=True)[0]) if found else None


def _checked(event: Event, newest: int) -> Checked:
    told = event.facts
    findings = tuple(map(str, told.get("first_findings", ())))
    covered = (
        f"{count(told['events'], 'event')}, {count(told['sealed_rows'], 'sealed row')}, {count(told['live_facts'], 'fact')} as "
        f"{'it stands' if told['live_facts'] == 1 else 'they stand'} now, every move of the case and every agreement counted again"
    )
    return Checked(
        at=event.at, who=event.person_name, covered=covered, outcome=str(told["outcome"]), is_sound=not told["findings"],
        findings=findings, more=told["findings"] - len(findings), since=newest - event.seq,
    )  # fmt: skip
