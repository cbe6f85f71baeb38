"""What is written to somebody who wants to choose a password. Nothing of a case is in it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

SUBJECT = "Choose your password"


def letter_with_link(account: str, token: str) -> tuple[str, str]:
    """Subject and text of the e-mail."""
    link = f"{settings.PARITY_ADDRESS}{reverse('password_choose', kwargs={'account': account, 'token': token})}"
    lines = (
        "Somebody asked for a link to choose a password for this address.",
        "If it was you, open this page. The link works for one hour, and once:",
        link,
        "If it was not you, do nothing. Your password stays as it is.",
    )
    return SUBJECT, "\n\n".join(lines) + "\n"
