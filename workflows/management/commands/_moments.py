"""Naming a moment and a person on the command line, and writing a table to the screen."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.models import Person
from cases.tables import Sheet, as_csv
from workflows.calendar import LONDON

AT = "A moment, for example 2026-03-02T14:30 or 2026-03-02 for the end of that day, in London (default: now)"


def add_moment(parser: ArgumentParser) -> None:
    """The options `--ods` and `--at`."""
    parser.add_argument("--ods", required=True, help="The ODS code of the organisation")
    parser.add_argument("--at", default="", help=AT)


def moment_of(typed: str) -> datetime:
    """The moment that was typed, in London where it names no zone; now where nothing was. Raises CommandError."""
    if not typed:
        return timezone.now()
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        raise CommandError(f"“{typed}” is not a moment. Write it like 2026-03-02T14:30.") from None
    if len(typed) == len("2026-03-02"):
        found = datetime.combine(found.date(), time(23, 59, 59))
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def person_named(email: str, ods: str) -> Person:
    """The person with this e-mail address. Raises CommandError."""
    found = Person.objects.filter(email__iexact=email, organisation__ods_code=ods).first()
    if found is None:
        raise CommandError(f"There is nobody with the address {email} in the organisation {ods}.")
    return found


def write_table(command: BaseCommand, sheet: Sheet) -> None:
    """The table as CSV, so that it can be kept in a file; what to know of it goes to the error stream."""
    command.stderr.write(f"{sheet.title}. {sheet.note}")
    command.stdout.write(as_csv(sheet).removeprefix("\ufeff"), ending="")
