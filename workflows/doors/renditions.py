"""What lay partners will read of a version, made ready before its release: their file, what is left out, the guardian's decision.

All of it is the author's, on a draft that nobody else sees; the Caldicott Guardian decides what points to somebody (IG2, B4).
"""

from __future__ import annotations

from typing import BinaryIO, cast
from uuid import UUID

from django.core.files.base import File

from cases.models import CaldicottDecision, LayRendition, PaperVersion, Person, Seat, Withholding
from cases.papers import safe_name, sha256_of
from permissions.roles import CALDICOTT
from permissions.verdict import STALE, Verdict, judge
from workflows.door import Doing, door, require
from workflows.doors.papers import author_role, inspected, names, store
from workflows.doors.withholding import HeldBack, fit_to_hold_back, held_back, says_what
from workflows.look import Look
from workflows.may import GO_BACK, seat_among, seated


def may_prepare(look: Look, person: Person, version: UUID) -> tuple[PaperVersion | None, Seat | None, list[Verdict]]:
    """The draft, its author's seat, and the verdicts on changing what lay partners will read of it."""
    found = look.version(version)
    role = author_role(look, found.paper.kind) if found else None
    seat = seat_among(look.active(role), person) if role else None
    return found, seat, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        judge(found is not None, STALE, "There is no such version.", GO_BACK),
        seated(seat, "IG4", f"Only the {role.title.lower() if role else 'author'} says what lay partners read of this paper."),
        judge(found is None or not found.is_released, "R6", "This version has been released; what was read stays as it was read.",
              "Release a new version."),
        judge(found is None or not look.is_held_back(found.paper_id), "R6", "The whole of this paper is held back.", GO_BACK),
    ]  # fmt: skip


@door("lay_rendition_uploaded")
def add_lay_rendition(doing: Doing, *, version: UUID, file: File, name: str, size: int) -> LayRendition:
    """The file that lay partners will read instead. A second one takes the place of the first. `size` in bytes, 25 MB at most.

    Raises Refused, also for a file that is too large or is not what its name says.
    """
    found, seat, verdicts = may_prepare(doing.look, doing.person, version)
    require(*verdicts)
    assert found and seat
    doing.acting_as(seat)
    media = inspected(name, file, size)
    row = LayRendition.objects.filter(version=found).first()
    is_new = row is None
    row = row or LayRendition(id=doing.new_id(), version=found)
    row.name, row.media_type, row.size = safe_name(name), media.media_type, size
    row.sha256, row.made_by, row.made_at = sha256_of(cast(BinaryIO, file)), doing.person, doing.at
    store(row, file)
    row.save(force_insert=is_new)
    names(doing, found)
    doing.says(sha256=row.sha256)
    return row


def may_hold_back_part(
    look: Look, person: Person, version: UUID, given: HeldBack
) -> tuple[PaperVersion | None, Seat | None, list[Verdict]]:
    """The draft, its author's seat, and the verdicts on leaving a part of it out of what lay partners read."""
    found, seat, verdicts = may_prepare(look, person, version)
    return found, seat, [*verdicts, *fit_to_hold_back(look, given)]


@door("part_withheld")
def hold_back_part(doing: Doing, *, version: UUID, given: HeldBack) -> Withholding:
    """Decide that a part of a draft is left out of what lay partners read. They see that it is, and may challenge it."""
    found, seat, verdicts = may_hold_back_part(doing.look, doing.person, version, given)
    require(*verdicts)
    assert found and seat
    doing.acting_as(seat)
    row = held_back(doing, seat, found.paper, found, given)
    names(doing, found)
    says_what(doing, row)
    return row


# What points to somebody


def may_ask_guardian(look: Look, person: Person, version: UUID, why: str) -> tuple[PaperVersion | None, Seat | None, list[Verdict]]:
    """The draft, its author's seat, and the verdicts on putting it to the Caldicott Guardian."""
    found, seat, verdicts = may_prepare(look, person, version)
    return found, seat, [
        *verdicts,
        judge(look.caldicott(version) is None, "IG2", "The Caldicott Guardian has been asked about this version.", GO_BACK),
        judge(bool(look.active(CALDICOTT)), "IG2", "Nobody sits on this case as Caldicott Guardian.",
              "The quality team or the coordinator brings the office holders up to date."),
        judge(bool(why.strip()), "IG2", "Say why lay partners need to read it as it is."),
    ]  # fmt: skip


@door("caldicott_asked")
def ask_guardian(doing: Doing, *, version: UUID, why: str) -> CaldicottDecision:
    """Ask the Caldicott Guardian whether lay partners may read what points to somebody (IG2, B4)."""
    found, seat, verdicts = may_ask_guardian(doing.look, doing.person, version, why)
    require(*verdicts)
    assert found and seat
    doing.acting_as(seat)
    row = CaldicottDecision(
        id=doing.new_id(), case=doing.case, version=found, asked_by=seat, asked_at=doing.at, why=why.strip()
    )  # fmt: skip
    row.save(force_insert=True)
    names(doing, found)
    doing.says(why=row.why)
    return row


def may_decide_as_guardian(
    look: Look, person: Person, version: UUID, outcome: str, reason: str
) -> tuple[CaldicottDecision | None, Seat | None, list[Verdict]]:
    """What was asked, the guardian's seat, and the verdicts."""
    found = look.caldicott(version)
    seat = seat_among(look.active(CALDICOTT), person)
    asked_by = look.seat(found.asked_by_id) if found else None
    return found, seat, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        judge(found is not None and not found.outcome, STALE, "This has been decided, or was never asked.", GO_BACK),
        seated(seat, "IG2", "Only the Caldicott Guardian decides this."),
        judge(asked_by is None or asked_by.person_id != person.pk, "R18", "You asked for it, so you cannot decide it."),
        judge(outcome in CaldicottDecision.Outcome.values, "IG2", "Say whether they may read it as it is."),
        judge(bool(reason.strip()), "IG2", "Write the reason for your decision.", "It stays on the record."),
    ]  # fmt: skip


@door("caldicott_decided")
def decide_as_guardian(doing: Doing, *, version: UUID, outcome: str, reason: str) -> CaldicottDecision:
    """The guardian's decision on one exact version, with its reason. It is taken once; a new version is asked about anew."""
    found, seat, verdicts = may_decide_as_guardian(doing.look, doing.person, version, outcome, reason)
    require(*verdicts)
    assert found and seat
    doing.acting_as(seat)
    found.outcome, found.reason, found.decided_by, found.decided_at = outcome, reason.strip(), seat, doing.at
    found.save(update_fields=["outcome", "reason", "decided_by", "decided_at"])
    read = doing.look.version(version)
    assert read
    names(doing, read)
    asked_by = doing.look.seat(found.asked_by_id)
    doing.says(outcome=found.get_outcome_display(), why=found.reason, person_id=str(asked_by.person_id) if asked_by else "")
    return found
