"""How long a session still lasts."""

from __future__ import annotations

import time

from django.conf import settings
from django.http import HttpRequest

SINCE, SEEN, WAS = "since", "seen", "was"
"""What a session holds besides who is signed in: since when, when they last did something, and who was signed out by the clock."""


def seconds_left(request: HttpRequest) -> int:
    """How long the session still lasts if nothing more is done; a session that has just begun lasts the whole time."""
    now, session = int(time.time()), request.session
    idle = session.get(SEEN, now) + 60 * settings.PARITY_IDLE_MINUTES
    whole = session.get(SINCE, now) + settings.SESSION_COOKIE_AGE
    return int(min(idle, whole) - now)


def is_only_asking(request: HttpRequest) -> bool:
    """Whether a script asks how long is left, which does not say that anybody is there."""
    return request.headers.get("X-Only-Asking") == "1"
