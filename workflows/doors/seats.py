"""The life of a seat: offer, accept, decline, declare interests, step down, recuse; and the first key to end one (R8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from audit.history import add_facts
from cases.models import Declaration, Person, Proposal, Seat, Visit
from permissions.eligibility import may_all_sit, may_sit
from permissions.repeats import often_asked
from permissions.roles import ROLES, Role, known_role
from permissions.seatlife import LIFE, may_move
from permissions.verdict import Verdict, judge, refuse
from workflows.calendar import WorkingDays
from workflows.door import Doing, door, require
from workflows.look import Look
from workflows.may import GO_BACK, seat_among, seat_with, seated
from workflows.opening import training_for
from workflows.stand_ins import may_begin

REPLY_WITHIN = WorkingDays(5)
"""How long somebody has to answer an offer (B1), where the page says nothing else. No reply is never consent."""


def offering_seat(look: Look, person: Person, role: Role) -> Seat | None:
    """The seat from which a person may offer a seat in this role."""
    seats = look.process.seats_of(role)
    return seat_among(look.active(seats.offered_by), person) if seats and seats.offered_by else None


def may_offer(
    look: Look, by: Person, people: Sequence[Person], role: Role, why: str, membership: str, membership_reason: str
) -> list[Verdict]:
    """Every verdict on offering a seat to each of `people`: the offerer's own, each person's, by name, and the form's."""
    attendee = membership == Seat.Membership.ATTENDEE
    return [
        judge(look.stage is not None, "B1", "This case has ended."),
        seated(offering_seat(look, by, role), "B1", f"You may not offer a seat as {role.title}."),
        judge(bool(people), "B1", "Nobody is named.", "Choose whom to ask."),
        *_may_be_asked(look, people, role),
        judge(bool(why.strip()), "R14", "Say why you ask this person.", "A sentence is enough. The person will read it."),
        judge(membership in Seat.Membership.values, "R8", "Say whether this is a member or an attendee."),
        judge(not attendee or bool(membership_reason.strip()), "R8", "Say why this is an attendee and not a member.",
              "An attendee may speak but does not count. Choose member, or give the reason."),
    ]  # fmt: skip


def _may_be_asked(look: Look, people: Sequence[Person], role: Role) -> Iterator[Verdict]:
    """Each person's own verdicts, a refusal with the name; the same number of statements for any number of people."""
    sits = may_all_sit(people, look.case, role, look.at, training_for(look.process, role))
    live = [seat for seat in look.seats if seat.state in Seat.HELD]
    seated_already = {seat.person_id for seat in live if seat.role == role.code or (ROLES[seat.role].lay or role.lay)}
    for person, times in Counter(people).items():
        name, here = person.name, person.organisation_id == look.case.organisation_id
        yield judge(here, "IG3", f"{name} does not belong to the organisation.")
        yield judge(person.pk not in seated_already, "B1", f"{name} already has a seat or an offer on this case.", GO_BACK)
        yield judge(times == 1, "B1", f"{name} is named more than once.", "Each person is offered one seat.")
        yield from (replace(one, reason=f"{name} cannot be asked. {one.reason}") for one in sits[person.pk])


@door("seat_offered")
def offer_seats(
    doing: Doing, *, people: Sequence[Person], role: str, why: str, task_profile: str = "", membership: str = "member",
    membership_reason: str = "", reply_by: date | None = None,
) -> list[Seat]:  # fmt: skip
    """Offer a seat to each of these people, or to none where one is refused. The record has an event for each. Nothing is seen
    and nothing counts until a person has accepted and declared their interests."""
    require(known_role(role))
    look, card = doing.look, ROLES[role]
    require(*may_offer(look, doing.person, people, card, why, membership, membership_reason))
    own = offering_seat(look, doing.person, card)
    assert own
    doing.acting_as(own)
    until, trained_in = reply_by or usual_reply_by(look, card), training_for(look.process, card)
    offered = [
        Seat(
            id=doing.new_id(), case=look.case, person=person, role=role, capacity=card.capacity, membership=membership,
            membership_reason=membership_reason, offered_by=doing.person, offered_at=look.at, why=why, task_profile=task_profile,
            reply_by=until, trained_in=trained_in,
        )
        for person in people
    ]  # fmt: skip
    _keep_offers(doing, offered)
    return offered


def _keep_offers(doing: Doing, offered: list[Seat]) -> None:
    """Store them together. R14: that it is the same partner again is on record with the offer; nobody is refused for it."""
    look, role = doing.look, ROLES[offered[0].role]
    acts = doing.act.one_for_each(len(offered))
    add_facts(zip(acts, offered, strict=True))
    look.seats += offered
    often = often_asked(doing.person, role, look.case, look.at) if role.lay else {}
    for act, seat in zip(acts, offered, strict=True):
        act.facts.update(person=seat.person.name, person_id=str(seat.person_id), role=role.title)
        act.facts.update(membership=seat.membership, why=seat.why)
        if repeat := often.get(seat.person_id):
            act.facts.update(asked_again=f"{repeat.times} of {repeat.of}")


def usual_reply_by(look: Look, role: Role) -> date:
    """The day by which somebody offered a seat in this role answers, unless the offer names another."""
    seats = look.process.seats_of(role)
    length = (seats.reply_within if seats else None) or REPLY_WITHIN
    return look.calendar.add(look.today, length.days)


def _own(doing: Doing, seat: UUID, move: str) -> Seat:
    """The person's own seat, if it can make this move; recorded as acting from it."""
    found = doing.look.seat(seat)
    mine = found if found and doing.by and found.person_id == doing.by.pk else None
    require(seated(mine, "R2", "This seat is not yours."))
    assert mine
    require(may_move(mine, move))
    doing.acting_as(mine, leaving=True)
    return mine


def _moves(doing: Doing, seat: Seat, code: str) -> None:
    seat.state = LIFE[code].target
    doing.seats_changed = True
    doing.says(person=seat.person.name, role=ROLES[seat.role].title, seat=str(seat.pk))


@door("seat_accepted")
def accept_seat(doing: Doing, *, seat: UUID, reply: str = "") -> Seat:
    """Accept an offer. The case opens only after interests are declared."""
    mine = _own(doing, seat, "accept")
    mine.replied_at, mine.reply = doing.at, reply
    _moves(doing, mine, "accept")
    mine.save()
    return mine


@door("seat_declined")
def decline_seat(doing: Doing, *, seat: UUID, reply: str = "") -> Seat:
    """Decline an offer, or ask for a change with `reply`. No reason is needed."""
    mine = _own(doing, seat, "decline")
    mine.replied_at, mine.reply = doing.at, reply
    _moves(doing, mine, "decline")
    mine.save()
    return mine


@door("interests_declared")
def declare_interests(doing: Doing, *, seat: UUID, confidential: bool, conflict: bool, text: str = "") -> Seat:
    """Declare interests for this case. Without a conflict the seat becomes active; with one it never does."""
    look = doing.look
    mine = _own(doing, seat, "take")
    require(
        judge(confidential, "IG3", "You must agree to keep what you read confidential.", "Without it the seat cannot be taken."),
        judge(not conflict or bool(text.strip()), "B1", "Say in a few words what the conflict is."),
    )
    _record_declaration(doing, mine, confidential, conflict, text)
    if conflict:
        _leaves_altogether(doing, mine)
    else:
        require(*may_begin(look, mine), *may_sit(mine.person, look.case, ROLES[mine.role], look.at, mine.trained_in))
        mine.active_from = look.at
        _moves(doing, mine, "take")
        _stamp_lay_entry(doing, mine)
    mine.save()
    return mine


def _record_declaration(doing: Doing, seat: Seat, confidential: bool, conflict: bool, text: str) -> None:
    kind = Declaration.Conflict.DECLARED if conflict else Declaration.Conflict.NONE
    Declaration(
        id=doing.new_id(), seat=seat, case=doing.look.case, confidential=confidential, conflict=kind, text=text, at=doing.at
    ).save(force_insert=True)
    doing.says(conflict=kind.label)


def _stamp_lay_entry(doing: Doing, seat: Seat) -> None:
    """R10: the stage in which the first lay partner came in is stamped on the case, for good."""
    look, case = doing.look, doing.case
    if not seat.is_lay or case.lay_entry_at is not None:
        return
    case.lay_entry_at, case.lay_entry_stage = look.at, case.state
    limit = look.process.lay_entry_by
    case.late_lay_entry = bool(limit) and any(_passed(look, visit, limit) for visit in look.visits)
    case.save(update_fields=["lay_entry_at", "lay_entry_stage", "late_lay_entry"])


def _passed(look: Look, visit: Visit, limit: str) -> bool:
    """Whether a stay ended with the stage agreed, also in spite of a disagreement; one that went back did not."""
    stage = look.process.stage(visit.stage)
    way = stage.outcome(visit.outcome) if limit in (stage.code, stage.hears) else None
    return way is not None and not way.back


@door("recused")
def recuse(doing: Doing, *, seat: UUID, text: str) -> Seat:
    """Declare a conflict later on: sight ends at once, the task goes back, the seat leaves the count."""
    mine = _own(doing, seat, "recuse")
    require(judge(bool(text.strip()), "B1", "Say in a few words what the conflict is."))
    _record_declaration(doing, mine, confidential=True, conflict=True, text=text)
    _leaves_altogether(doing, mine)
    mine.save()
    return mine


def _leaves_altogether(doing: Doing, mine: Seat) -> None:
    """A conflict is the person's, not the seat's: no other seat leaves them sight of the case (IG3)."""
    live = [seat for seat in doing.look.seats if seat.person_id == mine.person_id and seat.state in Seat.HELD]
    for seat in live:
        seat.state, seat.ended_at, seat.ended_reason = Seat.State.RECUSED, doing.at, "Declared a conflict of interest."
        if seat.pk != mine.pk:
            seat.save()
    _moves(doing, mine, "recuse")


@door("stepped_down")
def step_down(doing: Doing, *, seat: UUID, reason: str = "") -> Seat:
    """Leave a seat of one's own. No reason is needed and nobody can refuse it."""
    mine = _own(doing, seat, "step_down")
    mine.ended_at, mine.ended_reason = doing.at, reason
    _moves(doing, mine, "step_down")
    mine.save()
    return mine


@door("offer_withdrawn")
def withdraw_offer(doing: Doing, *, seat: UUID, reason: str) -> Seat:
    """Take back an offer that was not yet taken up, with a reason."""
    found, own, verdicts = may_withdraw_offer(doing.look, doing.person, seat, reason)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    found.ended_at, found.ended_reason = doing.at, reason
    _moves(doing, found, "withdraw_offer")
    found.save()
    return found


def may_withdraw_offer(look: Look, by: Person, seat: UUID, reason: str) -> tuple[Seat | None, Seat | None, list[Verdict]]:
    """The offer, the seat of whoever takes it back, and the verdicts."""
    found = look.seat(seat)
    if found is None:
        return None, None, [refuse("B1", "There is no such offer.", GO_BACK)]
    own = offering_seat(look, by, ROLES[found.role])
    return (
        found,
        own,
        [
            seated(own, "B1", "You may not take back this offer."),
            may_move(found, "withdraw_offer"),
            judge(bool(reason.strip()), "R8", "Give the reason.", "The person will read it."),
        ],
    )


# Ending somebody else's seat: the first of two keys. The second is in `second_key`.


def may_ask_about(look: Look, by: Person, seat: UUID, reason: str) -> tuple[Seat | None, Seat | None, list[Verdict]]:
    """The seat in question, the asker's own seat, and the verdicts on asking to end or change it (R8)."""
    found = look.seat(seat)
    own = seat_with(look, by, "run")
    if found is None:
        return None, own, [refuse("R8", "There is no such seat.", GO_BACK)]
    return found, own, [
        may_move(found, "end"),
        judge(not found.office, "R8", "This seat goes with an office.", "It ends when the appointment ends."),
        seated(own, "R8", "Only whoever leads or chairs the case may ask for this."),
        judge(found.person_id != by.pk, "R8", "This is your own seat.", "You may step down."),
        judge(bool(reason.strip()), "R8", "Give the reason.", "The person, the second person and the quality team will read it."),
        judge(not any(p.seat_id == found.pk and p.state == Proposal.State.OPEN for p in look.proposals), "R8",
              "This has been asked already and waits for a second person.", GO_BACK),
    ]  # fmt: skip


def _propose(doing: Doing, seat: UUID, kind: str, reason: str) -> Proposal:
    found, own, verdicts = may_ask_about(doing.look, doing.person, seat, reason)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    proposal = Proposal(
        id=doing.new_id(), case=doing.case, kind=kind, seat=found, asked_by=doing.person, asked_at=doing.at, reason=reason,
    )  # fmt: skip
    proposal.save(force_insert=True)
    doing.look.proposals.append(proposal)
    doing.says(person=found.person.name, person_id=str(found.person_id), role=ROLES[found.role].title, proposal=str(proposal.pk))
    return proposal


@door("seat_end_asked")
def ask_to_end_seat(doing: Doing, *, seat: UUID, reason: str) -> Proposal:
    """Ask that somebody's seat be ended. It stays as it is until a second person outside the group confirms (R8)."""
    return _propose(doing, seat, Proposal.Kind.END_SEAT, reason)


@door("membership_change_asked")
def ask_for_attendee(doing: Doing, *, seat: UUID, reason: str) -> Proposal:
    """Ask that a member become an attendee, who does not count. It needs a second person outside the group (R8)."""
    return _propose(doing, seat, Proposal.Kind.TO_ATTENDEE, reason)
