"""What each task asks for: the list, one version, a new version."""

from __future__ import annotations

from datetime import datetime
from typing import Any
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
from web.design_system.refusing import unless_refused
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.training.set_changes import changes_between
from web.pages.training.set_forms import RequirementSetForm
from web.pages.training.sets import IN_FORCE, Required, rows_of, versions_of, with_codes, with_everything
from web.pages.twokeys.forms import SecondForm
from workflows.calendar import london_day
from workflows.doors.requirements import (
    agree_requirement_set,
    may_answer_set,
    may_record_requirements,
    newest_set,
    record_requirement_set,
    refuse_requirement_set,
    why_without_governance,
)


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
    found = _found(request, key)
    may = may_answer_set(found, request.person, timezone.now())
    shown = _shown(found)
    return page(request, "pages/training/set.jinja", **shown, may_answer=all(may), whom=may[0].remedy, title=shown["version"].title)


@signed_in
def answer_set(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The second person agrees or refuses what another wrote, beside what it changes."""
    at, found = timezone.now(), _found(request, key)
    form = SecondForm(request.POST or None, agree="I agree. It is in force", may_confirm=True)
    if form.is_valid() and unless_refused(form, lambda: _answered(request, form, key, at)) is not None:
        messages.success(request, "Your answer is on record.")
        return redirect("requirement_set", key=key)
    require(*may_answer_set(found, request.person, at))
    shown = _shown(found)
    return page(request, "pages/training/set_answer.jinja", form=form, **shown, title=f"{shown['version'].title}: do you agree?")


def _answered(request: SignedInRequest, form: SecondForm, key: UUID, at: datetime) -> RequirementSet:
    act = refuse_requirement_set if form.cleaned_data["answer"] == "refuse" else agree_requirement_set
    made: RequirementSet = act(
        by=request.person, at=at, requirement_set=key, reason=form.words, request=form.cleaned_data["request"]
    )  # fmt: skip
    return made


def _found(request: SignedInRequest, key: UUID) -> RequirementSet:
    found = RequirementSet.objects.filter(organisation=request.visitor.organisation, pk=key).first()
    if found is None:
        raise Http404
    return found


def _shown(found: RequirementSet) -> dict[str, Any]:
    """The version, and what it would change in the one in force; None where it does not wait."""
    same = RequirementSet.objects.filter(organisation=found.organisation_id, role=found.role, task=found.task)
    versions = versions_of(with_everything(same), london_day(timezone.now()), why_without_governance(found.organisation_id))
    version = next(one for one in versions if one.key == found.pk)
    now = next((one for one in versions if one.tag == IN_FORCE[0]), None)
    changes = changes_between(now.lines if now else (), version.lines) if version.waits else None
    return {"version": version, "now": now, "changes": changes}


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
        messages.success(request, f"Version {made.version} is on record. It waits for a second person.")
        return redirect("requirement_set", key=made.pk)
    newest = newest_set(request.visitor.organisation.pk, PSP.code, task)
    number = newest.version + 1 if newest else 1
    return page(request, "pages/training/set_new.jinja", form=form, number=number, title=f"{subject_title(task)}: a new version")


def _last(request: SignedInRequest, task: str) -> RequirementSet | None:
    sets = RequirementSet.objects.filter(organisation=request.visitor.organisation, role=PSP.code, task=task)
    agreed = sets.filter(state=RequirementSet.State.AGREED)
    return agreed.prefetch_related("requirements").order_by("-version").first()


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
            reason=given["without"],
        )  # fmt: skip
    except Refused as refused:
        for verdict in refused.verdicts:
            form.add_error("without" if verdict.rule == "IG12" else None, str(verdict))
        return None
    return made
