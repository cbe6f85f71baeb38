"""Reminding somebody whose answer is awaited, and recording, late and by the chair, that none came (R1)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from permissions.verdict import require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.reminders.forms import LapseForm, RemindForm
from web.pages.reminders.presenter import Awaited
from workflows.doors import reminders


def _awaited(request: SignedInRequest, ods: str, reference: str, seat: UUID, at: datetime) -> Awaited:
    look = found_look(request, ods, reference, at)
    found = found_among(look.seats, seat)
    return Awaited(look, found, request.person)


@signed_in
def remind(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> HttpResponse:
    """Remind one person that their answer is awaited."""
    at = timezone.now()
    awaited = _awaited(request, ods, reference, seat, at)
    form = RemindForm(request.POST or None, initial={"visit": awaited.visit})
    if form.is_valid():
        token = form.cleaned_data["request"]
        reminders.remind(case=awaited.case.pk, by=request.person, at=at, request=token, visit=form.seen, seat=seat)
        return redirect(address("reminded", awaited.case, seat=seat))
    require(*awaited.may_remind)
    return page(request, "pages/reminders/remind.jinja", form=form, awaited=awaited, back=address("case", awaited.case))


@signed_in
def reminded(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> HttpResponse:
    """When somebody was reminded, and what comes next."""
    awaited = _awaited(request, ods, reference, seat, timezone.now())
    if not awaited.reminders:
        return redirect(address("case", awaited.case))
    return page(request, "pages/reminders/reminded.jinja", awaited=awaited, next_href=address("case", awaited.case))


@signed_in
def lapse(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> HttpResponse:
    """Record that a seat gave no answer: the conditions first, then the chair's reason."""
    at = timezone.now()
    awaited = _awaited(request, ods, reference, seat, at)
    form = LapseForm(request.POST or None, initial={"visit": awaited.visit})
    if form.is_valid():
        said = form.cleaned_data
        reminders.lapse(
            case=awaited.case.pk, by=request.person, at=at, request=said["request"], visit=form.seen, seat=seat,
            reason=said["reason"],
        )  # fmt: skip
        return redirect(address("lapsed", awaited.case, seat=seat))
    require(*awaited.lapse_refusals)
    return page(request, "pages/reminders/lapse.jinja", form=form, awaited=awaited, back=address("case", awaited.case))


@signed_in
def lapsed(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> HttpResponse:
    """That no answer was recorded, by whom and why."""
    awaited = _awaited(request, ods, reference, seat, timezone.now())
    if awaited.recorded is None:
        return redirect(address("case", awaited.case))
    return page(request, "pages/reminders/lapsed.jinja", awaited=awaited, next_href=address("case", awaited.case))
