"""`manage.py verify [REFERENCE]`: check the whole record, or one case's, and name every row that is wrong and what was done."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.utils import timezone
from tqdm import tqdm

from audit.anchors import BadAnchor, changed_since, read_anchor
from audit.collecting import collecting_seldom
from audit.days import in_words
from audit.erasing import ERASING_KINDS
from audit.findings import Finding
from audit.kinds import tell
from audit.models import Erasure, Event
from audit.replica import ReplicaBehind, only_from_replica
from audit.signing import NoKey, public_key
from audit.verify import verify_chains, verify_live_rows
from cases.models import Case
from workflows.evidence.drift import strange_rights
from workflows.management.commands._finding import case_called
from workflows.verify import verify_cases

SHOWN = 50
"""Findings that are named; more than that are counted."""


class Command(BaseCommand):
    """Prints what was checked; exits 1 when anything does not hold, naming each row and the kind of forgery."""

    help = "Check the ledger, the history and every decision against the rules of their day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", nargs="?", help="One case, for example OVS-2026-0007 (default: everything)")
        parser.add_argument("--ods", default="", help="The ODS code of the organisation, where two have the same reference")
        parser.add_argument(
            "--anchor", type=Path, help="An anchor from before: what has been cut off or written anew since is named"
        )
        parser.add_argument("--key", type=Path, help="The public key that must have signed the anchor (FILE.sig beside it)")

        parser.add_argument("--replica", action="store_true", help="Check the replica's rows, and leave the primary to its work")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with collecting_seldom():
                only_from_replica(lambda: self._check(options)) if options["replica"] else self._check(options)
        except ReplicaBehind as behind:
            raise CommandError(str(behind)) from behind

    def _check(self, options: dict[str, Any]) -> None:
        case = case_called(options["reference"], options["ods"]) if options["reference"] else None
        found = [*self._anchored(case, options["anchor"], options["key"]), *self._ledger(case)]
        found += self._replayed(case, bool(found))
        if found:
            named = [str(one) for one in found[:SHOWN]] + ([f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else [])
            raise CommandError("BROKEN. " + "\n".join(named), returncode=1)
        self.stdout.write(self.style.SUCCESS("All is well: nothing was altered."))

    def _anchored(self, case: Case | None, anchor: Path | None, key: Path | None) -> list[Finding]:
        if anchor is None:
            return []
        try:
            heads = read_anchor(anchor, public_key(key) if key else None)
        except (BadAnchor, NoKey) as error:
            raise CommandError(f"BROKEN. {error}", returncode=1) from error
        found = list(changed_since(heads, f"case:{case.pk}" if case else ""))
        self.stdout.write(f"Anchor: {len(heads)} chains compared with what they were.")
        return found

    def _ledger(self, case: Case | None) -> list[Finding]:
        chains = verify_chains(case.pk if case else None, lambda events: self._bar(events, Event.objects.count(), "event"))
        self.stdout.write(f"Chains: {chains.events} events and {chains.rows} rows checked.")
        self._tell_of_stubs(chains.stubs)
        live = verify_live_rows(case.pk if case else None, lambda tables: self._bar(tables, None, "table"))
        self.stdout.write(f"Live facts: {live.rows} compared with their newest history.")
        return [*chains.findings, *live.findings]

    def _tell_of_stubs(self, number: int) -> None:
        """Of which rows only a stub is left, by which act, and how many of each table."""
        if not number:
            return
        self.stdout.write(f"Stubs: of {number} of these rows an act took the contents away:")
        for event in Event.objects.filter(kind__in=ERASING_KINDS).order_by("at"):
            tables = Erasure.objects.filter(event_id=event.pk).values_list("table").annotate(number=Count("pk")).order_by("table")
            self.stdout.write(f"  {in_words(event.at)}: {tell(event)}")
            self.stdout.write("    " + ", ".join(f"{table} {count}" for table, count in tables))

    def _replayed(self, case: Case | None, broken: bool) -> list[Finding]:
        """Of a record that is broken already a case may not be readable, which is then no more than was said."""
        cases = Case.objects.filter(pk=case.pk) if case else Case.objects.all()
        number, found = 0, list[Finding]()
        for _, findings in self._bar(verify_cases(cases, timezone.now()), cases.count(), "case"):
            try:
                found += islice(findings, SHOWN)
            except Exception:
                if not broken:
                    raise
            number += 1
        if case is None:
            found += [one.finding for one in strange_rights()]
        self.stdout.write(f"Cases: {number} replayed, every agreement counted again, grants and tasks compared with seats.")
        return found

    def _bar(self, things: Iterable[Any], total: int | None, unit: str) -> Iterable[Any]:
        """A progress bar, where there is a terminal to show it."""
        return tqdm(things, total=total, unit=unit, disable=None, leave=False, file=self.stderr)
