"""The second step of signing in, the app that gives codes, and how long one is still signed in."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.models import AbstractBaseUser, User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.signin.forms import CodeForm
from web.pages.signin.kept import kept_for
from web.pages.signin.second_step import (
    Half,
    app_of,
    app_to_confirm,
    confirm_app,
    end,
    forget_app,
    half_way,
    is_right,
    key_of,
    picture_of,
    send_code,
)  # fmt: skip
from web.pages.signin.sessions import seconds_left

WRONG_CODE = "The code is not right, or it is too old. After several wrong codes you have to wait before the next counts"


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Asks for the code; whoever gave no password in the last ten minutes begins again."""
    half = half_way(request)
    if half is None:
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if is_right(half.account, form.cleaned_data["code"]):
            end(request)
            return let_in(request, half.account, half.next, form.cleaned_data["kept"])
        form.add_error("code", WRONG_CODE)
    return code_page(request, half, form)


def code_page(request: HttpRequest, half: Half, form: CodeForm) -> HttpResponse:
    """The page that asks for the code, from the app or from the e-mail."""
    return page(request, "pages/signin/code.jinja", form=form, by_app=half.app is not None)


@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Sends a code by e-mail: again, or instead of the app."""
    half = half_way(request)
    if half is None:
        return redirect("sign_in")
    sent = send_code(half.account)
    messages.success(
        request, "If you did not ask in the last minute, a code is on its way." if sent else "No e-mail could be sent."
    )
    return redirect("sign_in_code")


def let_in(request: HttpRequest, account: AbstractBaseUser, way_on: str, sealed: str) -> HttpResponse:
    """Signs somebody in, and shows them what they were writing, where that was kept and is theirs."""
    login(request, cast("User", account), backend="django.contrib.auth.backends.ModelBackend")
    kept = kept_for(sealed, str(account.pk)) if sealed else None
    return page(request, "pages/signin/kept.jinja", kept=kept) if kept else redirect(way_on)


@signed_in
@require_GET
def still_here(request: SignedInRequest) -> HttpResponse:
    """JSON `seconds`: how long one is still signed in. Asked for without the mark of a script, it begins the time anew."""
    return JsonResponse({"seconds": seconds_left(request)})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def app(request: SignedInRequest) -> HttpResponse:
    """Use an app on one's telephone for the codes, or the e-mail again."""
    if request.method == "POST" and "forget" in request.POST:
        forget_app(request.user)  # type: ignore[arg-type]
        messages.success(request, "From now on we send you the code by e-mail.")
        return redirect("sign_in_app")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if confirm_app(request.user, form.cleaned_data["code"]):  # type: ignore[arg-type]
            messages.success(request, "From now on your app gives you the code.")
            return redirect("sign_in_app")
        form.add_error("code", "That is not the code which the app shows now. Wait for the next one, and try again")
    used = app_of(request.user)  # type: ignore[arg-type]
    waiting = None if used else app_to_confirm(request.user)  # type: ignore[arg-type]
    told = {
        "form": form,
        "used": used,
        "picture": picture_of(waiting) if waiting else "",
        "key": key_of(waiting) if waiting else "",
    }
    return page(request, "pages/signin/app.jinja", told, is_needed=settings.PARITY_SECOND_STEP)
