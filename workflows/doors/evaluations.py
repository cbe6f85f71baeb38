"""What it was like to be involved (A8): the coordinator offers the questions, and answering is up to each partner."""

from __future__ import annotations

from uuid import UUID

from cases.models import Evaluation, Person, Seat
from permissions.verdict import STALE, Verdict, judge
from workflows.definition import EVALUATION, Stage
from workflows.door import Doing, door, require
from workflows.look import Look
from workflows.may import GO_BACK, seat_among, seated
from workflows.processes.improvement.choices import QUESTIONS


def evaluated_in(look: Look) -> Stage | None:
    """The stage in which the questions are offered, by whoever prepares it; a process without one asks none."""
    return look.process.stage_for(EVALUATION)


def _is_time(look: Look) -> bool:
    return look.stage is not None and look.stage == evaluated_in(look)


def took_part(look: Look) -> list[Seat]:
    """The lay seats that were active at some time, also those that have left."""
    return [seat for seat in look.seats if seat.is_lay and seat.active_from]


def may_offer_evaluation(look: Look, person: Person, seat: UUID) -> tuple[Seat | None, Seat | None, list[Verdict]]:
    """The partner's seat, the coordinator's own, and the verdicts."""
    found = next((one for one in took_part(look) if one.pk == seat), None)
    stage = evaluated_in(look)
    role = stage.acts if stage else None
    own = seat_among(look.active(role), person) if role else None
    return found, own, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        judge(not look.stage or _is_time(look), "A8", "The evaluation is offered at the end of the project.", GO_BACK),
        seated(own, "A8", f"The {role.title.lower() if role else 'coordinator'} offers the evaluation."),
        judge(found is not None, "A8", "The evaluation is offered to a partner who took part.", GO_BACK),
        judge(all(one.seat_id != seat for one in look.evaluations), STALE, "This partner has been offered it already.", GO_BACK),
    ]  # fmt: skip


@door("evaluation_offered")
def offer_evaluation(doing: Doing, *, seat: UUID) -> Evaluation:
    """Offer the questions to one partner who took part."""
    look = doing.look
    found, own, verdicts = may_offer_evaluation(look, doing.person, seat)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    row = Evaluation(id=doing.new_id(), case=look.case, seat=found, offered_at=look.at)
    row.save(force_insert=True)
    look.evaluations.append(row)
    doing.says(person=found.person.name, person_id=str(found.person_id), partner_seat=str(found.pk), evaluation=str(row.pk))
    return row


def may_answer_evaluation(
    look: Look, person: Person, evaluation: UUID, answers: dict[str, str]
) -> tuple[Evaluation | None, Seat | None, list[Verdict]]:
    """The evaluation, the seat it was offered to if it is this person's, and the verdicts."""
    found = next((one for one in look.evaluations if one.pk == evaluation), None)
    asked = look.seat(found.seat_id) if found else None
    own = asked if asked and asked.person_id == person.pk else None
    return found, own, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        judge(found is not None, STALE, "There is no such evaluation.", GO_BACK),
        seated(own, "R2", "These questions are put to somebody else."),
        judge(set(answers) <= {code for code, _ in QUESTIONS}, STALE, "This question is not asked here.", GO_BACK),
    ]  # fmt: skip


@door("evaluation_answered")
def answer_evaluation(doing: Doing, *, evaluation: UUID, answers: dict[str, str]) -> Evaluation:
    """Answer the questions, by their codes. Any may be left empty; all can be answered anew until the case closes."""
    found, own, verdicts = may_answer_evaluation(doing.look, doing.person, evaluation, answers)
    require(*verdicts)
    assert found and own
    doing.acting_as(own, leaving=True)  # also whoever has left the project is asked
    said = {code: str(answers.get(code) or "").strip() for code, _ in QUESTIONS}
    found.answers, found.answered_at = {code: text for code, text in said.items() if text}, doing.at
    found.save(update_fields=["answers", "answered_at"])
    doing.says(evaluation=str(found.pk), answered=len(found.answers), asked=len(QUESTIONS))
    return found
