"""One's own page."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.me.presenter import MyPage


@require_safe
@signed_in
def me(request: SignedInRequest) -> HttpResponse:
    """Shows what the record says of the visitor, and nothing of anybody else's cases."""
    return page(request, "pages/me/me.jinja", me=MyPage(request.visitor, timezone.now()))
