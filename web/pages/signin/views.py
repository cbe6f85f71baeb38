"""Signing in with an e-mail address and a password, as a person of the demo where there is one, and signing out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from cases.models import Person
from web.design_system.views import page
from web.pages.signin import attempts
from web.pages.signin.code_views import code_page, let_in
from web.pages.signin.forms import CodeForm, PersonaForm, SignInForm
from web.pages.signin.presenter import personas
from web.pages.signin.second_step import begin, send_code
from workflows.calendar import london_day

WRONG = "The e-mail address or the password is not right"
NOT_SENT = "We could not send you a code. Try again in a few minutes, or ask your partner coordinator"
WAIT = "There were too many wrong passwords. Wait 15 minutes, then try again"


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for an e-mail address and a password; in the demo it also shows the people one can be."""
    form = SignInForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if form.is_valid() and (account := _known(request, form)):
        return _password_was_right(request, account, form)
    return sign_in_page(request, form, why="time" if request.GET.get("why") == "time" else "")


def sign_in_page(request: HttpRequest, form: SignInForm, why: str = "", status: int = 200) -> HttpResponse:
    """The page that asks for it. `why`: "time" where the clock signed somebody out, "kept" where they were sending a form."""
    cards = personas(london_day(timezone.now())) if settings.PARITY_DEMO else []
    told = {"form": form, "personas": cards, "why": why, "minutes": settings.PARITY_IDLE_MINUTES}
    return page(request, "pages/signin/sign_in.jinja", told, status=status)


def _password_was_right(request: HttpRequest, account: AbstractBaseUser, form: SignInForm) -> HttpResponse:
    given = form.cleaned_data
    if not settings.PARITY_SECOND_STEP:
        return let_in(request, account, _way_on(request, given["next"]), given["kept"])
    half = begin(request, account, _way_on(request, given["next"]))
    if half.app is None and not send_code(account):
        form.add_error(None, NOT_SENT)
        return sign_in_page(request, form)
    if given["kept"]:  # it is too long for an address or a cookie, so the next page is made of this one
        return code_page(request, half, CodeForm(initial={"kept": given["kept"]}))
    return redirect("sign_in_code")


def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Signs in as a person of the demo, without a password. Outside the demo, and for a link, there is no such page (404)."""
    if not settings.PARITY_DEMO or request.method != "POST":
        raise Http404
    form = PersonaForm(request.POST)
    wanted = form.cleaned_data["person"] if form.is_valid() else ""
    known = {str(card.person_id) for card in personas(london_day(timezone.now()))}
    if wanted not in known:
        raise Http404
    account = Person.objects.select_related("account").get(pk=wanted).account
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(settings.LOGIN_REDIRECT_URL)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and goes back to the page for signing in."""
    logout(request)
    return redirect("sign_in")


def _known(request: HttpRequest, form: SignInForm) -> AbstractBaseUser | None:
    """Whose e-mail address and password it is; None, with the reason on the form, where they are nobody's."""
    email, address = form.cleaned_data["email"].lower(), request.META.get("REMOTE_ADDR", "")
    if attempts.must_wait(email, address):
        form.add_error(None, WAIT)
        return None
    account = authenticate(request, username=email, password=form.cleaned_data["password"])
    if account is None:
        attempts.note_failure(email, address)
        form.add_error("email", WRONG)
        return None
    attempts.forget(email, address)
    return account


def _way_on(request: HttpRequest, wanted: str) -> str:
    """The page that was asked for before signing in, if it is one of ours; otherwise home."""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)
