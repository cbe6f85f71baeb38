"""What training an organisation asks of a role for a task: a new version each time, in the organisation's own chain.

One person writes a version, another agrees or refuses it, and it is in force only when agreed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from audit.ids import uuid7
from audit.models import Event
from audit.record import Act
from cases.models import Organisation, Person, Requirement, RequirementSet
from cases.models.training import WITHIN
from permissions.eligibility import subject_title
from permissions.roles import COORDINATOR, QUALITY, ROLES, SPECIALIST
from permissions.scope import running_appointments
from permissions.verdict import STALE, Verdict, judge, require
from workflows.organisation_door import organisation_door
from workflows.standing_offices import holders_of

KEEPERS = (QUALITY, COORDINATOR)
"""Who says what is required."""

SECOND = (QUALITY, SPECIALIST)
"""Who agrees, as the second person."""

State = RequirementSet.State

GOVERNANCE = ("information governance", "data protection", "data security", "cyber security")
"""Words by one of which a training in information governance is known, in its title or its code (IG12)."""


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
    (working days from the offer) and `source`. `reason`: why none of them is in information governance, where none is; it is on
    record with the set, and everybody reads it (IG12). Raises Refused.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    last, agreed = newest_set(organisation.pk, role, task), _agreed(organisation.pk, role, task).first()
    require(
        may_record_requirements(organisation, by, act.at), *_complete(role, task, source, requirements), _none_waits(last),
        _no_earlier(starts_on, agreed), _governed(requirements, act.reason),
    )  # fmt: skip
    found = RequirementSet(
        id=uuid7(act.at), organisation=organisation, role=role, task=task, version=last.version + 1 if last else 1,
        starts_on=starts_on, source=source.strip(), written_by=by,
    )  # fmt: skip
    found.save(force_insert=True)
    for number, given in enumerate(requirements, start=1):
        _requirement(found, number, given, act.at).save(force_insert=True)
    act.facts.update(starts_on=starts_on, requirements=[given["title"] for given in requirements])
    if not asks_for_governance(requirements):
        act.facts["without_governance"] = act.reason.strip()
    _says(act, found, [one for one in holders_of(organisation.pk, SECOND, act.at) if one != by])
    return found


def asks_for_governance(requirements: Iterable[Mapping[str, Any]]) -> bool:
    """Whether one of these is a training in information governance, by its title or its code."""
    named = (f"{given.get('title', '')} {given.get('code', '')}".replace("_", " ").casefold() for given in requirements)
    return any(word in one for one in named for word in GOVERNANCE)


def _governed(requirements: Sequence[Mapping[str, Any]], reason: str) -> Verdict:
    """IG12: partners are in the plan for training in information governance, or it is on record why not."""
    return judge(
        asks_for_governance(requirements) or bool(reason.strip()), "IG12",
        "None of these trainings is in data protection or information governance.",
        "Add one, or say why partners need none. Everybody reads that.",
    )  # fmt: skip


def why_without_governance(organisation: UUID) -> dict[str, str]:
    """By the key of each set that asks for no training in information governance: why not. One statement."""
    found = Event.objects.filter(organisation_id=organisation, kind="requirement_set_recorded", facts__has_key="without_governance")
    return {facts["row"][1]: facts["without_governance"] for facts in found.values_list("facts", flat=True)}


def _no_earlier(starts_on: date, agreed: RequirementSet | None) -> Verdict:
    follows = agreed is None or starts_on >= agreed.starts_on
    return judge(follows, "C1", "A newer version cannot begin before the one that it follows.")


def _none_waits(last: RequirementSet | None) -> Verdict:
    waits = last is not None and last.state == State.WAITING
    number = last.version if last else 0
    return judge(not waits, "C1", f"Version {number} waits for a second person.", "It is agreed or refused first.")


def _says(act: Act, of: RequirementSet, tell: Sequence[Person]) -> None:
    """What the ledger says: which version, and who is told."""
    what = f"{subject_title(of.task)}, for the {ROLES[of.role].title}, version {of.version}"
    named = [one.name for one in tell] or ["nobody, for no such office is filled"]
    act.facts.update(requirement_set=what, tell=[str(one.pk) for one in tell], people=named)


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


# The second person


def may_answer_set(of: RequirementSet, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether this person may agree or refuse what another wrote: the quality team or the specialist, while it waits (C1)."""
    codes = [role.code for role in SECOND]
    held = running_appointments(at).filter(person=by, organisation=of.organisation_id, role__in=codes)
    others = " or ".join(one.name for one in holders_of(of.organisation_id, SECOND, at) if one.pk != of.written_by_id)
    ask = f"Ask {others}." if others else "Nobody else holds such an office: the coordinator appoints somebody."
    return [
        judge(
            by is not None and held.exists(), "C1",
            "Somebody of the quality team, or the Patient Safety Specialist, agrees as the second person.", ask,
        ),
        judge(by is None or by.pk != of.written_by_id, "C1", "You wrote this version: another person agrees or refuses it.", ask),
        judge(
            of.state == State.WAITING, STALE, f"Version {of.version} was answered already: {of.get_state_display().lower()}.",
            "Look at it again to see how it stands.",
        ),
    ]  # fmt: skip


def sets_waiting_for(person: Person, at: datetime) -> QuerySet[RequirementSet]:
    """The versions that a person may agree or refuse: those of which every verdict of `may_answer_set` allows it."""
    offices = running_appointments(at).filter(person=person, role__in=[role.code for role in SECOND])
    waits = RequirementSet.objects.filter(state=State.WAITING, organisation__in=offices.values("organisation"))
    return waits.exclude(written_by=person)


def _of_set(requirement_set: UUID, **_: Any) -> UUID:
    return RequirementSet.objects.values_list("organisation_id", flat=True).get(pk=requirement_set)


@organisation_door("requirement_set_agreed", _of_set)
def agree_requirement_set(act: Act, *, by: Person | None, requirement_set: UUID) -> RequirementSet:
    """Agree, as the second person, what another wrote: it is in force from its day on, or from now. Raises Refused."""
    return _answered(act, by, requirement_set, State.AGREED)


@organisation_door("requirement_set_refused", _of_set)
def refuse_requirement_set(act: Act, *, by: Person | None, requirement_set: UUID) -> RequirementSet:
    """Refuse what another wrote, with the reason, which goes back to them. The version before stays in force. Raises Refused."""
    given = judge(bool(act.reason.strip()), "C1", "Say why you do not agree.", "Whoever wrote it reads that.")
    return _answered(act, by, requirement_set, State.REFUSED, given)


def _answered(act: Act, by: Person | None, key: UUID, state: RequirementSet.State, *also: Verdict) -> RequirementSet:
    found = RequirementSet.objects.select_for_update(of=("self",)).select_related("written_by").get(pk=key)
    require(*may_answer_set(found, by, act.at), *also)
    found.state, found.answered_by, found.answered_at, found.answer_reason = state, by, act.at, act.reason.strip()
    found.save()
    _says(act, found, [found.written_by] if found.written_by else [])
    return found


# Which one holds


def _agreed(organisation_id: UUID, role: str, task: str) -> QuerySet[RequirementSet]:
    sets = RequirementSet.objects.filter(organisation=organisation_id, role=role, task=task, state=State.AGREED)
    return sets.order_by("-version")


def newest_set(organisation_id: UUID, role: str, task: str) -> RequirementSet | None:
    """The newest version, whether or not it has begun or is agreed."""
    return RequirementSet.objects.filter(organisation=organisation_id, role=role, task=task).order_by("-version").first()


def set_in_force(organisation_id: UUID, role: str, task: str, day: date) -> RequirementSet | None:
    """The newest version that was agreed and has begun by this day; None where nothing is required yet."""
    return _agreed(organisation_id, role, task).filter(starts_on__lte=day).first()
