"""Two trained partners on every safety-related group? `manage.py show_ambition --ods ODS [--on DAY]`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from audit.days import in_words
from cases.models import Organisation
from workflows.ambition.standing import Ambition, Line
from workflows.calendar import london_day


class Command(BaseCommand):
    """Prints each group with its seats and what it lacks, the total, and the ends of the last eight quarters."""

    help = "Show how an organisation stands to the national ambition: two trained partners on each safety-related group."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ods", required=True, help="the ODS code of the organisation")
        parser.add_argument("--on", type=date.fromisoformat, default=None, help="a day as 2026-03-31; today unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(ods_code=options["ods"].upper()).first()
        if organisation is None:
            raise CommandError(f"There is no organisation with the ODS code {options['ods']}.")
        today = london_day(timezone.now())
        day = options["on"] or today
        if day > today:
            raise CommandError(f"{in_words(day)} is still to come.")
        self._tell(Ambition(organisation), organisation, day)

    def _tell(self, ambition: Ambition, organisation: Organisation, day: date) -> None:
        self.stdout.write(f"{organisation.name}, {in_words(day)}: {ambition.total_on(day)}")
        for line in ambition.lines_on(day):
            self.stdout.write(f"  {_in_words(line)}")
        for one in ambition.quarters_before(day):
            self.stdout.write(f"{in_words(one.day)}: {one}")


def _in_words(line: Line) -> str:
    seats = f"{line.members} of {line.target} seats filled by members, {line.trained} trained"
    others = line.partners - line.members
    attending = f"; {others} only attending" if others else ""
    empty = f"; a seat empty since {in_words(line.vacant_since)}" if line.vacant_since else ""
    return f"{'yes' if line.meets else 'no '} {line.name} ({line.kind}): {seats}{attending}{empty}"
