"""Write the generated documentation, or check it: `manage.py generate_docs [--check | --accept]`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows import guardlock
from workflows.documents import documents


class Command(BaseCommand):
    """Writes docs/reference and the lock of guards and definitions; with --check writes nothing and exits 1 on a difference."""

    help = "Write docs/reference and workflows/guards.lock from the code."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--check", action="store_true", help="write nothing; exit 1 and name every file that differs")
        which.add_argument("--accept", action="store_true", help="before the first release only: lock what changed as it is now")

    def handle(self, *args: Any, **options: Any) -> None:
        locked, now = guardlock.load(), guardlock.current()
        changed = [] if options["accept"] else list(guardlock.contradictions(locked, now))
        wanted = {**_pages(), guardlock.PATH: guardlock.text(now if options["accept"] else guardlock.merged(locked, now))}
        if options["check"]:
            self._check(changed, wanted)
        elif changed:
            raise CommandError("\n".join([*changed, "Nothing was written. Before the first release: generate_docs --accept."]))
        else:
            self._write(wanted)

    def _check(self, changed: list[str], wanted: dict[Path, str]) -> None:
        stale = [path for path in _differing(wanted) if not (changed and path == guardlock.PATH)]
        differ = [f"{_short(path)} differs from the code. Run `manage.py generate_docs`." for path in stale]
        if changed or differ:
            raise CommandError("\n".join([*changed, *differ]))
        self.stdout.write(f"{len(wanted)} generated files are as the code says.")

    def _write(self, wanted: dict[Path, str]) -> None:
        for path in _differing(wanted):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
            self.stdout.write(f"Wrote {_short(path)}.")


def _pages() -> dict[Path, str]:
    return {_folder() / path: text for path, text in documents().items()}


def _folder() -> Path:
    return Path(settings.BASE_DIR) / "docs" / "reference"


def _differing(wanted: dict[Path, str]) -> Iterator[Path]:
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield path


def _short(path: Path) -> Path:
    return path.relative_to(settings.BASE_DIR) if path.is_relative_to(settings.BASE_DIR) else path
