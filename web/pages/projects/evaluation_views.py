"""Offering partners a few questions about what it was like, and answering them (A8). Answering is up to each partner."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.models import Evaluation
from permissions.scope import cases_asked_about
from permissions.verdict import require
from web.design_system.forms import ButtonForm
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_from_outside, found_look
from web.pages.projects.evaluations import EvaluationsPage
from web.pages.projects.forms import EvaluationForm
from web.pages.stages.frame import frame, frame_from_outside
from workflows.doors.evaluations import (
    answer_evaluation,
    evaluated_in,
    may_answer_evaluation,
    may_offer_evaluation,
    offer_evaluation,
    took_part,
)
from workflows.look import Look
from workflows.processes.improvement.choices import QUESTIONS


@signed_in
def evaluations(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Every partner who took part; one button offers the questions to all who have not been asked."""
    look = _with_evaluation(request, ods, reference)
    shown = EvaluationsPage(look, request.person)
    form = ButtonForm(request.POST or None)
    if form.is_valid():
        _offer_to_all(request, look, shown, form.cleaned_data["request"])
        return redirect(address("evaluations", look.case))
    return page(request, "pages/projects/evaluations.jinja", frame(look), shown=shown, form=form, title=shown.title)


def _offer_to_all(request: SignedInRequest, look: Look, shown: EvaluationsPage, token: str) -> None:
    """All of them or none; nothing where everybody has been asked. Raises Refused for somebody who may not."""
    asked = {one.seat_id for one in look.evaluations}
    waiting = [seat.pk for seat in took_part(look) if seat.pk not in asked]
    if waiting and not shown.to_offer:
        _offer(request, look, waiting[0], token)  # the door says why not, and keeps the attempt
    with transaction.atomic():
        for line in shown.to_offer:
            _offer(request, look, UUID(line.key), token)


def _offer(request: SignedInRequest, look: Look, seat: UUID, token: str) -> None:
    offer_evaluation(case=look.case.pk, by=request.person, at=look.at, seat=seat, request=f"{token} {seat}")


@signed_in
def offer(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> HttpResponse:
    """Offer the questions to one partner."""
    look = _with_evaluation(request, ods, reference)
    found = found_among(took_part(look), seat)
    form = ButtonForm(request.POST or None)
    if form.is_valid():
        _offer(request, look, seat, form.cleaned_data["request"])
        return redirect(address("evaluations", look.case))
    require(*may_offer_evaluation(look, request.person, seat)[2])
    told = {**frame(look), "form": form, "questions": QUESTIONS, "name": found.person.name}
    title = f"Ask {found.person.name} what it was like"
    return page(request, "pages/projects/evaluation_offer.jinja", told, title=title)


@signed_in
def answer(request: SignedInRequest, ods: str, reference: str, evaluation: UUID) -> HttpResponse:
    """A partner's own answers. Every question may be left empty. One who has left the project still has this page of it."""
    look, inside = found_from_outside(request, ods, reference, timezone.now(), cases_asked_about(request.person))
    found = found_among(look.evaluations if inside else _own_evaluations(look, request), evaluation)
    form = EvaluationForm(request.POST or None, questions=QUESTIONS, initial=dict(found.answers))
    if form.is_valid():
        given = dict(form.cleaned_data)
        token = given.pop("request")
        answer_evaluation(case=look.case.pk, by=request.person, at=look.at, request=token, evaluation=evaluation, answers=given)
        return redirect(address("evaluations", look.case) if inside else request.path)
    require(*may_answer_evaluation(look, request.person, evaluation, {})[2])
    title, around = "What was it like to be involved?", frame(look) if inside else frame_from_outside(look)
    return page(request, "pages/projects/evaluation_answer.jinja", around, form=form, before=found.answered_at, title=title)


def _own_evaluations(look: Look, request: SignedInRequest) -> list[Evaluation]:
    own = {seat.pk for seat in look.seats if seat.person_id == request.person.pk}
    return [one for one in look.evaluations if one.seat_id in own]


def _with_evaluation(request: SignedInRequest, ods: str, reference: str) -> Look:
    """The Look of a case whose process ends with these questions. Raises Http404 for any other."""
    look = found_look(request, ods, reference, timezone.now())
    if evaluated_in(look) is None:
        raise Http404
    return look
