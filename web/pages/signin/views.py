"""Signing in with an e-mail address and a password, as a person of the demo where there is one, and signing out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from cases.models import Person
from web.design_system.views import page
from web.pages.signin import attempts
from web.pages.signin.forms import PersonaForm, SignInForm
from web.pages.signin.presenter import personas
from workflows.calendar import london_day

WRONG = "The e-mail address or the password is not right"
WAIT = "There were too many wrong passwords. Wait 15 minutes, then try again"


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for an e-mail address and a password; in the demo it also shows the people one can be."""
    form = SignInForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if form.is_valid() and _signed_in(request, form):
        return redirect(_way_on(request, form.cleaned_data["next"]))
    cards = personas(london_day(timezone.now())) if settings.PARITY_DEMO else []
    return page(request, "pages/signin/sign_in.jinja", form=form, personas=cards)


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


def _signed_in(request: HttpRequest, form: SignInForm) -> bool:
    email, address = form.cleaned_data["email"].lower(), request.META.get("REMOTE_ADDR", "")
    if attempts.must_wait(email, address):
        form.add_error(None, WAIT)
        return False
    account = authenticate(request, username=email, password=form.cleaned_data["password"])
    if account is None:
        attempts.note_failure(email, address)
        form.add_error("email", WRONG)
        return False
    attempts.forget(email, address)
    login(request, account)
    return True


def _way_on(request: HttpRequest, wanted: str) -> str:
    """The page that was asked for before signing in, if it is one of ours; otherwise home."""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)
