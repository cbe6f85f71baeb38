"""What was measured, kept as JSON for each size, so that sizes stand side by side and a part can be measured again."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection

from tests.bench.measuring import Timing
from tests.bench.work import SIZES, Row

FOLDER = Path(__file__).resolve().parents[2] / "var" / "bench" / "results"

PACKAGES = (
    "Django", "psycopg", "django-viewflow", "django-fsm-2", "django-guardian", "django-simple-history", "gunicorn",
)  # fmt: skip


@dataclass(frozen=True)
class Results:
    """All that is known of one size: where and when it was measured, on how much, and the rows by their code."""

    size: str
    where: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)

    def with_rows(self, rows: list[Row], where: dict[str, Any]) -> Results:
        """These results with rows that were measured now in the place of older ones of the same code."""
        return Results(self.size, where, {**self.rows, **{row.code: row for row in rows}})


def here(today: date, counts: dict[str, int]) -> dict[str, Any]:
    """Where and with what it is measured. `counts` is how many rows of each kind there are."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
        cursor.execute("SELECT name, setting || coalesce(unit, '') FROM pg_settings WHERE name IN ('fsync', 'shared_buffers')")
        settings = dict(cursor.fetchall())
    return {
        "date": today.isoformat(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "postgresql": server.split()[0],
        "settings": settings,
        "packages": {name: version(name) for name in PACKAGES},
        "counts": counts,
    }


def keep(results: Results, folder: Path = FOLDER) -> None:
    """Write the results of a size."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{results.size}.json").write_text(json.dumps(asdict(results), indent=1), encoding="utf-8")


def kept(size: str, folder: Path = FOLDER) -> Results:
    """What is kept of a size; nothing where it was never measured."""
    path = folder / f"{size}.json"
    if not path.exists():
        return Results(size)
    told = json.loads(path.read_text(encoding="utf-8"))
    return Results(size, told["where"], {code: _row(row) for code, row in told["rows"].items()})


def every_size(folder: Path = FOLDER) -> dict[str, Results]:
    """The results of each size that was measured, smallest first."""
    return {size: found for size in SIZES if (found := kept(size, folder)).rows}


def _row(told: dict[str, Any]) -> Row:
    return Row(told["code"], told["title"], {name: Timing(**one) for name, one in told["timings"].items()}, told["note"])
