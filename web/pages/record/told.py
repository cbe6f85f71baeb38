"""Who was told of an act, in which words and how: everybody's for whoever reads the whole record, one's own for all others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from audit.models import Event
from cases.models import Person
from notifications.models import Dispatch, Notice
from web.design_system.words import day_and_time
from web.pages.record.telling import Message
from workflows.evidence.readers import may_read_past
from workflows.look import Look


def messages_of(told: QuerySet[Notice], events: Iterable[Event]) -> Mapping[UUID, tuple[Message, ...]]:
    """Those of these messages that each of these events caused, by its key. One statement."""
    notices = told.filter(event_id__in=[event.pk for event in events])
    found: dict[UUID, tuple[Message, ...]] = defaultdict(tuple)
    for notice in notices.select_related("person", "dispatch").order_by("person__name", "pk"):
        found[notice.event_id] += (Message(notice.person.name, notice.text, _sent(notice.dispatch)),)
    return found


def readable_notices(look: Look, person: Person) -> QuerySet[Notice]:
    """The messages that a person may read on a case."""
    return Notice.objects.all() if all(may_read_past(look, person)) else Notice.objects.filter(person=person)


def _sent(dispatch: Dispatch | None) -> str:
    """ "by e-mail, Friday 4 December 2026 at 2:05pm"; empty for what was only shown in the application."""
    if dispatch is None:
        return ""
    how = f"by {dispatch.get_channel_display()}"
    if dispatch.state == Dispatch.State.SENT:
        return f"{how}, {day_and_time(dispatch.ended_at)}"
    return f"{how}, {'not yet sent' if dispatch.state == Dispatch.State.WAITING else 'which failed'}"
