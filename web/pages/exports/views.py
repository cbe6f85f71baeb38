"""The page from which the record of a case is taken out."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, HttpResponse
from django.utils import timezone

from audit.replica import from_replica
from permissions.verdict import require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_look
from web.pages.exports.forms import ExportForm
from web.pages.stages.frame import frame
from workflows.doors.exports import export_record, may_export
from workflows.export.zipping import zipped_record

TITLE = "Take out the record"


@signed_in
def export(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Asks who it is for; a POST notes that on the record and hands out everything up to then as one zip file."""
    look = found_look(request, ods, reference, timezone.now())
    form = ExportForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        receipt = export_record(case=look.case.pk, by=request.person, at=look.at, to=given["to"], request=given["request"])
        name = f"{look.case.organisation.ods_code}-{look.case.reference}.zip"
        sent = FileResponse(from_replica(lambda: zipped_record(receipt.event)), as_attachment=True, filename=name)
        sent.headers["Cache-Control"] = "private, no-store"
        return cast("HttpResponse", sent)
    require(*may_export(look, request.person))
    told = {**frame(look), "back": address("record", look.case), "back_text": "Back to the record"}
    return page(request, "pages/exports/export.jinja", told, form=form, title=TITLE)
