"""The record of a case, one event of it, the case as it stood, and the list of exceptions."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from permissions.verdict import require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import found_look
from web.pages.record.event import EventPage
from web.pages.record.filtering import Filter
from web.pages.record.presenter import Record
from web.pages.record.stood import Stood
from web.pages.record.waived import Waived
from workflows.evidence.readers import may_read_past


@signed_in
def record(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Shows what happened on a case, newest first, with a filter."""
    look = found_look(request, ods, reference, timezone.now())
    return page(request, "pages/record/record.jinja", record=Record(look, request.person, Filter.read(request.GET.dict())))


@signed_in
def event(request: SignedInRequest, ods: str, reference: str, seq: int) -> HttpResponse:
    """Shows one event of the record, and what it changed."""
    look = found_look(request, ods, reference, timezone.now())
    return page(request, "pages/record/event.jinja", event=EventPage(look, request.person, seq))


@signed_in
def stood(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Shows the case as it stood at a moment, and what was done since then."""
    look = found_look(request, ods, reference, timezone.now())
    require(*may_read_past(look, request.person))
    return page(request, "pages/record/stood.jinja", stood=Stood(look, request.person, request.GET.get("at", "")))


@signed_in
def waivers(request: SignedInRequest) -> HttpResponse:
    """Shows every exception to a rule that protects lay power, on the cases that the person may see."""
    return page(request, "pages/record/waivers.jinja", waived=Waived(request.person, timezone.now()))
