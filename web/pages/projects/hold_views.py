"""Stopping the work until one is answered (R12): place a hold, answer it, take it back, and every hold there was."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from permissions.verdict import require
from web.design_system.forms import ButtonForm
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.projects.forms import HoldAnswerForm, HoldForm
from web.pages.projects.holds import PlacePage, all_holds, card_of
from web.pages.stages.frame import frame
from workflows.doors.holds import (
    answer_hold,
    may_answer_hold,
    may_place_hold,
    may_take_back_hold,
    place_hold,
    take_back_hold,
)
from workflows.offers import REASON


@signed_in
@require_GET
def holds(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Every time that somebody stopped the work, and what was answered."""
    look = found_look(request, ods, reference, timezone.now())
    cards = all_holds(look, request.person)
    return page(request, "pages/projects/holds.jinja", frame(look), cards=cards, title="When the work was stopped")


@signed_in
def place(request: SignedInRequest, ods: str, reference: str, act: str) -> HttpResponse:
    """Stop the work until somebody named has answered."""
    look = found_look(request, ods, reference, timezone.now())
    card = look.process.any_time_act(act)
    if card is None or card.effect != "pauses":
        raise Http404
    form = HoldForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        place_hold(case=look.case.pk, by=request.person, at=look.at, request=given["request"], act=act, reason=given["reason"])
        return redirect(address("holds", look.case))
    require(*may_place_hold(look, request.person, act, REASON)[2])
    shown = PlacePage(look, card)
    return page(request, "pages/projects/hold_place.jinja", frame(look), form=form, shown=shown, title=shown.title)


@signed_in
def answer(request: SignedInRequest, ods: str, reference: str, hold: UUID) -> HttpResponse:
    """Answer the partner who stopped the work: their words first, unaltered."""
    look = found_look(request, ods, reference, timezone.now())
    found = found_among(look.holds, hold)
    form = HoldAnswerForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        answer_hold(case=look.case.pk, by=request.person, at=look.at, request=given["request"], hold=hold, answer=given["answer"])
        return redirect(address("holds", look.case))
    require(*may_answer_hold(look, request.person, hold, REASON)[2])
    card = card_of(look, request.person, found)
    title = f"Answer {card.who}, who stopped the work"
    return page(request, "pages/projects/hold_answer.jinja", frame(look), form=form, card=card, title=title)


@signed_in
def take_back(request: SignedInRequest, ods: str, reference: str, hold: UUID) -> HttpResponse:
    """Let the work go on without an answer; no reason is asked for."""
    look = found_look(request, ods, reference, timezone.now())
    found = found_among(look.holds, hold)
    form = ButtonForm(request.POST or None)
    if form.is_valid():
        take_back_hold(case=look.case.pk, by=request.person, at=look.at, request=form.cleaned_data["request"], hold=hold)
        return redirect(address("holds", look.case))
    require(*may_take_back_hold(look, request.person, hold)[2])
    card = card_of(look, request.person, found)
    return page(request, "pages/projects/hold_take_back.jinja", frame(look), form=form, card=card, title="Let the work go on")
