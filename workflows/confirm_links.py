"""The one-time link by which a partner confirms what was typed in for them: who gets it, and how it is known again (R2).

It works for somebody with no account and no password, so it goes to the partner's own address and is shown to nobody else.
"""

from __future__ import annotations

import base64
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from cases.models import Person, TypedAnswer


def token_of(typed: TypedAnswer) -> str:
    """The token of the one-time link: signed with the key of this installation, and stored nowhere."""
    made = salted_hmac("workflows.confirm_links", str(typed.pk), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def mark_of(token: str) -> str:
    """What is stored of a token: enough to know it again, not enough to make it."""
    return sha256(token.encode()).hexdigest()


def behind(token: str) -> TypedAnswer | None:
    """What the link with this token is about; None for a token that was never sent to anybody. One statement."""
    rows = TypedAnswer.objects.filter(mark=mark_of(token)).exclude(sent_to="")
    return rows.select_related("case__organisation", "seat__person", "typed_by").first()


def to_confirm_by_link(person: Person, today: date) -> list[TypedAnswer]:
    """What a person can confirm by a link today, at the address that it was typed in for. One statement."""
    waiting = TypedAnswer.objects.filter(seat__person=person, state__in=TypedAnswer.OPEN, confirm_by__gte=today)
    return list(waiting.filter(sent_to=person.email).exclude(sent_to="").order_by("typed_at", "id"))


def link_goes_to(person: Person, typist: Person) -> str:
    """The address to which a link may go: none for somebody who works by post or telephone, nor one that the typist wrote."""
    wanted = person.email if person.contact_by == Person.Contact.EMAIL else ""
    return wanted if wanted and _address_put_by(person) != typist.pk else ""


def _address_put_by(person: Person) -> UUID | None:
    """Who wrote the address as it is now; None for the system. Two statements."""
    rows = Person.history.filter(id=person.pk)
    other = rows.exclude(email=person.email).order_by("-history_id").values_list("history_id", flat=True).first()
    since = rows.filter(history_id__gt=other or 0).order_by("history_id").first()
    return since.history_person_id if since else None


def opens(typed: TypedAnswer, token: str) -> bool:
    """Whether this is the token of the link that was sent for what was typed in."""
    return bool(typed.sent_to) and constant_time_compare(typed.mark, mark_of(token))
