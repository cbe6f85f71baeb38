"""For how long an organisation keeps its records: a rule of its own, never shorter than the one that it begins with (IG8).

A term that one person could shorten would let what partners said go a year after the end, of cases that ended long ago too.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from audit.ids import uuid7
from audit.record import Act
from cases.models import Organisation, Person, RetentionRule
from permissions.eligibility import day_of
from permissions.retention import PROPOSERS, RULE, SUBJECTS, holds_one
from permissions.verdict import judge, require
from workflows.organisation_door import organisation_door


def _this(organisation: Organisation, **_: Any) -> UUID:
    return organisation.pk


@organisation_door("retention_rule_recorded", _this)
def record_retention_rule(
    act: Act, *, by: Person | None, organisation: Organisation, subject: str, years: int, starts_on: date, source: str
) -> RetentionRule:
    """Write down for how many years records of a subject are kept, from a day on (today or later). Raises Refused."""
    card = SUBJECTS.get(subject)
    least = card.years if card else 1
    require(
        holds_one(by, organisation, PROPOSERS, RULE, act.at),
        judge(card is not None, RULE, "There is no such subject.", f"Choose one of: {', '.join(SUBJECTS)}."),
        judge(years >= least, RULE, f"That is kept for {least} years at least.", card.source if card else ""),
        judge(bool(source.strip()), RULE, "Say where this comes from.", "For example the policy, and its date."),
        judge(starts_on >= day_of(act.at), RULE, "A rule begins today or later.", "What was kept until now stays kept."),
    )
    assert card
    same = RetentionRule.objects.filter(organisation=organisation, subject=subject, starts_on=starts_on).first()
    row = same or RetentionRule(id=uuid7(act.at), organisation=organisation, subject=subject, starts_on=starts_on)
    row.years, row.source, row.recorded_by = years, source.strip(), by
    row.save()
    act.facts.update(subject=card.title, years=years, starts_on=starts_on)
    return row
