"""Every sign-in goes into the organisation's chain, whichever page it came through: the admin's too (IG7)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from cases.models import Person
from workflows.organisation_door import organisation_act


@receiver(user_logged_in, dispatch_uid="web.signin.recording")
def record_sign_in(user: Any, **_: Any) -> None:
    """One event, if the account belongs to a person."""
    person = Person.objects.filter(account=user).first()
    if person is None:
        return
    with organisation_act("signed_in", organisation_id=person.organisation_id, by=person, at=timezone.now()):
        pass
