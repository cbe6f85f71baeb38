"""What each task asks a partner to be trained in: the versions of each requirement set, in force, to come and past."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import slugify

from cases.models import Organisation, Person, Requirement, RequirementSet, TrainingRecord
from permissions.eligibility import subject_title
from permissions.roles import PSP
from web.design_system.words import count, day
from web.pages.training.items import how_long
from workflows.calendar import london_day
from workflows.doors.requirements import may_record_requirements, why_without_governance

MOST = 200
"""Versions that are read."""
_LONGEST_CODE = 40
State = RequirementSet.State


@dataclass(frozen=True)
class Line:
    """One training that is required. `code` is the same in every version."""

    code: str
    title: str
    why: str
    holds: str
    within: str
    source: str


@dataclass(frozen=True)
class Version:
    """One version of what a task asks for."""

    key: UUID
    task: str
    number: int
    since: str
    tag: str
    colour: str
    source: str
    lines: tuple[Line, ...]
    written_by: str
    answered: str
    reason: str
    without: str
    """Why it asks for no training in information governance; empty where it does."""

    @property
    def waits(self) -> bool:
        return self.tag == WAITING[0]

    @property
    def title(self) -> str:
        return f"{subject_title(self.task)}, version {self.number}"

    @property
    def href(self) -> str:
        return reverse("requirement_set", args=(self.key,))


@dataclass(frozen=True)
class Task:
    """A task with its versions, the newest first. `add_href` is empty for whoever may not add one."""

    code: str
    title: str
    now: Version | None
    others: tuple[Version, ...]
    add_href: str


class Required:
    """The page of what is required in one organisation. Four statements, whatever the number of rows."""

    def __init__(self, organisation: Organisation, person: Person, at: datetime) -> None:
        self._organisation, self._today = organisation, london_day(at)
        self.may_add = may_record_requirements(organisation, person, at)

    @property
    def without(self) -> int:
        """How many tasks ask now for no training in information governance (IG12)."""
        return sum(1 for task in self.tasks if task.now and task.now.without)

    @cached_property
    def tasks(self) -> list[Task]:
        found = self._sets()
        codes = dict.fromkeys([code for code, _ in TrainingRecord.SUBJECTS] + [one.task for one in found])
        return [self._task(code, [one for one in found if one.task == code]) for code in codes]

    def _sets(self) -> list[RequirementSet]:
        sets = with_everything(RequirementSet.objects.filter(organisation=self._organisation, role=PSP.code))
        return list(sets.order_by("-version")[:MOST])

    @cached_property
    def _why_without(self) -> dict[str, str]:
        return why_without_governance(self._organisation.pk)

    def _task(self, code: str, found: list[RequirementSet]) -> Task:
        versions = versions_of(found, self._today, self._why_without)
        now = next((one for one in versions if one.tag == IN_FORCE[0]), None)
        free = self.may_add and not any(one.waits for one in versions)
        add = reverse("requirement_set_new", args=(code,)) if free else ""
        return Task(code, subject_title(code), now, tuple(one for one in versions if one is not now), add)


IN_FORCE, TO_COME, REPLACED = ("In force", "green"), ("Begins later", "blue"), ("Replaced", "grey")
WAITING, NOT_AGREED = ("Waits for a second person", "yellow"), ("Not agreed", "red")


def with_everything(sets: QuerySet[RequirementSet]) -> QuerySet[RequirementSet]:
    """These versions with what each asks and who wrote and answered it. Two statements."""
    return sets.select_related("written_by", "answered_by").prefetch_related("requirements")


def versions_of(found: Iterable[RequirementSet], today: date, without: Mapping[str, str]) -> list[Version]:
    """These versions of one task, the newest first, with how each stands today. `without`: as `why_without_governance` has it."""
    told, in_force = list[Version](), False
    for one in sorted(found, key=lambda one: -one.version):
        stands = _unless_agreed(one) or (TO_COME if one.starts_on > today else REPLACED if in_force else IN_FORCE)
        in_force = in_force or stands == IN_FORCE
        told.append(_version(one, stands, without.get(str(one.pk), "")))
    return told


def _unless_agreed(one: RequirementSet) -> tuple[str, str] | None:
    return {State.WAITING: WAITING, State.REFUSED: NOT_AGREED}.get(State(one.state))


def _version(one: RequirementSet, stands: tuple[str, str], without: str) -> Version:
    rows = sorted(one.requirements.all(), key=lambda row: row.number)
    since = max(one.starts_on, london_day(one.answered_at)) if one.answered_at and one.state == State.AGREED else one.starts_on
    writer = one.written_by.name if one.written_by else ""
    return Version(
        one.pk, one.task, one.version, day(since), *stands, one.source, tuple(_line(row) for row in rows), writer, _answered(one),
        one.answer_reason, without,
    )  # fmt: skip


def _answered(one: RequirementSet) -> str:
    """ "Sam Ward agreed on Friday 4 December 2026."; empty while it waits, and where it is older than the rule."""
    if one.answered_by is None or one.answered_at is None:
        return ""
    did = "agreed" if one.state == State.AGREED else "did not agree"
    return f"{one.answered_by.name} {did} on {day(london_day(one.answered_at))}."


def _line(row: Requirement) -> Line:
    within = f"{count(row.within, 'working day')} after it is offered"
    return Line(row.code, row.title, row.why, how_long(row.valid_for), within, row.source)


# A new version


def rows_of(newest: RequirementSet | None) -> list[dict[str, Any]]:
    """What the form begins with: the rows of the newest version."""
    rows = sorted(newest.requirements.all(), key=lambda row: row.number) if newest else []
    return [{name: getattr(row, name) for name in ("code", "title", "why", "valid_for", "within", "source")} for row in rows]


def with_codes(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, each with a code: the one that it had in the version before, or one made of its title."""
    told, taken = list[dict[str, Any]](), set[str]()
    for row in rows:
        start = (row.get("code") or slugify(row["title"]).replace("-", "_"))[:_LONGEST_CODE] or "training"
        code, number = start, 2
        while code in taken:
            code, number = f"{start[: _LONGEST_CODE - 4]}_{number}", number + 1
        taken.add(code)
        told.append({**row, "code": code})
    return told
