"""What the import commands share: their options, the bar that shows how far they are, and how the end is told."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from cases.file_kinds import UnfitFile
from cases.models import Person
from cases.tables import ParsedRow
from workflows.imports import Unfit, run
from workflows.imports.running import Importer


class ImportCommand(BaseCommand):
    """Reads a file and brings in all of it or nothing of it. Exits 1 when there is a problem, after naming every one."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="A CSV or XLSX file with headings in its first row")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, row by row, and change nothing")
        parser.add_argument("--by", default="", metavar="EMAIL", help="Who brings it in (default: the system)")

    def importer(self, options: dict[str, Any]) -> Importer:
        """The importer of this kind of file."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        preview: bool = options["dry_run"]
        by = self._person(options["by"])
        try:
            report = run(
                self.importer(options), options["file"], by=by, at=timezone.now(), preview=preview, watch=self._watch
            )  # fmt: skip
        except FileNotFoundError as missing:
            raise CommandError(f"There is no file {options['file']}.") from missing
        except OSError as unreadable:
            raise CommandError(f"{options['file']} cannot be read: {unreadable.strerror}.") from unreadable
        except UnfitFile as unfit:
            raise CommandError(str(unfit)) from unfit
        except Unfit as unfit:
            raise CommandError(f"{unfit}\n{_nothing(len(unfit.problems))}") from unfit
        self.stdout.write(str(report))
        self.stdout.write(
            self.style.WARNING("This was a preview: nothing was changed.") if preview else self.style.SUCCESS("Done.")
        )

    def _person(self, email: str) -> Person | None:
        if not email:
            return None
        found = Person.objects.filter(email__iexact=email).first()
        if found is None:
            raise CommandError(f"Nobody here has the address {email}.")
        return found

    def _watch(self, rows: Sequence[ParsedRow]) -> Iterable[ParsedRow]:
        return tqdm(rows, unit="row", disable=None, leave=False, delay=1, file=self.stderr)


def _nothing(problems: int) -> str:
    found = "1 problem. Put it" if problems == 1 else f"{problems} problems. Put them"
    return f"Nothing was imported: {found} right and try again."


def add_ods(parser: ArgumentParser) -> None:
    """For files in which rows do not say whose they are."""
    parser.add_argument("--ods", default="", metavar="CODE", help="The ODS code of rows that name no organisation")
