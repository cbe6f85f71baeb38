"""What a person can do about answers given by telephone or letter (R2)."""

from __future__ import annotations

from collections.abc import Iterator

from cases.models import Person, Visit
from workflows.doors.confirming import may_confirm, may_deny, may_witness
from workflows.look import Look
from workflows.may import seat_with
from workflows.offers import Offer
from workflows.standing import owing
from workflows.typed_standing import open_typed, waiting_for


def typed_acts(look: Look, person: Person) -> Iterator[Offer]:
    """The partner's word first, then the witness's, then what the coordinator may type in."""
    for one in open_typed(look):
        params = {"typed": str(one.pk)}
        if all(may_confirm(look, person, one.pk)[1]):
            yield Offer("typed_confirm", "Confirm what was typed in for you", (), params, main=True)
        elif all(may_deny(look, person, one.pk)[1]):
            yield Offer("typed_confirm", "See what was typed in for you", (), params)
        if all(may_witness(look, person, one.pk)[2]):
            yield Offer("typed_witness", f"Witness the form signed by {one.seat.person.name}", (), params, main=True)
    if seat_with(look, person, "type_in") and look.visit and look.visit.step == Visit.Step.ANSWER:
        yield from _to_type_in(look)


def _to_type_in(look: Look) -> Iterator[Offer]:
    for seat in (one for one in owing(look) if one.is_lay):
        waits = waiting_for(look, seat)
        if waits:
            yield Offer("typed", f"See what was typed in for {seat.person.name}", (), {"typed": str(waits.pk)})
        else:
            yield Offer("type_in", f"Type in what {seat.person.name} said by telephone or letter", (), {"seat": str(seat.pk)})
