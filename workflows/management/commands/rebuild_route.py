"""`manage.py rebuild_route REFERENCE`: throw the open tasks of a case away and make them again from the facts."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.models import Case
from workflows.rebuilding import rebuild_route


class Command(BaseCommand):
    """Says how many tasks are open before and after."""

    help = "Make the open tasks of a case again from its facts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference")
        parser.add_argument("--ods", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Case.objects.filter(reference=options["reference"])
        found = found.filter(organisation__ods_code=options["ods"]) if options["ods"] else found
        if found.count() != 1:
            raise CommandError(f"{found.count()} cases are called {options['reference']}. Name one, with --ods CODE if need be.")
        receipt = rebuild_route(case=found[0], by=None, at=timezone.now())
        before, after = receipt.result
        self.stdout.write(f"Open tasks: {before} before, {after} after.")
