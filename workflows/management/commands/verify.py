"""`manage.py verify [REFERENCE]`: check the whole record, or one case's, and name the first row that is wrong."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.utils import timezone
from tqdm import tqdm

from audit.days import in_words
from audit.erasing import ERASING_KINDS
from audit.kinds import tell
from audit.models import Erasure, Event
from audit.verify import Finding, verify_chains, verify_live_rows
from cases.models import Case
from workflows.evidence.drift import strange_rights
from workflows.management.commands._finding import case_called
from workflows.verify import verify_case


class Command(BaseCommand):
    """Prints what was checked; exits 1 when anything does not hold, naming the row."""

    help = "Check the ledger, the history and every decision against the rules of their day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", nargs="?", help="One case, for example OVS-2026-0007 (default: everything)")
        parser.add_argument("--ods", default="", help="The ODS code of the organisation, where two have the same reference")

    def handle(self, *args: Any, **options: Any) -> None:
        case = case_called(options["reference"], options["ods"]) if options["reference"] else None
        chains = verify_chains(case.pk if case else None, lambda events: self._bar(events, Event.objects.count(), "event"))
        self.stdout.write(f"Chains: {chains.events} events and {chains.rows} rows checked.")
        self._stop_at(iter(chains.findings))
        self._tell_of_stubs(chains.stubs)
        live = verify_live_rows(case.pk if case else None, lambda tables: self._bar(tables, None, "table"))
        self.stdout.write(f"Live facts: {live.rows} compared with their newest history.")
        self._stop_at(iter(live.findings))
        number = self._replay(case)
        if case is None:
            self._stop_at(one.finding for one in strange_rights())
        self.stdout.write(f"Cases: {number} replayed, every agreement counted again, grants and tasks compared with seats.")
        self.stdout.write(self.style.SUCCESS("All is well: nothing was altered."))

    def _tell_of_stubs(self, number: int) -> None:
        """Of which rows only a stub is left, by which act, and how many of each table."""
        if not number:
            return
        self.stdout.write(f"Stubs: of {number} of these rows an act took the contents away:")
        for event in Event.objects.filter(kind__in=ERASING_KINDS).order_by("at"):
            tables = Erasure.objects.filter(event_id=event.pk).values_list("table").annotate(number=Count("pk")).order_by("table")
            self.stdout.write(f"  {in_words(event.at)}: {tell(event)}")
            self.stdout.write("    " + ", ".join(f"{table} {count}" for table, count in tables))

    def _replay(self, case: Case | None) -> int:
        cases = Case.objects.filter(pk=case.pk) if case else Case.objects.order_by("pk")
        number = 0
        now = timezone.now()
        rows = cases.select_related("organisation").iterator(chunk_size=500)
        for one in self._bar(rows, cases.count(), "case"):
            self._stop_at(verify_case(one, now))
            number += 1
        return number

    def _bar(self, things: Iterable[Any], total: int | None, unit: str) -> Iterable[Any]:
        """A progress bar, where there is a terminal to show it."""
        return tqdm(things, total=total, unit=unit, disable=None, leave=False, file=self.stderr)

    def _stop_at(self, findings: Iterator[Finding]) -> None:
        first = next(findings, None)
        if first is not None:
            raise CommandError(f"BROKEN. {first}", returncode=1)
