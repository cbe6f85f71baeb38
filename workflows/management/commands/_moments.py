"""Naming a moment on the command line, and writing a table to the screen."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.tables import Sheet, as_csv
from workflows.evidence import as_of

AT = "A moment, for example 2026-03-02T14:30 or 2026-03-02 for the end of that day, in London (default: now)"


def add_moment(parser: ArgumentParser) -> None:
    """The options `--ods` and `--at`."""
    parser.add_argument("--ods", required=True, help="The ODS code of the organisation")
    parser.add_argument("--at", default="", help=AT)


def moment_of(typed: str) -> datetime:
    """The moment that was typed, in London where it names no zone; now where nothing was. Raises CommandError."""
    try:
        return as_of.moment_of(typed) if typed else timezone.now()
    except ValueError:
        raise CommandError(f"“{typed}” is not a moment. Write it like 2026-03-02T14:30.") from None


def write_table(command: BaseCommand, sheet: Sheet) -> None:
    """The table as CSV, so that it can be kept in a file; what to know of it goes to the error stream."""
    command.stderr.write(f"{sheet.title}. {sheet.note}")
    command.stdout.write(as_csv(sheet).removeprefix("\ufeff"), ending="")
