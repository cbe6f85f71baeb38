"""Papers: upload a version, release it with a plain summary, read it. Every opening is recorded by the door that opens it."""

from __future__ import annotations

from typing import BinaryIO, cast
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import PaperVersion, Visit
from cases.paper_text import text_of
from permissions.verdict import Refused, require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.papers.forms import ReleaseForm, UploadForm
from web.pages.papers.presenter import (
    NOT_YET,
    PaperPage,
    can_be_shown,
    found_versions,
    kind_of_file,
    title_of_version,
    version_block,
)  # fmt: skip
from web.pages.plain.reading import how_it_reads
from web.pages.stages.frame import frame
from workflows.doors.identifiers import points_to_people
from workflows.doors.papers import OTHER, may_release, may_upload, open_paper, release_paper, upload_paper
from workflows.look import Look
from workflows.standing import asked_seats


@signed_in
@require_GET
def paper(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """A version: its plain summary first, then the ways to read it, then what was said about it."""
    look = found_look(request, ods, reference, timezone.now())
    versions = found_versions(look, request.person)
    shown = PaperPage(look, request.person, found_among(versions, version), versions)
    return page(request, "pages/papers/paper.jinja", frame(look), paper=shown, title=shown.title)


@signed_in
@require_GET
def paper_read(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """The words of a version as a page. Recorded as an opening."""
    look = found_look(request, ods, reference, timezone.now())
    found = _opened(request, look, version)
    with found.file.open("rb") as file:
        kind = kind_of_file(found)
        text = text_of(kind, cast("BinaryIO", file)) if kind and can_be_shown(found) else None
    if text is None:
        return redirect(address("paper", look.case, version=version))
    block = version_block(look, request.person, found)
    return page(request, "pages/papers/read.jinja", frame(look), block=block, lines=text.splitlines(), title=block.title)


@signed_in
@require_GET
def paper_file(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """The file of a version, to keep. Recorded as an opening; never shown inside a page of ours."""
    look = found_look(request, ods, reference, timezone.now())
    found = _opened(request, look, version)
    sent = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.media_type)
    sent.headers["X-Content-Type-Options"] = "nosniff"
    sent.headers["Cache-Control"] = "private, no-store"
    return cast("HttpResponse", sent)


def _opened(request: SignedInRequest, look: Look, version: UUID) -> PaperVersion:
    """The version, once its opening is in the record. Raises Http404 for one that may not be seen."""
    try:
        opened: PaperVersion = open_paper(case=look.case.pk, by=request.person, at=look.at, version=version).result
    except PaperVersion.DoesNotExist:
        raise Http404 from None
    return opened


@signed_in
def paper_upload(request: SignedInRequest, ods: str, reference: str, kind: str) -> HttpResponse:
    """Upload a version of a kind of paper; its release comes next."""
    look = found_look(request, ods, reference, timezone.now())
    card = look.process.paper(kind)
    if card is None and kind != OTHER:
        raise Http404
    earlier = look.versions_of(kind) if card else []
    form = UploadForm(request.POST or None, request.FILES or None, has_title=card is None, after=len(earlier))
    if form.is_valid() and (made := _uploaded(request, look, kind, form)):
        return redirect(address("paper_release", look.case, version=made))
    if form.is_bound and form.is_behind(len(earlier)):
        form = UploadForm(form.brought_up_to(len(earlier), request.POST), request.FILES, has_title=card is None)
    require(*may_upload(look, request.person, kind))
    name = card.title.lower() if card else "another paper"
    told = {"form": form, "earlier": earlier[-1] if earlier else None, "name": name, "title": f"Upload: {name}"}
    return page(request, "pages/papers/upload.jinja", {**frame(look), **told})


def _uploaded(request: SignedInRequest, look: Look, kind: str, form: UploadForm) -> str:
    """The key of the version made; empty when the file or a text was refused, with the reason put beside its field."""
    given = form.cleaned_data
    file = given["file"]
    try:
        receipt = upload_paper(
            case=look.case.pk, by=request.person, at=look.at, request=given["request"], kind=kind, file=file, name=file.name,
            size=file.size, title=given.get("title", ""), change_note=given.get("change_note", ""),
        )  # fmt: skip
    except Refused as refused:
        if refused.is_stale:
            raise
        for verdict in refused.verdicts:
            form.add_error("file" if verdict.rule == "FILE" else None, str(verdict))
        return ""
    return str(receipt.event.facts["version_id"])


@signed_in
def paper_release(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """Give a version to the whole group at once, with a summary in plain language."""
    look = found_look(request, ods, reference, timezone.now())
    versions = found_versions(look, request.person)
    found = found_among(versions, version)
    form = ReleaseForm(request.POST or None, pointing=points_to_people(found, request.POST.get("plain_summary", "")))
    if "look" in request.POST:
        form.leave_unjudged()
    elif form.is_valid():
        given = form.cleaned_data
        release_paper(
            case=look.case.pk, by=request.person, at=look.at, request=given["request"], version=version,
            plain_summary=given["plain_summary"], checked=form.looked_at,
        )  # fmt: skip
        return redirect(address("paper", look.case, version=version))
    require(*may_release(look, request.person, version, NOT_YET)[1])
    before = [one for one in versions if one.paper_id == found.paper_id and one.is_released]
    told = {
        "form": form,
        "block": version_block(look, request.person, found),
        "before": before[-1] if before else None,
        "asked_again": _asked_again(look, found),
        "reads": how_it_reads(request.POST.get("plain_summary", "")),
        "title": f"Release: {title_of_version(found)}",
    }
    return page(request, "pages/papers/release.jinja", {**frame(look), **told})


def _asked_again(look: Look, version: PaperVersion) -> int:
    """R4: how many people have answered on the text that this version replaces, and will be asked again."""
    stage, visit = look.stage, look.visit
    if not stage or not visit or not stage.paper or stage.paper.code != version.paper.kind or visit.step == Visit.Step.PREPARE:
        return 0
    return len({seat.pk for seat in asked_seats(look)} & set(look.latest(visit)))
