"""How long records are kept: the page of an organisation, one case by its reference, the acts on it, and a rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Case, Disposal, LegalHold, Objection
from permissions.retention import PROPOSERS, RULE, holds_one, lay_listeners, may_read_retention
from permissions.verdict import Refused, require
from web.design_system.refusing import put_beside
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.retention.acts import ACTS, KeepingAct
from web.pages.retention.forms import RuleForm
from web.pages.retention.presenter import Keeping, KeptCase
from workflows.doors.retention_rules import record_retention_rule

TITLE = "How long records are kept"


@require_safe
@signed_in
def retention(request: SignedInRequest) -> HttpResponse:
    """The rules, and what is due for review, held, proposed and gone."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_read_retention(request.person, organisation, at))
    return page(request, "pages/retention/retention.jinja", keeping=Keeping(organisation, request.person, at), title=TITLE)


def _found(request: SignedInRequest, reference: str, at: datetime) -> Case:
    """A case of the visitor's organisation, for those who watch over records, and for partners who can object.

    Raises Http404 for a reference that there is not, and Refused; to everybody else both are refused alike.
    """
    rows = Case.objects.filter(organisation=request.visitor.organisation, reference=reference)
    case = rows.select_related("organisation").first()
    proposed = case and case.disposals.filter(state=Disposal.State.PROPOSED).exists()
    if not (case and proposed and lay_listeners(case, at).filter(pk=request.person.pk).exists()):
        require(may_read_retention(request.person, request.visitor.organisation, at))
    if case is None:
        raise Http404
    return case


@require_safe
@signed_in
def one_case(request: SignedInRequest, reference: str) -> HttpResponse:
    """For how long one case is kept, what holds it, and what is to become of it."""
    at = timezone.now()
    found = _found(request, reference, at)
    title = f"How long {found.reference} is kept"
    return page(request, "pages/retention/case.jinja", kept=KeptCase(found, request.person, at), title=title)


@signed_in
def act_on(request: SignedInRequest, reference: str, does: str, about: UUID | None = None) -> HttpResponse:
    """One act: on the case, or on a hold, a disposal or an objection of it."""
    at, one = timezone.now(), ACTS.get(does)
    case = _found(request, reference, at)
    if one is None or bool(one.about) != bool(about):
        raise Http404
    row = _about(one, case, about)
    form = one.form(request.POST or None)
    if form.is_valid():
        given = {**form.cleaned_data, one.about: about} if one.about else form.cleaned_data
        try:
            one.do(case=case.pk, by=request.person, at=at, **given)
        except Refused as refused:
            put_beside(form, refused, {})
        else:
            messages.success(request, "It is done, and on record.")
            return redirect("retention_case", reference=case.reference)
    require(*one.may(row, request.person, at))
    told = {"act": one, "reference": case.reference}
    return page(request, "pages/retention/act.jinja", told, form=form, title=one.title, caption=case.reference)


def _about(one: KeepingAct, case: Case, key: UUID | None) -> Any:
    """The row that an act is about. Raises Http404."""
    if not one.about:
        return case
    rows: dict[str, Any] = {
        "hold": LegalHold.objects.filter(case=case).select_related("organisation"),
        "disposal": Disposal.objects.filter(case=case).select_related("case__organisation", "organisation"),
        "objection": Objection.objects.filter(disposal__case=case).select_related(
            "disposal__case__organisation", "disposal__organisation"
        ),
    }
    found = rows[one.about].filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@signed_in
def rule(request: SignedInRequest) -> HttpResponse:
    """Write down for how long records are kept."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(holds_one(request.person, organisation, PROPOSERS, RULE, at))
    form = RuleForm(request.POST or None)
    if form.is_valid():
        try:
            record_retention_rule(by=request.person, at=at, organisation=organisation, **form.cleaned_data)
        except Refused as refused:
            put_beside(form, refused, {})
        else:
            messages.success(request, "The rule is written down.")
            return redirect("retention")
    return page(request, "pages/retention/rule.jinja", form=form, title="Write down for how long records are kept")
