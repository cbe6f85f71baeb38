"""Who the partners are beside the people of the area, in totals of broad groups (T23). Nothing of any one person is kept (IG10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from audit.ids import uuid7
from audit.record import Act
from cases.models import Organisation, Person, Profile
from permissions.eligibility import day_of
from permissions.roles import COORDINATOR, QUALITY
from permissions.scope import running_appointments
from permissions.verdict import Verdict, judge, require
from workflows.organisation_door import organisation_door

FEWEST = 2
"""Broad groups that a theme has at least."""

UNDER = 5
"""Fewer partners than this in a group are never shown: each of them would be known."""


@dataclass(frozen=True)
class Broad:
    """One broad group: how many partners, and how many people of the area, belong to it."""

    name: str
    partners: int
    people: int


def broad_groups(profile: Profile) -> list[Broad]:
    """The groups of a theme as they were written down."""
    return [Broad(*row) for row in profile.groups]


def hidden_in(groups: Sequence[Broad]) -> set[str]:
    """The names of the groups whose count is not shown: those under five and, where that is one alone, the next smallest too.

    Whoever knows how many partners there are would else work out the one that is missing.
    """
    by_size = sorted(groups, key=lambda one: one.partners)
    small = [one.name for one in by_size if one.partners < UNDER]
    return {one.name for one in by_size[:FEWEST]} if len(small) == 1 else set(small)


def may_record_profile(organisation: Organisation, by: Person | None, at: datetime) -> Verdict:
    """Whether somebody writes down these totals: the coordinator or the quality team."""
    keep = (COORDINATOR.code, QUALITY.code)
    held = running_appointments(at).filter(person=by, organisation=organisation, role__in=keep) if by else None
    return judge(held is not None and held.exists(), "IG10", "The coordinator or the quality team writes down these totals.")


def _this(organisation: Organisation, **_: Any) -> UUID:
    return organisation.pk


@organisation_door("profile_recorded", _this)
def record_profile(
    act: Act, *, by: Person | None, organisation: Organisation, theme: str, counted_on: date, groups: Sequence[Broad], source: str
) -> Profile:
    """Write down the totals of one theme on a day. The ledger says that, and no number. Raises Refused."""
    counted = judge(counted_on <= day_of(act.at), "T23", "That day is still to come.", "Enter the day on which it was counted.")
    require(may_record_profile(organisation, by, act.at), *_well_formed(theme, groups, source), counted)
    rows = [[one.name.strip(), one.partners, one.people] for one in groups]
    made = Profile(id=uuid7(act.at), organisation=organisation, theme=theme, counted_on=counted_on, groups=rows, at=act.at)
    made.source = source.strip()
    made.save()
    act.facts.update(theme=Profile.Theme(theme).label.lower())
    return made


def _well_formed(theme: str, groups: Sequence[Broad], source: str) -> list[Verdict]:
    names = {one.name.strip().casefold() for one in groups}
    return [
        judge(theme in Profile.Theme.values, "T23", "Say what the groups are of."),
        judge(len(names) == len(groups) >= FEWEST and "" not in names, "T23", "Name two groups or more, each once."),
        judge(all(one.partners >= 0 and one.people > 0 for one in groups), "T23", "Each group has people in the area.",
              "No number is below nought."),
        judge(bool(source.strip()), "T23", "Say where the numbers of the area come from."),
    ]  # fmt: skip
