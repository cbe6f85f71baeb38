""" "You said, we did" of one project: to read and to print."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from permissions.scope import cases_left
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import found_from_outside
from web.pages.projects.said import YouSaidPage, tells_what_changed
from web.pages.stages.frame import frame, frame_from_outside


@signed_in
@require_GET
def you_said(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """What each partner said, what was answered, and what changed. A partner who has left reads what is owed to them."""
    look, inside = found_from_outside(request, ods, reference, timezone.now(), cases_left(request.person))
    if not tells_what_changed(look.process):
        raise Http404
    shown = YouSaidPage(look, request.person, inside)
    around = frame(look) if inside else frame_from_outside(look)
    return page(request, "pages/projects/you_said.jinja", around, shown=shown, title=shown.title)
