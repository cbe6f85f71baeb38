"""What each task asks for: the list, one version, a new version."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import RequirementSet, TrainingRecord
from permissions.eligibility import subject_title
from permissions.roles import PSP
from permissions.verdict import Refused, require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.training.set_forms import RequirementSetForm
from web.pages.training.sets import Required, rows_of, versions_of, with_codes
from workflows.calendar import london_day
from workflows.doors.requirements import may_record_requirements, record_requirement_set


@require_safe
@signed_in
def sets(request: SignedInRequest) -> HttpResponse:
    """What every task asks for now, and the versions before."""
    required = Required(request.visitor.organisation, request.person, timezone.now())
    return page(request, "pages/training/sets.jinja", required=required, title="What training is required")


@require_safe
@signed_in
def one_set(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One version, in force or not. Those of another organisation are not found."""
    mine = RequirementSet.objects.filter(organisation=request.visitor.organisation)
    found = mine.filter(pk=key).first()
    if found is None:
        raise Http404
    same = mine.filter(role=found.role, task=found.task).prefetch_related("requirements")
    versions = versions_of(same, london_day(timezone.now()))
    shown = next(one for one in versions if one.key == key)
    return page(request, "pages/training/set.jinja", version=shown, title=shown.title)


@signed_in
def new_set(request: SignedInRequest, task: str) -> HttpResponse:
    """Write the next version of what a task asks for. It begins with what the last one asks."""
    at = timezone.now()
    if task not in dict(TrainingRecord.SUBJECTS):
        raise Http404
    require(may_record_requirements(request.visitor.organisation, request.person, at))
    last = _last(request, task)
    form = _form(request, last)
    if form.is_valid() and (made := _made(request, form, task)):
        messages.success(request, f"Version {made.version} is on record.")
        return redirect("requirement_set", key=made.pk)
    number = last.version + 1 if last else 1
    return page(request, "pages/training/set_new.jinja", form=form, number=number, title=f"{subject_title(task)}: a new version")


def _last(request: SignedInRequest, task: str) -> RequirementSet | None:
    sets = RequirementSet.objects.filter(organisation=request.visitor.organisation, role=PSP.code, task=task)
    return sets.prefetch_related("requirements").order_by("-version").first()


def _form(request: SignedInRequest, last: RequirementSet | None) -> RequirementSetForm:
    initial = {"starts_on": london_day(timezone.now()), "source": last.source if last else ""}
    earliest = last.starts_on if last else None
    return RequirementSetForm(request.POST or None, before=rows_of(last), earliest=earliest, initial=initial)


def _made(request: SignedInRequest, form: RequirementSetForm, task: str) -> RequirementSet | None:
    """The new version; None where it was refused, with every reason on the form and all that was typed."""
    given = form.cleaned_data
    try:
        made: RequirementSet = record_requirement_set(
            at=timezone.now(), by=request.person, request=given["request"], organisation=request.visitor.organisation,
            role=PSP.code, task=task, starts_on=given["starts_on"], source=given["source"], requirements=with_codes(form.rows()),
        )  # fmt: skip
    except Refused as refused:
        for verdict in refused.verdicts:
            form.add_error(None, str(verdict))
        return None
    return made
