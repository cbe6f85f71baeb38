"""How a process works, and the picture of a case in it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone

from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_look
from web.pages.processes.picture import picture
from web.pages.processes.table import process_table
from workflows.registry import UnknownProcess, process_of


@signed_in
def process(request: SignedInRequest, code: str) -> HttpResponse:
    """Shows the rules of a process to anyone who is signed in, before they play."""
    try:
        found = process_of(code)
    except UnknownProcess:
        raise Http404 from None
    return page(request, "pages/processes/process.jinja", process=process_table(found), picture=picture(found))


@signed_in
def case_picture(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Shows where a case stands as a picture, and the same as a list."""
    look = found_look(request, ods, reference, timezone.now())
    shown = {"picture": picture(look.process, look), "case": look.case, "case_href": address("case", look.case)}
    return page(request, "pages/processes/picture.jinja", shown, code=look.process.code)
