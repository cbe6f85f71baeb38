"""The page on the national ambition, and its tables to take away."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.tables import as_csv, as_xlsx
from permissions.groups import may_keep_groups, may_read_groups
from permissions.scope import visible_cases
from permissions.verdict import require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.ambition.forms import DayForm
from web.pages.ambition.presenter import AmbitionPage
from workflows.ambition.standing import Ambition, sheets_of
from workflows.calendar import london_day

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@signed_in
def ambition(request: SignedInRequest) -> HttpResponse:
    """How many groups have two trained partners, on the day that is asked about or today."""
    organisation, form, on = request.visitor.organisation, *_asked(request)
    shown = AmbitionPage(Ambition(organisation), on, _named(request))
    may_keep = bool(may_keep_groups(organisation, request.person, timezone.now()))
    told = {"shown": shown, "form": form, "may_keep": may_keep, "query": f"?{request.GET.urlencode()}" if request.GET else ""}
    return page(request, "pages/ambition/ambition.jinja", told, title="Two trained partners in every safety group")


@require_safe
@signed_in
def table(request: SignedInRequest, form: str) -> HttpResponse:
    """The same as a table: `csv` has the groups, `xlsx` the ends of quarters as well. Raises Http404 for anything else."""
    _, on = _asked(request)
    sheets = sheets_of(Ambition(request.visitor.organisation), on, _named(request))
    if form == "csv":
        found = HttpResponse(as_csv(sheets[0]), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        found = HttpResponse(as_xlsx(sheets), content_type=XLSX)
    else:
        raise Http404
    found.headers["Content-Disposition"] = f'attachment; filename="safety-groups-{on.isoformat()}.{form}"'
    return found


def _asked(request: SignedInRequest) -> tuple[DayForm, date]:
    """The form as it was sent, and the day that it asks for: today where it asks for none, or for one that is no day."""
    at = timezone.now()
    require(may_read_groups(request.visitor.organisation, request.person, at))
    today = london_day(at)
    form = DayForm(request.GET or None, today=today)
    return form, form.cleaned_data["on"] if form.is_valid() else today


def _named(request: SignedInRequest) -> set[UUID]:
    seen = visible_cases(request.person, timezone.now()).filter(organisation=request.visitor.organisation)
    return set(seen.values_list("pk", flat=True))
