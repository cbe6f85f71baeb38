"""The pages of sight in an emergency: asking, one request and its acts, and the list for those who watch."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import EmergencySight
from permissions.emergency import may_read_the_list, visible_emergencies
from permissions.scope import may_see
from permissions.verdict import require
from web.design_system.asking import Asking, Question
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.emergency.acts import ACTS, open_acts
from web.pages.emergency.forms import AskForm, BetweenForm
from web.pages.emergency.presenter import card, cards_for, list_of
from workflows.doors.emergency import ask_by_reference

TITLE = "See a case in an emergency"


@require_safe
@signed_in
def emergencies(request: SignedInRequest) -> HttpResponse:
    """What it is, how to ask, and every request of which the visitor may read."""
    at = timezone.now()
    watches = bool(may_read_the_list(request.person, request.visitor.organisation, at))
    found = cards_for(request.person, at)
    return page(request, "pages/emergency/emergencies.jinja", cards=found, watches=watches, title=TITLE)


@signed_in
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask to see a case: which and why, a check, and it is sent."""
    question = Question("emergency", AskForm, "Ask to see a case now", "pages/emergency/ask.jinja")
    asking = Asking(request, [question], check_title="Check before you send", confirm="Ask for it")
    if not asking.is_confirmed:
        return asking.response()
    given = asking.answers
    receipt = ask_by_reference(
        organisation=request.visitor.organisation, reference=given["reference"], by=request.person, at=timezone.now(),
        reason=given["reason"], request=given["request"],
    )  # fmt: skip
    return redirect("emergency", emergency=receipt.event.facts["emergency"])


def _found(request: SignedInRequest, key: UUID) -> EmergencySight:
    """The request that an address names. Raises Http404."""
    rows = visible_emergencies(request.person, timezone.now()).select_related("case__organisation", "asked_by", "answered_by")
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@require_safe
@signed_in
def emergency(request: SignedInRequest, emergency: UUID) -> HttpResponse:
    """One request: who asks, for which case, why, and how it stands."""
    at, found = timezone.now(), _found(request, emergency)
    sees = may_see(request.person, found.case, at)
    shown = card(found, at, found.case if sees else None)
    told = {"one": shown, "acts": open_acts(found, request.person, at), "own": found.asked_by_id == request.person.pk}
    return page(request, "pages/emergency/emergency.jinja", told, title="Sight in an emergency", caption=shown.reference)


@signed_in
def act_on(request: SignedInRequest, emergency: UUID, act: str) -> HttpResponse:
    """One act on one request."""
    at, found, one = timezone.now(), _found(request, emergency), ACTS[act]
    form = one.form(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        more = {"reason": given["reason"]} if "reason" in given else {}
        one.do(case=found.case_id, by=request.person, at=at, request=given["request"], emergency=found.pk, **more)
        return redirect("emergency", emergency=found.pk)
    require(*one.may(found, request.person, at))
    told = {"act": one, "one": card(found, at)}
    return page(request, "pages/emergency/act.jinja", told, form=form, title=one.title, caption=found.case.reference)


@require_safe
@signed_in
def listed(request: SignedInRequest) -> HttpResponse:
    """Every time that somebody asked, for those who watch: who, why, how long, and what was read."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_read_the_list(request.person, organisation, at))
    form = BetweenForm(request.GET or None)
    between = form.cleaned_data if form.is_valid() else {}
    found = list_of(organisation, request.person, at, between.get("first"), between.get("last"))
    return page(request, "pages/emergency/list.jinja", cards=found, form=form, title="Every time a case was opened in an emergency")
