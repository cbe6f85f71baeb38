"""Releasing a version: what lay partners read of it, and the summary in plain language that goes with it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.models import PaperVersion, Visit
from cases.renditions import rendition
from permissions.verdict import Refused, require
from web.design_system.explaining import explaining_for
from web.design_system.refusing import put_beside
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.papers.forms import ReleaseForm
from web.pages.papers.presenter import NOT_YET, found_versions, title_of_version, version_block
from web.pages.plain.reading import how_it_reads
from web.pages.stages.frame import frame
from web.pages.withheld.presenter import draft_panel
from workflows.doors.identifiers import points_to_people, words_of_file
from workflows.doors.papers import NOTHING, OWN, SAME, may_release, release_paper
from workflows.look import Look
from workflows.standing import asked_seats

FIELDS = {"IG4": "lay_reads", "IG5": "lay_reads", "R6": "lay_reads", "IG2": "identifies", "R19": "plain_summary"}
"""Beside which question the reason of a refusal stands."""


@signed_in
def paper_release(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """Give a version to the whole group at once, with a summary in plain language."""
    look = found_look(request, ods, reference, timezone.now())
    versions = found_versions(look, request.person)
    found = found_among(versions, version)
    whole = look.is_held_back(found.paper_id)
    pointing = points_to_people(found, request.POST.get("plain_summary", ""), request.POST.get("lay_reads") or _ready(look, found))
    form = ReleaseForm(request.POST or None, whole=whole, pointing=pointing)
    if "look" in request.POST:
        form.leave_unjudged()
    elif form.is_valid():
        try:
            _release(request, look, version, form)
            return redirect(address("paper", look.case, version=version))
        except Refused as refused:
            put_beside(form, refused, FIELDS)
    require(*may_release(look, request.person, version, NOT_YET, None)[1])
    before = [one for one in versions if one.paper_id == found.paper_id and one.is_released]
    told = {
        "form": form,
        "block": version_block(look, request.person, found),
        "before": before[-1] if before else None,
        "asked_again": _asked_again(look, found),
        "reads": how_it_reads(request.POST.get("plain_summary", ""), explaining_for(request)),
        "unexplained": explaining_for(request).unexplained(words_of_file(rendition(found, without_parts=False)) or ""),
        "panel": draft_panel(look, request.person, found),
        "title": f"Release: {title_of_version(found)}",
    }
    return page(request, "pages/papers/release.jinja", {**frame(look), **told})


def _ready(look: Look, version: PaperVersion) -> str:
    """What lay partners will read, as far as it has been made ready."""
    if look.is_held_back(version.paper_id):
        return NOTHING
    return OWN if look.parts_held_back(version.pk) else SAME


def _release(request: SignedInRequest, look: Look, version: UUID, form: ReleaseForm) -> None:
    """Through the door; a paper that is held back whole goes to staff with nothing asked."""
    given = form.cleaned_data
    release_paper(
        case=look.case.pk, by=request.person, at=look.at, request=given["request"], version=version,
        plain_summary=given.get("plain_summary", ""), lay_reads=given.get("lay_reads", NOTHING),
        identifies=given.get("identifies") == "yes", checked=form.looked_at,
    )  # fmt: skip


def _asked_again(look: Look, version: PaperVersion) -> int:
    """R4: how many people have answered on the text that this version replaces, and will be asked again."""
    stage, visit = look.stage, look.visit
    if not stage or not visit or not stage.paper or stage.paper.code != version.paper.kind or visit.step == Visit.Step.PREPARE:
        return 0
    return len({seat.pk for seat in asked_seats(look)} & set(look.latest(visit)))
