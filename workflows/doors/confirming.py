"""What makes a typed answer count, or void: the partner's own word, or a form that they signed and somebody else witnessed (R2)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from cases.models import Person, Seat, TypedAnswer
from permissions.verdict import STALE, Verdict, judge
from workflows.answering import judged, set_down
from workflows.calendar import london_day
from workflows.confirm_links import opens
from workflows.door import Doing, door, require
from workflows.look import Look
from workflows.may import GO_BACK, outside_the_group, seat_with, seated
from workflows.typed_standing import found_typed, in_time, said_in, says_whose, still_stands

State, Way = TypedAnswer.State, TypedAnswer.Way

Found = tuple[TypedAnswer | None, list[Verdict]]
FoundBy = tuple[TypedAnswer | None, Seat | None, list[Verdict]]
"""What was typed in, the seat of whoever acts on it, and the verdicts."""


def _open(look: Look, key: UUID) -> tuple[TypedAnswer | None, Verdict]:
    found = found_typed(look, key)
    return found, judge(found is not None, STALE, "This has been confirmed or taken back already.", GO_BACK)


# The partner's own word


def may_confirm(look: Look, person: Person, typed: UUID, token: str = "") -> Found:
    """What was typed in, and every verdict on the partner confirming it. A `token` must be that of this very link."""
    found, there = _open(look, typed)
    if found is None:
        return None, [there]
    whose = [_is_theirs(found, person, "confirm")]
    if token:
        whose.append(judge(opens(found, token), "R2", "This link is not for what you would confirm.", GO_BACK))
    return found, [there, *whose, *in_time(look, found), *(still_stands(look, found) if all(whose) else [])]


def _is_theirs(typed: TypedAnswer, person: Person, verb: str) -> Verdict:
    name = typed.seat.person.name
    return judge(typed.seat.person_id == person.pk, "R2", f"Only {name} can {verb} what {name} said.", "Nobody can do it for them.")


@door("typed_answer_confirmed")
def confirm(doing: Doing, *, typed: UUID, token: str = "") -> TypedAnswer:
    """The partner confirms what was typed in, by the link with this `token` or signed in: now it is their answer and counts."""
    found, verdicts = may_confirm(doing.look, doing.person, typed, token)
    require(*verdicts)
    assert found
    doing.acting_as(found.seat)
    return _counts(doing, found, Way.LINK if token else Way.SIGNED_IN)


def _counts(doing: Doing, typed: TypedAnswer, way: str) -> TypedAnswer:
    """Make the positions, as if the partner had answered now: the same verdicts, the same rows."""
    look, answers = doing.look, list[str]()
    for one in said_in(typed):
        seat, option, _verdicts = judged(look, typed.seat.person, typed.visit_id, one, typed.version_id)
        assert seat and option
        set_down(doing, seat, option, one, typed.version_id, typed.enough_time, typed)
        answers.append(option.words)
    typed.state, typed.way, typed.confirmed_at = State.CONFIRMED, way, look.at
    typed.save()
    look.typed = None
    doing.says(answer=", ".join(answers), text=" ".join(one.text for one in said_in(typed)), way=typed.get_way_display())
    says_whose(doing, typed)
    return typed


def may_deny(look: Look, person: Person, typed: UUID, token: str = "") -> Found:
    """What was typed in, and the verdicts on the partner saying that it is not what they said; it is never too late for that."""
    found, there = _open(look, typed)
    if found is None:
        return None, [there]
    fits = judge(not token or opens(found, token), "R2", "This link is not for what you would answer.", GO_BACK)
    return found, [there, _is_theirs(found, person, "deny"), fits]


@door("typed_answer_denied")
def deny(doing: Doing, *, typed: UUID, token: str = "", reason: str = "") -> TypedAnswer:
    """The partner says: that is not what I said. It is void, and the record says so."""
    found, verdicts = may_deny(doing.look, doing.person, typed, token)
    require(*verdicts)
    assert found
    doing.acting_as(found.seat, leaving=True)
    return _voided(doing, found, reason)


# The form that is signed, and taking back


def may_file(look: Look, by: Person, typed: UUID, reference: str, signed_on: date) -> FoundBy:
    """What was typed in, the seat of whoever files the signed form, and the verdicts."""
    own, (found, there) = seat_with(look, by, "type_in"), _open(look, typed)
    if found is None:
        return None, own, [there]
    return found, own, [
        there,
        seated(own, "R2", "Only the partner coordinator files a signed form."),
        judge(found.state == State.WAITING, STALE, "A signed form is filed already, and waits for its witness.", GO_BACK),
        judge(bool(reference.strip()), "R2", "Say where the signed form is kept.", "The second person must be able to see it."),
        judge(signed_on <= look.today, "R2", "The day on which the form was signed is still to come."),
        judge(london_day(found.typed_at) <= signed_on, "R2", "The form was signed before this was typed in.",
              "The partner signs what was typed in."),
        *in_time(look, found),
        *still_stands(look, found),
    ]  # fmt: skip


@door("signed_form_filed")
def file_form(doing: Doing, *, typed: UUID, reference: str, signed_on: date) -> TypedAnswer:
    """File the form that the partner signed. Nothing counts until somebody else has seen it too."""
    found, own, verdicts = may_file(doing.look, doing.person, typed, reference, signed_on)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    found.state, found.filed_by = State.FILED, doing.person
    found.form_reference, found.form_signed_on = reference.strip(), signed_on
    found.save()
    doing.says(reference=found.form_reference, signed_on=signed_on)
    says_whose(doing, found)
    return found


def may_witness(look: Look, by: Person, typed: UUID) -> FoundBy:
    """What was typed in, the witness's seat, and the verdicts: a second person, of the quality team, outside the group."""
    own, (found, there) = seat_with(look, by, "witness"), _open(look, typed)
    if found is None:
        return None, own, [there]
    second = by.pk not in (found.typed_by_id, found.filed_by_id)
    return (
        found,
        own,
        [
            there,
            seated(own, "R2", "Only the quality team witnesses a signed form."),
            judge(found.state == State.FILED, "R2", "No signed form is filed.", "The coordinator files it first."),
            judge(second, "R2", "You typed it in or filed the form, so somebody else must witness it."),
            outside_the_group(look, by, "R2", "witness the form"),
            *still_stands(look, found),
        ],
    )


@door("signed_form_witnessed")
def witness(doing: Doing, *, typed: UUID) -> TypedAnswer:
    """A second person has seen the form that the partner signed: what they signed is their answer, and counts."""
    found, own, verdicts = may_witness(doing.look, doing.person, typed)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    found.witness = doing.person
    return _counts(doing, found, Way.FORM)


def may_take_back(look: Look, by: Person, typed: UUID, reason: str) -> FoundBy:
    """What was typed in, the seat of whoever takes it back, and the verdicts. It never counted, so nothing is lost."""
    own, (found, there) = seat_with(look, by, "type_in") or seat_with(look, by, "witness"), _open(look, typed)
    return (
        found,
        own,
        [
            there,
            seated(own, "R2", "Only the partner coordinator or the quality team takes this back."),
            judge(bool(reason.strip()), "R2", "Give the reason.", "The partner is told."),
        ],
    )


@door("typed_answer_taken_back")
def take_back(doing: Doing, *, typed: UUID, reason: str) -> TypedAnswer:
    """Take back what was typed in: it was wrong, or the partner said so on the form."""
    found, own, verdicts = may_take_back(doing.look, doing.person, typed, reason)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    return _voided(doing, found, reason)


def _voided(doing: Doing, typed: TypedAnswer, reason: str) -> TypedAnswer:
    typed.state, typed.voided_by, typed.voided_at, typed.void_reason = State.VOID, doing.person, doing.at, reason.strip()
    typed.save()
    says_whose(doing, typed)
    return typed
