"""`manage.py what_could EMAIL --ods ODS [--at MOMENT]`: every case that a person could see at a moment, as CSV."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from workflows.evidence.access import sheet_of, what_could
from workflows.management.commands._finding import person_called
from workflows.management.commands._moments import add_moment, moment_of, write_table


class Command(BaseCommand):
    """Prints the table; what it says is computed from the history, so that it answers for any past moment."""

    help = "Say which cases a person could see at a moment: by what, given by whom, why, until when."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="The e-mail address of the person")
        add_moment(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        at = moment_of(options["at"])
        found = what_could(person_called(options["email"], options["ods"]), at)
        write_table(self, sheet_of(found, f"What {options['email']} could see", at))
