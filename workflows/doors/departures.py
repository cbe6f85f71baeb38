"""Somebody who has left is called by a pseudonym from then on (IG15): asked by one, decided by the Caldicott Guardian."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from audit.erasing import Change, erase, not_as_sealed
from audit.ids import uuid7
from audit.models import Event
from audit.record import Act
from cases.models import Departure, Organisation, Person
from cases.naming import changes_of_name
from permissions.departing import may_agree_to_rename, may_ask_to_rename, may_rename
from permissions.retention import PERSON_RULE
from permissions.roles import CALDICOTT
from permissions.verdict import STALE, judge, require
from workflows.organisation_door import organisation_door
from workflows.standing_offices import holders_of

State = Departure.State


def _theirs(person: Person, **_: Any) -> UUID:
    return person.organisation_id


def _of(departure: UUID, **_: Any) -> UUID:
    return Departure.objects.values_list("organisation_id", flat=True).get(pk=departure)


@organisation_door("person_rename_asked", _theirs)
def ask_to_rename(act: Act, *, by: Person | None, person: Person) -> Departure:
    """Ask that somebody who has left be called by a pseudonym. Nothing changes before the guardian agrees. Raises Refused."""
    Organisation.objects.select_for_update().get(pk=person.organisation_id)
    require(*may_ask_to_rename(person, by, act.at), judge(bool(act.reason.strip()), PERSON_RULE, "Give the reason."))
    assert by
    key = uuid7(act.at)
    one = Departure(
        id=key, organisation=person.organisation, person=person, pseudonym=_pseudonym(person, key), reason=act.reason, asked_by=by,
        asked_at=act.at,
    )  # fmt: skip
    one.save(force_insert=True)
    told = holders_of(person.organisation_id, (CALDICOTT,), act.at)
    act.facts.update(person_id=str(person.pk), pseudonym=one.pseudonym, tell=[str(each.pk) for each in told])
    return one


@organisation_door("person_rename_agreed", _of)
def agree_to_rename(act: Act, *, by: Person | None, departure: UUID) -> Departure:
    """The Caldicott Guardian agrees. It is carried out by the command. Raises Refused."""
    one = _found(departure)
    require(*may_agree_to_rename(one, by, act.at))
    one.state, one.answered_by, one.answered_at = State.AGREED, by, act.at
    one.save()
    _says(act, one)
    return one


@organisation_door("person_rename_refused", _of)
def refuse_to_rename(act: Act, *, by: Person | None, departure: UUID) -> Departure:
    """The Caldicott Guardian says no, with a reason. Raises Refused."""
    one = _found(departure)
    require(*may_agree_to_rename(one, by, act.at), judge(bool(act.reason.strip()), PERSON_RULE, "Give the reason."))
    one.state, one.answered_by, one.answered_at, one.answer_reason = State.REFUSED, by, act.at, act.reason
    one.save()
    _says(act, one)
    return one


@organisation_door("person_renamed", _of)
def carry_out_renaming(act: Act, *, by: Person | None, departure: UUID) -> Departure:
    """Put the pseudonym in place of the name, in facts, history and ledger, and forget how to reach them. The system does this.

    Refused while a row that names them is not as it was sealed: a forgery would else be made good by it.
    """
    one = _found(departure)
    require(
        judge(by is None, PERSON_RULE, "The Caldicott Guardian agrees to it, and the system carries it out."),
        *may_rename(one, act.at),
    )
    changes = list(_changes(one))
    broken = next(not_as_sealed(changes), None)
    require(judge(broken is None, PERSON_RULE, f"The record does not hold together: {broken}", "Find out why first."))
    _close_account(one)
    erase(act, changes)
    one.state, one.done_at = State.DONE, act.at
    one.save()
    _says(act, one)
    return one


def _close_account(one: Departure) -> None:
    """Nobody signs in with it any more, and it names nobody."""
    account: Any = one.person.account
    if account is not None:
        account.is_active = False
        setattr(account, account.USERNAME_FIELD, str(one.pk))
        for column in ("email", "first_name", "last_name"):
            if hasattr(account, column):
                setattr(account, column, "")
        account.set_unusable_password()
        account.save()


def _changes(one: Departure) -> Iterator[Change]:
    yield from changes_of_name(one.person, one.pseudonym, Event.objects.filter(organisation_id=one.organisation_id))


def _pseudonym(person: Person, key: UUID) -> str:
    """ "Lay partner 7F3A", "Member of staff 03BC": the end of a random key."""
    lay = set(person.appointments.values_list("capacity", flat=True)) == {"lay"}
    return f"{'Lay partner' if lay else 'Member of staff'} {key.hex[-6:].upper()}"


def _found(key: UUID) -> Departure:
    rows = Departure.objects.select_for_update(of=("self",)).select_related("person__organisation", "organisation")
    one = rows.filter(pk=key).first()
    require(judge(one is not None, STALE, "There is no such request."))
    assert one
    return one


def _says(act: Act, one: Departure) -> None:
    act.facts.update(person_id=str(one.person_id), pseudonym=one.pseudonym, departure=str(one.pk))
