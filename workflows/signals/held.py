"""Which meetings of safety groups were held in a stretch of time; courses for staff are none of them."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact

from cases.models import Attendance, Meeting, SafetyGroup, Seat
from workflows.doors.meetings import is_lay_quorate
from workflows.signals.asked import Stretch
from workflows.signals.days import stay_of
from workflows.tenants import Tenants

HERE = "group__organisation"
WITH_PARTNERS = Exists(Attendance.objects.filter(meeting=OuterRef("pk")))
LAY_QUORATE = Exists(
    Attendance.objects.filter(meeting=OuterRef("pk"), membership__in=[one for one in Seat.Membership if is_lay_quorate([one])])
)

ONE_PARTNER = Exact(
    Subquery(
        Attendance.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting").annotate(there=Count("*")).values("there")
    ),
    1,
)


def meetings_of(whose: Tenants) -> QuerySet[Meeting]:
    """Every meeting of their safety groups."""
    return Meeting.objects.filter(~Q(group__kind=SafetyGroup.Kind.COURSE), whose.of(HERE))


def held_in(stretch: Stretch) -> Q:
    """Of the meetings those that were held on a day of the stretch."""
    days = stay_of(stretch)
    return Q(state=Meeting.State.HELD, day__gte=days.since, day__lt=days.until)
