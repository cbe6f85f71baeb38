"""Bringing the seats that go with an office up to date: who left it, who came, and one button."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from permissions.roles import ROLES
from permissions.verdict import require
from web.design_system.forms import ButtonForm
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_look
from workflows.doors.offices import drift, fill_offices, may_fill, out_of_date


@signed_in
def offices(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Show who left an office and who came, and let the seats follow."""
    at = timezone.now()
    look = found_look(request, ods, reference, at)
    form = ButtonForm(request.POST or None)
    if form.is_valid():
        fill_offices(case=look.case.pk, by=request.person, at=at, request=form.cleaned_data["request"])
        return redirect(address("people", look.case))
    require(*may_fill(look, request.person)[1], out_of_date(look))
    gone, missing = drift(look)
    leaving = [(seat.person.name, ROLES[seat.role].title) for seat in gone]
    coming = [(one.person.name, ROLES[one.role].title) for one in missing]
    return page(request, "pages/people/offices.jinja", form=form, leaving=leaving, coming=coming, case=look.case,
                back=address("people", look.case))  # fmt: skip
