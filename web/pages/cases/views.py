"""The page of a case."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import found_look
from web.pages.cases.presenter import CasePage
from web.pages.training.part import training_part


@signed_in
def case(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Shows one case to somebody who may see it."""
    look = found_look(request, ods, reference, timezone.now())
    training = training_part(look, request.person)
    return page(request, "pages/cases/case.jinja", case=CasePage(look, request.person), training=training)
