"""Who reads what the record proves: quality auditors of the organisation, and whoever it is about (R16, IG7)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from cases.models import Person
from permissions.roles import AUDITOR, QUALITY
from permissions.scope import audited_organisations, running_appointments
from permissions.verdict import Verdict, judge

RULE = "IG7"

SEARCHERS = (QUALITY, AUDITOR)
"""Whose office searches the record across an organisation. What they find is what they may read, and no more."""


def may_watch_sharing(person: Person, organisation: UUID, at: datetime) -> Verdict:
    """Whether a person reads, of a whole organisation, who asks whom and who could read when (R6, R14)."""
    held = running_appointments(at).filter(person=person, organisation=organisation, role__in=[one.code for one in SEARCHERS])
    return judge(held.exists(), "R14", "The quality team and the quality auditors read this page.", "Ask one of them.")


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
    held = running_appointments(at).filter(person=person, organisation=organisation, role__in=[one.code for one in SEARCHERS])
    return judge(
        held.exists(), RULE, "The quality team and the quality auditors search the record of the organisation.", "Ask one of them."
    )
