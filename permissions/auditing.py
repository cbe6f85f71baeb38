"""Who reads what the record proves: quality auditors of the organisation, and whoever it is about (R16, IG7)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from cases.models import Person
from permissions.roles import AUDITOR, QUALITY
from permissions.scope import audited_organisations, running_appointments
from permissions.verdict import Verdict, judge

RULE = "IG7"

WATCHERS = (QUALITY, AUDITOR)
"""Whose office looks over a whole organisation: searches its record, and reads who asks whom. They find what they may read."""


def may_watch_sharing(person: Person, organisation: UUID, at: datetime) -> Verdict:
    """Whether a person reads, of a whole organisation, who asks whom and who could read when (R6, R14)."""
    return _watches(person, organisation, at, "R14", "The quality team and the quality auditors read this page.")


def may_audit(person: Person, organisation: UUID, at: datetime) -> Verdict:
    """Whether a person reads, of every case of an organisation, who could see it and what its record proves."""
    allowed = audited_organisations(person, at).filter(organisation=organisation).exists()
    return judge(allowed, RULE, "Only a quality auditor of the organisation reads this page.", "Ask a quality auditor.")


def may_read_access_of(person: Person, about: Person, at: datetime) -> Verdict:
    """Whether a person reads which cases somebody could see: an auditor of everybody, everybody else of themselves."""
    own = judge(person.pk == about.pk, RULE, "It is about you.")
    return own if own else may_audit(person, about.organisation_id, at)


def may_search(person: Person, organisation: UUID, at: datetime) -> Verdict:
    """Whether a person searches the record across an organisation."""
    return _watches(
        person, organisation, at, RULE, "The quality team and the quality auditors search the record of the organisation."
    )


def _watches(person: Person, organisation: UUID, at: datetime, rule: str, reason: str) -> Verdict:
    """Whether somebody's office looks over a whole organisation."""
    held = running_appointments(at).filter(person=person, organisation=organisation, role__in=[one.code for one in WATCHERS])
    return judge(held.exists(), rule, reason, "Ask one of them.")
