"""Who may see what a partner claims and is paid: the partner and the payment office; those who watch see totals (IG10)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from cases.models import Claim, Organisation, Person
from permissions.matters import was_lay
from permissions.roles import AUDITOR, COORDINATOR, QUALITY, Role
from permissions.scope import running_appointments
from permissions.verdict import Verdict, judge

OFFICE = (COORDINATOR,)
"""The payment office of an organisation."""

WATCHING = (QUALITY, AUDITOR)
"""Those who see how many claims there are, how late and how much in all: nobody's own."""

TERMS_ARE_WRITTEN_BY = (COORDINATOR, QUALITY)


def _holds(person: Person | None, organisation: Organisation, roles: tuple[Role, ...], at: datetime) -> bool:
    codes = [role.code for role in roles]
    return running_appointments(at).filter(person=person, organisation=organisation, role__in=codes).exists()


def is_payment_office(person: Person | None, organisation: Organisation, at: datetime) -> Verdict:
    """Whether a person decides claims here."""
    allowed = _holds(person, organisation, OFFICE, at)
    return judge(allowed, "IG10", "The partner coordinator looks after claims, and nobody else reads them.")


def may_see_totals(person: Person, organisation: Organisation, at: datetime) -> Verdict:
    """Whether a person sees numbers over all claims of an organisation."""
    allowed = _holds(person, organisation, (*OFFICE, *WATCHING), at)
    return judge(allowed, "IG10", "The coordinator, the quality team and auditors see what is paid, in totals.")


def may_write_terms(person: Person | None, organisation: Organisation, at: datetime) -> Verdict:
    """Whether a person writes down what is paid; None is an import or the set-up, acting for the system."""
    allowed = person is None or _holds(person, organisation, TERMS_ARE_WRITTEN_BY, at)
    return judge(allowed, "R20", "The coordinator or the quality team writes down what is paid.")


def may_claim(person: Person | None, organisation: Organisation, at: datetime) -> Verdict:
    """Whoever is or was a lay partner here: what was done before leaving is still owed."""
    found = person is not None and was_lay(person, organisation, at)
    return judge(found, "R20", "Claims are for Patient Safety Partners.")


def visible_claims(person: Person, at: datetime) -> QuerySet[Claim]:
    """The claims that a person may read: their own, and those of the organisation whose payment office they are."""
    office = running_appointments(at).filter(person=person, role__in=[role.code for role in OFFICE])
    return Claim.objects.filter(Q(person=person) | Q(organisation_id__in=office.values("organisation_id")))
