"""What partners raise (R12): a concern for an executive, an item for the board. It is answered; it cannot be dropped or deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from audit.ids import uuid7
from audit.record import Act
from cases.models import Case, Matter, MatterWord, Organisation, Person, Seat
from permissions.eligibility import day_of
from permissions.matters import (
    LIFE,
    MATTERS,
    OBJECTION,
    may_answer,
    may_raise,
    may_say,
    may_share,
    may_withhold,
)  # fmt: skip
from permissions.verdict import Verdict, judge, require
from workflows.deadlines.days import nine_on
from workflows.opening import calendar_of
from workflows.organisation_door import organisation_door
from workflows.standing_offices import first_office, holders_of

Outcome = MatterWord.Outcome


def _this(organisation: Organisation, **_: Any) -> UUID:
    return organisation.pk


def _of_matter(matter: UUID, **_: Any) -> UUID:
    return Matter.objects.values_list("organisation_id", flat=True).get(pk=matter)


def _read(matter: UUID) -> Matter:
    return Matter.objects.select_related("organisation", "person").get(pk=matter)


def _written(text: str, reason: str = "Write it down.") -> Verdict:
    return judge(bool(text.strip()), "R12", reason, "A sentence is enough.")


@organisation_door("matter_raised", _this)
def raise_matter(
    act: Act, *, by: Person | None, organisation: Organisation, kind: str, title: str, text: str, case: Case | None = None,
    body: str = "", share: bool = False,
) -> Matter:  # fmt: skip
    """Raise a concern or an item for the board. Whoever answers is told at once, and by when. Raises Refused.

    `share`: the group of the case may read it. Nobody's leave is needed to raise it.
    """
    sits = (
        case is None
        or Seat.objects.filter(case=case, person=by, case__organisation=organisation, active_from__isnull=False).exists()
    )
    fits = kind != OBJECTION.code or (case is not None and case.process == OBJECTION.about)
    require(
        judge(kind in MATTERS, "R12", "There is no such thing to raise."),
        may_raise(by, organisation, act.at), _written(title, "Say in a few words what it is about."), _written(text),
        judge(fits, "C9", "Say which training it is about.", "Choose its case."),
        judge(sits, "R12", "You have no seat on that case.", "Leave the case out, or name one of yours."),
    )  # fmt: skip
    assert by
    known = Matter.objects.filter(organisation=organisation, kind=kind)
    found = Matter(
        id=uuid7(act.at), organisation=organisation, person=by, kind=kind, number=known.count() + 1, case=case, body=body.strip(),
        title=title.strip(), text=text.strip(), shared=share and case is not None, raised_at=act.at, due_on=day_of(act.at),
    )  # fmt: skip
    _put_to(found, 0, act.at)
    found.save(force_insert=True)
    _says(act, found, [*_asked(found, act.at), *_readers(found, act.at), *_group(found)])
    return found


def _put_to(matter: Matter, rank: int, at: datetime) -> None:
    """Start the time to answer: with the office of this rank, or the next one that somebody holds."""
    kind, calendar = MATTERS[matter.kind], calendar_of(matter.organisation)
    held = [place for place, role in enumerate(kind.answered_by) if holders_of(matter.organisation_id, [role], at)]
    top = len(kind.answered_by) - 1
    matter.rank = next((place for place in held if place >= rank), top)
    matter.due_on = calendar.add(day_of(at), kind.within)
    matter.tell_up_at = nine_on(calendar.add(matter.due_on, 1))


def _asked(matter: Matter, at: datetime) -> list[Person]:
    """The holders of the office that it is with."""
    return holders_of(matter.organisation_id, [MATTERS[matter.kind].answered_by[matter.rank]], at)


def _readers(matter: Matter, at: datetime) -> list[Person]:
    """The first of the offices that read it: the quality team."""
    return first_office(matter.organisation_id, MATTERS[matter.kind].read_by, at)


def _group(matter: Matter) -> list[Person]:
    """Everybody with a seat on its case, where the partner shares it."""
    seats = Seat.objects.filter(case=matter.case_id, state=Seat.State.ACTIVE).select_related("person") if matter.shared else ()
    return [seat.person for seat in seats]


def _says(act: Act, matter: Matter, tell: Sequence[Person], **more: Any) -> None:
    """What the ledger says: which matter, whose, by when, and who is told. The words are rows of their own."""
    people = {str(one.pk): one.name for one in tell if one.pk != matter.person_id}
    act.facts.update(
        matter=f"{MATTERS[matter.kind].title.lower()} {matter.number}", person=matter.person.name, person_id=str(matter.person_id),
        due=matter.due_on, tell=list(people), people=list(people.values()) or ["nobody, for no such office is filled"], **more,
    )  # fmt: skip


def _say(act: Act, by: Person, matter: Matter, move: str, text: str, outcome: str = "") -> None:
    MatterWord(id=uuid7(act.at), matter=matter, act=move, outcome=outcome, by=by, text=text.strip(), at=act.at).save()


@organisation_door("matter_answered", _of_matter)
def answer_matter(act: Act, *, by: Person | None, matter: UUID, outcome: str, text: str) -> Matter:
    """Answer: what will be done, or why not. It ends nothing: the partner says whether that answers it. Raises Refused."""
    found = _read(matter)
    known = judge(outcome in Outcome.values, "R12", "Say whether it will be done.")
    require(*may_answer(found, by, act.at), known, _written(text, "Say what will be done, or why not."))
    assert by
    found.state, found.tell_up_at = LIFE["answer"].target, None
    found.save()
    _say(act, by, found, "answer", text, outcome)
    _says(act, found, _readers(found, act.at))
    return found


@organisation_door("matter_settled", _of_matter)
def settle_matter(act: Act, *, by: Person | None, matter: UUID) -> Matter:
    """The partner says that the answer answers it. Raises Refused."""
    found = _read(matter)
    require(*may_say(found, by, "settle"))
    found.state = LIFE["settle"].target
    found.save()
    _says(act, found, [*_asked(found, act.at), *_readers(found, act.at)])
    return found


@organisation_door("matter_not_settled", _of_matter)
def raise_matter_again(act: Act, *, by: Person | None, matter: UUID, text: str) -> Matter:
    """The partner says that the answer does not answer it, and why: it goes to the next office up. Raises Refused."""
    found = _read(matter)
    require(*may_say(found, by, "again"), _written(text, "Say what is not answered."))
    assert by
    found.state = LIFE["again"].target
    _put_to(found, found.rank + 1, act.at)
    found.save()
    _say(act, by, found, "again", text)
    _says(act, found, [*_asked(found, act.at), *_readers(found, act.at)])
    return found


@organisation_door("matter_taken_back", _of_matter)
def take_back_matter(act: Act, *, by: Person | None, matter: UUID) -> Matter:
    """The partner takes it back; no reason is asked for, and what was said stays on record. Raises Refused."""
    found = _read(matter)
    require(*may_say(found, by, "take_back"))
    found.state, found.tell_up_at = LIFE["take_back"].target, None
    found.save()
    _says(act, found, [*_asked(found, act.at), *_readers(found, act.at)])
    return found


@organisation_door("matter_shared", _of_matter)
def share_matter(act: Act, *, by: Person | None, matter: UUID) -> Matter:
    """The partner lets the group of the case read it: their choice alone. Raises Refused."""
    found = _read(matter)
    require(*may_share(found, by))
    found.shared = True
    found.save()
    _says(act, found, _group(found))
    return found


@organisation_door("matter_withheld", _of_matter)
def withhold_part(act: Act, *, by: Person | None, matter: UUID, title: str, text: str, why: str) -> Matter:
    """Show others `title` and `text` in the place of what the partner wrote, with the reason (E1). Raises Refused.

    What was written stays, and whoever answers reads it whole: to withhold a part is not to block it.
    """
    found = _read(matter)
    require(
        *may_withhold(found, by, act.at), _written(title, "Say in a few words what it is about."), _written(text),
        _written(why, "Say why a part is withheld."),
    )  # fmt: skip
    assert by
    found.shown_title, found.shown_text = title.strip(), text.strip()
    found.save()
    _say(act, by, found, "withhold", why)
    _says(act, found, [])
    return found


@organisation_door("matter_late", _of_matter)
def tell_of_late_matter(act: Act, *, by: Person | None, matter: UUID) -> Matter:
    """No answer came in time: it goes to the next office up as well. The clock does this. Raises Refused."""
    found = _read(matter)
    require(judge(by is None, "R16", "The clock does this, and nobody else."))
    was_due, was_with, top = found.due_on, found.rank, len(MATTERS[found.kind].answered_by) - 1
    _put_to(found, was_with + 1, act.at)
    found.due_on = was_due
    if was_with == top:
        found.tell_up_at = None
    tell = _asked(found, act.at) if found.rank > was_with else []
    found.save()
    _says(act, found, [*tell, *_readers(found, act.at)])
    return found
