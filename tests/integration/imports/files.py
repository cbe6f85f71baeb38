"""Files as they are handed in, written for a test; and the day on which the tests of imports happen."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

from workflows.calendar import LONDON

SAMPLES = Path(__file__).parents[3] / "docs" / "samples"
NOW = datetime(2026, 11, 23, 9, tzinfo=LONDON)

PEOPLE = ["Email Address", "Surname", "Forename", "Role", "ODS Code", "Capacity", "Term start", "Term end"]
TRAINING = ["Oversight training completed", "Oversight training expiry", "Confidentiality signed", "Contact by"]
INCIDENTS = [
    "Incident reference", "Incident date", "Summary", "Trigger/Category", "Investigation lead email", "Directorate lead email",
    "ODS Code",
]  # fmt: skip


def written(folder: Path, *rows: list[str], name: str = "file.csv", encoding: str = "utf-8") -> Path:
    """A CSV file of these rows, the headings first."""
    path = folder / name
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path
