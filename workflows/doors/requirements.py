"""What training an organisation asks of a role for a task: a new version each time, in the organisation's own chain."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any
from uuid import UUID

from audit.ids import uuid7
from audit.record import Act
from cases.models import Organisation, Person, Requirement, RequirementSet
from cases.models.training import WITHIN
from permissions.eligibility import subject_title
from permissions.roles import COORDINATOR, QUALITY, ROLES
from permissions.scope import running_appointments
from permissions.verdict import Verdict, judge, require
from workflows.organisation_door import organisation_door

KEEPERS = (QUALITY, COORDINATOR)
"""Who says what is required."""


def may_record_requirements(organisation: Organisation, by: Person | None, at: datetime) -> Verdict:
    """The quality team or the coordinator; None is an import or the set-up, acting for the system."""
    codes = [role.code for role in KEEPERS]
    held = running_appointments(at).filter(person=by, organisation=organisation, role__in=codes) if by else None
    return judge(held is None or held.exists(), "C1", "The quality team or the coordinator says what training is required.")


def _this(organisation: Organisation, **_: Any) -> UUID:
    return organisation.pk


@organisation_door("requirement_set_recorded", _this)
def record_requirement_set(
    act: Act, *, by: Person | None, organisation: Organisation, role: str, task: str, starts_on: date, source: str,
    requirements: list[dict[str, Any]],
) -> RequirementSet:  # fmt: skip
    """Write the next version of what a role is to be trained in for a task. Earlier versions, and cases on them, stay as they are.

    Each requirement has `code`, `title` and `why`, and may have `valid_for` (months; None: does not run out), `within`
    (working days from the offer) and `source`. Raises Refused.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    last = newest_set(organisation.pk, role, task)
    require(
        may_record_requirements(organisation, by, act.at), *_complete(role, task, source, requirements),
        judge(last is None or starts_on >= last.starts_on, "C1", "A newer version cannot begin before the one that it follows."),
    )  # fmt: skip
    found = RequirementSet(
        id=uuid7(act.at), organisation=organisation, role=role, task=task, version=last.version + 1 if last else 1,
        starts_on=starts_on, source=source.strip(),
    )  # fmt: skip
    found.save(force_insert=True)
    for number, given in enumerate(requirements, start=1):
        _requirement(found, number, given, act.at).save(force_insert=True)
    what = f"{subject_title(task)}, for the {ROLES[role].title}, version {found.version}"
    act.facts.update(requirement_set=what, starts_on=starts_on, requirements=[given["title"] for given in requirements])
    return found


def _complete(role: str, task: str, source: str, requirements: list[dict[str, Any]]) -> list[Verdict]:
    twice = [code for code, number in Counter(given.get("code") for given in requirements).items() if number > 1]
    plain = all(str(given.get(key) or "").strip() for given in requirements for key in ("code", "title", "why"))
    months = all(given.get("valid_for") is None or given["valid_for"] > 0 for given in requirements)
    return [
        judge(role in ROLES and ROLES[role].lay, "C1", "Training is required of a lay role."),
        judge(bool(task.strip()), "C1", "Say what the training is for."),
        judge(bool(source.strip()), "C1", "Say where the requirement comes from."),
        judge(bool(requirements), "C1", "Name at least one training."),
        judge(plain, "C1", "Give each training a code, a title and why it is asked.", "The partner reads why."),
        judge(not twice, "C1", f"Each code is used once: {', '.join(map(str, twice))}."),
        judge(months, "C1", "A training is valid for at least one month, or does not run out."),
    ]


def _requirement(of: RequirementSet, number: int, given: dict[str, Any], at: datetime) -> Requirement:
    return Requirement(
        id=uuid7(at), requirement_set=of, number=number, code=given["code"], title=given["title"].strip(), why=given["why"].strip(),
        valid_for=given.get("valid_for"), within=given.get("within") or WITHIN, source=given.get("source", ""),
    )  # fmt: skip


def newest_set(organisation_id: UUID, role: str, task: str) -> RequirementSet | None:
    """The newest version, whether or not it has begun."""
    return RequirementSet.objects.filter(organisation=organisation_id, role=role, task=task).order_by("-version").first()


def set_in_force(organisation_id: UUID, role: str, task: str, day: date) -> RequirementSet | None:
    """The newest version that has begun by this day; None where nothing is required yet."""
    sets = RequirementSet.objects.filter(organisation=organisation_id, role=role, task=task, starts_on__lte=day)
    return sets.order_by("-version").first()
