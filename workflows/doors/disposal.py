"""Contents past their term go: proposed by one, heard by lay partners, agreed by a second, then carried out (IG8).

Nothing here is done by a page but the deciding. `carry_out_disposal` is called by the command, see `workflows.disposing`.
"""

from __future__ import annotations

from uuid import UUID

from audit.days import in_words
from audit.erasing import erase
from audit.findings import Finding
from audit.verify import verify_chains, verify_live_rows
from cases.contents import blank, columns_of_contents, contents_of
from cases.models import Case, Disposal, Objection, PaperVersion, Position, Seat
from permissions.disposing import may_agree, may_answer, may_carry_out, may_drop, may_object, may_propose
from permissions.eligibility import day_of
from permissions.retention import PROPOSERS, RULE, SECONDS, lay_listeners, review_day
from permissions.roles import LAY
from permissions.verdict import STALE, judge, require
from workflows.door import Doing, door
from workflows.doors.legal_holds import acts_in_office
from workflows.opening import calendar_of
from workflows.standing_offices import holders_of
from workflows.verify import verify_case

State = Disposal.State

OBJECT_WITHIN = 20
"""Working days in which a lay partner can object. Our judgement: as long as a payment may take, and longer than any holiday."""


@door("disposal_proposed")
def propose_disposal(doing: Doing) -> Disposal:
    """Propose that the contents of a case go. Lay partners are told and have twenty working days to object. Raises Refused."""
    case = doing.case
    require(*may_propose(case, doing.person, doing.at))
    due = review_day(case, doing.at)
    assert due
    acts_in_office(doing, PROPOSERS)
    one = Disposal(
        id=doing.new_id(), organisation=case.organisation, case=case, rule=str(due.term)[:300], due_since=due.since,
        proposed_by=doing.person, proposed_at=doing.at,
        objections_until=calendar_of(case.organisation).add(day_of(doing.at), OBJECT_WITHIN),
    )  # fmt: skip
    one.save(force_insert=True)
    told = [*lay_listeners(case, doing.at), *holders_of(case.organisation_id, SECONDS, doing.at)]
    tell = {str(person.pk): person.name for person in told if person.pk != doing.person.pk}
    _says(doing, one)
    doing.says(tell=list(tell), people=sorted(tell.values()), until=in_words(one.objections_until), why=due.why)
    return one


@door("disposal_objected")
def object_to_disposal(doing: Doing, *, disposal: UUID, text: str) -> Objection:
    """A lay partner says why the contents should not go. Raises Refused."""
    one = _found(doing, disposal)
    require(*may_object(one, doing.person, doing.at), judge(bool(text.strip()), RULE, "Say why they should be kept."))
    seat = Seat.objects.filter(case=doing.case.pk, person=doing.person, capacity=LAY).order_by("-offered_at").first()
    doing.act.actor = type(doing.act.actor)(doing.person.pk, doing.person.name, LAY, seat.role if seat else "")
    said = Objection(id=doing.new_id(), disposal=one, person=doing.person, text=text.strip(), at=doing.at)
    said.save(force_insert=True)
    _says(doing, one)
    doing.says(tell=[str(one.proposed_by_id), *(str(p.pk) for p in holders_of(one.organisation_id, SECONDS, doing.at))])
    return said


@door("objection_answered")
def answer_objection(doing: Doing, *, objection: UUID, answer: str) -> Objection:
    """Somebody who could agree answers the partner, in writing. Raises Refused."""
    rows = Objection.objects.select_related("disposal__case__organisation", "disposal__organisation", "person")
    said = rows.filter(pk=objection, disposal__case=doing.case.pk).first()
    require(judge(said is not None, STALE, "There is no such objection on this case."))
    assert said
    require(*may_answer(said, doing.person, doing.at), judge(bool(answer.strip()), RULE, "Write the answer."))
    acts_in_office(doing, SECONDS)
    said.answer, said.answered_by, said.answered_at = answer.strip(), doing.person, doing.at
    said.save()
    _says(doing, said.disposal)
    doing.says(person=said.person.name, person_id=str(said.person_id))
    return said


@door("disposal_agreed")
def agree_to_disposal(doing: Doing, *, disposal: UUID) -> Disposal:
    """The second person agrees. Nothing is gone before it is carried out. Raises Refused."""
    one = _found(doing, disposal)
    require(*may_agree(one, doing.person, doing.at))
    acts_in_office(doing, SECONDS)
    one.state, one.answered_by, one.answered_at = State.AGREED, doing.person, doing.at
    one.save()
    _says(doing, one)
    return one


@door("disposal_dropped")
def drop_disposal(doing: Doing, *, disposal: UUID, reason: str) -> Disposal:
    """Say that the contents stay, with a reason. They can be proposed again. Raises Refused."""
    one = _found(doing, disposal)
    require(*may_drop(one, doing.person, doing.at), judge(bool(reason.strip()), RULE, "Give the reason."))
    acts_in_office(doing, (*PROPOSERS, *SECONDS))
    one.state, one.drop_reason = State.DROPPED, reason.strip()
    if one.answered_by_id is None:
        one.answered_by, one.answered_at = doing.person, doing.at
    one.save()
    _says(doing, one)
    doing.says(tell=[str(person.pk) for person in lay_listeners(doing.case, doing.at)])
    return one


@door("case_disposed")
def carry_out_disposal(doing: Doing, *, disposal: UUID) -> Disposal:
    """Take the contents away, as two people agreed; what is left is a stub. The system does this. Raises Refused.

    Refused too while the record of the case does not hold together: a forgery would else be made good by it.
    """
    one = _found(doing, disposal)
    broken = _first_break(doing)
    require(
        judge(doing.by is None, RULE, "Two people agree to it, and the system carries it out.", "Agree to it."),
        *may_carry_out(one, doing.at),
        judge(broken is None, RULE, f"The record of this case does not hold together: {broken}", "Find out why first."),
    )
    one.counted = {**counted(doing.case), "lay_objections": Objection.objects.filter(disposal__case=doing.case.pk).count()}
    one.state, one.done_at = State.DONE, doing.at
    erase(doing.act, list(contents_of(doing.case)))
    one.save()
    _leave_a_stub(doing)
    _says(doing, one)
    doing.says(proposed_by=one.proposed_by.name, agreed_by=one.answered_by.name if one.answered_by else "", rule=one.rule)
    return one


def counted(case: Case) -> dict[str, int]:
    """What there was, in numbers."""
    lay = Position.objects.filter(case=case.pk, seat__capacity=LAY)
    return {
        "lay_partners": Seat.objects.filter(case=case.pk, capacity=LAY, active_from__isnull=False)
        .values("person")
        .distinct()
        .count(),
        "lay_answers": lay.count(),
        **{f"lay_{stance}": lay.filter(stance=stance).count() for stance in ("for", "against", "neither")},
        "papers": PaperVersion.objects.filter(paper__case=case.pk).count(),
    }


def _first_break(doing: Doing) -> Finding | None:
    key = doing.case.pk
    found = [*verify_chains(key).findings, *verify_live_rows(key).findings]
    return found[0] if found else next(verify_case(doing.case, doing.at), None)


def _leave_a_stub(doing: Doing) -> None:
    """The row of the case as it was read before has the words still: they go here too, or saving would bring them back."""
    case = doing.case
    for column in columns_of_contents(Case):
        setattr(case, column.attname, blank(column, getattr(case, column.attname)))
    case.disposed_at = doing.at
    case.save()


def _found(doing: Doing, key: UUID) -> Disposal:
    rows = Disposal.objects.select_related("case__organisation", "organisation", "proposed_by", "answered_by")
    one = rows.filter(pk=key, case=doing.case.pk).first()
    require(judge(one is not None, STALE, "There is no such proposal on this case."))
    assert one
    return one


def _says(doing: Doing, one: Disposal) -> None:
    doing.says(disposal=str(one.pk), reference=doing.case.reference)
