"""The pages for a request that cannot be answered. The project's `config/urls.py` names them as its handlers."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from web.design_system.views import page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what came was not something a page of ours sends; 413 where it was too much of it."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return page(request, "pages/errors/bad_request.jinja", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the page is for others. The exception's own words are shown where it has any."""
    return page(request, "pages/errors/forbidden.jinja", status=403, reason=str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same page for what does not exist and for what this person may not see (IG3)."""
    return page(request, "pages/errors/not_found.jinja", status=404)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more was sent than is taken."""
    return page(request, "pages/errors/too_large.jinja", status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault, and nothing was changed, for every act is all or nothing."""
    return page(request, "pages/errors/server_error.jinja", status=500)


def page_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 where the form did not come from a page of ours that is still good (`CSRF_FAILURE_VIEW`)."""
    return page(request, "pages/errors/page_expired.jinja", status=403)
