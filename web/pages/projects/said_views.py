""" "You said, we did" of one project: to read and to print."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import found_look
from web.pages.projects.said import YouSaidPage, tells_what_changed
from web.pages.stages.frame import frame


@signed_in
@require_GET
def you_said(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """What each partner said, what was answered, and what changed."""
    look = found_look(request, ods, reference, timezone.now())
    if not tells_what_changed(look.process):
        raise Http404
    shown = YouSaidPage(look, request.person)
    return page(request, "pages/projects/you_said.jinja", frame(look), shown=shown, title=shown.title)
