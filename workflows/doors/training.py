"""The training of one partner: offered, booked, handed in and checked, item by item (C2 to C4); asked for, and waived.

Every `may_` returns the item, the seat from which the person would act, and the verdicts; page and door ask the same.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from cases.models import Person, Seat, TrainingItem
from permissions.roles import COORDINATOR, PSP, Role
from permissions.traininglife import (
    LIFE,
    OPEN,
    WITH_THE_PARTNER,
    may_move,
    needs_are_met,
    partner_among,
    standing,
    valid_until,
)  # fmt: skip
from permissions.verdict import STALE, Verdict, judge
from workflows.door import Doing, door, require
from workflows.doors.second_key import lapse_is_explained, not_while_signing
from workflows.look import Look
from workflows.may import GO_BACK, seat_among, seated

OFFER_WITHIN = 20
"""Working days in which the organisation offers what is asked for (C2)."""

May = tuple[TrainingItem | None, Seat | None, list[Verdict]]
"""The item, the seat from which it would be done, and the verdicts."""


def may_act_on(look: Look, person: Person, item: UUID, move: str, by: tuple[Role, ...], rule: str) -> May:
    """What every act on an item asks: the case runs, the item is there and can make the move, the person sits here."""
    found = next((one for one in look.training_items if one.pk == item), None)
    own = next((seat for role in by if (seat := seat_among(look.active(role), person))), None)
    who = " or ".join(role.title.lower() if role != PSP else "partner" for role in by)
    return found, own, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        judge(found is not None, STALE, "There is no such training on this case.", GO_BACK),
        seated(own, rule, f"Only the {who} may do this."),
        *([may_move(found, move, look.today)] if found and move else []),
        *([not_while_signing(look, found)] if found else []),
    ]  # fmt: skip


def says_whose(doing: Doing, item: TrainingItem, own: Seat) -> None:
    """Who did it, and about whose training it is, so that they can be told."""
    partner = partner_among(doing.look.seats)
    doing.acting_as(own)
    doing.says(training=item.title, item=str(item.pk))
    if partner:
        doing.says(person=partner.person.name, person_id=str(partner.person_id))


# What is offered, and what the partner needs: C2.


def may_offer_item(look: Look, person: Person, item: UUID) -> May:
    """The coordinator offers it, once it is confirmed what is required."""
    found, own, verdicts = may_act_on(look, person, item, "offer", (COORDINATOR,), "C2")
    confirmed = look.stage != look.process.first
    return found, own, [*verdicts, judge(confirmed, "C1", "First confirm what is required.", "The coordinator does that.")]


@door("item_offered")
def offer_item(doing: Doing, *, item: UUID, offer: str, adjustments_met: str = "") -> TrainingItem:
    """Say what is offered: format, provider, dates. From today the partner has the time that the requirement gives."""
    look = doing.look
    found, own, verdicts = may_offer_item(look, doing.person, item)
    require(*verdicts, *_complete_offer(found, offer, adjustments_met))
    assert found and own
    found.state, found.offer, found.offered_at, found.booked_on = LIFE["offer"].target, offer.strip(), look.at, None
    found.adjustments_met = adjustments_met.strip()
    _starts_partners_time(look, found)
    found.save()
    says_whose(doing, found, own)
    return found


def _complete_offer(item: TrainingItem | None, offer: str, met: str) -> list[Verdict]:
    asked = bool(item and item.adjustments.strip())
    return [
        judge(bool(offer.strip()), "C2", "Say what is offered: in what form, by whom and when."),
        judge(not asked or bool(met.strip()), "C2", "Say how the needs of the partner are met.", "They asked for something."),
    ]


def _starts_partners_time(look: Look, item: TrainingItem) -> None:
    """C2: the partner's time begins on the day on which there is an offer that they can use."""
    item.due_on = look.calendar.add(look.today, item.within)


def may_ask_adjustment(look: Look, person: Person, item: UUID) -> May:
    """The partner says what they need, until they have completed it."""
    found, own, verdicts = may_act_on(look, person, item, "", (PSP,), "C2")
    open_still = found is None or standing(found, look.today) in OPEN
    return found, own, [*verdicts, judge(open_still, STALE, "This training is completed already.", GO_BACK)]


@door("adjustment_asked")
def ask_adjustment(doing: Doing, *, item: UUID, adjustments: str) -> TrainingItem:
    """Say what one needs to take part. Where it is offered already, the partner's time stops until that is met."""
    found, own, verdicts = may_ask_adjustment(doing.look, doing.person, item)
    require(*verdicts, judge(bool(adjustments.strip()), "C2", "Say what you need to take part."))
    assert found and own
    found.adjustments, found.adjustments_met, found.due_on = adjustments.strip(), "", None
    found.save()
    says_whose(doing, found, own)
    return found


def may_meet_adjustment(look: Look, person: Person, item: UUID) -> May:
    """The coordinator says how a need was met that the partner told after the offer."""
    found, own, verdicts = may_act_on(look, person, item, "", (COORDINATOR,), "C2")
    waits = found is not None and not needs_are_met(found)
    return found, own, [*verdicts, judge(waits, STALE, "Nothing is asked for here that is not met.", GO_BACK)]


@door("adjustment_met")
def meet_adjustment(doing: Doing, *, item: UUID, adjustments_met: str) -> TrainingItem:
    """Say how it was met. Where it is offered already, the partner's time begins again."""
    look = doing.look
    found, own, verdicts = may_meet_adjustment(look, doing.person, item)
    require(*verdicts, judge(bool(adjustments_met.strip()), "C2", "Say how it was met."))
    assert found and own
    found.adjustments_met = adjustments_met.strip()
    if found.state in WITH_THE_PARTNER:
        _starts_partners_time(look, found)
    found.save()
    says_whose(doing, found, own)
    return found


# The booking and the evidence: C2, C3.


def _needs_come_first(found: TrainingItem | None, own: Seat | None) -> Verdict:
    """C2: nobody enters for a partner that they took part in what they could not use. The partner may say so themselves."""
    for_them = own is not None and own.role != PSP.code
    unmet = found is not None and not needs_are_met(found)
    return judge(
        not (for_them and unmet), "C2", "The partner asked for something that is not met yet.", "Say how it was met first."
    )


def may_book_item(look: Look, person: Person, item: UUID) -> May:
    """The partner, or the coordinator for them once what they need is met."""
    found, own, verdicts = may_act_on(look, person, item, "book", (PSP, COORDINATOR), "C2")
    return found, own, [*verdicts, _needs_come_first(found, own)]


@door("item_booked")
def book_item(doing: Doing, *, item: UUID, day: date) -> TrainingItem:
    """Book the training for a day that is still to come, or for today."""
    found, own, verdicts = may_book_item(doing.look, doing.person, item)
    require(*verdicts, judge(day >= doing.look.today, "C2", "The day of the booking has passed.", "Enter it as completed."))
    assert found and own
    found.state, found.booked_on = LIFE["book"].target, day
    found.save()
    says_whose(doing, found, own)
    doing.says(day=day)
    return found


def may_complete_item(look: Look, person: Person, item: UUID) -> May:
    """The partner, or the coordinator for them once what they need is met."""
    found, own, verdicts = may_act_on(look, person, item, "complete", (PSP, COORDINATOR), "C3")
    return found, own, [*verdicts, _needs_come_first(found, own)]


@door("item_completed")
def complete_item(
    doing: Doing, *, item: UUID, completed_on: date, provider: str, hours: Decimal | None = None, evidence: str
) -> TrainingItem:
    """Hand in what shows that it was done. Entered by the coordinator, it is marked as entered for the partner."""
    look = doing.look
    found, own, verdicts = may_complete_item(look, doing.person, item)
    require(
        *verdicts,
        judge(completed_on <= look.today, "C3", "The training cannot be completed on a day that is still to come."),
        judge(bool(provider.strip()), "C3", "Say who gave the training."),
        judge(bool(evidence.strip()), "C3", "Say what shows it: a certificate or an attendance list, and where it is kept."),
        judge(hours is None or hours >= 0, "C3", "The hours cannot be fewer than nought."),
    )
    assert found and own
    found.state, found.completed_on, found.hours = LIFE["complete"].target, completed_on, hours
    found.provider, found.evidence, found.rejected_reason = provider.strip(), evidence.strip(), ""
    found.submitted_by, found.by_proxy = doing.person, own.role != PSP.code
    found.checked_by = found.checked_at = None
    found.save()
    says_whose(doing, found, own)
    doing.says(completed_on=completed_on, by_proxy=found.by_proxy)
    return found


# Four eyes on the evidence: C4


def may_check_item(look: Look, person: Person, item: UUID) -> May:
    """A coordinator who did not hand it in, and never the partner (four eyes)."""
    found, own, verdicts = may_act_on(look, person, item, "accept", (COORDINATOR,), "C4")
    partner = partner_among(look.seats)
    mine = found is not None and person.pk in (found.submitted_by_id, partner.person_id if partner else None)
    return found, own, [
        *verdicts,
        judge(not mine, "C4", "You handed this evidence in, so you cannot check it.", "Another coordinator checks it."),
    ]  # fmt: skip


@door("item_checked")
def check_item(doing: Doing, *, item: UUID, accepted: bool, reason: str = "") -> TrainingItem:
    """Accept the evidence, or turn it down with a reason; the partner can then hand in something else."""
    look = doing.look
    found, own, verdicts = may_check_item(look, doing.person, item)
    until = valid_until(found) if found else None
    require(
        *verdicts,
        *([lapse_is_explained(look)] if accepted else []),
        judge(accepted or bool(reason.strip()), "C4", "Say why the evidence is not accepted.", "The partner will read it."),
        judge(not accepted or until is None or until >= look.today, "C4", "This training has run out since it was completed.",
              "Turn the evidence down and say so."),
    )  # fmt: skip
    assert found and own
    found.checked_by, found.checked_at = doing.person, look.at
    found.state = LIFE["accept" if accepted else "reject"].target
    found.rejected_reason = "" if accepted else reason.strip()
    if accepted:
        found.valid_until, found.waiver = until, None
    else:
        _starts_partners_time(look, found)
    found.save()
    says_whose(doing, found, own)
    doing.says(outcome="accepted" if accepted else "not accepted", until=found.valid_until)
    return found


# Asking for more (C5)


def may_ask_for_more(look: Look, person: Person) -> tuple[TrainingItem | None, Seat | None, list[Verdict]]:
    """The partner, at every stage: it holds up nothing that is theirs already."""
    own = seat_among(look.active(PSP), person)
    return None, own, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        seated(own, "C5", "Only the partner may ask for more training here."),
    ]  # fmt: skip


@door("training_asked_for")
def ask_for_more(doing: Doing, *, title: str, why: str) -> TrainingItem:
    """Ask for training beyond what is required. The organisation owes an offer; the sign-off does not hang on it."""
    look = doing.look
    _, own, verdicts = may_ask_for_more(look, doing.person)
    require(
        *verdicts,
        judge(bool(title.strip()), "C5", "Say what you would like to learn."),
        judge(bool(why.strip()), "C5", "Say in a few words why.", "It helps to find the right training."),
    )
    assert own
    item = TrainingItem(
        id=doing.new_id(), case=look.case, number=len(look.training_items) + 1, asked_by_partner=True,
        asked_title=title.strip(), asked_why=why.strip(), offer_by=look.calendar.add(look.today, OFFER_WITHIN),
    )  # fmt: skip
    item.save(force_insert=True)
    look.training_items.append(item)
    says_whose(doing, item, own)
    return item
