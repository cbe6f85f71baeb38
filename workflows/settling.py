"""Settling: when the answers are in, the law moves. Called at the end of every act, and by nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.ids import uuid7
from cases.models import Visit
from workflows.agreement import Standing
from workflows.definition import Outcome, Stage
from workflows.law import Ruling, move, transition_name
from workflows.standing import onward, outcome_verdicts, owing, standing, waits
from workflows.ways import DISSENT, OPPOSED

if TYPE_CHECKING:
    from workflows.door import Doing


def settle(doing: Doing) -> None:
    """If everyone has answered, take the way that follows; if a guard or the notice holds it, leave it standing.

    Settled is what is settled now: whoever comes to sit while somebody decides is asked first (R1).
    """
    look = doing.look
    stage, visit = look.stage, look.visit
    if stage is None or stage.agreed_by is None or visit is None or visit.step not in (Visit.Step.ANSWER, Visit.Step.DECIDE):
        return
    result = standing(look).standing
    if visit.step == Visit.Step.DECIDE:
        if result is Standing.AGREED:
            return
        _ask_again(doing, visit)
    if result is Standing.AGREED:
        _agreed(doing, stage, visit)
    elif result is Standing.DISSENT:
        take(doing, DISSENT)
    elif result is Standing.OPPOSED:
        take(doing, OPPOSED)


def _ask_again(doing: Doing, visit: Visit) -> None:
    """The agreement that a decision rests on is not there any more: a seat was taken or left since. Its answers stand."""
    visit.step = Visit.Step.ANSWER
    visit.save(update_fields=["step"])
    says_who_is_asked(doing)


def _agreed(doing: Doing, stage: Stage, visit: Visit) -> None:
    if waits(doing.look):
        return
    if stage.has_decision:
        visit.step = Visit.Step.DECIDE
        visit.save(update_fields=["step"])
        says_who_is_asked(doing)
        return
    way = onward(doing.look)
    if way and all(outcome_verdicts(doing.look, way)):
        take(doing, way.code, way)


def says_who_is_asked(doing: Doing) -> None:
    """The ledger names the people to whom a stage has just been put, to answer or to decide: they are told from there."""
    stage, asked = doing.look.stage, {str(seat.person_id) for seat in owing(doing.look)}
    if stage is not None and asked:
        doing.says(put_to=sorted(asked), put_title=stage.title)


def take(doing: Doing, outcome: str, way: Outcome | None = None) -> None:
    """Move the case: end the visit, let the law say where the outcome leads, open the next visit or close the case.

    The ledger keeps what every guard said at that instant, so that nobody has to run the guards of today on the facts of then.
    """
    look, case = doing.look, doing.case
    visit, origin = look.visit, case.state
    assert visit is not None
    said = [{"rule": one.rule, "sentence": one.reason, "held": one.allowed} for one in (outcome_verdicts(look, way) if way else ())]
    visit.step, visit.ended_at, visit.outcome = Visit.Step.DONE, look.at, outcome
    visit.save()
    move(case, Ruling(case.pk, visit.pk, transition_name(look.process.version, origin, outcome)))
    doing.moves.append(
        {
            "from": origin, "to": case.state, "outcome": outcome, "outcome_title": way.words if way else "",
            "from_title": look.process.title_of(origin), "to_title": look.process.title_of(case.state), "guards": said,
        }
    )  # fmt: skip
    for effect in way.then if way else ():
        effect.do(doing)
    if look.stage is None:
        case.closed_at = look.at
    case.save()
    if look.stage is not None:
        open_visit(doing)


def open_visit(doing: Doing) -> Visit:
    """Begin a stay in the stage that the case now stands in. Positions of earlier visits never count again."""
    look, stage = doing.look, doing.look.stage
    assert stage is not None
    length = stage.within or stage.check_in
    visit = Visit(
        id=uuid7(look.at),
        case=look.case,
        stage=stage.code,
        number=len(look.visits) + 1,
        step=stage.steps[0],
        opened_at=look.at,
        due_on=look.calendar.add(look.today, length.days) if length else None,
    )
    visit.save(force_insert=True)
    look.visits.append(visit)
    _forget_answers(doing)
    return visit


def _forget_answers(doing: Doing) -> None:
    """Lapses and reminders belong to the visit that has ended; its positions stay, for a dissent to be heard."""
    for name in ("lapses", "reminders"):
        doing.look.__dict__.pop(name, None)
        setattr(doing.look, name, [])
