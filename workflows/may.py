"""May this person do this now? The verdicts of the engine's doors, asked by the door, the page and the API alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from cases.models import Person, SafetyAction, Seat, Visit
from permissions.roles import ROLES
from permissions.verdict import STALE, Verdict, judge, refuse
from workflows.agreement import Standing
from workflows.definition import SIGN, Answer, Outcome, Stage, Stance
from workflows.facts import Moment, clean_facts
from workflows.judging import kept_from, lifted_no_rule
from workflows.look import Look
from workflows.standing import actors, asked_seats, disagreed_on, guard_verdict, outcome_verdicts, standing, still_sees
from workflows.standstill import can_be_followed

GO_BACK = "Go back to the case to see how it stands now."


def in_step(look: Look, visit: UUID, step: str) -> Verdict:
    """The page that was used shows the visit and the step that the case is in."""
    live = look.visit
    if live is None:
        return refuse(STALE, "This case has ended.", GO_BACK)
    fits = live.pk == visit and live.step == step
    return judge(fits, STALE, "This has already been decided, or has moved on since you opened the page.", GO_BACK)


def seat_among(seats: Iterable[Seat], person: Person) -> Seat | None:
    return next((seat for seat in seats if seat.person_id == person.pk), None)


def seat_with(look: Look, person: Person, right: str) -> Seat | None:
    """The active seat of a person whose role's card names this right (`permissions.roles.RIGHTS`)."""
    return next((seat for seat in look.seats_of(person.pk) if ROLES[seat.role].may(right)), None)


def seated(seat: Seat | None, rule: str, reason: str) -> Verdict:
    """A person acts from a seat of their own, or not at all: no permission and no superuser replaces one (R2)."""
    return judge(seat is not None, rule, reason, "Only the person in the seat can do it.")


def one_capacity(look: Look, person: Person, seat: Seat | None) -> Verdict:
    """R18: nobody acts in two capacities in one stage."""
    live = look.visit
    used: set[UUID | None] = set()
    if live and seat:
        own = {one.pk for one in look.seats if one.person_id == person.pk}
        used = ({live.submitted_by_id, live.chosen_by_id} | look.answered_in(live)) & own
    other = next((one for one in look.seats if seat and one.pk in used and one.capacity != seat.capacity), None)
    other = other or next((one for one in look.seats if seat and one.pk in used and one.role != seat.role), None)
    return judge(
        other is None, "R18", "You have already acted in this stage in another capacity.", "Somebody else must do this part."
    )


def outside_the_group(look: Look, person: Person, rule: str, part: str) -> Verdict:
    """Whoever sits in the group, or has sat in it, is no outsider to what it did: an office alone leaves one outside."""
    took_part = any(
        not seat.office and (seat.state in Seat.LIVE or seat.active_from is not None)
        for seat in look.seats if seat.person_id == person.pk
    )  # fmt: skip
    return judge(not took_part, rule, f"You sit or have sat in the group, so you cannot {part}.",
                 "Somebody outside the group must do it.")  # fmt: skip


# Submitting


def may_submit(
    look: Look, person: Person, visit: UUID, outcome: str, version: UUID | None, reason: str
) -> tuple[Seat | None, list[Verdict]]:
    """The seat from which a person submits the stage in hand, and every verdict on it. `look.pending` holds the facts."""
    verdicts = [in_step(look, visit, Visit.Step.PREPARE)]
    stage = look.stage
    if stage is None or not verdicts[0]:
        return None, verdicts
    seat = seat_among(actors(look), person)
    who = stage.acts.title if stage.acts else "Nobody"
    verdicts.append(seated(seat, stage.ref, f"{who} does this part, and you do not hold that seat on this case."))
    verdicts.append(one_capacity(look, person, seat))
    if stage.hears:
        verdicts.append(outside_the_group(look, person, "R18", "hear a disagreement with it"))
    verdicts += _right_paper(look, stage, version)
    verdicts += [guard_verdict(look, one) for one in stage.ready_when]
    verdicts += _choice_of_actor(look, stage, person, outcome, reason)
    way = stage.outcome(outcome)
    if not (way and way.back):
        verdicts.append(lifted_no_rule(look, person, seat))
    return seat, verdicts


def _right_paper(look: Look, stage: Stage, version: UUID | None) -> list[Verdict]:
    if stage.paper is None:
        return [judge(version is None, STALE, "No paper is put to anybody here.", GO_BACK)]
    latest = look.latest_released(stage.paper.code)
    if latest is None:
        return [
            refuse(stage.ref, f"{stage.paper.title}: no version has been released yet.", "Upload it, then release it to the group.")
        ]
    stale = judge(latest.pk == version, STALE, "A newer version was released since you opened the page.", GO_BACK)
    summary = judge(
        bool(latest.plain_summary.strip()) or not stage.lay_required, "R19",
        f"{stage.paper.title}: this version has no summary in plain language.", "Release a version with one.",
    )  # fmt: skip
    return [stale, summary, can_be_followed(look)]


def _choice_of_actor(look: Look, stage: Stage, person: Person, outcome: str, reason: str) -> list[Verdict]:
    """Where nobody decides afterwards, the actor chooses; the guards of that way are judged at once."""
    if stage.has_decision:
        return []
    if not outcome and len(stage.outcomes) > 1:
        return [refuse(stage.ref, "Choose how it goes on.", "Pick one of the answers.")]
    way = stage.outcome(outcome) if outcome else stage.outcomes[0]
    if way is None:
        return [refuse(STALE, "There is no such way on from here.", GO_BACK)]
    return [*verdicts_on(look, way, person), gives_reason(way, reason), *_fit_to_sign(look, stage, way, person)]


def verdicts_on(look: Look, way: Outcome, person: Person) -> list[Verdict]:
    """Every guard of an outcome and every hold, and whether this person is kept from choosing it."""
    return [*outcome_verdicts(look, way), *kept_from(look, way, person)]


def _fit_to_sign(look: Look, stage: Stage, way: Outcome, person: Person) -> list[Verdict]:
    """R18: whoever signs wrote none of it. Sending it back is no signature."""
    if stage.acts is None or stage.acts != look.process.signed_by or stage.paper is None or way.back:
        return []
    wrote = person.pk in look.authors_of(stage.paper.code)
    return [judge(not wrote, "R18", f"{stage.paper.title}: you wrote it, so you may not sign it.", "Somebody else must sign.")]


def gives_reason(way: Outcome, reason: str) -> Verdict:
    """An outcome that goes back, overrides or withdraws says why."""
    return judge(not way.reason or bool(reason.strip()), "R3", "A reason is needed.", "Write why, in plain words.")


# Facts


def reads_facts(look: Look, given: dict[str, Any]) -> dict[str, Any]:
    """What was set down for the stage in hand, checked and cleaned. Raises Refused naming every field at fault."""
    return clean_facts(look.stage.records if look.stage else (), given, moment_of(look))


def moment_of(look: Look) -> Moment:
    """What the days that are set down here are measured against."""
    return Moment(look.today, disagreed_on(look))


# Answering


def may_answer(
    look: Look, person: Person, visit: UUID, answer: str, text: str, version: UUID | None, item: UUID | None, item_revision: int
) -> tuple[Seat | None, Answer | None, list[Verdict]]:
    """The seat from which a person answers, the option chosen, and every verdict on it."""
    verdicts = [in_step(look, visit, Visit.Step.ANSWER)]
    stage, live = look.stage, look.visit
    if stage is None or live is None or not verdicts[0]:
        return None, None, verdicts
    seat = seat_among(asked_seats(look), person)
    verdicts.append(seated(seat, "R2", "This question is not put to you: you do not hold a seat that is asked here."))
    verdicts += still_sees(look, seat)
    verdicts.append(one_capacity(look, person, seat))
    verdicts.append(judge(live.version_id == version, STALE, "The paper has changed since you opened the page (R4).", GO_BACK))
    verdicts.append(_right_item(look, stage, item, item_revision))
    option = stage.asks.answer(answer)
    verdicts.append(judge(option is not None, stage.ref, "Choose one of the answers."))
    said = not option or not option.needs_text or bool(text.strip())
    verdicts.append(judge(said, "R1", "Write what you want the record to say.", "This answer needs a few words of yours."))
    if stage.asks is SIGN and option and option.stance is Stance.FOR:
        verdicts.append(lifted_no_rule(look, person, seat))
    return seat, option, verdicts


def _right_item(look: Look, stage: Stage, item: UUID | None, revision: int) -> Verdict:
    if stage.on_each is None:
        return judge(item is None, STALE, "The question is not put on single items here.", GO_BACK)
    found: SafetyAction | None = next((one for one in look.live_actions if one.pk == item), None)
    fits = found is not None and found.revision == revision
    return judge(fits, STALE, f"This {stage.on_each.title.lower()} has changed since you opened the page.", GO_BACK)


# Looking again


def may_look_again(look: Look, person: Person) -> tuple[Seat | None, list[Verdict]]:
    """The seat from which a person has the case looked at again, and the verdicts: whoever sits on the case may."""
    own = next(iter(look.seats_of(person.pk)), None)
    return own, [seated(own, "IG3", "Only somebody with a seat on this case can do this.")]


# Ending by the clock


def may_expire(look: Look) -> list[Verdict]:
    """Whether the clock ends the stage in hand today."""
    stage = look.stage
    if stage is None or stage.expires_when is None:
        return [refuse(STALE, "Nothing runs out here.", GO_BACK)]
    return [guard_verdict(look, stage.expires_when)]


# Deciding


def may_choose(
    look: Look, person: Person, visit: UUID, outcome: str, reason: str
) -> tuple[Seat | None, Outcome | None, list[Verdict]]:
    """The seat from which a person decides, the outcome, and every verdict on it."""
    verdicts = [in_step(look, visit, Visit.Step.DECIDE)]
    stage = look.stage
    if stage is None or not verdicts[0]:
        return None, None, verdicts
    way = stage.outcome(outcome)
    if way is None:
        return None, None, [refuse(stage.ref, "Choose how it goes on.", "Pick one of the answers.")]
    seat, verdict = decider(look, stage, way, person)
    verdicts += [_is_agreed(look, stage), verdict, one_capacity(look, person, seat), *verdicts_on(look, way, person)]
    verdicts.append(gives_reason(way, reason))
    if not way.back:
        verdicts.append(lifted_no_rule(look, person, seat))
    return seat, way, verdicts


def _is_agreed(look: Look, stage: Stage) -> Verdict:
    """R1, R9: what the decision rests on still holds today; a waiver may have run out since."""
    agreed = stage.agreed_by is None or standing(look).standing is Standing.AGREED
    return judge(agreed, "R1", "Not everybody who must be asked here has answered.", "They are asked first.")


def decider(look: Look, stage: Stage, way: Outcome, person: Person) -> tuple[Seat | None, Verdict]:
    """The seat of a person that may choose this outcome."""
    role = stage.decider_of(way)
    seat = seat_among(look.voting(role), person) if role else None
    who = role.title if role else "Nobody"
    return seat, seated(
        seat, stage.ref, f"\u201c{way.words}\u201d is for the {who.lower()}, and you do not hold that seat on this case."
    )
