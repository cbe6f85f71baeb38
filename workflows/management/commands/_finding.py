"""Finds what a command names: an organisation by its ODS code, a case by its reference, a person by their e-mail address."""

from __future__ import annotations

from django.core.management.base import CommandError

from cases.models import Case, Organisation, Person


def organisation_called(ods: str) -> Organisation:
    """Raises CommandError."""
    found = Organisation.objects.filter(ods_code=ods).first()
    if found is None:
        raise CommandError(f"There is no organisation with the ODS code {ods}.")
    return found


def case_called(reference: str, ods: str = "") -> Case:
    """The case with its organisation. Raises CommandError where there is none, or several without an ODS code."""
    found = Case.objects.select_related("organisation").filter(reference=reference)
    found = found.filter(organisation__ods_code=ods) if ods else found
    if len(found) > 1:
        raise CommandError(f"Several organisations have a case {reference}. Add --ods CODE.")
    if not found:
        raise CommandError(f"There is no case {reference}.")
    return found[0]


def person_called(email: str, ods: str = "") -> Person:
    """The person with this address, of this organisation where one is named. Raises CommandError."""
    known = Person.objects.filter(email__iexact=email)
    found = (known.filter(organisation__ods_code=ods) if ods else known).first()
    if found is None:
        raise CommandError(f"There is no person with the e-mail address {email}.")
    return found
