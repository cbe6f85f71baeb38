"""`manage.py rebuild_route REFERENCE | --all`: throw open tasks away and make them again from the facts."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from cases.models import Case
from workflows.law import typed
from workflows.look import Look
from workflows.rebuilding import is_behind, rebuild_route
from workflows.registry import process_of


class Command(BaseCommand):
    """Says how many tasks are open before and after. With --all, only cases whose tasks are not as they should be."""

    help = "Make the open tasks of a case again from its facts, or those of every case that needs it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", nargs="?", default="", help="One case, for example OVS-2026-0007")
        parser.add_argument("--ods", default="", help="The ODS code of the organisation, where two have the same reference")
        parser.add_argument("--all", action="store_true", help="Every case whose open tasks differ from what is owed")

    def handle(self, *args: Any, **options: Any) -> None:
        reference, ods = options["reference"], options["ods"]
        if bool(reference) is options["all"]:
            raise CommandError("Name one case, or give --all.")
        cases = Case.objects.filter(organisation__ods_code=ods) if ods else Case.objects.all()
        if options["all"]:
            self._all(list(cases.order_by("pk").values_list("pk", flat=True)))
            return
        found = cases.filter(reference=reference)
        if found.count() != 1:
            raise CommandError(f"{found.count()} cases are called {reference}. Name one, with --ods CODE if need be.")
        self.stdout.write(f"Open tasks: {_rebuilt(found[0])}.")

    def _all(self, keys: list[UUID]) -> None:
        done = 0
        for key in tqdm(keys, unit="case", disable=None, leave=False, file=self.stderr):
            case = Case.objects.select_related("organisation").get(pk=key)
            if is_behind(Look(typed(case), process_of(case.process, case.definition_version), timezone.now())):
                self.stdout.write(f"{case.reference}: open tasks: {_rebuilt(case)}.")
                done += 1
        self.stdout.write(f"The tasks of {done} of {len(keys)} cases were made again.")


def _rebuilt(case: Case) -> str:
    before, after = rebuild_route(case=case, by=None, at=timezone.now()).result
    return f"{before} before, {after} after"
