"""The page of a case."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import found_whole_or_stub
from web.pages.cases.presenter import CasePage
from web.pages.retention.stub import stub_of
from web.pages.training.part import training_part


@signed_in
def case(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Shows one case to somebody who may see it."""
    look = found_whole_or_stub(request, ods, reference, timezone.now())
    if look.case.disposed_at:
        return page(request, "pages/retention/stub.jinja", stub=stub_of(look), title=f"What is left of {reference}")
    shown = CasePage(look, request.person)  # leaves the Look with all that it read
    return page(request, "pages/cases/case.jinja", case=shown, training=training_part(look, request.person))
