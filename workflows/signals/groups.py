"""Who sits in the groups: as members or only to attend, alone or together, and which seats stand empty (T9, T10, T11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from workflows.ambition.group import Group, Place, Stay
from workflows.ambition.reading import Partners, appointed_in, appointments_of, groups_in
from workflows.signals.asked import Asked, Found, Key, Stretch, together
from workflows.signals.days import ONE_DAY, stay_of
from workflows.signals.held import HERE, ONE_PARTNER, held_in, meetings_of
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add, each_once, share
from workflows.signals.tally import Rows, tally


def partners_in(asked: Asked) -> Partners:
    """When each person was appointed as a partner."""
    return appointed_in(asked.once(appointments_of))


def groups_asked(asked: Asked) -> dict[UUID, list[Group]]:
    """The groups of all stretches, by organisation."""
    days = stay_of(asked.whole)
    return groups_in(asked, days, asked.once(partners_in))


Stood = Sequence[tuple[Group, Stay]]
"""Groups, each with the days of a stretch on which it stood."""


def there_in(asked: Asked) -> dict[Key, Stood]:
    """The groups that there were in each stretch, with or without partners to be."""
    groups = asked.once(groups_asked)
    days = {stretch: stay_of(stretch) for stretch in asked.stretches}
    return {
        key: [(group, stay) for group in groups.get(key[0], ()) if (stay := group.stay.within(days[stretch]))]
        for key, stretch in asked.keys
    }


def standing_in(asked: Asked) -> dict[Key, Stood]:
    """The groups that were to have partners in each stretch."""
    there = asked.once(there_in)
    return {key: [(group, stay) for group, stay in found if group.target_on(_last(stay))] for key, found in there.items()}


def _last(stay: Stay) -> date:
    return stay.until - ONE_DAY


def places_in(found: Iterable[tuple[Group, Stay]]) -> list[tuple[Group, Place]]:
    """Every seat that somebody held in those days, once, as it was held last."""
    held = [(group, one) for group, stay in found for one in group.places if one.stay.within(stay)]
    held.sort(key=lambda pair: pair[1].stay.since)
    return list({one.seat: (group, one) for group, one in held}.values())


def attendees(asked: Asked) -> Found:
    """Of the seats that partners held in the span, those in which they could only attend. Five statements."""

    standing = asked.once(standing_in)

    def measured(key: Key, _: Stretch) -> Measured:
        held = places_in(standing[key])
        found = [group for group, one in held if not one.is_member]
        return share(found, len(held), _cases(found))

    return asked.each(measured)


def _cases(groups: Iterable[Group]) -> tuple[UUID, ...]:
    return each_once(group.key for group in groups if group.is_case)


def alone(asked: Asked) -> Found:
    """Of the groups of the span, those in which one partner sat alone when it ended. Six statements."""
    meetings = tally(asked, lambda stretch: Rows(meetings_of(asked).filter(held_in(stretch)), ONE_PARTNER, HERE, case=""))

    standing = asked.once(standing_in)

    def measured(key: Key, _: Stretch) -> Measured:
        found = standing[key]
        lone = [group for group, stay in found if len(group.places_on(_last(stay))) == 1]
        held = meetings(key)
        beside = (("meetings at which one partner was alone", held.hits), ("meetings held", held.of))
        return share(lone, len(found), _cases(lone), others=beside)

    return asked.each(measured)


def vacant(asked: Asked) -> Found:
    """Days on which a lay seat stood empty, of all the days for which there was to be somebody in one. Five statements."""

    standing = asked.once(standing_in)

    def measured(key: Key, _: Stretch) -> Measured:
        counted = [(group, *group.seat_days(stay)) for group, stay in standing[key]]
        empty, target = sum(one[1] for one in counted), sum(one[2] for one in counted)
        behind = [group for group, days, _ in counted if days]
        beside = (("groups in which a seat was empty for a time", len(behind)), ("groups", len(counted)))
        return Measured(empty, target, empty / target if target else None, _cases(behind), beside)

    return asked.each(measured)


add(Signal(
    code="T9", title="Attendees, not members",
    counts="Seats in which a partner may only attend",
    of="Seats that partners held in the quarter, in safety groups and in the groups of cases",
    why="Who may only attend does not decide and is not counted. One line of small print takes the power away.",
    beware="A partner may have asked to listen first. Look at the reasons.",
    unit=Unit.SHARE, thresholds=Thresholds(0.10, 0.30), measure=together(attendees), headline=True,
    source="Committee terms of reference: attendees have no vote and do not count to the quorum.",
))  # fmt: skip
add(Signal(
    code="T10", title="One partner alone",
    counts="Groups in which one partner sat alone at the end of the quarter",
    of="Safety groups and groups of cases in the quarter",
    why="One voice among many is easily passed over. Two can back each other up.",
    beware="A group with no partner at all is not counted here. Look at empty seats.",
    unit=Unit.SHARE, thresholds=Thresholds(0.25, 0.50), measure=together(alone),
    source="Framework 2021: two partners on each committee. Partners often work alone (THIS Institute).",
))  # fmt: skip
add(Signal(
    code="T11", title="Empty lay seats",
    counts="Days on which a seat for a partner stood empty, one for each seat",
    of="Days in the quarter for which there was to be somebody, one for each seat",
    why="A seat that nobody sits in shares no power.",
    beware="A new group takes some weeks to fill its seats.",
    unit=Unit.SHARE, thresholds=Thresholds(0.10, 0.25), measure=together(vacant), headline=True,
    source="Framework 2021: two partners on each committee.",
))  # fmt: skip
