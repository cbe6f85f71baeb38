"""What holds for every page: what it may load, that no copy of it stays behind, how much it takes, and how a refusal is shown."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django_fsm import ConcurrentTransition

from permissions.verdict import STALE, Refused, refuse
from web.design_system.refusals import refusal_page
from web.pages.errors.views import too_large

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'nonce-{nonce}'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
PERMISSIONS = ", ".join(f"{power}=()" for power in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb"))

MOST_BYTES = 60 * 1000 * 1000
"""A form with a file well over what a paper may be still reaches its page, which can say so beside the field; more is not read."""
_MOST_DRAINED = 5 * MOST_BYTES
_CHUNK = 64 * 1024


class PagePolicy:
    """Gives each request a nonce and each answer its headers. A view that sets one of them itself keeps its own."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=request.csp_nonce))  # type: ignore[attr-defined]
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, no_store=True, private=True)
        return response


class RequestSize:
    """Answers a request that is far too large with a page that says so (413), before anything of it is kept."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most = getattr(settings, "PARITY_MOST_REQUEST_BYTES", MOST_BYTES)
        if _length(request) <= most:
            return self.get_response(request)
        _drain(request)
        return too_large(request)


class Refusals:
    """Turns a refusal that a view let through into its page. Two people at once get the calm page too, never a fault."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; None for any other exception."""
        if isinstance(exception, Refused):
            return refusal_page(request, exception)
        if isinstance(exception, ConcurrentTransition):
            return refusal_page(request, Refused([refuse(STALE, "This was decided by somebody else at the same moment.")]))
        return None


def _length(request: HttpRequest) -> int:
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return int(declared) if declared.isdecimal() else 0


def _drain(request: HttpRequest) -> None:
    """Reads what is still being sent and forgets it: a browser that is cut off while it sends shows no page at all."""
    left = min(_length(request), _MOST_DRAINED)
    while left > 0 and (chunk := request.read(min(_CHUNK, left))):
        left -= len(chunk)
