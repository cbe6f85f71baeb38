"""The signals of groups, meetings and partners said plainly: one organisation, all groups that there ever were, row by row."""

from __future__ import annotations

from collections import Counter

from audit.models import Event
from cases.models import Attendance, Case, Matter, Meeting, MeetingMove, SafetyGroup
from permissions.eligibility import day_of
from permissions.roles import LAY
from workflows.ambition.group import Group, Stay
from workflows.ambition.reading import groups_of, partners_of
from workflows.doors.meetings import is_lay_quorate
from workflows.opening import calendar_of
from workflows.signals.activities import ACTIVITIES, NO_ACTIVITY
from workflows.signals.days import ONE_DAY, stay_of
from workflows.signals.groups import places_in
from workflows.signals.meetings import SHORT
from workflows.signals.partners import IDLE_AFTER, TOP
from workflows.signals.signal import FEW, Measured, Span, share
from workflows.tenants import Tenants


def _stood(span: Span) -> list[tuple[Group, Stay]]:
    return [(one, stay) for one in groups_of(span.organisation) if (stay := one.stay.within(stay_of(span)))]


def _standing(span: Span) -> list[tuple[Group, Stay]]:
    return [(one, stay) for one, stay in _stood(span) if one.target_on(stay.until - ONE_DAY)]


def _held(span: Span) -> list[list[str]]:
    """As what partners were at each meeting of the span."""
    held = Meeting.objects.filter(group__organisation=span.organisation, state=Meeting.State.HELD)
    meetings = [one for one in held.exclude(group__kind=SafetyGroup.Kind.COURSE) if stay_of(span).covers(one.day)]
    return [list(Attendance.objects.filter(meeting=one).values_list("membership", flat=True)) for one in meetings]


def _cases(groups: list[Group]) -> list:
    return [one.key for one in groups if one.is_case]


def attendees(span: Span) -> Measured:
    held = places_in(_standing(span))
    found = [group for group, one in held if not one.is_member]
    return share(found, len(held), _cases(found))


def alone(span: Span) -> Measured:
    found, held = _standing(span), _held(span)
    lone = [group for group, stay in found if len(group.places_on(stay.until - ONE_DAY)) == 1]
    beside = (("meetings at which one partner was alone", sum(len(one) == 1 for one in held)), ("meetings held", len(held)))
    return share(lone, len(found), _cases(lone), others=beside)


def vacant(span: Span) -> Measured:
    counted = [(group, *group.seat_days(stay)) for group, stay in _standing(span)]
    empty, target = sum(one[1] for one in counted), sum(one[2] for one in counted)
    behind = [group for group, days, _ in counted if days]
    beside = (("groups in which a seat was empty for a time", len(behind)), ("groups", len(counted)))
    return Measured(empty, target, empty / target if target else None, tuple(sorted(_cases(behind))), beside)


def lay_quorate(span: Span) -> Measured:
    held = _held(span)
    quorate = [one for one in held if is_lay_quorate(one)]
    return share(quorate, len(held), others=(("meetings with no partner at all", sum(not one for one in held)),))


def moved_late(span: Span) -> Measured:
    days, calendar = stay_of(span), calendar_of(span.organisation)
    every = Meeting.objects.filter(group__organisation=span.organisation).exclude(group__kind=SafetyGroup.Kind.COURSE)
    held = {one.pk for one in every if one.state == Meeting.State.HELD and days.covers(one.day)}
    late = {
        one.meeting_id for one in MeetingMove.objects.filter(meeting__in=every, at__lt=span.until)
        if days.covers(one.from_day) and calendar.between(day_of(one.at), min(one.from_day, one.to_day or one.from_day)) < SHORT
    }  # fmt: skip
    return share(late, len(late | held))


def idle(span: Span) -> Measured:
    last = stay_of(span).until - ONE_DAY
    since = calendar_of(span.organisation).add(last, -IDLE_AFTER)
    lately = Stay(since + ONE_DAY, last + ONE_DAY)
    appointed = partners_of(Tenants([span.organisation.pk])).get(span.organisation.pk, {})
    now = [who for who, stays in appointed.items() if any(one.covers(last) for one in stays)]
    busy = {one.person for group in groups_of(span.organisation) for one in group.places if one.stay.within(lately)}
    free = [who for who in now if any(one.covers(since) for one in appointed[who]) and who not in busy]
    return share(free, len(now))


def concentrated(span: Span) -> Measured:
    appointed = partners_of(Tenants([span.organisation.pk])).get(span.organisation.pk, {})
    partners = [who for who, stays in appointed.items() if any(one.within(stay_of(span)) for one in stays)]
    held = [one for _, one in places_in(_stood(span))]
    if len(partners) < FEW:
        return Measured(0, 0, None, others=(("partners, too few to say", len(partners)),))
    most = sum(number for _, number in Counter(one.person for one in held).most_common(max(1, len(partners) // TOP)))
    offers = Counter(one.offered_by for one in held if one.offered_by)
    picked = max(offers.values(), default=0)
    beside = (("seats on cases that one person offered", picked), ("seats on cases", offers.total()))
    asks = "One person offered more than half of the seats on cases. Is there a reason?"
    ask = asks if offers.total() >= FEW and picked * 2 > offers.total() else ""
    return Measured(most, len(held), most / len(held) if held else None, others=beside, question=ask)


def reach(span: Span) -> Measured:
    days, here = stay_of(span), {"organisation": span.organisation}
    acts = Event.objects.filter(organisation_id=span.organisation.pk, capacity=LAY, at__gte=span.since, at__lt=span.until)
    cases = {one.case_id for one in acts if one.kind not in NO_ACTIVITY}
    processes = {one.process for one in Case.objects.filter(pk__in=cases - {None}, **here)}
    there = Attendance.objects.filter(meeting__group__organisation=span.organisation).select_related("meeting__group")
    meetings = {one.meeting.group.kind for one in there if days.covers(one.meeting.day)}
    raised = {one.kind for one in Matter.objects.filter(**here) if span.since <= one.raised_at < span.until}
    done = [bool(processes & {*one.processes} or meetings & {*one.meetings} or raised & {*one.raised}) for one in ACTIVITIES]
    beside = tuple((one.title, "yes" if found else "no") for one, found in zip(ACTIVITIES, done, strict=True))
    return Measured(sum(done), len(ACTIVITIES), sum(done) / len(ACTIVITIES), others=beside)


PLAINLY = {
    "T9": attendees, "T10": alone, "T11": vacant, "T12": lay_quorate, "T13": moved_late, "T15": idle, "T16": concentrated,
    "T22": reach,
}  # fmt: skip
