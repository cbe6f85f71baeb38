"""The operations page as it is shown: the sweeps, the people to tell, and what failed. Seven statements, however many rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.conf import settings

from audit.models import Event
from cases.models import Case, Person
from notifications.models import Dispatch, Notice
from notifications.posting import SWEEP as MESSAGES
from notifications.rules import PRIVATE
from permissions.scope import in_sight
from web.design_system.words import count
from workflows.deadlines.anchoring import SWEEP as ANCHORS
from workflows.deadlines.kinds import BY_CODE
from workflows.deadlines.models import TRIES, Deadline, Sweep, Untold
from workflows.deadlines.offices import BY_CODE as OF_OFFICES
from workflows.deadlines.running import SWEEP as DEADLINES

MOST = 50
"""Rows in a list, oldest first."""

QUIET = timedelta(hours=1)
"""A sweep that has not run for so long has stopped."""

DAILY = timedelta(hours=26)
"""The same of what is done once a day."""

TITLES = {DEADLINES: "Deadlines", MESSAGES: "Messages"}


@dataclass(frozen=True)
class SweepLine:
    """When one of the sweeps last ran; `at` None: never."""

    title: str
    at: datetime | None
    did: str
    stopped: bool


@dataclass(frozen=True)
class ToTell:
    """Somebody to be told by post or phone, and what about; of a case that the reader may not see, only its name."""

    id: UUID
    name: str
    how: str
    since: datetime
    sentences: list[str]


@dataclass(frozen=True)
class Failure:
    """Something that was tried five times."""

    id: UUID
    what: str
    about: str
    since: datetime
    error: str


class Operations:
    """What one person who looks after an organisation finds here."""

    def __init__(self, person: Person, at: datetime) -> None:
        self._person = person
        self._at = at

    @cached_property
    def sweeps(self) -> list[SweepLine]:
        ran = {sweep.code: sweep for sweep in Sweep.objects.all()}
        anchored = [self._sweep("Anchor of the day", ran.get(ANCHORS), DAILY)] if settings.PARITY_ANCHORS else []
        return [self._sweep(title, ran.get(code), QUIET) for code, title in TITLES.items()] + anchored

    def _sweep(self, title: str, sweep: Sweep | None, quiet: timedelta) -> SweepLine:
        if sweep is None:
            return SweepLine(title, None, "", stopped=True)
        did = f"{sweep.did} done, {sweep.failed} put off"
        return SweepLine(title, sweep.ran_at, did, stopped=self._at - sweep.ran_at > quiet)

    @property
    def organisation(self) -> UUID:
        return self._person.organisation_id

    @property
    def has_stopped(self) -> bool:
        return any(sweep.stopped for sweep in self.sweeps)

    @cached_property
    def _dispatches(self) -> list[Dispatch]:
        open_ones = Dispatch.objects.filter(organisation=self._person.organisation_id).exclude(state=Dispatch.State.SENT)
        rows = open_ones.exclude(channel=Dispatch.Channel.EMAIL, state=Dispatch.State.WAITING)
        return list(rows.select_related("person").prefetch_related("notices__case").order_by("made_at", "id")[:MOST])

    @cached_property
    def _visible(self) -> set[UUID]:
        cases = {notice.case_id for one in self._dispatches for notice in one.notices.all() if notice.case_id}
        return set(Case.objects.filter(in_sight(self._person, self._at), pk__in=cases).values_list("pk", flat=True))

    @property
    def to_tell(self) -> list[ToTell]:
        return [
            ToTell(one.pk, one.person.name, one.get_channel_display(), one.made_at, self._sentences(one))
            for one in self._dispatches if one.channel != Dispatch.Channel.EMAIL and one.person_id != self._person.pk
        ]  # fmt: skip

    @cached_property
    def _private(self) -> set[UUID]:
        """The events of messages on no case that only the person told may read. One statement; none where there are none."""
        events = {notice.event_id for one in self._dispatches for notice in one.notices.all() if notice.case_id is None}
        return set(Event.objects.filter(pk__in=events, kind__in=PRIVATE).values_list("pk", flat=True)) if events else set()

    def _sentences(self, dispatch: Dispatch) -> list[str]:
        notices = sorted(dispatch.notices.all(), key=lambda notice: notice.at)
        return [self._sentence(notice) for notice in notices]

    def _sentence(self, notice: Notice) -> str:
        """What the teller may know: nothing of a case that they do not see, and nothing that is the person's own (IG10)."""
        if notice.case is None:
            return "Something is new on their own page." if notice.event_id in self._private else notice.text
        return f"{notice.case.reference}: {notice.text if notice.case_id in self._visible else 'something has happened.'}"

    @property
    def mails(self) -> list[Failure]:
        return [
            Failure(one.pk, f"E-mail to {one.person.name}", count(one.count, "message"), one.made_at, one.error)
            for one in self._dispatches if one.channel == Dispatch.Channel.EMAIL
        ]  # fmt: skip

    @cached_property
    def deadlines(self) -> list[Failure]:
        failed = Deadline.objects.filter(organisation=self._person.organisation_id, state=Deadline.State.FAILED)
        return [
            Failure(one.pk, _named(one.kind), one.case.reference, one.due_at, one.error)
            for one in failed.select_related("case").order_by("due_at", "id")[:MOST]
        ]

    @cached_property
    def untold(self) -> list[Failure]:
        """What is late on no case, and nobody could be told of. Whose it is stays on its own page (IG10)."""
        failed = Untold.objects.filter(organisation=self._person.organisation_id, attempts__gte=TRIES)
        return [
            Failure(one.pk, OF_OFFICES[one.code].sentence, "on no case", one.since, one.error)
            for one in failed.order_by("since", "id")[:MOST]
        ]


def _named(kind: str) -> str:
    found = BY_CODE.get(kind)
    return found.sentence if found else kind
