"""The record of a case, one event of it, the case as it stood, and the list of exceptions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from audit.replica import from_replica
from permissions.verdict import require
from web.design_system.forms import ButtonForm
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_look
from web.pages.record.checked import newest_check
from web.pages.record.event import EventPage
from web.pages.record.filtering import Filter
from web.pages.record.presenter import Record
from web.pages.record.stood import Stood
from web.pages.record.waived import Waived
from web.pages.stages.frame import frame
from workflows.doors.checking import verify_record
from workflows.evidence.readers import may_read_past


@signed_in
def record(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Shows what happened on a case, newest first, with a filter."""
    look = found_look(request, ods, reference, timezone.now())
    return from_replica(
        lambda: page(request, "pages/record/record.jinja", record=Record(look, request.person, Filter.read(request.GET.dict())))
    )


@signed_in
def event(request: SignedInRequest, ods: str, reference: str, seq: int) -> HttpResponse:
    """Shows one event of the record, and what it changed."""
    look = found_look(request, ods, reference, timezone.now())
    return from_replica(lambda: page(request, "pages/record/event.jinja", event=EventPage(look, request.person, seq)))


@signed_in
def stood(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Shows the case as it stood at a moment, and what was done since then."""
    look = found_look(request, ods, reference, timezone.now())
    require(*may_read_past(look, request.person))
    return from_replica(
        lambda: page(request, "pages/record/stood.jinja", stood=Stood(look, request.person, request.GET.get("at", "")))
    )


@signed_in
def check(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Shows when the record was last checked and what was found; a POST checks it now."""
    look = found_look(request, ods, reference, timezone.now())
    form = ButtonForm(request.POST or None)
    if form.is_valid():
        token = form.cleaned_data["request"]
        verify_record(case=look.case.pk, by=request.person, at=look.at, request=token)
        return redirect(address("record_check", look.case))
    require(*may_read_past(look, request.person))
    told = {**frame(look), "back": address("record", look.case), "back_text": "Back to the record", "checked": newest_check(look)}
    return page(request, "pages/record/check.jinja", told, form=form, title="Check the record")


@signed_in
def waivers(request: SignedInRequest) -> HttpResponse:
    """Shows every exception to a rule that protects lay power, on the cases that the person may see."""
    return from_replica(lambda: page(request, "pages/record/waivers.jinja", waived=Waived(request.person, timezone.now())))
