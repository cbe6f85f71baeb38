"""Acts that need two people: the asking, the answer of the second, and what follows for a seat (R8) and for a whole case.

What follows for a rule or a training that is waived is in `doors.waivers`.
"""

from __future__ import annotations

from uuid import UUID

from cases.models import Person, Proposal, Seat, TrainingItem
from permissions import seatlife
from permissions.roles import EXEC, EXEC_TEAM, ROLES, Role
from permissions.traininglife import may_move, partner_among
from permissions.verdict import STALE, Verdict, judge, refuse
from permissions.waiving import within_limits
from workflows.definition import SIGN, AnyTime
from workflows.door import Doing, door, require
from workflows.judging import judges_of
from workflows.look import Look
from workflows.may import GO_BACK, outside_the_group, seat_among, seated
from workflows.sealing import answered_blind
from workflows.settling import take
from workflows.standing import disagreeing, may_waive

Kind, State = Proposal.Kind, Proposal.State

LAPSED = "lapsed"
"""The stage of a training in which it is written down why it ran out."""


# Asking


@door("case_withdrawal_asked")
def ask_to_withdraw(doing: Doing, *, reason: str) -> Proposal:
    """Ask that the case be withdrawn. A second person decides; refused over an undecided disagreement (R3) or a hold (R12)."""
    own, verdicts = may_ask_to_withdraw(doing.look, doing.person, reason)
    require(*verdicts)
    assert own
    doing.acting_as(own)
    return proposed(doing, Proposal(kind=Kind.WITHDRAW, reason=reason))


def may_ask_to_withdraw(look: Look, person: Person, reason: str) -> tuple[Seat | None, list[Verdict]]:
    """The seat from which a person may ask, and the verdicts."""
    act = withdrawal(look)
    own = next((seat for seat in look.seats_of(person.pk) if act and ROLES[seat.role] in act.by), None)
    open_already = any(p.kind == Kind.WITHDRAW and p.state == State.OPEN for p in look.proposals)
    return own, [
        judge(act is not None and look.stage is not None, STALE, "This case cannot be withdrawn now.", GO_BACK),
        seated(own, "R8", "You may not ask to withdraw this case."),
        no_open_dissent(look),
        no_open_hold(look),
        judge(not open_already, STALE, "A withdrawal has been asked for already.", GO_BACK),
        judge(bool(reason.strip()), "R8", "Give the reason.", "Everyone on the case will read it."),
    ]


def withdrawal(look: Look) -> AnyTime | None:
    """The any-time act of the process that ends a case."""
    return next((act for act in look.process.any_time if act.effect == "ends"), None)


def no_open_dissent(look: Look, seat: UUID | None = None) -> Verdict:
    """R3: a lay disagreement is heard and decided before the case ends, or before its author (`seat`) is removed.

    While answers are sealed every one of them counts as if it were a no, so that this refusal tells nobody which it is.
    """
    undecided, sealed = disagreeing(look), answered_blind(look)
    if sealed and (seat is None or (seat in sealed and look.visit and seat in look.answered_in(look.visit))):
        return refuse(
            "R3", "What lay partners have answered is sealed until the others have answered too.",
            "Wait until the stage asks nobody any more. It may be a disagreement, and that is heard first.",
        )  # fmt: skip
    waits = seat in undecided if seat else bool(undecided or (look.stage and look.stage.hears))
    return judge(
        not waits, "R3", "A lay partner disagrees and has not been heard yet.", "The executive hears the disagreement first."
    )


def no_open_hold(look: Look) -> Verdict:
    """R12: whoever stopped the work is answered before the case ends, also where their seat has ended since."""
    open_holds = [hold for hold in look.holds if hold.stops]
    cards = (look.process.any_time_act(hold.act) for hold in open_holds)
    who = " or ".join(dict.fromkeys(card.answered_by.title.lower() for card in cards if card and card.answered_by))
    return judge(
        not open_holds, "R12", "A partner has stopped the work and has not been answered yet.",
        f"The {who or 'person named'} answers it first, or the partner takes it back.",
    )  # fmt: skip


def proposed(doing: Doing, proposal: Proposal) -> Proposal:
    """Write down what is asked for. Nothing happens until somebody else agrees."""
    proposal.id, proposal.case = doing.new_id(), doing.case
    proposal.asked_by, proposal.asked_at = doing.person, doing.at
    proposal.save(force_insert=True)
    doing.look.proposals.append(proposal)
    doing.says(proposal=str(proposal.pk), kind=proposal.get_kind_display(), rule=proposal.rule, until=proposal.until)
    return proposal


# The second key


def second_keys(look: Look, proposal: Proposal) -> tuple[Role, ...]:
    """The roles that can confirm: executives, who hold an office and so stand outside the group (R8)."""
    if proposal.kind == Kind.WITHDRAW:
        act = withdrawal(look)
        return act.second if act else ()
    return (may_waive(),) if proposal.kind in (Kind.WAIVE, Kind.WAIVE_TRAINING) else (EXEC, EXEC_TEAM)


def may_confirm(look: Look, person: Person, proposal: UUID) -> tuple[Proposal | None, Seat | None, list[Verdict]]:
    """The proposal, the seat that turns the second key, and the verdicts on confirming it."""
    found, own, verdicts = may_answer_proposal(look, person, proposal)
    if found is None:
        return None, None, verdicts
    if found.kind == Kind.WITHDRAW:
        verdicts += [no_open_dissent(look), no_open_hold(look)]
    if seat := look.seat(found.seat_id) if found.seat_id else None:  # its person may have left, or declared a conflict
        verdicts += [seatlife.may_move(seat, "end"), no_open_dissent(look, seat.pk)]
    if found.kind in (Kind.WAIVE, Kind.WAIVE_TRAINING):
        verdicts.append(_not_the_signer(look, person))
    if found.kind == Kind.WAIVE:
        verdicts.append(judge(found.stage == look.case.state, STALE, "The case has left the stage that this is about.", GO_BACK))
    item = item_of(look, found)
    if item:
        verdicts.append(judge(look.stage is not None, STALE, "This case has ended.", GO_BACK))
        verdicts += [may_move(item, "waive", look.today), not_while_signing(look, item), lapse_is_explained(look)]
        verdicts += within_limits(found.until, look.today, item.valid_for) if found.until else []
    return found, own, verdicts


def not_while_signing(look: Look, item: TrainingItem) -> Verdict:
    """R4: what both sign stays as it is while they sign. What the partner asked for besides is no part of it."""
    signing = look.is_answering and look.stage and look.stage.asks is SIGN
    return judge(not signing or item.asked_by_partner, "R4", "Both are signing what is on record now, so it stays as it is.",
                 "Either of them can send it back instead of signing.")  # fmt: skip


def lapse_is_explained(look: Look) -> Verdict:
    """C9: nothing is renewed over a lapse that nobody has been charged with."""
    return judge(look.case.state != LAPSED, "C9", "This training ran out, and nobody has written down why.",
                 "The coordinator does that first; then it is renewed.")  # fmt: skip


def item_of(look: Look, proposal: Proposal) -> TrainingItem | None:
    """The training that a proposal is about; no statement where it is about none."""
    about = proposal.training_item_id
    return next((one for one in look.training_items if one.pk == about), None) if about else None


def may_answer_proposal(look: Look, person: Person, proposal: UUID) -> tuple[Proposal | None, Seat | None, list[Verdict]]:
    """The proposal, the seat that may answer it, and the verdicts that hold for yes and no alike."""
    found = next((one for one in look.proposals if one.pk == proposal), None)
    if found is None or found.state != State.OPEN:
        return None, None, [refuse(STALE, "This has already been decided.", GO_BACK)]
    codes = {role.code for role in second_keys(look, found)}
    own = seat_among([seat for seat in look.seats if seat.is_active and seat.role in codes], person)
    return (
        found,
        own,
        [
            seated(own, "R8", "The second person must be an executive on this case."),
            judge(found.asked_by_id != person.pk, "R8", "You asked for this, so you cannot be the second person."),
            outside_the_group(look, person, "R8", "be the second person"),
        ],
    )


def _not_the_signer(look: Look, person: Person) -> Verdict:
    """R9: whoever lifts a rule does not sign the case or decide on it, and has not done so before."""
    codes = {role.code for role in judges_of(look.process)}
    held = {seat.pk: seat for seat in look.seats if seat.person_id == person.pk and seat.role in codes}
    acted = any({visit.submitted_by_id, visit.chosen_by_id} & held.keys() for visit in look.visits)
    judging = acted or any(seat.is_active for seat in held.values())
    return judge(not judging, "R9", "You sign this case or decide on it, so you may not lift a rule on it.",
                 "Another executive must do it.")  # fmt: skip


def answered(doing: Doing, proposal: UUID, confirm: bool, reason: str) -> Proposal:
    """The second person\u2019s yes or no, on record. Raises Refused."""
    check = may_confirm if confirm else may_answer_proposal
    found, own, verdicts = check(doing.look, doing.person, proposal)
    require(*verdicts, judge(confirm or bool(reason.strip()), "R12", "A refusal needs a reason."))
    assert found and own
    doing.acting_as(own)
    found.state = State.CONFIRMED if confirm else State.REFUSED
    found.answered_by, found.answered_at, found.answer_reason = doing.person, doing.at, reason
    found.save()
    doing.says(
        proposal=str(found.pk),
        kind=found.get_kind_display(),
        asked_by=found.asked_by.name,
        asked_for=found.reason,
        rule=found.rule,
        until=found.until,
        **_whose(doing, found),
    )
    return found


def _whose(doing: Doing, proposal: Proposal) -> dict[str, str]:
    """Whose seat or training it is about, so that they are told (R8)."""
    look = doing.look
    seat = look.seat(proposal.seat_id) if proposal.seat_id else None
    seat = seat or (partner_among(look.seats) if proposal.training_item_id else None)
    if seat is None:
        return {"person": "", "role": ""}
    return {"person": seat.person.name, "person_id": str(seat.person_id), "role": ROLES[seat.role].title}


@door("seat_ended")
def confirm_seat_end(doing: Doing, *, proposal: UUID, reason: str = "") -> Seat:
    """The second key: the seat ends at once, and its sight with it. What was said from it stays."""
    found = answered(doing, proposal, confirm=True, reason=reason)
    seat = doing.look.seat(found.seat_id) if found.seat_id else None
    require(judge(seat is not None and found.kind == Kind.END_SEAT, STALE, "This is not about ending a seat.", GO_BACK))
    assert seat
    seat.state, seat.ended_at, seat.ended_reason = Seat.State.ENDED, doing.at, found.reason
    seat.save()
    doing.seats_changed = True
    return seat


@door("membership_changed")
def confirm_attendee(doing: Doing, *, proposal: UUID, reason: str = "") -> Seat:
    """The second key: the seat may speak and no longer counts."""
    found = answered(doing, proposal, confirm=True, reason=reason)
    seat = doing.look.seat(found.seat_id) if found.seat_id else None
    require(judge(seat is not None and found.kind == Kind.TO_ATTENDEE, STALE, "This is not about a membership.", GO_BACK))
    assert seat
    seat.membership, seat.membership_reason = Seat.Membership.ATTENDEE, found.reason
    seat.save()
    return seat


@door("case_withdrawn")
def confirm_withdrawal(doing: Doing, *, proposal: UUID, reason: str = "") -> Proposal:
    """The second key: the case ends, withdrawn."""
    found = answered(doing, proposal, confirm=True, reason=reason)
    act = withdrawal(doing.look)
    require(judge(found.kind == Kind.WITHDRAW and act is not None, STALE, "This is not a withdrawal.", GO_BACK))
    assert act
    take(doing, act.code)
    return found


@door("second_person_refused")
def refuse_proposal(doing: Doing, *, proposal: UUID, reason: str) -> Proposal:
    """The second person says no, with a reason. Everything stays as it was."""
    return answered(doing, proposal, confirm=False, reason=reason)
