"""One e-mail: that something is waiting, and where. In plain text and HTML, in plain English, with nothing of a case in it."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from cases.models import Person, TypedAnswer
from notifications.models import Dispatch
from workflows.calendar import london_day
from workflows.confirm_links import to_confirm_by_link, token_of


def send(dispatch: Dispatch) -> None:
    """Send it. Raises whatever Django's mail backend raises."""
    words = {
        "name": dispatch.person.name,
        "organisation": dispatch.organisation.name,
        "count": dispatch.count,
        "address": f"{settings.PARITY_ADDRESS}/",
        "links": [f"{settings.PARITY_ADDRESS}/confirm/{token_of(one)}/" for one in _to_confirm(dispatch)],
        "daily": dispatch.person.mail == Person.Mail.DAILY,
    }
    message = EmailMultiAlternatives(
        subject(dispatch.count),
        render_to_string("notifications/mail.txt", words),
        to=[dispatch.person.email],
        headers={"Message-ID": f"<{dispatch.pk}@parity>", "Auto-Submitted": "auto-generated"},  # the same when sent again
    )
    message.attach_alternative(render_to_string("notifications/mail.html", words), "text/html")
    message.send()


def _to_confirm(dispatch: Dispatch) -> list[TypedAnswer]:
    """R2: what the person can confirm without signing in, on the day that the message was made. One statement."""
    return to_confirm_by_link(dispatch.person, london_day(dispatch.made_at))


def subject(count: int) -> str:
    """What the inbox shows."""
    return "Something is waiting for you in Parity" if count == 1 else f"{count} messages are waiting for you in Parity"
