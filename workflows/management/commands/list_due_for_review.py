"""`manage.py list_due_for_review --ods ODS [--on DAY]`: which cases are past the time for which they are kept."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.days import in_words
from cases.models import Organisation
from permissions.retention import due_for_review
from workflows.calendar import LONDON


class Command(BaseCommand):
    """Prints one line for each case: reference, since when, by which rule, why that rule, and what holds it."""

    help = "List the cases of an organisation that are due for review (IG8)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ods", required=True, help="The ODS code of the organisation")
        parser.add_argument("--on", default="", help="A day, as 2047-03-04 (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(ods_code=options["ods"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation {options['ods']}.")
        found = due_for_review(organisation, self._moment(options["on"]))
        for one in found:
            holds = ", ".join(hold.get_kind_display() for hold in one.case.legal_holds.filter(lifted_at__isnull=True))
            held = f" HELD: {holds}." if holds else ""
            self.stdout.write(f"{one.case.reference}: since {in_words(one.since)}. {one.term}. {one.why}{held}")
        self.stdout.write(f"{len(found)} due for review.")

    def _moment(self, day: str) -> datetime:
        if not day:
            return timezone.now()
        try:
            return datetime.combine(date.fromisoformat(day), time(12), LONDON)
        except ValueError:
            raise CommandError(f"{day} is no day. Write it as 2047-03-04.") from None
