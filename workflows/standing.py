"""How the stage in hand stands: who is asked, what they said, what it waits for. Reads a Look, writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from audit.days import in_full
from cases.models import Hold, Position, SafetyAction, Seat, Visit
from permissions.eligibility import COORDINATOR_MENDS, may_keep_sight
from permissions.roles import EXEC_TEAM, ROLES, Role
from permissions.verdict import Verdict, judge, refuse
from workflows.agreement import Count, Standing, Voter, combine, count
from workflows.calendar import WorkingDays, london_day
from workflows.definition import AnyTime, Guard, Outcome, Stage, Stance
from workflows.look import Look
from workflows.standstill import can_be_followed


def asked_seats(look: Look) -> list[Seat]:
    """The seats that the stage asks: members of the asked roles; in a dissent stage, those who dissented."""
    stage = look.stage
    if stage is None or stage.agreed_by is None:
        return []
    asked = {role.code for role in stage.agreed_by.roles}
    seats = [seat for seat in look.seats if seat.counts and seat.role in asked]
    return [seat for seat in seats if seat.pk in look.dissenters] if stage.hears else seats


def items(look: Look) -> list[SafetyAction] | list[None]:
    """What the question is put on: each live item, or the stage as a whole ([None])."""
    return look.live_actions if look.stage and look.stage.on_each else [None]


def standing(look: Look) -> Count:
    """Where the agreement of the live visit stands."""
    return combine(_count_item(look, item) for item in items(look))


def _count_item(look: Look, item: SafetyAction | None) -> Count:
    stage, visit = look.stage, look.visit
    assert stage and visit and stage.agreed_by
    return count(
        stage.agreed_by,
        stage.asks,
        [Voter(str(seat.pk), seat.role, seat.is_lay) for seat in (*asked_seats(look), *_left_in_disagreement(look, item))],
        _stances(look, visit, item),
        lapsed=frozenset(str(lapse.seat_id) for lapse in look.lapses),
        minimum=_minimum(look, stage),
        waived=_needs_waiver(look, stage) and look.waived("R9"),
    )


def _stances(look: Look, visit: Visit, item: SafetyAction | None) -> dict[str, Stance]:
    """What each seat says of the text in hand. A lay "no" to an older text stands where its author says nothing more (R3)."""
    key = item.pk if item else None
    said = [position for (_, thing), position in look.last_words(visit).items() if thing == key]
    return {str(p.seat_id): Stance(p.stance) for p in said if _on_this_text(p, visit, item) or _left_standing(look, p)}


def _on_this_text(position: Position, visit: Visit, item: SafetyAction | None) -> bool:
    return position.visit_id == visit.pk and (item is None or position.item_revision == item.revision)


def _left_standing(look: Look, position: Position) -> bool:
    """A disagreement with a text that has changed since, of a seat that has left or whose new answer has lapsed."""
    seat = look.seat(position.seat_id)
    if position.stance != Stance.AGAINST or seat is None or not seat.is_lay or not (look.stage and look.stage.asks.dissents):
        return False
    return not seat.counts or any(lapse.seat_id == seat.pk for lapse in look.lapses)


def disagreeing(look: Look) -> set[UUID]:
    """The lay seats whose disagreement nobody has decided on yet (R3)."""
    stage, visit = look.stage, look.visit
    if stage is None or visit is None:
        return set()
    if stage.hears:
        return set(look.dissenters)
    lay = {seat.pk for seat in look.seats if seat.is_lay and seat.state != Seat.State.RECUSED and stage.asks.dissents}
    things = {item.pk if item else None for item in items(look)}
    said = [(seat, position) for (seat, thing), position in look.last_words(visit).items() if thing in things]
    return {seat for seat, position in said if position.stance == Stance.AGAINST} & lay


def disagreed_on(look: Look) -> date | None:
    """R3: the day of the last word against it that is heard here; heard again, the day on which somebody was not heard."""
    stage, visit = look.stage, look.visit
    if stage is None or visit is None or not stage.hears:
        return None
    if any(one.stage == stage.code and one.number == visit.number - 1 for one in look.visits):
        return london_day(visit.opened_at)
    return max((london_day(p.at) for p in look.last_words(look.heard_visit).values() if p.seat_id in look.dissenters), default=None)


def _left_in_disagreement(look: Look, item: SafetyAction | None) -> list[Seat]:
    """R3: whoever said no and has left since is still to be heard. One who declared a conflict has left the count."""
    stage, visit = look.stage, look.visit
    if stage is None or visit is None or stage.hears or not stage.asks.dissents:
        return []
    said = _stances(look, visit, item)
    gone = [seat for seat in look.seats if seat.is_lay and not seat.counts and seat.state != Seat.State.RECUSED]
    return [seat for seat in gone if said.get(str(seat.pk)) is Stance.AGAINST]


def _minimum(look: Look, stage: Stage) -> dict[str, int]:
    """In a dissent stage the seats that dissented are the whole of those asked."""
    if stage.hears:
        return {}
    return {seats.role.code: seats.minimum for seats in look.process.seats if seats.role.lay}


def _needs_waiver(look: Look, stage: Stage) -> bool:
    """Ask for waivers (a statement) only where a lay seat may be missing or silent."""
    lay = [seat for seat in asked_seats(look) if seat.is_lay]
    return not lay or bool(look.lapses) or any(len(lay) < number for number in _minimum(look, stage).values())


# What a settled stage may still wait for


@dataclass(frozen=True)
class Wait:
    """Something that holds back a stage that everyone has answered: `until` where time alone will end it."""

    verdict: Verdict
    until: date | None = None


def waits(look: Look) -> list[Wait]:
    """A paper that cannot be followed (R19), the notice (R5) and the comment window that still run. Lay seats may shorten these."""
    stage, visit = look.stage, look.visit
    if stage is None or visit is None:
        return []
    unclear = [] if (clear := can_be_followed(look)) else [Wait(clear)]
    running = () if _lay_agrees_to_be_quick(look) else (_notice(look, stage, visit), _window(look, stage, visit))
    return [*unclear, *(wait for wait in running if wait)]


def _notice(look: Look, stage: Stage, visit: Visit) -> Wait | None:
    version = look.version(visit.version_id)
    if not stage.notice or not version:
        return None
    times = [t for seat in asked_seats(look) if seat.is_lay and (t := look.released_to(version, seat))]
    return _until(
        look, "R5", max(times, default=None), stage.notice, visit, "the paper must be available for {} before the decision"
    )


def _window(look: Look, stage: Stage, visit: Visit) -> Wait | None:
    return _until(look, stage.ref, visit.submitted_at, stage.window, visit, "there are {} to comment") if stage.window else None


def _until(look: Look, rule: str, start: datetime | None, length: WorkingDays, visit: Visit, words: str) -> Wait | None:
    if start is None:
        return None
    ends = look.calendar.add(london_day(start), length.days + visit.stopped_days)
    if look.today >= ends:
        return None
    reason = f"It waits until {in_full(ends)}: {words.format(length)}."
    return Wait(judge(False, rule, reason, "It can go on earlier if every lay partner says that they have had enough time."), ends)


def _lay_agrees_to_be_quick(look: Look) -> bool:
    """Every lay seat that is asked said, with its last position, that it has had enough time."""
    lay = [seat.pk for seat in asked_seats(look) if seat.is_lay]
    agreed = {p.seat_id for p in _last_words(look) if p.enough_time}
    return bool(lay) and all(seat in agreed for seat in lay)


def _last_words(look: Look) -> Iterator:
    visit = look.visit
    last = {p.seat_id: p for p in look.positions if visit and p.visit_id == visit.pk}
    return iter(last.values())


# Verdicts on ways out


def guard_verdict(look: Look, one: Guard) -> Verdict:
    """A guard's sentence, judged on this case."""
    return judge(one.test(look), one.rule, f"{one.sentence}: not yet." if not one.test(look) else one.sentence, one.remedy)


def outcome_verdicts(look: Look, outcome: Outcome) -> list[Verdict]:
    """Every guard of an outcome, and every hold. One that goes back has none of either, so nobody is ever stuck."""
    return [] if outcome.back else [*(guard_verdict(look, one) for one in outcome.only_if), *held(look)]


def held(look: Look) -> list[Verdict]:
    """R12: what a hold stops until it is answered."""
    stage = look.stage
    acts = [act for act in look.process.any_time if stage and act.effect == "pauses" and act.is_open_in(stage)]
    return [_held_by(look, act, hold) for act in acts for hold in look.holds if hold.act == act.code and hold.stops]


def _held_by(look: Look, act: AnyTime, hold: Hold) -> Verdict:
    placed = look.seat(hold.placed_by_id)
    who = act.answered_by.title.lower() if act.answered_by else "group"
    return judge(
        False, "R12", f"{placed.person.name if placed else 'A partner'} has placed a hold.", f"The {who} answers it first."
    )


def onward(look: Look) -> Outcome | None:
    """The outcome that takes effect once agreed: the one chosen, or the only one there is."""
    stage, visit = look.stage, look.visit
    if stage is None or visit is None:
        return None
    if visit.chosen:
        return stage.outcome(visit.chosen)
    forward = [way for way in stage.outcomes if not way.back]
    return forward[0] if len(forward) == 1 and not stage.has_decision else None


def deciders(look: Look) -> list[Seat]:
    """The seats that may choose now: those of the deciders of every way on that is open, or of all ways while none is."""
    stage = look.stage
    ways = stage.outcomes if stage else ()
    open_ways = [way for way in ways if not way.back and all(outcome_verdicts(look, way))]
    roles = {stage.decider_of(way) for way in open_ways or ways} if stage else set()
    return [seat for seat in look.seats if seat.counts and ROLES.get(seat.role) in roles]


def actors(look: Look) -> list[Seat]:
    """The seats that may prepare and submit."""
    stage = look.stage
    return look.voting(stage.acts) if stage and stage.acts else []


def parts_of_others(look: Look) -> list[tuple[Role, str]]:
    """What others must do before the stage can be submitted, as (who, what): a paper to write, a guard to mend."""
    stage = look.stage
    if stage is None:
        return []
    parts = [(one.mended_by, one.remedy) for one in stage.ready_when if one.mended_by and not one.test(look)]
    if stage.paper and look.latest_released(stage.paper.code) is None:
        parts.append((stage.paper.author, f"Upload the {stage.paper.title.lower()}, and release it to the group."))
    return [(role, what) for role, what in parts if role != stage.acts]


def menders(look: Look) -> list[Seat]:
    """The seats whose part is missing before the stage can be submitted by others."""
    return [seat for role in dict.fromkeys(role for role, _ in parts_of_others(look)) for seat in look.voting(role)]


def owing(look: Look) -> list[Seat]:
    """The seats on which the live visit waits, in the step it is in."""
    visit = look.visit
    if visit is None or visit.step == Visit.Step.WAIT:
        return []
    if visit.step == Visit.Step.PREPARE:
        return [*actors(look), *menders(look)]
    if visit.step == Visit.Step.DECIDE:
        return deciders(look)
    waiting = {UUID(seat) for seat in standing(look).owing}
    return [seat for seat in asked_seats(look) if seat.pk in waiting]


def is_short(look: Look) -> bool:
    """The live visit waits for a seat to be filled or a rule to be waived."""
    return bool(look.visit and look.visit.step == Visit.Step.ANSWER and standing(look).standing is Standing.SHORT)


def still_sees(look: Look, seat: Seat | None) -> list[Verdict]:
    """Refusals, each naming what has run out and who can mend it, where the person of a seat no longer sees the case (IG3, C9).

    Without sight there is no voice and no silence: the seat owes its answer until this is mended, or two people end it (R8).
    """
    if seat is None or (look.can_see(seat) and seat.person.account_id is not None):
        return []
    conditions = may_keep_sight(seat.person, look.case, ROLES[seat.role], look.at, seat.trained_in)
    missing = [one for one in conditions if not one]
    if not missing and not look.can_see(seat):
        missing = [refuse("IG3", "Sight has run out.", COORDINATOR_MENDS)]
    why = f"{seat.person.name} can no longer see this case"
    return [replace(one, reason=f"{why}: {one.reason[:1].lower()}{one.reason[1:]}") for one in missing]


def lay_voice_is_missing(look: Look) -> bool:
    """R9: a lay seat is empty, or the stage waits for one; while nobody is missing there is nothing to waive."""
    return is_short(look) or any(look.vacant(seats.role) for seats in look.process.seats if seats.role.lay)


def flags(look: Look) -> list[Verdict]:
    """What is recorded and shown: late lay entry (R10), a lone lay partner (R11), an answer owed by one who cannot see (C9)."""
    found = []
    if look.case.late_lay_entry:
        found.append(judge(False, "R10", "The first lay partner came in after the scope was set."))
    lone = (seats for seats in look.process.seats if seats.role.lay and seats.target > 1 and len(look.voting(seats.role)) == 1)
    found += [judge(False, "R11", f"There is one {seats.role.title} alone. {seats.target} is the target.") for seats in lone]
    return found + [verdict for seat in owing(look) for verdict in still_sees(look, seat)]


def may_waive() -> Role:
    """Who may lift a lay rule (R9): the executive team; the signer of the case is refused by the door."""
    return EXEC_TEAM
