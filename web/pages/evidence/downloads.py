"""The tables of a page as a file: the same rows, by the same address with `table=csv` or `table=xlsx`."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from cases.tables import Sheet, as_csv, as_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def handed_out(request: HttpRequest, sheets: Sequence[Sheet], name: str) -> HttpResponse | None:
    """The file that was asked for; None where a page was. Several tables go into one CSV file one after the other."""
    asked = request.GET.get("table", "")
    if asked == "csv":
        whole = "\r\n".join(as_csv(sheet).removeprefix("\ufeff") for sheet in sheets)
        return _file("\ufeff" + whole, f"{name}.csv", "text/csv; charset=utf-8")
    return _file(as_xlsx(sheets), f"{name}.xlsx", XLSX) if asked == "xlsx" else None


def links(request: HttpRequest) -> list[tuple[str, str]]:
    """The words and the addresses of both files, for the page that is being looked at."""
    found = []
    for kind, words in (("csv", "As a table (CSV)"), ("xlsx", "As an Excel workbook")):
        query = request.GET.copy()
        query["table"] = kind
        found.append((words, "?" + query.urlencode()))
    return found


def _file(body: str | bytes, name: str, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(body, content_type=media_type, headers=headers)
