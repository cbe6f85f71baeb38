"""What was typed in for a partner, and whether it can still be confirmed: about this text, in this stay, in time (R2, R4)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from audit.days import in_words
from cases.models import Person, Seat, TypedAnswer
from permissions.verdict import STALE, Verdict, judge, refuse
from workflows.answering import Answered, judged, names_version
from workflows.door import Doing
from workflows.look import Look
from workflows.may import GO_BACK, seat_with

State = TypedAnswer.State
AGAIN = "The coordinator can type it in again."


def open_typed(look: Look) -> list[TypedAnswer]:
    """What was typed in and waits to be confirmed. Read once for a Look; no statement where nothing waits."""
    if look.typed is None:
        waits = any(getattr(seat, "spoken_for", False) for seat in look.seats)
        rows = TypedAnswer.objects.filter(case=look.case.pk, state__in=TypedAnswer.OPEN).order_by("typed_at", "id")
        rows = rows.select_related("seat__person", "visit", "typed_by", "filed_by").prefetch_related("words__item")
        look.typed = list(rows) if waits else []
    return look.typed


def said_in(typed: TypedAnswer) -> list[Answered]:
    """What was typed in, in the order of the items."""
    words = sorted(typed.words.all(), key=lambda word: word.item.number if word.item else 0)
    return [Answered(one.answer, one.text, one.item_id, one.item_revision) for one in words]


def found_typed(look: Look, key: UUID) -> TypedAnswer | None:
    """What was typed in and waits, by its key."""
    return next((one for one in open_typed(look) if one.pk == key), None)


def kept(look: Look, key: UUID) -> TypedAnswer | None:
    """What was typed in on this case, whatever became of it. One statement, and one for its words."""
    rows = TypedAnswer.objects.filter(case=look.case.pk, pk=key).prefetch_related("words__item")
    return rows.select_related("seat__person", "visit", "typed_by", "filed_by", "witness", "voided_by").first()


def still_stands(look: Look, typed: TypedAnswer) -> list[Verdict]:
    """R4: it is about the text in hand, and the partner has not answered since; otherwise it has fallen."""
    last = {p.item_id: p for p in look.positions if p.seat_id == typed.seat_id and p.visit_id == typed.visit_id}
    since = any(one.item in last and last[one.item].at >= typed.typed_at for one in said_in(typed))
    return [
        *as_theirs(look, typed.seat.person, typed.visit_id, said_in(typed), typed.version_id),
        judge(not since, STALE, f"{typed.seat.person.name} has answered since this was typed in.", GO_BACK),
    ]


def in_time(look: Look, typed: TypedAnswer) -> list[Verdict]:
    """Whether the days to confirm it still run; a form that was signed and filed in time waits for its witness."""
    day = typed.confirm_by
    late = typed.state == State.WAITING and day < look.today
    return [judge(not late, "R2", f"The time to confirm this ran out on {in_words(day)}.", AGAIN)]


def as_theirs(look: Look, person: Person, visit: UUID, said: Iterable[Answered], version: UUID | None) -> list[Verdict]:
    """The verdicts that the partner would meet with each of these answers; each sentence once."""
    found = [verdict for one in said for verdict in judged(look, person, visit, one, version)[2]]
    return list(dict.fromkeys(found)) or [refuse("R2", "Nothing was typed in.", "Choose one of the answers.")]


def waiting_for(look: Look, seat: Seat) -> TypedAnswer | None:
    """What was typed in for a seat and can still be confirmed."""
    mine = [one for one in open_typed(look) if one.seat_id == seat.pk]
    return next((one for one in mine if all(still_stands(look, one)) and all(in_time(look, one))), None)


def says_whose(doing: Doing, typed: TypedAnswer) -> None:
    """Whose it is, how it was given and about which text; never what was said, which is the partner's until they confirm."""
    person, stage = typed.seat.person, doing.look.process.stage(typed.visit.stage)
    doing.says(
        person=person.name, person_id=str(person.pk), given=typed.get_given_display(), given_on=typed.given_on,
        typed_by=typed.typed_by.name, typed=str(typed.pk), stage=stage.code, stage_title=stage.title,
    )  # fmt: skip
    names_version(doing, doing.look.version(typed.version_id), typed.seat)


def may_read(look: Look, person: Person, typed: TypedAnswer) -> list[Verdict]:
    """R2: until the partner confirms it, what was typed in is between them, the typist and the witness."""
    own = seat_with(look, person, "type_in") or seat_with(look, person, "witness")
    theirs = typed.seat.person_id == person.pk
    return [
        judge(own is not None or theirs, "R2", "What was typed in is not yours to read until the partner confirms it.", GO_BACK)
    ]
