"""One module for each kind of work that is measured, and the list of them."""

from tests.bench.work import Work
from tests.bench.works import at_once, checking, one_case, pages, positions, record, signals, worklists

WORKS: tuple[Work, ...] = (
    positions.WORK, one_case.WORK, at_once.WORK, worklists.WORK, record.WORK, checking.WORK, signals.WORK, pages.WORK,
)  # fmt: skip
"""In the order in which they are measured and told."""
