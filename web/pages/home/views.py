"""Home: what is waiting for the person who signed in."""

from __future__ import annotations

from django.http import HttpResponse

from web.design_system.views import SignedInRequest, page, signed_in


@signed_in
def home(request: SignedInRequest) -> HttpResponse:
    """Shows what is waiting, soonest first."""
    return page(request, "pages/home/home.jinja", waiting=[])
