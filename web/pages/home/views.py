"""Home: what is waiting for the person who signed in."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.home.looked import looked
from web.pages.home.presenter import Home


@signed_in
def home(request: SignedInRequest) -> HttpResponse:
    """Shows what is waiting, soonest first; then the person's cases, and what changed since they last looked."""
    at = timezone.now()
    look = looked(request, at)
    roles = [appointment.role for appointment in request.visitor.appointments]
    return look.kept_in(request, page(request, "pages/home/home.jinja", home=Home(request.person, roles, look, at)))
