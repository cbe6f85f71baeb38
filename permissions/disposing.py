"""Who may do what about contents that are past their term: propose that they go, object, answer, agree (IG8, IG9).

Two people of different offices, the second from outside the case; lay partners hear of it first, and an objection is answered.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from audit.models import Event
from cases.models import Case, Disposal, Objection, PaperVersion, Person, Position, Seat, Visit, Waiver
from permissions.eligibility import day_of
from permissions.retention import PROPOSERS, RULE, SECONDS, holds_one, lay_listeners, no_tie, nothing_holds, term_is_over
from permissions.scope import kept_out
from permissions.verdict import STALE, Verdict, judge

State = Disposal.State
AGAIN = "Look at the list again."


def not_disposed(case: Case) -> Verdict:
    """IG8: of a case that was disposed of there is a stub, and nothing is done on it any more."""
    return judge(
        case.disposed_at is None, RULE, f"The contents of {case.reference} were disposed of, and a stub is left.",
        "Open the case: it says when, by whom and by which rule.",
    )  # fmt: skip


def may_propose(case: Case, by: Person, at: datetime) -> list[Verdict]:
    """Whether a person may propose that the contents of a case go."""
    return [
        holds_one(by, case.organisation, PROPOSERS, RULE, at),
        no_tie(by, case, RULE),
        not_disposed(case),
        nothing_holds(case),
        term_is_over(case, at),
        judge(not case.disposals.exclude(state=State.DROPPED).exists(), STALE, "Somebody has proposed it already.", AGAIN),
        judge(
            lay_listeners(case, at).exists(), RULE, "There is no lay partner in the organisation who could be told first.",
            "Wait until one is appointed: contents do not go without a lay partner having heard of it."),
    ]  # fmt: skip


def may_object(one: Disposal, by: Person, at: datetime) -> list[Verdict]:
    """Whether a person may object: a lay partner who was told, while the time for it runs."""
    told = lay_listeners(one.case, at).filter(pk=by.pk).exists()
    return [
        judge(one.state == State.PROPOSED, STALE, "This is decided already.", AGAIN),
        judge(told, RULE, "The lay partners who were told of it can object.", "Speak to one of them."),
        judge(day_of(at) <= one.objections_until, RULE, "The time to object is over.", "Speak to the quality team."),
        judge(not one.objections.filter(person=by).exists(), STALE, "You have objected already.", "The answer comes to you."),
    ]


def may_answer(objection: Objection, by: Person, at: datetime) -> list[Verdict]:
    """Whether a person may answer an objection: somebody who could agree to the disposal."""
    one = objection.disposal
    return [
        *_second(one, by, at),
        judge(one.state == State.PROPOSED, STALE, "This is decided already.", AGAIN),
        judge(objection.answered_at is None, STALE, "It has been answered already.", AGAIN),
    ]


def may_agree(one: Disposal, by: Person, at: datetime) -> list[Verdict]:
    """Whether a person may be the second who agrees that contents go."""
    open_objection = one.objections.filter(answered_at__isnull=True).exists()
    return [
        *_second(one, by, at),
        judge(one.state == State.PROPOSED, STALE, "This is decided already.", AGAIN),
        judge(day_of(at) > one.objections_until, RULE, "Lay partners can still object.",
              "Wait until the day after the last day on which they can."),
        judge(not open_objection, RULE, "A lay partner objects and has not been answered.", "Answer the objection first."),
        judge(_told_are_still_there(one, at), RULE,
              "No lay partner who was told of it is a partner any more.",
              "Drop it and propose it again, so that those who are partners now hear of it."),
        *still_may_go(one, at),
    ]  # fmt: skip


def _told_are_still_there(one: Disposal, at: datetime) -> bool:
    """Whether somebody who heard of it in time can still object to it: else it would be enough to end one appointment."""
    proposed = Event.objects.filter(case_id=one.case_id, kind="disposal_proposed", facts__disposal=str(one.pk)).first()
    told = proposed.facts["tell"] if proposed else []
    return lay_listeners(one.case, at).filter(pk__in=told).exists()


def still_may_go(one: Disposal, at: datetime) -> list[Verdict]:
    """What has to be so when it is proposed, when it is agreed, and when it is carried out."""
    return [not_disposed(one.case), nothing_holds(one.case), term_is_over(one.case, at)]


def may_drop(one: Disposal, by: Person, at: datetime) -> list[Verdict]:
    """Whether a person may say that the contents stay: either office, until it is carried out.

    Whoever proposed it does not drop it over an objection: it could be proposed again as if nobody had objected.
    """
    unanswered = one.objections.filter(answered_at__isnull=True).exists()
    return [
        holds_one(by, one.organisation, (*PROPOSERS, *SECONDS), RULE, at),
        judge(
            not unanswered or by.pk != one.proposed_by_id,
            RULE,
            "A lay partner objects and has not been answered.",
            "Whoever answers the objection drops the proposal, if the contents are to stay.",
        ),
        judge(one.is_open, STALE, "This is not open any more.", AGAIN),
    ]


def may_carry_out(one: Disposal, at: datetime) -> list[Verdict]:
    """Whether what two people agreed may still be carried out."""
    return [judge(one.state == State.AGREED, STALE, "Two people have not agreed to this.", AGAIN), *still_may_go(one, at)]


def _second(one: Disposal, by: Person, at: datetime) -> list[Verdict]:
    return [
        holds_one(by, one.organisation, SECONDS, RULE, at),
        judge(one.proposed_by_id != by.pk, RULE, "You proposed this, so you cannot be the second person.", "Somebody else must."),
        is_outside(by, one.case),
    ]


def is_outside(by: Person, case: Case) -> Verdict:
    """Whether somebody never had a part in a case: no seat in its group, no act from an office, no waiver, paper, tie or conflict.

    A seat that only goes with an office, and from which nothing was done, is no part in it.
    """
    own = Seat.objects.filter(case=case.pk, person=by)
    acted = Visit.objects.filter(Q(submitted_by__in=own) | Q(chosen_by__in=own), case=case.pk).exists()
    lifted_lay_voice = Waiver.objects.filter(Q(asked_by=by) | Q(granted_by=by), case=case.pk).exists()
    spoke = (
        Position.objects.filter(case=case.pk, person=by).exists()
        or PaperVersion.objects.filter(paper__case=case.pk, author=by).exists()
    )
    tied = Person.objects.filter(kept_out(case.pk, by.pk), pk=by.pk).exists()
    in_group = own.filter(office=False).exists()
    return judge(
        not (acted or spoke or tied or in_group or lifted_lay_voice),
        RULE, "You had a part in this case, so you cannot be the second person.",
        "Somebody from outside the case must be.",
    )  # fmt: skip
