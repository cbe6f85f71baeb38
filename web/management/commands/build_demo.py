"""`manage.py build_demo`: the fictional trust with its cases, once, and who to sign in as."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from notifications.reading import everyone_has_read
from workflows.demo.building import PASSWORD, Told, build, cases_built
from workflows.demo.offered import offered
from workflows.demo.trust import NAME

READ_BEFORE = timedelta(days=7)
"""The people of the demo have read what is older than this."""


class Command(BaseCommand):
    """Leaves a demo that is built as it is. Refuses to run on anything but the demo's own settings."""

    help = "Build the demo: a fictional trust with cases at every stage."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PARITY_DEMO:
            raise CommandError(
                "The demo holds fictional people whom anybody can sign in as, so it is built only with the demo's own settings: "
                "run `make demo`."
            )
        built = cases_built()
        if built is None:
            self._build()
        else:
            self.stdout.write(f"{NAME} is there already, with {built} cases. To begin anew, remove var/demo and run `make demo`.")
        self._say_who()

    def _build(self) -> None:
        self.stdout.write(f"Building {NAME}: fictional people, and the cases that they have worked on.")
        try:
            now = timezone.now()
            build(now, self._watch)
            everyone_has_read(now - READ_BEFORE)
        except ValueError as unknown:
            raise CommandError(f"The demo cannot be built for today's date. {unknown}") from unknown
        self.stdout.write(self.style.SUCCESS(f"Built: {cases_built()} cases."))

    def _watch(self, tales: Sequence[Told]) -> Iterable[Told]:
        return tqdm(tales, unit="case", disable=None, leave=False, file=self.stderr)

    def _say_who(self) -> None:
        self.stdout.write(f"\nSign in as anybody with one click, or with an e-mail address and the password {PASSWORD}\n")
        for persona, email, _ in offered():
            self.stdout.write(f"  {persona.name:<16} {persona.role.title:<34} {email}")
        self.stdout.write("")
