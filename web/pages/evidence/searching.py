"""The page that searches the record of an organisation, and what was found as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit.replica import from_replica
from permissions.auditing import may_search
from permissions.verdict import require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address
from web.pages.evidence.downloads import handed_out
from web.pages.evidence.search_form import SearchForm, address_after, address_of_first, place_in
from web.pages.record.telling import Entry, entry
from workflows.doors.evidence import hand_out_search
from workflows.evidence.search import MOST, Found, search, sheet_of
from workflows.registry import process_of


@require_safe
@signed_in
def record_search(request: SignedInRequest) -> HttpResponse:
    """What is in the record of every case that the visitor may read, by person, act, rule, stage, day and words."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_search(request.person, organisation.pk, at))
    form = SearchForm(request.GET or None)
    if request.GET.get("table") == "csv":
        sheet = from_replica(lambda: sheet_of(request.person, organisation, form.wanted, at))
        hand_out_search(by=request.person, organisation=organisation, at=at, rows=len(sheet.rows))
        return handed_out(request, [sheet], "search") or HttpResponse()
    after = place_in(request.GET)
    found = from_replica(lambda: search(request.person, organisation, form.wanted, at, after))
    told = {"form": form, "entries": _entries(found), "most": MOST, "first": address_of_first(request.GET) if after else ""}
    told |= {"older": address_after(request.GET, found.older) if found.older else "", "file": _file(request)}
    told["looked"] = bool(request.GET)
    return page(request, "pages/evidence/search.jinja", told, title="Search the record")


def _entries(found: Found) -> list[Entry]:
    """As lines of a timeline, each with its case and the place in its record."""
    lines = []
    for event in found.events:
        case = found.cases[event.case_id]  # type: ignore[index]
        process = process_of(case.process, case.definition_version)
        href = f"{address('record', case)}?before={event.seq + 1}"
        words = event.words_open  # type: ignore[attr-defined]
        lines.append(entry(event, process, words=words, about=f"{case.title}, {case.reference}", href=href))
    return lines


def _file(request: HttpRequest) -> str:
    asked = address_of_first(request.GET)
    return f"{asked}{'&' if len(asked) > 1 else ''}table=csv"
