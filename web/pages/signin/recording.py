"""Every sign-in and every new password goes into the organisation's chain, through whichever page (IG7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from cases.models import Person
from workflows.organisation_door import organisation_act


@receiver(user_logged_in, dispatch_uid="web.signin.recording")
def record_sign_in(user: Any, **_: Any) -> None:
    """One event, if the account belongs to a person."""
    _record("signed_in", user, timezone.now())


def record_password(account: Any, at: datetime) -> None:
    """One event, if the account belongs to a person: that they set a password, never which."""
    _record("password_set", account, at)


def _record(kind: str, account: Any, at: datetime) -> None:
    person = Person.objects.filter(account=account).first()
    if person is None:
        return
    with organisation_act(kind, organisation_id=person.organisation_id, by=person, at=at):
        pass
