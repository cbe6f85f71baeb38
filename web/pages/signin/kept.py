"""What somebody had written when the clock signed them out: sealed into the page, for the same person after signing in again.

It stands in hidden fields only, so nothing of it is on the server or in the browser's storage. Whoever else signs in at that
machine is not given it, and whoever looks into the source of the page cannot read it: it is encrypted.
"""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SALT = "web.signin.kept"
LONGEST_SECONDS = 12 * 60 * 60
_NOT_KEPT = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Kept:
    """A form as it was sent: by which account (its key), to which address, what, and whether a file went with it."""

    account: str
    to: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool

    @property
    def texts(self) -> list[str]:
        """What was typed and is worth seeing again: hidden marks and single words are left out."""
        return [value for _name, value in self.fields if " " in value.strip()]


def keep(request: HttpRequest, account: str) -> str:
    """Seal the form that this request sent. The text is for a hidden field."""
    fields = [[name, value] for name, values in request.POST.lists() if name != _NOT_KEPT for value in values]
    sealed = {"account": account, "to": request.get_full_path(), "fields": fields, "files": bool(request.FILES)}
    return signing.dumps(_lock().encrypt(zlib.compress(json.dumps(sealed).encode())).decode(), salt=SALT)


def kept_for(sealed: str, account: str) -> Kept | None:
    """What was kept, if it was this account's; None for anybody else's, for what was altered, and after twelve hours."""
    try:
        found = _opened(signing.loads(sealed, salt=SALT, max_age=LONGEST_SECONDS))
    except (signing.BadSignature, InvalidToken):
        return None
    if found["account"] != account:
        return None
    return Kept(account, found["to"], tuple((name, value) for name, value in found["fields"]), found["files"])


def _opened(sealed: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(zlib.decompress(_lock().decrypt(sealed)))
    return found


def _lock() -> Fernet:
    """A key of its own, made from the secret of the settings; none is kept anywhere."""
    return Fernet(urlsafe_b64encode(salted_hmac(SALT, "what was written", algorithm="sha256").digest()))
