"""Question 8: has anything been altered since?"""

from __future__ import annotations

from collections.abc import Iterator

from audit.findings import Finding
from audit.verify import verify_chains, verify_live_rows
from cases.tables import Sheet
from workflows.evidence.answers.answer import Answer, how_many
from workflows.evidence.then import Then
from workflows.verify import verify_case

COLUMNS = ("What was checked", "Table", "Row", "What is wrong")


def whether_altered(then: Then) -> Answer:
    """Every check there is, made now: of the whole record of the case, whatever the moment that is asked about."""
    chains, live = verify_chains(then.case.pk), verify_live_rows(then.case.pk)
    rows = [
        *_rows("The chain of events and the rows they sealed", chains.findings),
        *_rows("The facts of today against their history", live.findings),
        *_rows("Decisions counted and replayed again", verify_case(then.case, then.at)),
    ]
    sentences = (
        "Nothing has been altered." if not rows else f"{how_many(len(rows), 'thing')} did not hold. Each is in the table.",
        f"Checked now: {how_many(chains.events, 'event')} in the chain of the case, {how_many(chains.rows, 'row')} that they "
        f"sealed, {how_many(live.rows, 'live fact')} against the history, and every decision counted again.",
        f"Rows of which an act on record took the contents away: {chains.stubs}.",
    )
    return Answer(sentences, (Sheet("Findings", COLUMNS, rows, "Checked when this was asked, over the whole record."),))


def _rows(what: str, findings: list[Finding] | Iterator[Finding]) -> Iterator[tuple[object, ...]]:
    for one in findings:
        yield what, one.table, one.row, one.what
