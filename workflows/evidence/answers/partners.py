"""Question 1: who were the lay partners, on what basis, member or attendee, trained to what, with what declared conflicts?"""

from __future__ import annotations

from audit.days import in_words as day_in_words
from audit.history import as_it_stood
from cases.models import Connection, Seat, TrainingRecord
from cases.tables import Sheet
from permissions.eligibility import day_of, subject_title
from permissions.roles import title_of
from workflows.evidence.answers.answer import Answer, how_many, in_words
from workflows.evidence.ground import ground_of
from workflows.evidence.then import Then

COLUMNS = (
    "Partner", "Role", "Member or attendee", "Why attendee", "State of the seat", "Offered by", "Offered", "Why this person",
    "What the role asks", "Active from", "Over since", "Why over", "It hung on", "Trained in", "Declared", "Tie to the case",
    "Employer",
)  # fmt: skip


def who_they_were(then: Then) -> Answer:
    """Every lay seat as it stood, whoever declined or declared a conflict included."""
    ground = ground_of(then.lay_seats, then.at)
    ties = {one.person_id: one for one in as_it_stood(Connection, then.at).filter(case=then.case.pk)}
    training = _training(then)
    rows = []
    for seat in then.lay_seats:
        tie = ties.get(seat.person_id)
        rows.append((
            seat.person.name, title_of(seat.role), seat.get_membership_display(), seat.membership_reason, seat.get_state_display(),
            then.name(seat.offered_by_id), seat.offered_at, seat.why, seat.task_profile, seat.active_from, seat.ended_at,
            seat.ended_reason, ground.of(seat), training.get(seat.person_id, "Nothing on record"), ground.declaration(seat),
            tie.get_kind_display() if tie else "None on record", seat.person.employer,
        ))  # fmt: skip
    return Answer(_sentences(then), (Sheet("Lay partners", COLUMNS, rows, "Every lay seat that was ever offered on the case."),))


def _training(then: Then) -> dict[object, str]:
    """By person, everything they were trained in."""
    found: dict[object, str] = {}
    people = {seat.person_id for seat in then.lay_seats}
    for one in as_it_stood(TrainingRecord, then.at).filter(person__in=people).order_by("subject", "completed_on"):
        until = f" until {day_in_words(one.valid_until)}" if one.valid_until else ""
        lapsed = " (lapsed)" if one.valid_until and one.valid_until < day_of(then.at) else ""
        told = f"{subject_title(one.subject)}, {day_in_words(one.completed_on)}{until}{lapsed}"
        found[one.person_id] = f"{found[one.person_id]}; {told}" if one.person_id in found else told
    return found


def _sentences(then: Then) -> tuple[str, ...]:
    sitting = [seat for seat in then.lay_seats if seat.is_active]
    members = [seat.person.name for seat in sitting if seat.membership == Seat.Membership.MEMBER]
    attendees = [seat.person.name for seat in sitting if seat.membership == Seat.Membership.ATTENDEE]
    recused = [seat.person.name for seat in then.lay_seats if seat.state == Seat.State.RECUSED]
    gone = [
        seat.person.name for seat in then.lay_seats if seat.active_from and not seat.is_active and seat.person.name not in recused
    ]
    target = sum(card.target for card in then.process.seats if card.role.lay)
    said = [f"{how_many(len(sitting), 'lay partner').capitalize()} sat on the case, of {target} that the process asks for."]
    said += [f"Members, who decide and count: {in_words(members)}.", f"Attendees, who may only speak: {in_words(attendees)}."]
    said += [f"A conflict of interest was declared by {in_words(recused)}."]
    return (*said, f"Had sat and sat no more: {in_words(gone)}.")
