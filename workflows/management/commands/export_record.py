"""`manage.py export_record REFERENCE --ods ODS --by EMAIL --to WORDS --out FOLDER`: the record of a case, to be kept elsewhere."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from permissions.verdict import Refused
from workflows.doors.exports import export_record
from workflows.export.record import write_record
from workflows.management.commands._finding import case_called, person_called


class Command(BaseCommand):
    """Goes through the same door as the page: the same people may, and it is on the record of the case."""

    help = "Write the record of a case as files that can be checked anywhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", help="For example OVS-2026-0007")
        parser.add_argument("--ods", required=True, help="The ODS code of the organisation")
        parser.add_argument("--by", required=True, help="E-mail address of who takes it out: the quality team or the auditor")
        parser.add_argument("--to", required=True, help="Who it is for, and why they need it")
        parser.add_argument("--out", required=True, type=Path, help="A folder that is empty or not there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        case, by, out = case_called(options["reference"], options["ods"]), person_called(options["by"]), options["out"]
        if out.exists() and any(out.iterdir()):
            raise CommandError(f"{out} is not empty.")
        try:
            receipt = export_record(case=case, by=by, at=timezone.now(), to=options["to"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        manifest = write_record(receipt.event, out)
        self.stdout.write(f"{len(manifest['files'])} files in {out}, up to event {receipt.event.seq}, {receipt.event.digest}.")
        self.stdout.write(f"Check them anywhere: python3 {out / 'verify_record.py'}")
