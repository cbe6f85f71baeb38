"""What points to somebody: the author asks, the Caldicott Guardian decides (IG2)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.models import CaldicottDecision
from permissions.verdict import require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.papers.presenter import found_versions, version_block
from web.pages.stages.frame import frame
from web.pages.withheld.forms import AskGuardianForm, GuardianForm
from workflows.doors.renditions import ask_guardian, decide_as_guardian, may_ask_guardian, may_decide_as_guardian
from workflows.offers import REASON


@signed_in
def ask(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """Put a draft to the Caldicott Guardian."""
    look = found_look(request, ods, reference, timezone.now())
    found = found_among(found_versions(look, request.person), version)
    form = AskGuardianForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        ask_guardian(case=look.case.pk, by=request.person, at=look.at, request=given["request"], version=version, why=given["why"])
        return redirect(address("paper_release", look.case, version=version))
    require(*may_ask_guardian(look, request.person, version, REASON)[2])
    told = {**frame(look), "form": form, "block": version_block(look, request.person, found)}
    return page(request, "pages/withheld/guardian_ask.jinja", told, title="Ask the Caldicott Guardian")


@signed_in
def decide(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """The guardian reads the draft and decides."""
    look = found_look(request, ods, reference, timezone.now())
    found = found_among(found_versions(look, request.person), version)
    asked = look.caldicott(version)
    if asked is None:
        raise Http404
    form = GuardianForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        decide_as_guardian(
            case=look.case.pk, by=request.person, at=look.at, request=given["request"], version=version,
            outcome=given["outcome"], reason=given["reason"],
        )  # fmt: skip
        return redirect(address("case", look.case))
    allowed = CaldicottDecision.Outcome.ALLOWED
    require(*may_decide_as_guardian(look, request.person, version, allowed, REASON)[2])
    told = {**frame(look), "form": form, "block": version_block(look, request.person, found), "asked": asked}
    return page(request, "pages/withheld/guardian_decide.jinja", told, title="May lay partners read it?")
