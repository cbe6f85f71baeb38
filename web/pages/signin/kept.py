"""What somebody had written when the clock signed them out: sealed into the page, for the same person after signing in again.

It stands in hidden fields only, so nothing of it is on the server or in the browser's storage. Whoever else signs in at that
machine is not given it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

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
    return signing.dumps(sealed, salt=SALT, compress=True)


def kept_for(sealed: str, account: str) -> Kept | None:
    """What was kept, if it was this account's; None for anybody else's, for what was altered, and after twelve hours."""
    try:
        found = signing.loads(sealed, salt=SALT, max_age=LONGEST_SECONDS)
    except signing.BadSignature:
        return None
    if found["account"] != account:
        return None
    return Kept(account, found["to"], tuple((name, value) for name, value in found["fields"]), found["files"])
