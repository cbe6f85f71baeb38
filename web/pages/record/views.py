"""The record of a case, and the list of exceptions."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import found_look
from web.pages.record.presenter import Filter, Record
from web.pages.record.waived import Waived


@signed_in
def record(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Shows what happened on a case, newest first, with a filter."""
    look = found_look(request, ods, reference, timezone.now())
    return page(request, "pages/record/record.jinja", record=Record(look, request.person, Filter.read(request.GET.dict())))


@signed_in
def waivers(request: SignedInRequest) -> HttpResponse:
    """Shows every exception to a rule that protects lay power, on the cases that the person may see."""
    return page(request, "pages/record/waivers.jinja", waived=Waived(request.person, timezone.now()))
