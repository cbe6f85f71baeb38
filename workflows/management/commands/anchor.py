"""`manage.py anchor --out FILE`: how far every chain has got, signed, to be kept somewhere else; `--new-key FILE` makes the key."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.anchors import write_anchor
from audit.signing import NoKey, make_key, private_key, public_text


class Command(BaseCommand):
    """The clock writes one a day where PARITY_ANCHORS names a folder; this writes one by hand, for instance before an export."""

    help = "Write an anchor of every chain, or make the key that signs anchors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--out", type=Path, help="The anchor; its signature goes beside it, as FILE.sig")
        what.add_argument("--new-key", type=Path, help="Make a key, and beside it (FILE.pub) the public key to give away")
        parser.add_argument("--key", type=Path, help="The private key that signs (default: PARITY_ANCHOR_KEY)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["new_key"]:
                self._make(options["new_key"])
            else:
                self._write(options["out"], options["key"] or settings.PARITY_ANCHOR_KEY)
        except (OSError, NoKey) as error:
            raise CommandError(str(error)) from error

    def _make(self, path: Path) -> None:
        self.stdout.write(make_key(path))
        self.stdout.write(f"Keep {path} on this machine alone. Give {path}.pub to whoever keeps the anchors.")

    def _write(self, path: Path, key_file: Path | str) -> None:
        key = private_key(Path(key_file)) if key_file else None
        number = write_anchor(path, timezone.now(), key)
        self.stdout.write(f"{number} chains anchored in {path}.")
        if key:
            self.stdout.write(f"Signed: {path}.sig. The public key:\n{public_text(key)}")
        else:
            self.stdout.write("Not signed: no key is set (PARITY_ANCHOR_KEY, or --key FILE).")
