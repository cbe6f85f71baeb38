"""`manage.py show_case REFERENCE --ods ODS [--at MOMENT]`: a case as it stands, or as it stood, in plain text."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.models import Case
from workflows.evidence.as_of import case_as_it_stood, moment_of
from workflows.evidence.as_of_tables import tables
from workflows.evidence.plain_text import cell_in_words, in_lines


class Command(BaseCommand):
    """Prints what the page "as it stood" shows, from the same function: from history, never from live rows."""

    help = "Show one case as it stood at a moment, from its history."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", help="For example OVS-2026-0007")
        parser.add_argument("--ods", required=True, help="The ODS code of the organisation")
        parser.add_argument("--at", default="", help="For example 2026-11-23 or 2026-11-23T14:05 (London time); now unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        at = self._moment(options["at"])
        found = Case.objects.filter(organisation__ods_code=options["ods"], reference=options["reference"]).first()
        if found is None:
            raise CommandError(f"There is no case {options['reference']} in {options['ods']}.")
        try:
            past = case_as_it_stood(found, at)
        except Case.DoesNotExist:
            raise CommandError(f"{found.reference} had not been opened on {cell_in_words(at)}.") from None
        self.stdout.write(f"{past.case.reference} as it stood on {cell_in_words(at)}")
        for line in in_lines(tables(past)):
            self.stdout.write(line)

    def _moment(self, typed: str) -> datetime:
        try:
            return moment_of(typed) if typed else timezone.now()
        except ValueError:
            raise CommandError(f"{typed!r} is no moment. Write 2026-11-23 or 2026-11-23T14:05.") from None
