"""`manage.py carry_out_disposals`: take away the contents that two people agreed may go. Needs a role that owns the tables."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from workflows.disposing import carry_out_what_was_agreed


class Command(BaseCommand):
    """Prints a line for each thing that was agreed. What cannot be done says why, and the rest goes on."""

    help = "Carry out what two people agreed: contents that go, and people who have left (IG8, IG10, IG15)."

    def handle(self, *args: Any, **options: Any) -> None:
        for line in carry_out_what_was_agreed(timezone.now):
            self.stdout.write(line)
