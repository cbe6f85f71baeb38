"""`manage.py answer N REFERENCE --ods ODS [--at MOMENT] [--csv DIR]`: one of the eight questions of an auditor, answered."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cases.tables import Sheet, as_csv
from workflows.calendar import LONDON
from workflows.evidence.questions import QUESTIONS
from workflows.management.commands._finding import case_called
from workflows.management.commands._moments import add_moment, moment_of


class Command(BaseCommand):
    """Prints the answer in sentences; with `--csv` the rows behind it go into files, one for each table."""

    help = "Answer one of the eight questions of an auditor on a case: " + " ".join(
        f"{one.number} {one.short}." for one in QUESTIONS.values()
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, choices=list(QUESTIONS), help="The number of the question")
        parser.add_argument("reference", help="One case, for example OVS-2026-0007")
        add_moment(parser)
        parser.add_argument("--csv", default="", metavar="DIR", help="A folder for the tables; it is made if need be")

    def handle(self, *args: Any, **options: Any) -> None:
        question, at = QUESTIONS[options["number"]], moment_of(options["at"])
        answer = question.answer(case_called(options["reference"], options["ods"]), at)
        self.stdout.write(f"{question.number}. {question.asks}\nAs it stood at {at.astimezone(LONDON):%Y-%m-%d %H:%M %Z}.\n")
        for sentence in answer.sentences:
            self.stdout.write(f"- {sentence}")
        for sheet in answer.sheets:
            self._table(sheet, question.number, options)

    def _table(self, sheet: Sheet, number: int, options: dict[str, Any]) -> None:
        if not options["csv"]:
            self.stdout.write(f"\n{sheet.title}: {len(sheet.rows)} rows. {sheet.note}".rstrip())
            return
        folder = Path(options["csv"])
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{options['reference']}-{number}-{sheet.title.lower().replace(' ', '-')}.csv"
        path.write_text(as_csv(sheet), encoding="utf-8", newline="")
        self.stdout.write(f"Wrote {path}: {len(sheet.rows)} rows.")
