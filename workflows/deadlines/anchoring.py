"""The anchor of the day: how far every chain of the ledger has got, once a day, into a folder and to an address elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from audit.anchors import SIGNATURE, write_anchor
from audit.signing import private_key
from workflows.calendar import london_day
from workflows.deadlines.models import Sweep

SWEEP = "anchors"
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def anchor_of_the_day(now: Callable[[], datetime]) -> bool | None:
    """Write it unless it was written today: True when it was written, False when that failed, None when there was nothing to do.

    None is written without a folder (PARITY_ANCHORS). Safe by many at once: whoever holds the row of this sweep writes it. One
    that fails is tried again by the next sweep, and the operations page says so.
    """
    if not settings.PARITY_ANCHORS:
        return None
    with transaction.atomic():
        Sweep.objects.get_or_create(code=SWEEP, defaults={"ran_at": NEVER})
        sweep = Sweep.objects.select_for_update(of=("self",)).get(code=SWEEP)
        at = now()
        if london_day(sweep.ran_at) == london_day(at):
            return None
        try:
            path, number = _write(at)
        except Exception:  # noqa: BLE001 - whatever it was, the row says so and the next sweep tries again
            sweep.failed += 1
            sweep.save(update_fields=["failed"])
            return False
        sweep.ran_at, sweep.did, sweep.failed = at, number, 0
        sweep.save(update_fields=["ran_at", "did", "failed"])
        if settings.PARITY_ANCHOR_MAIL:
            transaction.on_commit(lambda: _send(path), robust=True)
    return True


def _write(at: datetime) -> tuple[Path, int]:
    """The path of the anchor and how many chains it names. One of the same day that nobody noted is left, and numbered past."""
    folder, key_file = Path(settings.PARITY_ANCHORS), settings.PARITY_ANCHOR_KEY
    key = private_key(Path(key_file)) if key_file else None
    path = folder / f"anchor-{london_day(at):%Y-%m-%d}.jsonl"
    if path.exists():
        path = folder / f"anchor-{at:%Y-%m-%dT%H%M%SZ}.jsonl"
    return path, write_anchor(path, at, key)


def _send(path: Path) -> None:
    """It holds keys of chains and digests, and nothing of a case."""
    message = EmailMessage(
        f"Anchor of the ledger: {path.name}",
        "Keep this where those who run Parity cannot change it. How it is used: docs/how-to/prove-a-record.md.",
        to=[settings.PARITY_ANCHOR_MAIL],
    )
    for file in (path, path.with_name(path.name + SIGNATURE)):
        if file.exists():
            message.attach(file.name, file.read_bytes(), "application/octet-stream")
    message.send()
