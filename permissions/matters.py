"""The kinds of matter that partners raise (R12): who answers, by when, who else reads it; and the life of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Matter, Organisation, Person, Seat
from permissions.eligibility import day_of
from permissions.life import Move, life
from permissions.roles import AUDITOR, EXEC, EXEC_TEAM, LAY, QUALITY, SPECIALIST, Role
from permissions.scope import in_sight, running_appointments
from permissions.verdict import STALE, Verdict, judge

State = Matter.State


@dataclass(frozen=True)
class MatterKind:
    """One kind. `answered_by`: whose office answers, and whose it is next when no answer comes or it does not answer it.

    `within`: working days to the answer. `for_all`: everybody of the organisation reads it, but for what is withheld by
    `withheld_by`, with a reason. `source`: where the days come from. `readers` tells the partner who reads it.
    `about`: it is raised about a case of this process, and about no other.
    """

    code: str
    title: str
    answered_by: tuple[Role, ...]
    within: int
    source: str
    readers: str
    read_by: tuple[Role, ...] = (QUALITY, AUDITOR)
    for_all: bool = False
    withheld_by: tuple[Role, ...] = ()
    about: str = ""


CONCERN = MatterKind(
    "concern", "Concern", (EXEC, EXEC_TEAM), 10, "As long as an executive has to answer a disagreement (B7a)",
    "You, the executive and the quality team read it. The group reads it only if you say so.",
)  # fmt: skip
BOARD_ITEM = MatterKind(
    "board_item", "Item for the board", (EXEC, EXEC_TEAM), 20, "The board's answer (E4)",
    "Everybody in the organisation can read it, and the answer. The quality team may withhold a part, and must say why.",
    for_all=True, withheld_by=(QUALITY,),
)  # fmt: skip
OBJECTION = MatterKind(
    "objection", "Objection", (QUALITY, EXEC), 10, CONCERN.source,
    "You, the quality team and the Patient Safety Specialist read it.", read_by=(QUALITY, SPECIALIST, AUDITOR), about="TRN",
)  # fmt: skip
"""C9: the partner says that a lapse of their training was not theirs. The specialist, who may be who was late, only reads it."""

MATTERS = {kind.code: kind for kind in (CONCERN, BOARD_ITEM, OBJECTION)}

WAITING = (State.RAISED,)
"""Somebody owes the partner an answer."""

LIFE = life(
    Move("answer", "answer it", (State.RAISED,), State.ANSWERED),
    Move("settle", "say that it is settled", (State.ANSWERED,), State.SETTLED),
    Move("again", "say that it is not answered", (State.ANSWERED,), State.RAISED),
    Move("take_back", "take it back", (State.RAISED, State.ANSWERED), State.TAKEN_BACK),
)
"""Nobody but the partner ends a matter, and nobody but the partner takes it back: staff can only answer."""


def may_move(matter: Matter, code: str) -> Verdict:
    """Whether this matter can make this move from where it stands."""
    move, now = LIFE[code], State(matter.state)
    reason = f"You cannot {move.title}: it is now \u201c{now.label.lower()}\u201d."
    return judge(now in move.source, STALE, reason, "Look at it again to see how it stands.")


def may_raise(person: Person | None, organisation: Organisation, at: datetime) -> Verdict:
    """Whoever is or was a lay partner here: leaving is no reason not to be heard."""
    known = person is not None and was_lay(person, organisation, at)
    return judge(known, "R12", "This is for Patient Safety Partners.")


def was_lay(person: Person, organisation: Organisation, at: datetime) -> bool:
    """Whether a person is or was appointed as a lay partner of an organisation."""
    return person.appointments.filter(organisation=organisation, capacity=LAY, starts_on__lte=day_of(at)).exists()


def answering(matter: Matter) -> tuple[Role, ...]:
    """Whose offices may answer it by now: it goes up, and those it was put to first may still answer."""
    return MATTERS[matter.kind].answered_by[: matter.rank + 1]


def may_answer(matter: Matter, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether a person holds an office that answers it; nobody answers their own (R18)."""
    roles = answering(matter)
    held = running_appointments(at).filter(person=by, organisation=matter.organisation_id, role__in=[one.code for one in roles])
    titles = " or the ".join(role.title.lower() for role in roles)
    return [
        judge(held.exists(), "R12", f"The {titles} answers this."),
        judge(by is None or by.pk != matter.person_id, "R18", "Nobody answers what they raised themselves."),
        may_move(matter, "answer"),
    ]


def may_say(matter: Matter, by: Person | None, move: str) -> list[Verdict]:
    """Whether a person says what becomes of a matter: only whoever raised it (R2)."""
    return [
        judge(by is not None and by.pk == matter.person_id, "R2", "Only the partner who raised it does this."),
        may_move(matter, move),
    ]


def may_share(matter: Matter, by: Person | None) -> list[Verdict]:
    """Whether the partner lets the group read a matter about a case."""
    return [
        judge(by is not None and by.pk == matter.person_id, "R2", "Only the partner who raised it does this."),
        judge(matter.case_id is not None, "R12", "It is about no case, so there is no group to share it with."),
        judge(not matter.shared and not MATTERS[matter.kind].for_all, STALE, "The group reads it already."),
    ]


def may_withhold(matter: Matter, by: Person | None, at: datetime) -> list[Verdict]:
    """Whether a person keeps a part of an item from the page that everybody reads; it is answered all the same (E1)."""
    codes = [role.code for role in MATTERS[matter.kind].withheld_by]
    held = running_appointments(at).filter(person=by, organisation=matter.organisation_id, role__in=codes)
    return [
        judge(bool(codes), "R12", "Nothing is withheld of this: only those named read it."),
        judge(not codes or held.exists(), "R12", "The quality team withholds a part of an item, with its reason."),
        judge(matter.state != State.TAKEN_BACK, STALE, "It was taken back."),
    ]  # fmt: skip


def visible_matters(person: Person, at: datetime) -> QuerySet[Matter]:
    """The matters that a person may read: their own, those put to or read by their office, those shared with them."""
    held = running_appointments(at).filter(person=person)
    found = Q(person=person)
    for kind in MATTERS.values():
        of_kind = Q(kind=kind.code)
        readers = held.filter(role__in=[role.code for role in kind.read_by]).values("organisation_id")
        found |= of_kind & Q(organisation_id__in=held.values("organisation_id") if kind.for_all else readers)
        for rank, role in enumerate(kind.answered_by):
            found |= of_kind & Q(rank__gte=rank, organisation_id__in=held.filter(role=role.code).values("organisation_id"))
    return Matter.objects.filter(found | _shared_with(person, at))


def _shared_with(person: Person, at: datetime) -> Q:
    seat = Seat.objects.filter(case=OuterRef("case_id"), person=person, state=Seat.State.ACTIVE)
    return Q(Exists(seat), in_sight(person, at, "case_id"), shared=True)


def reads_all_of(matter: Matter, person: Person, at: datetime) -> bool:
    """Whether a person reads a matter as it was written, and not what everybody is shown of it."""
    kind = MATTERS[matter.kind]
    codes = [role.code for role in (*kind.read_by, *answering(matter))]
    held = running_appointments(at).filter(person=person, organisation=matter.organisation_id, role__in=codes)
    return person.pk == matter.person_id or held.exists()
