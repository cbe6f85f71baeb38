"""What every view is made with: a page from a template, and a person behind the request.

A view asks a door or a read, and answers with `page(...)`. It needs no code for a refusal: `Refused` becomes a page by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.models import Person
from web.design_system.visitor import Visitor, visitor_for
from workflows.calendar import london_day


class SignedInRequest(HttpRequest):
    """A request of which it is known who sent it."""

    person: Person
    visitor: Visitor


View = Callable[..., HttpResponse]


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page that a template makes of `context` and `more`. The layout finds the visitor on the request by itself."""
    told = {"visitor": getattr(request, "visitor", None), **(context or {}), **more}
    return render(request, template, told, status=status)


def signed_in(view: View) -> View:
    """Asks for sign-in first, and puts `request.person` and `request.visitor` there for the view.

    An account that belongs to nobody, an administrator's say, gets a page that explains why there is nothing to see (403).
    """

    @wraps(view)
    def known(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        visitor = visitor_for(request.user, london_day(timezone.now()))
        if visitor is None:
            return page(request, "pages/errors/nobody.jinja", status=403)
        seen = cast(SignedInRequest, request)
        seen.person, seen.visitor = visitor.person, visitor
        return view(seen, *args, **kwargs)

    known.is_for_signed_in = True  # type: ignore[attr-defined]
    return known
