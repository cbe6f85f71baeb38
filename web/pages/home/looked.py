"""When somebody last looked, so that home can say what has changed since: kept in a signed cookie that holds two times.

Looking again within half an hour is the same look, so that what is new does not vanish with the first reload.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpResponse

from web.design_system.views import SignedInRequest

ONE_LOOK = timedelta(minutes=30)
KEPT_FOR = timedelta(days=400)


@dataclass(frozen=True)
class Looked:
    """`since`: when the look before this one ended, None at first sight; `seen`: when the person was last here."""

    since: datetime | None
    seen: datetime

    def kept_in(self, request: SignedInRequest, response: HttpResponse) -> HttpResponse:
        """The response, which carries the times to the next look."""
        told = f"{self.since.isoformat() if self.since else ''} {self.seen.isoformat()}"
        response.set_signed_cookie(
            _name(request), told, salt=_name(request), max_age=KEPT_FOR, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
        return response


def looked(request: SignedInRequest, at: datetime) -> Looked:
    """This look, at `at`, and when the one before it ended. A cookie that is missing or unsound counts as none."""
    told = request.get_signed_cookie(_name(request), "", salt=_name(request)) or ""
    since, _, seen = told.partition(" ")
    if not seen:
        return Looked(None, at)
    last = datetime.fromisoformat(seen)
    if at - last > ONE_LOOK:
        return Looked(last, at)
    return Looked(datetime.fromisoformat(since) if since else None, at)


def _name(request: SignedInRequest) -> str:
    return f"looked_{request.person.pk.hex[-12:]}"
