"""Papers: upload a version, release it with a plain summary, read it. Every opening is recorded by the door that opens it."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO, cast
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from audit.models import Event
from cases.models import PaperVersion
from cases.paper_text import text_of
from permissions.verdict import Refused, require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.papers.copies import copy_of, mark_of
from web.pages.papers.forms import HeldBackUploadForm, UploadForm
from web.pages.papers.presenter import (
    PaperPage,
    can_be_shown,
    found_versions,
    kind_of_file,
    version_block,
)  # fmt: skip
from web.pages.stages.frame import frame
from workflows.doors.papers import OTHER, may_upload, open_paper, upload_paper
from workflows.look import Look


@signed_in
@require_GET
def paper(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """A version: its plain summary first, then the ways to read it, then what was said about it."""
    look = found_look(request, ods, reference, timezone.now())
    versions = found_versions(look, request.person)
    shown = PaperPage(look, request.person, found_among(versions, version), versions)
    return page(request, "pages/papers/paper.jinja", frame(look, request.person), paper=shown, title=shown.title)


@signed_in
@require_GET
def paper_read(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """The words of a version as a page. Recorded as an opening."""
    look = found_look(request, ods, reference, timezone.now())
    found, opening = _opened(request, look, version)
    handed = look.handed_to(request.person.pk, found)
    with handed.file.open("rb") as file:
        kind = kind_of_file(handed)
        text = text_of(kind, cast("BinaryIO", file)) if kind and can_be_shown(handed) else None
    if text is None:
        return redirect(address("paper", look.case, version=version))
    block = version_block(look, request.person, found)
    told = {"block": block, "lines": text.splitlines(), "title": block.title, "mark": mark_of(look, request.person, found, opening)}
    return page(request, "pages/papers/read.jinja", {**frame(look, request.person), **told})


@signed_in
@require_GET
def paper_file(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """The file of a version, to keep. Recorded as an opening; never shown inside a page of ours."""
    look = found_look(request, ods, reference, timezone.now())
    found, opening = _opened(request, look, version)
    handed = look.handed_to(request.person.pk, found)
    copy = copy_of(handed, mark_of(look, request.person, found, opening))
    file = handed.file.open("rb") if copy is None else BytesIO(copy)
    sent = FileResponse(file, as_attachment=True, filename=handed.name, content_type=handed.media_type)
    sent.headers["X-Content-Type-Options"] = "nosniff"
    sent.headers["Cache-Control"] = "private, no-store"
    return cast("HttpResponse", sent)


def _opened(request: SignedInRequest, look: Look, version: UUID) -> tuple[PaperVersion, Event]:
    """The version, once its opening is in the record, and that. Raises Http404 for one that may not be seen."""
    try:
        receipt = open_paper(case=look.case.pk, by=request.person, at=look.at, version=version)
    except PaperVersion.DoesNotExist:
        raise Http404 from None
    return receipt.result, receipt.event


@signed_in
def paper_upload(request: SignedInRequest, ods: str, reference: str, kind: str) -> HttpResponse:
    """Upload a version of a kind of paper; its release comes next."""
    look = found_look(request, ods, reference, timezone.now())
    card = look.process.paper(kind)
    if card is None and kind != OTHER:
        raise Http404
    earlier = look.versions_of(kind) if card else []
    held_back = card is None and "held_back" in request.GET
    kind_of_form = HeldBackUploadForm if held_back else UploadForm
    form = kind_of_form(request.POST or None, request.FILES or None, has_title=card is None, after=len(earlier))
    if form.is_valid() and (made := _uploaded(request, look, kind, form)):
        return redirect(address("paper_release", look.case, version=made))
    if form.is_bound and form.is_behind(len(earlier)):
        form = UploadForm(form.brought_up_to(len(earlier), request.POST), request.FILES, has_title=card is None)
    require(*may_upload(look, request.person, kind))
    name = card.title.lower() if card else "another paper"
    told: dict[str, object] = {"form": form, "earlier": earlier[-1] if earlier else None, "name": name, "title": f"Upload: {name}"}
    told |= {"held_back": held_back, "whole": "" if card or held_back else "?held_back=1"}
    return page(request, "pages/papers/upload.jinja", {**frame(look), **told})


def _uploaded(request: SignedInRequest, look: Look, kind: str, form: UploadForm) -> str:
    """The key of the version made; empty when the file or a text was refused, with the reason put beside its field."""
    given = form.cleaned_data
    file = given["file"]
    try:
        receipt = upload_paper(
            case=look.case.pk, by=request.person, at=look.at, request=given["request"], kind=kind, file=file, name=file.name,
            size=file.size, title=given.get("title", ""), change_note=given.get("change_note", ""), hold_back=form.held_back(),
        )  # fmt: skip
    except Refused as refused:
        if refused.is_stale:
            raise
        for verdict in refused.verdicts:
            form.add_error({"FILE": "file", "IG5": "until"}.get(verdict.rule), str(verdict))
        return ""
    return str(receipt.event.facts["version_id"])
