"""Which meetings of safety groups were held in a span, and as what partners were there."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from cases.models import Attendance, Meeting, SafetyGroup
from workflows.signals.days import stay_of
from workflows.signals.signal import Span

NO_COURSE = ~Q(group__kind=SafetyGroup.Kind.COURSE)


def held_in(span: Span) -> list[UUID]:
    """The meetings that were held on a day of the span; courses for staff left out. One statement."""
    days = stay_of(span)
    held = Meeting.objects.filter(NO_COURSE, group__organisation=span.organisation, state=Meeting.State.HELD)
    return list(held.filter(day__gte=days.since, day__lt=days.until).values_list("pk", flat=True))


def attended(meetings: list[UUID]) -> dict[UUID, list[str]]:
    """As what the partners were at each of these meetings, nobody at some. One statement."""
    found: dict[UUID, list[str]] = {key: [] for key in meetings}
    for key, membership in Attendance.objects.filter(meeting__in=meetings).values_list("meeting", "membership"):
        found[key].append(membership)
    return found
