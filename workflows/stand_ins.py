"""Who sits for whom now: a seat whose partner is away is held by the one who stands in, so that it counts once."""

from __future__ import annotations

from audit.days import in_words
from cases.models import Seat
from permissions.verdict import Verdict, judge
from workflows.look import Look


def standing_in(look: Look, seat: Seat) -> Seat | None:
    """The seat of whoever stands in for this one, or was asked to."""
    return next((one for one in look.seats if one.stands_in_for_id == seat.pk and one.state in Seat.LIVE), None)


def over(look: Look, seat: Seat) -> bool:
    """The last day of standing in has passed."""
    return seat.stands_in_until is not None and seat.stands_in_until < look.today


def may_begin(look: Look, seat: Seat) -> list[Verdict]:
    """Whether a seat that somebody takes for another's time can be taken today; nothing for any other seat."""
    if seat.stands_in_from is None:
        return []
    day, first = seat.stands_in_from, look.seat(seat.stands_in_for_id) if seat.stands_in_for_id else None
    return [
        judge(day <= look.today, "R8", f"The seat passes to you on {in_words(day)}.", "Come back to this page on that day."),
        judge(not over(look, seat), "R8", "The time for which you were asked is over."),
        judge(first is not None and first.is_active, "R8", "The partner for whom you were asked does not sit here any more."),
    ]


def follow(look: Look) -> None:
    """Make the seats that were passed on match: away while somebody sits for them, active again as soon as nobody does."""
    held = {one.stands_in_for_id for one in look.seats if one.is_active and one.stands_in_for_id}
    for seat in look.seats:
        wanted = Seat.State.AWAY if seat.pk in held else Seat.State.ACTIVE
        if seat.state in (Seat.State.ACTIVE, Seat.State.AWAY) and seat.state != wanted:
            seat.state = wanted
            seat.save()
