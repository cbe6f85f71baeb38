"""Short sessions, for partners who work at home on a machine that others use too (IG16)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

from web.pages.signin.forms import SignInForm
from web.pages.signin.kept import keep
from web.pages.signin.sessions import SEEN, SINCE, WAS, is_only_asking, seconds_left
from web.pages.signin.views import sign_in_page

_NOTED_EVERY = 60
"""Seconds: how often the cookie is written anew only to say that somebody is there."""


class ShortSessions:
    """Signs out whoever asked for no page for `PARITY_IDLE_MINUTES`, or signed in `SESSION_COOKIE_AGE` ago. No statement.

    Puts `request.timed_out_of` there, the key of the account that was signed out by it or an empty text, and for whoever is
    signed in `request.idle_seconds`, the same on each page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            self._look_at(request)
        is_signed_in = SESSION_KEY in request.session
        request.timed_out_of = "" if is_signed_in else request.session.get(WAS, "")  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        """Whoever was signed out by it is asked to sign in; a form that they sent, and that is surely theirs (CSRF), is kept."""
        if not request.timed_out_of or not getattr(view, "is_for_signed_in", False):  # type: ignore[attr-defined]
            return None
        if request.method != "POST":
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path(), 'why': 'time'})}")
        form = SignInForm(initial={"kept": keep(request, request.timed_out_of)})  # type: ignore[attr-defined]
        return sign_in_page(request, form, why="kept")

    def _look_at(self, request: HttpRequest) -> None:
        now, session = int(time.time()), request.session
        if seconds_left(request) <= 0:
            was = str(session[SESSION_KEY])
            logout(request)
            session[WAS] = was
        elif SINCE not in session:
            session[SINCE] = session[SEEN] = now
        elif now - session[SEEN] >= _NOTED_EVERY and not is_only_asking(request):
            session[SEEN] = now
        request.idle_seconds = 60 * settings.PARITY_IDLE_MINUTES  # type: ignore[attr-defined]
