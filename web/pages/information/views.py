"""The notice, for whoever is signed in and whoever is not."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from permissions.retention import CLAIMS, OTHER, SERIOUS, TRAINING
from web.design_system.views import SignedInRequest, page
from web.design_system.visitor import visitor_for
from workflows.calendar import london_day


@require_safe
def how_we_use_information(request: HttpRequest) -> HttpResponse:
    """What is kept about people, who sees it and how long, in plain words; the models for the rest are in docs/assurance."""
    if request.user.is_authenticated and (found := visitor_for(request.user, london_day(timezone.now()))):
        cast(SignedInRequest, request).visitor = found
    years = {one.code: one.years for one in (SERIOUS, OTHER, TRAINING, CLAIMS)}
    return page(request, "pages/information/information.jinja", years=years, title="How we use information about you")
