"""The report on shared power as a table to hand out: one row for each signal and quarter, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cases.models import Organisation
from cases.tables import Sheet
from workflows.signals.report import Reading, Reported
from workflows.signals.words import thresholds_of

COLUMNS = (
    "Signal", "Title", "Quarter", "From", "Numerator", "What it counts", "Denominator", "Of what", "Value", "Unit", "Thresholds",
    "How it stands", "Cases behind it", "Beside it", "Question", "Explained",
)  # fmt: skip

NUMBERS = COLUMNS.index("Cases behind it")
"""So many of the columns tell the number and how it stands."""


def table_of(organisation: Organisation, found: Iterable[Reported]) -> Sheet:
    """Every signal in every quarter. The value is empty where there are too few to say: only the counts are given."""
    rows = [_row(one, reading) for one in found for reading in one.trend]
    note = "It describes the organisation and scores nobody. Fewer than five are counted and not judged."
    return Sheet(f"How power is shared, {organisation.name}", COLUMNS, rows, note)


def table_of_all(found: Mapping[Organisation, Sequence[Reported]]) -> Sheet:
    """Every signal of every organisation in every quarter: numbers only, neither cases nor what somebody wrote beside a number."""
    rows = [
        (organisation.ods_code, organisation.name, *_row(one, reading)[:NUMBERS])
        for organisation, every in found.items() for one in every for reading in one.trend
    ]  # fmt: skip
    note = "It describes organisations and scores nobody. Fewer than five are counted and not judged."
    return Sheet("How power is shared, everywhere", ("ODS code", "Organisation", *COLUMNS[:NUMBERS]), rows, note)


def _row(one: Reported, reading: Reading) -> tuple[object, ...]:
    signal, found = one.signal, reading.found
    value = None if found.value is None or found.is_few else round(found.value, 3)
    return (
        signal.code, signal.title, reading.quarter.title, reading.quarter.first, found.numerator, signal.counts, found.denominator,
        signal.of, value, signal.unit.value, thresholds_of(signal), reading.light.value, len(found.cases),
        "; ".join(f"{what}: {how_many}" for what, how_many in found.others), found.question,
        " / ".join(note.text for note in reading.notes),
    )  # fmt: skip
