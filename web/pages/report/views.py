"""The report on shared power: the page, a page for each signal, what explains a number, and what is handed out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit.replica import from_replica
from permissions.reporting import may_explain_signals, may_read_report
from permissions.verdict import Refused, require
from web.design_system.refusing import put_beside
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.report.forms import ExplainForm
from web.pages.report.pdf import pdf_of
from web.pages.report.presenter import Choice, Report, SignalPage
from web.pages.report.sheets import REPORT_TABLES, SIGNAL_TABLES, handed_out
from workflows.doors.signals import explain_signal
from workflows.signals.signal import SIGNALS, Signal

PAGE = "pages/report/report.jinja"
TO_EXPLAIN = "Say why the number is so"


@require_safe
@signed_in
def report(request: SignedInRequest) -> HttpResponse:
    """The report of one quarter, for a screen and for paper."""
    told = _told(request)
    return from_replica(lambda: page(request, PAGE, told))


@require_safe
@signed_in
def paper(request: SignedInRequest) -> HttpResponse:
    """The report as a PDF; where none can be made here, a page that says how to come by one."""
    told = _told(request)
    made = from_replica(lambda: pdf_of(lambda: render_to_string(PAGE, {"visitor": request.visitor, **told}, request)))
    if made is None:
        return page(request, "pages/report/no_pdf.jinja", told, title="A PDF cannot be made here")
    name = f"power-sharing-{told['report'].choice.code}.pdf"
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
@signed_in
def report_table(request: SignedInRequest, table: str, file: str) -> HttpResponse:
    """A table of the report as a file."""
    shown: Report = _told(request)["report"]
    if table not in REPORT_TABLES:
        raise Http404
    return from_replica(lambda: handed_out(REPORT_TABLES[table](shown), file, f"power-sharing-{table}-{shown.choice.code}"))


@require_safe
@signed_in
def one_signal(request: SignedInRequest, signal: str) -> HttpResponse:
    """One signal."""
    shown = _signal_page(request, _signal(request, signal))
    may_explain = may_explain_signals(request.person, request.visitor.organisation, timezone.now())
    told = {"page": shown, "may_explain": may_explain.allowed, "made_at": timezone.now(), "title": shown.told.signal.title}
    return from_replica(lambda: page(request, "pages/report/signal.jinja", told))


@require_safe
@signed_in
def signal_table(request: SignedInRequest, signal: str, table: str, file: str) -> HttpResponse:
    """A table of one signal as a file."""
    shown = _signal_page(request, _signal(request, signal))
    if table not in SIGNAL_TABLES:
        raise Http404
    name = f"power-sharing-{signal}-{table}-{shown.choice.code}"
    return from_replica(lambda: handed_out(SIGNAL_TABLES[table](shown), file, name))


@signed_in
def explain(request: SignedInRequest, signal: str) -> HttpResponse:
    """Write beside a number why it is as it is."""
    one, choice = _signal(request, signal), _choice(request)
    require(may_explain_signals(request.person, request.visitor.organisation, timezone.now()))
    form = ExplainForm(request.POST or None)
    back = f"{reverse('signal', args=(signal,))}?quarter={choice.code}"
    if form.is_valid() and _explained(request, form, signal, choice):
        messages.success(request, "It stands beside the number now. Whoever reads the report reads it.")
        return redirect(back)
    return page(
        request, "pages/report/explain.jinja", form=form, signal=one, choice=choice, back=back, title="Say why the number is so"
    )


def _explained(request: SignedInRequest, form: ExplainForm, signal: str, choice: Choice) -> bool:
    """Through the door; False where it was refused, with the reasons on the form."""
    given = form.cleaned_data
    try:
        explain_signal(
            by=request.person, at=timezone.now(), request=given["request"], organisation=request.visitor.organisation,
            signal=signal, quarter=choice.quarter.first, text=given["text"],
        )  # fmt: skip
    except Refused as refused:
        put_beside(form, refused, {"R16": "text"})
        return False
    return True


def _choice(request: SignedInRequest) -> Choice:
    return Choice.read(request.GET.get("quarter", ""), timezone.now())


def _told(request: SignedInRequest) -> dict[str, Any]:
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_read_report(request.person, organisation, at))
    return {"report": Report(organisation, _choice(request), at), "made_at": at, "title": "How power is shared here"}


def _signal(request: SignedInRequest, code: str) -> Signal:
    """Raises Refused for a reader who may not read the report, whatever the code; Http404 for a signal that there is not."""
    require(may_read_report(request.person, request.visitor.organisation, timezone.now()))
    if code not in SIGNALS:
        raise Http404
    return SIGNALS[code]


def _signal_page(request: SignedInRequest, one: Signal) -> SignalPage:
    return SignalPage(one, request.visitor.organisation, request.person, _choice(request), timezone.now())
