"""What goes out: puts everything that is new to a person into one dispatch, and sends the dispatches that are e-mail.

Nothing here runs inside an act on a case. Safe to run twice, by many at once, and after a crash: a notice is in one
dispatch, a dispatch is claimed before it is sent, and one whose sender died is sent again when its claim runs out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from audit.ids import uuid7
from cases.models import Person
from notifications.coordinators import ask_coordinators
from notifications.mail import send
from notifications.models import Dispatch, Notice
from notifications.record import record_told
from workflows.calendar import LONDON, london_day
from workflows.deadlines.models import Sweep

SETTLES = timedelta(minutes=5)
"""What happens within so many minutes goes out together: a sweep after a week's silence is one e-mail, not thirty."""

DIGEST_AT = time(7)
"""When those who chose one message a day get it, in London."""

CLAIM = timedelta(minutes=10)
"""How long a sender has before another may try: longer than any mail server is waited for."""

SWEEP = "messages"
STATE, CHANNEL = Dispatch.State, Dispatch.Channel


@dataclass
class Sent:
    """What one sweep did."""

    gathered: int = 0
    sent: int = 0
    failed: int = 0


def send_due(now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False) -> Sent:
    """Gather what is new to whom, then send what is to be sent, until nothing is left or `stopped` says so."""
    told = Sent()
    for person in to_be_told(now()):
        if not stopped():
            told.gathered += gather(person, now())
    while not stopped() and (dispatch := claim(now())):
        if deliver(dispatch, now):
            told.sent += 1
        else:
            told.failed += 1
    Sweep.objects.update_or_create(code=SWEEP, defaults={"ran_at": now(), "did": told.sent, "failed": told.failed})
    return told


# Gathering


def _new_to(person: Person | None = None) -> QuerySet[Notice]:
    """Notices that are to go out and have not; one that was read in the application need not."""
    waiting = Notice.objects.filter(by_mail=True, dispatch__isnull=True, read_at__isnull=True)
    return waiting.filter(person=person) if person else waiting


def to_be_told(at: datetime) -> Iterator[UUID]:
    """The people whose oldest message has waited long enough: some minutes, or until the morning for a digest."""
    daily = Q(person__mail=Person.Mail.DAILY)
    oldest = _new_to().filter(~daily, at__lte=at - SETTLES) | _new_to().filter(daily, at__lte=last_morning(at))
    yield from oldest.values_list("person", flat=True).annotate(first=Min("at")).order_by("first", "person")


def last_morning(at: datetime) -> datetime:
    """The last time that a daily digest was due, at `at` or before."""
    today = london_day(at)
    morning = datetime.combine(today, DIGEST_AT, LONDON)
    return morning if morning <= at else datetime.combine(today - timedelta(days=1), DIGEST_AT, LONDON)


def gather(person_id: UUID, at: datetime) -> bool:
    """Put all that is new to one person into one dispatch. The lock on the person keeps it one; no act takes that lock."""
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person_id)
        notices = list(_new_to(person).filter(at__lte=at).select_related("case").order_by("at", "id"))
        if not notices:
            return False
        dispatch = Dispatch(
            id=uuid7(at), organisation_id=person.organisation_id, person=person, channel=channel_of(person),
            count=len(notices), made_at=at, next_try_at=at,
        )  # fmt: skip
        dispatch.save(force_insert=True)
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(dispatch=dispatch)
        if dispatch.channel != CHANNEL.EMAIL:
            ask_coordinators(dispatch, notices[-1].case_id, at)
    return True


def channel_of(person: Person) -> str:
    """How a person is reached. Where e-mail is no use to them a coordinator is asked: nobody is met with silence."""
    return CHANNEL(person.told_by)


# Sending


def claim(at: datetime) -> Dispatch | None:
    """Take the next e-mail that is due, so that nobody else sends it for a while; committed before the server is asked."""
    due = Dispatch.objects.filter(state=STATE.WAITING, channel=CHANNEL.EMAIL, next_try_at__lte=at).order_by("next_try_at", "id")
    with transaction.atomic():
        dispatch = due.select_for_update(of=("self",), skip_locked=True).select_related("person", "organisation").first()
        if dispatch:
            dispatch.attempts += 1
            dispatch.next_try_at = at + CLAIM
            dispatch.save(update_fields=["attempts", "next_try_at"])
    return dispatch


def deliver(dispatch: Dispatch, now: Callable[[], datetime]) -> bool:
    """Send a claimed e-mail, outside any transaction; then say in the ledger that the person was told."""
    try:
        send(dispatch)
    except Exception as error:  # noqa: BLE001 - whatever the mail server did, the row says so and is tried again
        dispatch.failed(error, now())
        dispatch.save(update_fields=["state", "ended_at", "error", "next_try_at"])
        return False
    with transaction.atomic():
        dispatch.told(now())
        record_told(dispatch, None, now())
    return True
