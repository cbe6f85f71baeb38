"""Measures: list them, propose one, say that it matters, write down its baseline, change it, drop it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import Measure
from permissions.verdict import require
from web.design_system.forms import PageForm
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_look
from web.pages.projects.forms import BaselineForm, ButtonForm, ChangeMeasureForm, DropMeasureForm, MeasureForm
from web.pages.projects.holds import ANYTHING
from web.pages.projects.measures import MeasuresPage, card
from web.pages.stages.frame import frame
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


@signed_in
def change(request: SignedInRequest, ods: str, reference: str, measure: UUID) -> HttpResponse:
    """Write one's own measure anew."""
    look, found = _found(request, ods, reference, measure)
    initial = {name: getattr(found, name) for name in ("title", "why", "how")}
    form = ChangeMeasureForm(request.POST or None, initial=initial)
    if form.is_valid():
        change_measure(case=look.case.pk, by=request.person, at=look.at, measure=measure, **form.cleaned_data)
        return redirect(address("measures", look.case))
    require(*may_change_measure(look, request.person, measure)[2])
    return _asked(request, look, found, form, "measure_change", f"Change the measure: {found.title}")


@signed_in
def baseline(request: SignedInRequest, ods: str, reference: str, measure: UUID) -> HttpResponse:
    """Write down what a measure was before any change."""
    look, found = _found(request, ods, reference, measure)
    form = BaselineForm(request.POST or None, initial={"baseline": found.baseline})
    if form.is_valid():
        record_baseline(case=look.case.pk, by=request.person, at=look.at, measure=measure, **form.cleaned_data)
        return redirect(address("measures", look.case))
    require(*may_record_baseline(look, request.person, measure)[2])
    return _asked(request, look, found, form, "measure_baseline", "Write down what it is before any change")


@signed_in
def endorse(request: SignedInRequest, ods: str, reference: str, measure: UUID) -> HttpResponse:
    """Say, as a partner, that a measure matters to patients: one button."""
    look, found = _found(request, ods, reference, measure)
    form = ButtonForm(request.POST or None)
    if form.is_valid():
        endorse_measure(case=look.case.pk, by=request.person, at=look.at, measure=measure, **form.cleaned_data)
        return redirect(address("measures", look.case))
    require(*may_endorse_measure(look, request.person, measure)[2])
    return _asked(request, look, found, form, "measure_endorse", "Does this matter to patients?")


@signed_in
def drop(request: SignedInRequest, ods: str, reference: str, measure: UUID) -> HttpResponse:
    """Drop a measure, and say why."""
    look, found = _found(request, ods, reference, measure)
    form = DropMeasureForm(request.POST or None)
    if form.is_valid():
        drop_measure(case=look.case.pk, by=request.person, at=look.at, measure=measure, **form.cleaned_data)
        return redirect(address("measures", look.case))
    require(*may_drop_measure(look, request.person, measure, ANYTHING)[2])
    return _asked(request, look, found, form, "measure_drop", f"Drop the measure: {found.title}")


def _asked(request: SignedInRequest, look: Look, found: Measure, form: PageForm, name: str, title: str) -> HttpResponse:
    told = {**_frame(look), "card": card(look, found), "form": form, "title": title}
    return page(request, f"pages/projects/{name}.jinja", told)


def _with_measures(request: SignedInRequest, ods: str, reference: str) -> Look:
    """The Look of a case whose process has measures. Raises Http404 for any other."""
    look = found_look(request, ods, reference, timezone.now())
    if not has_measures(look):
        raise Http404
    return look


def _found(request: SignedInRequest, ods: str, reference: str, key: UUID) -> tuple[Look, Measure]:
    look = _with_measures(request, ods, reference)
    found = next((one for one in look.measures if one.pk == key), None)
    if found is None:
        raise Http404
    return look, found


def _frame(look: Look) -> dict[str, Any]:
    return {**frame(look), "back": address("measures", look.case), "back_text": "Back to the measures"}
