"""Measures: list them, propose one, say that it matters, write down its baseline, change it, drop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import Measure, Person
from permissions.verdict import Verdict, require
from web.design_system.forms import ButtonForm, PageForm
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.projects.forms import BaselineForm, ChangeMeasureForm, DropMeasureForm, MeasureForm
from web.pages.projects.measures import MeasuresPage, card
from web.pages.stages.frame import frame
from workflows.door import Receipt
from workflows.doors.measures import (
    change_measure,
    drop_measure,
    endorse_measure,
    has_measures,
    may_change_measure,
    may_drop_measure,
    may_endorse_measure,
    may_propose_measure,
    may_record_baseline,
    propose_measure,
    record_baseline,
)
from workflows.look import Look
from workflows.offers import REASON


@signed_in
@require_GET
def measures(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Every measure of the project, with what one can do about each."""
    look = _with_measures(request, ods, reference)
    shown = MeasuresPage(look, request.person)
    return page(request, "pages/projects/measures.jinja", frame(look), shown=shown, title=shown.title)


@signed_in
def propose(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Propose a measure."""
    look = _with_measures(request, ods, reference)
    form = MeasureForm(request.POST or None)
    if form.is_valid():
        propose_measure(case=look.case.pk, by=request.person, at=look.at, **form.cleaned_data)
        return redirect(address("measures", look.case))
    require(*may_propose_measure(look, request.person)[1])
    return page(request, "pages/projects/measure_propose.jinja", _frame(look), form=form, title="Propose a measure")


@dataclass(frozen=True)
class MeasureAct:
    """One act on one measure: the form of its page, the question its door asks, the door, and what the page is called."""

    form: type[PageForm]
    may: Callable[[Look, Person, UUID], tuple[Any, Any, list[Verdict]]]
    do: Callable[..., Receipt]
    title: Callable[[Measure], str]
    begins_with: tuple[str, ...] = ()


ACTS: dict[str, MeasureAct] = {
    "change": MeasureAct(
        ChangeMeasureForm, may_change_measure, change_measure, lambda one: f"Change the measure: {one.title}",
        ("title", "why", "how")),
    "baseline": MeasureAct(
        BaselineForm, may_record_baseline, record_baseline, lambda one: "Write down what it is before any change", ("baseline",)),
    "endorse": MeasureAct(ButtonForm, may_endorse_measure, endorse_measure, lambda one: "Does this matter to patients?"),
    "drop": MeasureAct(
        DropMeasureForm, lambda look, person, key: may_drop_measure(look, person, key, REASON), drop_measure,
        lambda one: f"Drop the measure: {one.title}"),
}  # fmt: skip
"""What can be done about a measure, by the end of its page's name."""


@signed_in
def act_on_measure(request: SignedInRequest, ods: str, reference: str, measure: UUID, act: str) -> HttpResponse:
    """One act on one measure: the question, then the act."""
    look, one = _with_measures(request, ods, reference), ACTS[act]
    found = found_among(look.measures, measure)
    form = one.form(request.POST or None, initial={name: getattr(found, name) for name in one.begins_with})
    if form.is_valid():
        one.do(case=look.case.pk, by=request.person, at=look.at, measure=measure, **form.cleaned_data)
        return redirect(address("measures", look.case))
    require(*one.may(look, request.person, measure)[2])
    told = {**_frame(look), "card": card(look, found), "form": form, "title": one.title(found)}
    return page(request, f"pages/projects/measure_{act}.jinja", told)


def _with_measures(request: SignedInRequest, ods: str, reference: str) -> Look:
    """The Look of a case whose process has measures. Raises Http404 for any other."""
    look = found_look(request, ods, reference, timezone.now())
    if not has_measures(look):
        raise Http404
    return look


def _frame(look: Look) -> dict[str, Any]:
    return {**frame(look), "back": address("measures", look.case), "back_text": "Back to the measures"}
