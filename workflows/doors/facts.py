"""Facts set down at any time: the any-time acts of a process that record, and personal ties to a case."""

from __future__ import annotations

from typing import Any

from cases.models import Case, Connection, Person, Seat
from permissions.roles import ROLES
from permissions.verdict import STALE, Verdict, judge
from workflows.definition import AnyTime
from workflows.door import Doing, door, require
from workflows.facts import clean_facts
from workflows.look import Look
from workflows.may import GO_BACK, moment_of, seat_with, seated
from workflows.standing import guard_verdict


def may_record(look: Look, person: Person, act: str) -> tuple[AnyTime | None, Seat | None, list[Verdict]]:
    """The any-time act, the seat from which a person may do it, and the verdicts."""
    card = look.process.any_time_act(act)
    fits = card if card and card.effect == "records" else None
    now = fits is not None and look.stage is not None and fits.is_open_in(look.stage)
    own = next((seat for seat in look.seats_of(person.pk) if fits and ROLES[seat.role] in fits.by), None)
    who = ", ".join(role.title.lower() for role in fits.by) if fits else "nobody"
    return (
        fits,
        own,
        [
            judge(now, STALE, "This cannot be recorded now.", GO_BACK),
            seated(own, "B2", f"This is recorded by: {who}."),
            *(guard_verdict(look, one) for one in (fits.only_if if fits else ())),
        ],
    )


@door("facts_recorded")
def record_facts(doing: Doing, *, act: str, facts: dict[str, Any]) -> Case:
    """Set down the facts of an any-time act, for example the questions of those affected."""
    look = doing.look
    card, own, verdicts = may_record(look, doing.person, act)
    require(*verdicts)
    assert card and own
    doing.acting_as(own)
    clean = look.pending = clean_facts(card.records, facts, moment_of(look))
    require(*(guard_verdict(look, one) for one in card.only_if))
    look.pending = {}
    look.case.facts = {**look.case.facts, **clean}
    look.case.save(update_fields=["facts"])
    doing.says(what=card.title, set_down=clean)
    return look.case


@door("facts_recorded")
def record_connection(doing: Doing, *, person: Person, kind: str) -> Connection:
    """Record that somebody is affected by the case, related, involved or a claimant: they cannot hold a lay seat on it."""
    look = doing.look
    own, verdict = may_record_connection(look, doing.person)
    require(
        verdict,
        judge(kind in Connection.Kind.values, "B1", "Say what the tie is."),
        judge(all(one.person_id != person.pk for one in look.connections), STALE, "A tie is recorded already.", GO_BACK),
    )
    assert own
    doing.acting_as(own)
    row = Connection(id=doing.new_id(), case=look.case, person=person, kind=kind)
    row.save(force_insert=True)
    look.connections.append(row)
    doing.says(what="A personal tie to the case")
    return row


def may_record_connection(look: Look, person: Person) -> tuple[Seat | None, Verdict]:
    """The seat from which a person may record ties, and the verdict."""
    own = seat_with(look, person, "record_ties")
    return own, seated(own, "B1", "The engagement lead or whoever leads the case records ties to it.")
