"""I cannot follow this (R19): say so, take it back, and write the summary again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from permissions.verdict import require
from web.design_system.explaining import explaining_for
from web.design_system.forms import ButtonForm
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.papers.looking import SummaryForm
from web.pages.papers.presenter import found_versions, title_of_version, version_block
from web.pages.plain.forms import UnclearForm
from web.pages.plain.marks import Marks
from web.pages.plain.reading import how_it_reads
from web.pages.stages.frame import frame
from workflows.doors.identifiers import points_to_people
from workflows.doors.understanding import (
    marks,
    may_mend_summary,
    may_say_unclear,
    may_take_back_unclear,
    mend_summary,
    say_unclear,
    take_back_unclear,
)
from workflows.offers import REASON
from workflows.standstill import stops_the_clock


@signed_in
def unclear(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """Say which words of a version one cannot follow."""
    look = found_look(request, ods, reference, timezone.now())
    found = found_among(found_versions(look, request.person), version)
    form = UnclearForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        say_unclear(case=look.case.pk, by=request.person, at=look.at, request=given["request"], version=version, text=given["text"])
        return redirect(address("paper", look.case, version=version) + "#unclear")
    require(*may_say_unclear(look, request.person, version, REASON)[2])
    told = {"block": version_block(look, request.person, found), "stops": stops_the_clock(look, found)}
    return page(request, "pages/plain/unclear.jinja", {**frame(look), **told}, form=form, title="I cannot follow this paper")


@signed_in
def clear(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """Take back that one cannot follow a version."""
    look = found_look(request, ods, reference, timezone.now())
    found = found_among(found_versions(look, request.person), version)
    form = ButtonForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        take_back_unclear(case=look.case.pk, by=request.person, at=look.at, request=given["request"], version=version)
        return redirect(address("paper", look.case, version=version) + "#unclear")
    mark, verdicts = may_take_back_unclear(look, request.person, version)
    require(*verdicts)
    told = {"block": version_block(look, request.person, found), "mark": mark}
    return page(request, "pages/plain/clear.jinja", {**frame(look), **told}, form=form, title="I can follow this paper after all")


@signed_in
def summary_mend(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """Write the summary of a version again, because somebody could not follow it."""
    look = found_look(request, ods, reference, timezone.now())
    found = found_among(found_versions(look, request.person), version)
    typed = request.POST.get("plain_summary", "")
    form = SummaryForm(request.POST or None, pointing=points_to_people(found, typed, found.lay_reads))
    if "look" in request.POST:
        form.leave_unjudged()
    elif form.is_valid():
        given = form.cleaned_data
        mend_summary(
            case=look.case.pk, by=request.person, at=look.at, request=given["request"], version=version,
            plain_summary=given["plain_summary"], checked=form.looked_at,
        )  # fmt: skip
        return redirect(address("paper", look.case, version=version))
    require(*may_mend_summary(look, request.person, version, REASON)[1])
    standing = [one for one in marks(look) if one.stands]
    told = {
        "form": form,
        "block": version_block(look, request.person, found),
        "marks": Marks(look, request.person, found, standing).cards,
        "reads": how_it_reads(typed, explaining_for(request)),
        "upload_href": address("paper_upload", look.case, kind=found.paper.kind),
        "title": f"Write the summary again: {title_of_version(found)}",
    }
    return page(request, "pages/plain/mend.jinja", {**frame(look), **told})
