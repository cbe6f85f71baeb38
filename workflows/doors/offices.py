"""Seats that go with an office: when somebody takes or leaves the office, the seats on running cases follow."""

from __future__ import annotations

from audit.history import add_facts
from cases.models import Appointment, Person, Seat
from permissions.roles import COORDINATOR, EXEC, EXEC_TEAM, QUALITY, ROLES
from permissions.verdict import STALE, Verdict, judge
from workflows.door import Doing, door, require
from workflows.look import Look
from workflows.may import GO_BACK, seat_among, seated
from workflows.opening import holders, seat_of_office

MAY_FILL = (COORDINATOR, EXEC, EXEC_TEAM, QUALITY)


def drift(look: Look) -> tuple[list[Seat], list[Appointment]]:
    """Seats whose holder has left the office, and holders of an office who have no seat.

    Somebody who is lay on a case takes no staff seat on it, whatever they are appointed to (R18).
    """
    held = holders(look)
    in_office = {(one.role, one.person_id) for one in held}
    live = [seat for seat in look.seats if seat.office and seat.is_active]
    gone = [seat for seat in live if (seat.role, seat.person_id) not in in_office]
    had = live + [seat for seat in look.seats if seat.state == Seat.State.RECUSED]
    settled = {(seat.role, seat.person_id) for seat in had}
    lay = {seat.person_id for seat in look.seats if seat.is_lay and seat.state in Seat.HELD}
    return gone, [one for one in held if (one.role, one.person_id) not in settled and one.person_id not in lay]


def may_fill(look: Look, person: Person) -> tuple[Seat | None, list[Verdict]]:
    """The seat from which a person brings the offices up to date, and the verdicts."""
    own = next((seat for role in MAY_FILL if (seat := seat_among(look.active(role), person))), None)
    return own, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        seated(own, "B1", "An executive, the coordinator or the quality team does this."),
    ]


def out_of_date(look: Look) -> Verdict:
    """Whether some seat that goes with an office has the wrong holder, or none."""
    return judge(any(drift(look)), STALE, "Every office is seated already.", GO_BACK)


@door("offices_filled")
def fill_offices(doing: Doing) -> tuple[list[Seat], list[Seat]]:
    """Seat the holders of each office and end the seats of those who left it. Returns the ended and the new seats.

    `by` None is the system: it may always do it, for nothing is decided by it.
    """
    look = doing.look
    own, verdicts = may_fill(look, doing.by) if doing.by else (None, [])
    require(*verdicts, out_of_date(look))
    gone, missing = drift(look)
    added = [seat_of_office(look, one) for one in missing]
    if own:
        doing.acting_as(own)
    for seat in gone:
        seat.state, seat.ended_at, seat.ended_reason = Seat.State.ENDED, look.at, "Left the office."
        seat.save()
    add_facts((doing.act, seat) for seat in added)
    look.seats += added
    doing.seats_changed = True
    doing.says(changes=_changes(gone, added))
    return gone, added


def _changes(gone: list[Seat], added: list[Seat]) -> str:
    left = [f"{seat.person.name} left as {ROLES[seat.role].title}" for seat in gone]
    came = [f"{seat.person.name} came as {ROLES[seat.role].title}" for seat in added]
    return "; ".join(left + came)
