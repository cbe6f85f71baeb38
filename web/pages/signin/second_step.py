"""The second step of signing in: a code by e-mail, or from an app on one's telephone (IG16). The codes are django-otp's."""

from __future__ import annotations

import time
from base64 import b32encode
from dataclasses import dataclass
from smtplib import SMTPException

import segno
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django_otp.plugins.otp_email.models import EmailDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

HALF = "half"
HALF_SECONDS = 10 * 60
"""How long the password counts while one looks for the code."""
BY_EMAIL = "By e-mail"
BY_APP = "An app"


@dataclass(frozen=True)
class Half:
    """Somebody whose password was right and whose code is still to come. `next`: where they wanted to go."""

    account: AbstractBaseUser
    next: str

    @property
    def app(self) -> TOTPDevice | None:
        """Their app, if they set one up."""
        return app_of(self.account)


def begin(request: HttpRequest, account: AbstractBaseUser, way_on: str) -> Half:
    """Remember in the session that the password was right. Nobody is signed in by it."""
    request.session[HALF] = {"account": str(account.pk), "at": int(time.time()), "next": way_on}
    return Half(account, way_on)


def half_way(request: HttpRequest) -> Half | None:
    """Who is half way in; None for nobody, and ten minutes after the password."""
    noted = request.session.get(HALF)
    if not noted or time.time() - noted["at"] > HALF_SECONDS:
        return None
    account = get_user_model().objects.filter(pk=noted["account"], is_active=True).first()
    return Half(account, noted["next"]) if account else None


def end(request: HttpRequest) -> None:
    """Forget that somebody was half way in."""
    request.session.pop(HALF, None)


def address_of(account: AbstractBaseUser) -> str:
    """Where e-mail about an account goes: its own address, which nobody who keeps the records of people can change (R2)."""
    found = [getattr(account, "email", ""), account.get_username()]
    return next((address for address in found if "@" in address), "")


def send_code(account: AbstractBaseUser) -> bool:
    """Send a code to the account's address, once a minute at the most. False where that cannot be done."""
    address = address_of(account)
    if not address:
        return False
    device, _ = EmailDevice.objects.get_or_create(user=account, name=BY_EMAIL)
    device.email = address
    try:
        device.generate_challenge()
    except (SMTPException, OSError):
        return False
    return True


@transaction.atomic
def is_right(account: AbstractBaseUser, code: str) -> bool:
    """Whether it is the code of the app or of the newest e-mail. Each counts once; after a wrong one the next must wait longer."""
    code = "".join(code.split())
    devices = [*_locked(TOTPDevice, account), *_locked(EmailDevice, account)]
    right = next((device for device in devices if device.verify_token(code)), None)
    if isinstance(right, EmailDevice):
        right.cooldown_reset()  # who signs out and in again need not wait a minute
    return right is not None


def _locked(model: type[TOTPDevice] | type[EmailDevice], account: AbstractBaseUser) -> list[TOTPDevice | EmailDevice]:
    return list(model.objects.select_for_update().filter(user=account, confirmed=True))


def app_of(account: AbstractBaseUser) -> TOTPDevice | None:
    """The app that somebody uses."""
    found: TOTPDevice | None = TOTPDevice.objects.filter(user=account, confirmed=True).first()
    return found


def app_to_confirm(account: AbstractBaseUser) -> TOTPDevice:
    """The app that somebody is setting up: it counts only once they typed a code of it."""
    waiting: TOTPDevice
    waiting, _ = TOTPDevice.objects.get_or_create(user=account, confirmed=False, defaults={"name": BY_APP})
    return waiting


@transaction.atomic
def confirm_app(account: AbstractBaseUser, code: str) -> bool:
    """Use the app from now on, if the code is one of it. One that was used before is forgotten."""
    waiting = TOTPDevice.objects.select_for_update().filter(user=account, confirmed=False).first()
    if waiting is None or not waiting.verify_token("".join(code.split())):
        return False
    TOTPDevice.objects.filter(user=account, confirmed=True).delete()
    waiting.confirmed = True
    waiting.save(update_fields=["confirmed"])
    return True


def forget_app(account: AbstractBaseUser) -> None:
    """Codes come by e-mail again."""
    TOTPDevice.objects.filter(user=account).delete()


def picture_of(device: TOTPDevice) -> str:
    """What an app reads with the camera, as SVG to stand in a page: squares only, nothing that anybody typed."""
    return str(segno.make(device.config_url, error="m").svg_inline(scale=5, border=4))


def key_of(device: TOTPDevice) -> str:
    """The same to type in by hand: letters and digits in groups of four."""
    letters = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))
