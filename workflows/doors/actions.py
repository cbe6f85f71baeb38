"""Safety actions: drafted and changed while the group agrees them (B8), given evidence while they are followed up (B11)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from cases.models import Person, SafetyAction, Seat
from permissions.roles import DIRECTORATE
from permissions.verdict import STALE, Verdict, judge
from workflows.door import Doing, door, require
from workflows.look import Look
from workflows.may import GO_BACK, seat_among, seated


def can_write(look: Look) -> bool:
    """Actions are written in the stage that asks about each of them."""
    return bool(look.stage and look.stage.on_each)


def may_write(look: Look, person: Person) -> tuple[Seat | None, list[Verdict]]:
    """The seat from which a person drafts or changes safety actions, and the verdicts."""
    own = seat_among(look.active(DIRECTORATE), person)
    return own, [
        judge(can_write(look), "B8", "Safety actions are written in the stage where the group agrees them.", GO_BACK),
        seated(own, "B8", "Only the directorate lead may write safety actions."),
        judge(not look.lapses, "R1", "An answer has lapsed here, and silence is no consent to a text written afterwards.",
              "Let the others answer. The actions can be written again when they come back to be prepared."),
    ]  # fmt: skip


def _complete(title: str, measure: str, owner: Person | None, look: Look, due_on: date | None) -> list[Verdict]:
    return [
        judge(bool(title.strip()), "B8", "Say what will be done."),
        judge(bool(measure.strip()), "B8", "Say how we will know that it worked."),
        judge(owner is not None and owner.organisation_id == look.case.organisation_id, "B8", "Say who owns the action."),
        judge(due_on is not None and due_on >= look.today, "B8", "Give a due day that is still to come."),
    ]


@door("action_drafted")
def draft_action(doing: Doing, *, title: str, measure: str, owner: Person, due_on: date, text: str = "") -> SafetyAction:
    """Add a safety action. Everyone who is asked answers on it too."""
    look = doing.look
    own, verdicts = may_write(look, doing.person)
    require(*verdicts, *_complete(title, measure, owner, look, due_on))
    assert own
    doing.acting_as(own)
    action = SafetyAction(
        id=doing.new_id(), case=look.case, number=len(look.actions) + 1, title=title.strip(), text=text.strip(), owner=owner,
        measure=measure.strip(), due_on=due_on,
    )  # fmt: skip
    action.save(force_insert=True)
    look.actions.append(action)
    _says(doing, action)
    return action


def _says(doing: Doing, action: SafetyAction) -> None:
    doing.says(
        action=action.title, action_id=str(action.pk), number=action.number, revision=action.revision, owner=action.owner.name
    )


def may_change(
    look: Look, person: Person, action: UUID, revision: int = 0, drop: bool = False
) -> tuple[SafetyAction | None, Seat | None, list[Verdict]]:
    """The action, the seat from which a person changes or drops it, and the verdicts. `revision`: the text on the screen."""
    found = next((one for one in look.live_actions if one.pk == action), None)
    own, verdicts = may_write(look, person)
    same = not revision or found is None or found.revision == revision
    return found, own, [
        *verdicts,
        judge(found is not None, STALE, "This action is not there any more.", GO_BACK),
        judge(same, STALE, "Somebody else changed this action since you opened the page.", GO_BACK),
        judge(not drop or not look.is_answering, "R4", "The group is answering about this action, so it cannot be dropped now.",
              "Change its text, and everybody is asked again; or drop it when the actions come back to be prepared."),
    ]  # fmt: skip


@door("action_changed")
def change_action(
    doing: Doing, *, action: UUID, title: str, measure: str, owner: Person, due_on: date, text: str = "", drop: bool = False,
    revision: int = 0,
) -> SafetyAction:  # fmt: skip
    """Change an action's text, or drop it. A changed action is asked again; answers on the others stand (R4).

    `revision` is the text that was on the screen, 0 where none was: a change made over somebody else's is refused as stale.
    """
    look = doing.look
    found, own, verdicts = may_change(look, doing.person, action, revision, drop)
    require(*verdicts, *([] if drop else _complete(title, measure, owner, look, due_on)))
    assert own and found
    doing.acting_as(own)
    before = _text_of(found)
    if drop:
        found.state = SafetyAction.State.DROPPED
    else:
        found.title, found.measure, found.owner, found.due_on = title.strip(), measure.strip(), owner, due_on
        found.text = text.strip()
    require(
        judge(
            _text_of(found) != before, "R4", "Nothing was changed, so nobody need be asked again.", "Change something, or go back."
        )
    )
    found.revision += 1
    found.save()
    _says(doing, found)
    return found


def _text_of(action: SafetyAction) -> tuple[object, ...]:
    """What the group agrees to: a new revision is asked about again only where this differs."""
    return action.state, action.title, action.text, action.measure, action.owner_id, action.due_on


def may_give_evidence(look: Look, person: Person, action: UUID) -> tuple[SafetyAction | None, Seat | None, list[Verdict]]:
    """The action, the seat from which a person shows what was done, and the verdicts."""
    found = next((one for one in look.live_actions if one.pk == action), None)
    mine = look.seats_of(person.pk)
    own = next((seat for seat in mine if seat.role == DIRECTORATE.code or (found and found.owner_id == person.pk)), None)
    following = look.stage is not None and look.last_visit("sign_off") is not None and not look.stage.on_each
    return found, own, [
        judge(following, "B11", "Evidence is given once the report is signed.", GO_BACK),
        judge(not look.is_answering, "R4", "The group is looking at the evidence as it stands.",
              "New evidence can be given when they have answered and ask to see more."),
        judge(found is not None, STALE, "This action is not there any more.", GO_BACK),
        seated(own, "B11", "The owner of the action or the directorate lead gives the evidence."),
    ]  # fmt: skip


def is_late(look: Look, action: SafetyAction | None) -> bool:
    """The day by which it should be done has passed."""
    return action is not None and action.due_on < look.today


@door("action_evidenced")
def give_evidence(
    doing: Doing, *, action: UUID, evidence: str = "", new_due_on: date | None = None, reason: str = ""
) -> SafetyAction:
    """Say what was done and how one can see it; or give a new due day. What is late needs the reason for the delay."""
    look = doing.look
    found, own, verdicts = may_give_evidence(look, doing.person, action)
    delayed = new_due_on is not None
    require(
        *verdicts,
        judge(delayed or bool(evidence.strip()), "B11", "Say what was done, and how one can see it."),
        judge(not delayed or bool(reason.strip()), "B11", "A new due day needs a reason."),
        judge(delayed or not is_late(look, found) or bool(reason.strip()), "B11", "This action is late. Say why.",
              "The lay partners and the quality team read the reason."),
        judge(new_due_on is None or new_due_on > look.today, "B11", "The new due day must be still to come."),
    )  # fmt: skip
    assert found and own
    doing.acting_as(own)
    found.due_on = new_due_on or found.due_on
    found.delay_reason = reason.strip() or found.delay_reason
    if evidence.strip():
        found.evidence, found.evidence_at, found.state = evidence.strip(), look.at, SafetyAction.State.DONE
    found.save()
    _says(doing, found)
    doing.says(evidence=found.evidence, due_on=found.due_on)
    return found
