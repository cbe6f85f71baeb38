"""`manage.py show_case REFERENCE --ods ODS [--at MOMENT]`: a case as it stands, or as it stood, in plain text."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.models import Case
from workflows.evidence.as_of import case_as_it_stood
from workflows.evidence.as_of_tables import tables
from workflows.evidence.plain_text import cell_in_words, in_lines
from workflows.management.commands._finding import case_called
from workflows.management.commands._moments import add_moment, moment_of


class Command(BaseCommand):
    """Prints what the page "as it stood" shows, from the same function: from history, never from live rows."""

    help = "Show one case as it stood at a moment, from its history."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", help="For example OVS-2026-0007")
        add_moment(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        at, found = moment_of(options["at"]), case_called(options["reference"], options["ods"])
        try:
            past = case_as_it_stood(found, at)
        except Case.DoesNotExist:
            raise CommandError(f"{found.reference} had not been opened on {cell_in_words(at)}.") from None
        self.stdout.write(f"{past.case.reference} as it stood on {cell_in_words(at)}")
        for line in in_lines(tables(past)):
            self.stdout.write(line)
