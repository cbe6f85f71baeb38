"""Choosing a password: the first one, and a new one for whoever has forgotten theirs. A link goes to the account's own address.

Not to the address in the person's record: whoever keeps the records of people could write their own there, and
speak as a partner (R2).
"""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import cast

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.views.decorators.http import require_http_methods

from web.design_system.views import page
from web.pages.signin import attempts
from web.pages.signin.forms import AddressForm, NewPasswordForm
from web.pages.signin.recording import record_password
from web.pages.signin.second_step import address_of
from web.pages.signin.writing import letter_with_link

log = logging.getLogger(__name__)

_ASKED = "password:"
"""Before the address in the count of tries, so that asking for links and guessing passwords are counted apart."""


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Asks for the address. The answer is the same whether or not there is such an account, and however often it was asked."""
    form = AddressForm(request.POST or None)
    if not form.is_valid():
        return page(request, "pages/signin/password_ask.jinja", form=form)
    email, where = form.cleaned_data["email"].lower(), request.META.get("REMOTE_ADDR", "")
    if not attempts.must_wait(_ASKED + email, where):
        attempts.note_failure(_ASKED + email, where)
        for account in get_user_model().objects.filter(username__iexact=email, is_active=True):
            _send_link(account)
    return page(request, "pages/signin/password_asked.jinja", email=email)


def _send_link(account: AbstractBaseUser) -> None:
    """Send it where the account has an address. A mail server that is down is not told: it would say that there is an account."""
    if address := address_of(account):
        key = urlsafe_base64_encode(force_bytes(account.pk))
        subject, text = letter_with_link(key, default_token_generator.make_token(account))  # type: ignore[arg-type]
        try:
            send_mail(subject, text, None, [address])
        except (SMTPException, OSError):
            log.exception("A link to choose a password could not be sent.")


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, account: str, token: str) -> HttpResponse:
    """Sets the password. The link works for an hour, once, and not after somebody signed in meanwhile."""
    owner = _owner(account)
    if owner is None or not default_token_generator.check_token(owner, token):  # type: ignore[arg-type]
        return page(request, "pages/signin/password_too_late.jinja", status=404)
    form = NewPasswordForm(request.POST or None)
    if form.is_valid() and _is_good(form, owner):
        owner.set_password(form.cleaned_data["password"])
        owner.save(update_fields=["password"])
        record_password(owner, timezone.now())
        messages.success(request, "Your password is set. Sign in with it.")
        return redirect("sign_in")
    return page(request, "pages/signin/password_choose.jinja", form=form)


def _owner(key: str) -> AbstractBaseUser | None:
    try:
        pk = urlsafe_base64_decode(key).decode()
        return get_user_model().objects.filter(pk=pk, is_active=True).first()
    except (ValueError, ValidationError):
        return None


def _is_good(form: NewPasswordForm, account: AbstractBaseUser) -> bool:
    """By the validators of the settings; each fault goes beside the field."""
    try:
        validate_password(form.cleaned_data["password"], cast("User", account))
    except ValidationError as faults:
        form.add_error("password", faults.messages[0])
        return False
    return True
