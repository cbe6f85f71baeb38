"""Before a version is released: what is left out of what lay partners read, and their own file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from permissions.verdict import Refused, require
from web.design_system.refusing import put_beside
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.papers.presenter import found_versions, version_block
from web.pages.stages.frame import frame
from web.pages.withheld.forms import HoldBackForm, LayFileForm
from workflows.doors.renditions import add_lay_rendition, hold_back_part, may_prepare


@signed_in
def hold_back(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """Decide that a part of a draft is left out of what lay partners read."""
    look = found_look(request, ods, reference, timezone.now())
    found = found_among(found_versions(look, request.person), version)
    form = HoldBackForm(request.POST or None)
    if form.is_valid():
        try:
            hold_back_part(
                case=look.case.pk, by=request.person, at=look.at, request=form.cleaned_data["request"], version=version,
                given=form.given(),
            )  # fmt: skip
            return redirect(address("paper_release", look.case, version=version))
        except Refused as refused:
            put_beside(form, refused, {"IG5": "until"})
    require(*may_prepare(look, request.person, version)[2])
    told = {**frame(look), "form": form, "block": version_block(look, request.person, found)}
    return page(request, "pages/withheld/part.jinja", told, title="Hold something back from lay partners")


@signed_in
def lay_file(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """Upload the file that lay partners read instead."""
    look = found_look(request, ods, reference, timezone.now())
    found = found_among(found_versions(look, request.person), version)
    form = LayFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            add_lay_rendition(
                case=look.case.pk, by=request.person, at=look.at, request=form.cleaned_data["request"], version=version,
                file=file, name=file.name, size=file.size,
            )  # fmt: skip
            return redirect(address("paper_release", look.case, version=version))
        except Refused as refused:
            put_beside(form, refused, {"FILE": "file"})
    require(*may_prepare(look, request.person, version)[2])
    told = {**frame(look), "form": form, "block": version_block(look, request.person, found)}
    return page(request, "pages/withheld/file.jinja", told, title="Upload the lay partners\u2019 file")
