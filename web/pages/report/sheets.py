"""The tables of the report as they are handed out: the numbers of the page, and no more of a case than the reader may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import Http404, HttpResponse

from cases.tables.sheets import Sheet, as_csv, as_xlsx
from web.design_system.words import day
from web.pages.report.presenter import Report, SignalPage, Told
from workflows.signals.tables import table_of

TYPES: dict[str, tuple[str, Callable[[Sheet], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", lambda sheet: as_csv(sheet).encode()),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", lambda sheet: as_xlsx([sheet])),
}


def signals_sheet(report: Report) -> Sheet:
    """Every signal in every quarter that the report shows."""
    return table_of(report.organisation, [one.reported for one in report.told])


def trend_sheet(page: SignalPage) -> Sheet:
    """One signal in every quarter that its page shows."""
    return table_of(page.organisation, [page.told.reported])


def notes_sheet(told: Iterable[Told]) -> Sheet:
    """What explains the numbers of the quarters that are shown."""
    rows = [
        (one.signal.code, one.signal.title, reading.quarter.title, note.text, note.by.name, day(note.at))
        for one in told for reading in one.reported.trend for note in reading.notes
    ]  # fmt: skip
    return Sheet("What explains it", ("Code", "Measure", "Quarter", "What was written", "By", "On"), rows)


def cases_sheet(page: SignalPage) -> Sheet:
    """The cases behind the number that the reader may see, and how many more there are."""
    more = [("", f"{page.hidden} more that you may not see")] if page.hidden else []
    return Sheet("Cases behind it", ("Case", "Title"), [*((reference, title) for reference, title, _ in page.cases), *more])


REPORT_TABLES: dict[str, Callable[[Report], Sheet]] = {"signals": signals_sheet, "notes": lambda report: notes_sheet(report.told)}
SIGNAL_TABLES: dict[str, Callable[[SignalPage], Sheet]] = {
    "trend": trend_sheet, "cases": cases_sheet, "notes": lambda page: notes_sheet([page.told]),
}  # fmt: skip


def handed_out(sheet: Sheet, kind: str, name: str) -> HttpResponse:
    """The table as a file. Raises Http404 for a kind of file that there is not."""
    if kind not in TYPES:
        raise Http404
    media_type, made = TYPES[kind]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(made(sheet), content_type=media_type, headers=headers)
