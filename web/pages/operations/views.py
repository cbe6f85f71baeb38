"""What the coordinators and the quality team look after: messages that did not go out, deadlines that failed, the sweeps."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from notifications.coordinators import may_operate
from permissions.verdict import judge, require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.operations.asked import carry_out
from web.pages.operations.presenter import Operations


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def operations(request: SignedInRequest) -> HttpResponse:
    """Shows the page; a POST from one of its buttons tries something again, or says that somebody was told."""
    at = timezone.now()
    organisation = request.person.organisation
    allowed = may_operate(request.person, organisation.pk, at)
    require(judge(allowed, "R16", "The coordinators and the quality team look after this.", "Ask one of them."))
    if request.method == "POST":
        carry_out(request.POST.get("act", ""), request.POST.get("about", ""), request.person, at)
        return redirect("operations")
    return page(request, "pages/operations/operations.jinja", operations=Operations(request.person, at))
