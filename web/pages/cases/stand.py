"""Where a case stands, in one plain sentence or two: whose turn it is, who has answered, by when, and what holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cases.models import Person, Seat, Visit
from permissions.roles import ROLES, title_of
from permissions.verdict import Verdict, refuse
from web.design_system.words import count, due
from web.pages.cases.wording import asked, lower, names, number, one_of
from workflows.agreement import Standing
from workflows.definition import MEASURES, Stage, Stance
from workflows.look import Look
from workflows.standing import (
    actors,
    asked_seats,
    deciders,
    flags,
    items,
    onward,
    outcome_verdicts,
    owing,
    parts_of_others,
    standing,
    waits,
)  # fmt: skip
from workflows.standstill import can_be_followed
from workflows.ways import OPPOSED


@dataclass(frozen=True)
class Stand:
    """`holds` are what it waits for besides people; `flags` are what is allowed but shown (R10, R11)."""

    title: str
    sentences: tuple[str, ...]
    ref: str = ""
    plain: str = ""
    progress: str = ""
    whom: str = ""
    what: str = ""
    until: str = ""
    is_late: bool = False
    holds: tuple[Verdict, ...] = field(default=())
    flags: tuple[Verdict, ...] = field(default=())


def where_it_stands(look: Look, person: Person) -> Stand:
    """The stand of a case that is under way, as said to one person. Raises LookupError for one that has ended."""
    stage, visit = look.stage, look.visit
    if stage is None or visit is None:
        raise LookupError("The case has ended.")
    waiting = owing(look) if visit.step == Visit.Step.ANSWER else []
    return Stand(
        title=stage.title,
        sentences=tuple(_sentences(look, stage, visit, person)),
        ref=stage.ref,
        plain=stage.plain,
        progress=_progress(look, stage),
        whom=names("you" if seat.person_id == person.pk else seat.person.name for seat in waiting) if waiting else "",
        what=_what(stage, alone=[seat.person_id for seat in waiting] == [person.pk]),
        until=_due(look, visit),
        is_late=visit.due_on is not None and visit.due_on < look.today,
        holds=tuple(_holds(look, visit)),
        flags=tuple(flags(look)),
    )


def _progress(look: Look, stage: Stage) -> str:
    """ "Stage 8 of 12"; a disagreement is heard within the stage that it is about."""
    main = [one.code for one in look.process.stages if not one.hears]
    return f"Stage {main.index(stage.hears or stage.code) + 1} of {len(main)}"


def _sentences(look: Look, stage: Stage, visit: Visit, person: Person) -> Iterator[str]:
    if visit.step == Visit.Step.PREPARE:
        title = stage.acts.title.lower() if stage.acts else "whoever does this"
        yield from _not_heard(look, stage, visit, person)
        yield _turn(actors(look), person, _part(look, stage, person)) or f"The seat of {title} is empty, so the case cannot go on."
        yield from (_first(look.voting(role), what, person) for role, what in parts_of_others(look))
        yield from _then(look, stage, person)
    elif visit.step == Visit.Step.ANSWER:
        yield from _answering(look, stage, visit, person)
    elif visit.step == Visit.Step.WAIT:
        yield "Nobody has to do anything now. It goes on by itself on the day."
    else:
        yield _turn(deciders(look), person, DECIDE) or "The seat of whoever decides is empty, so the case cannot go on."


DECIDE = "decide how it goes on"


def _not_heard(look: Look, stage: Stage, visit: Visit, person: Person) -> Iterator[str]:
    """R3: why a disagreement is heard once more."""
    before = next((one for one in reversed(look.visits) if one.number < visit.number), None)
    if not stage.hears or before is None or (before.stage, before.outcome) != (stage.code, OPPOSED):
        return
    unheard = [one.seat_id for one in look.positions if one.visit_id == before.pk and one.stance == Stance.AGAINST]
    who = names("you" if seat.person_id == person.pk else seat.person.name for seat in look.seats if seat.pk in unheard)
    yield f"{who[:1].upper()}{who[1:]} said that {'you' if who == 'you' else 'they'} were not heard, so it must be heard again."


def _is_heard(look: Look, person: Person) -> bool:
    """Whether this is a partner whose own disagreement is heard."""
    return any(seat.pk in look.dissenters for seat in look.seats_of(person.pk))


def _first(seats: list[Seat], what: str, person: Person) -> str:
    """What must be done before the stage can be sent, and by whom."""
    own = any(seat.person_id == person.pk for seat in seats)
    return f"First your own part is needed. {what}" if own else f"First the part of {_people(seats)} is needed. {what}"


def _part(look: Look, stage: Stage, person: Person) -> str:
    """What the actor of a stage does, where that can be said shortly."""
    if stage.hears:
        return f"meet {'you' if _is_heard(look, person) else 'the partner who disagrees'} and answer in writing"
    return DECIDE if len(stage.outcomes) > 1 and not stage.has_decision else ""


def _turn(seats: list[Seat], person: Person, what: str) -> str:
    """Whose turn it is to do what; any one of several will do. Empty where there is nobody."""
    if own := [seat for seat in seats if seat.person_id == person.pk]:
        return f"It is your turn{f' to {what}' if what else ''}, as {said_of(own[0].role)}."
    return f"Now {_people(seats)} must {what or 'do their part'}." if seats else ""


def said_of(role: str) -> str:
    """A role within a sentence: "executive team", but "Patient Safety Partner", which is a name."""
    card = ROLES.get(role)
    return title_of(role) if card is None or card.lay else title_of(role).lower()


def _people(seats: list[Seat]) -> str:
    """ "Ann Lee or Bob Ray (executive team), or Cy Orr (directorate lead),"."""
    roles = dict.fromkeys(seat.role for seat in seats)
    each = [f"{one_of(seat.person.name for seat in seats if seat.role == role)} ({said_of(role)})" for role in roles]
    return ", or ".join(each) + ("," if len(each) > 1 else "")


def _then(look: Look, stage: Stage, person: Person) -> Iterator[str]:
    """What comes after the actor's part."""
    if stage.hears and _is_heard(look, person):
        yield "Then you are asked whether you were heard."
    elif stage.hears:
        yield "Then the partner is asked whether they were heard."
    elif stage.agreed_by:
        yield "Then the group is asked."
    elif stage.has_decision:
        roles = (role for way in stage.outcomes if (role := stage.decider_of(way)))
        yield f"Then {one_of(f'the {lower(role.title)}' for role in roles)} decides how it goes on."
    elif len(stage.outcomes) == 1:
        yield f"Then it goes on to \u201c{look.process.title_of(stage.outcomes[0].to)}\u201d."


def _answering(look: Look, stage: Stage, visit: Visit, person: Person) -> Iterator[str]:
    if stage.hears:
        way, whom = stage.outcome(visit.chosen), "you" if _is_heard(look, person) else "the partner"
        yield f"{_heard_by(look, stage, visit)} has met {whom} and decided: \u201c{way.words if way else visit.chosen}\u201d."
    elif stage.on_each:
        yield f"The group is looking at {count(len(look.live_actions), stage.on_each.title.lower(), stage.on_each.plural.lower())}."
    elif stage.deals_with == MEASURES:
        yield "The group is looking at the measures."
    elif version := look.version(visit.version_id):
        yield f"The group is reading the {lower(version.paper.title)}, version {version.number}."
    else:
        yield f"The group is asked: \u201c{stage.asks.question}\u201d"
    yield _so_far(look, visit)


def _heard_by(look: Look, stage: Stage, visit: Visit) -> str:
    seat = look.seat(visit.chosen_by_id) if visit.chosen_by_id else None
    return seat.person.name if seat else f"The {lower(stage.acts.title)}" if stage.acts else "The executive"


def _so_far(look: Look, visit: Visit) -> str:
    """ "Two of three have said what they think." """
    seats = asked_seats(look)
    things = items(look)
    done = [seat for seat in seats if all(_has_answered(look, visit, seat, thing) for thing in things)]
    if seats and len(done) == len(seats):
        return "Everybody who was asked has answered."
    if len(seats) == 1:
        return "The one person who is asked has not answered yet."
    have = "has" if len(done) == 1 else "have"
    return f"{number(len(done)).capitalize()} of {number(len(seats))} {have} answered."


def _has_answered(look: Look, visit: Visit, seat: Seat, thing: object) -> bool:
    answer = look.latest(visit, getattr(thing, "pk", None)).get(seat.pk)
    return answer is not None and (thing is None or answer.item_revision == getattr(thing, "revision", 0))


def _what(stage: Stage, alone: bool) -> str:
    """What those who are waited for are asked to do."""
    words = lower(asked(stage))
    return words if alone else words.replace("say what you think", "say what they think").replace("you ", "they ")


def _due(look: Look, visit: Visit) -> str:
    on = visit.due_on
    return due(on, working_days=look.calendar.between(look.today, on), today=look.today) if on else ""


def _holds(look: Look, visit: Visit) -> Iterator[Verdict]:
    """What keeps a stage where it is, besides answers that are still to come."""
    if visit.step != Visit.Step.ANSWER:
        yield from (clear for clear in [can_be_followed(look)] if not clear)
        return
    stands = standing(look)
    if stands.standing is Standing.SHORT:
        roles = ", ".join(stands.short_of)
        mend = "Somebody must take that seat, or an executive lifts the rule for a time."
        yield refuse("R9", f"A seat that must be filled is empty: {roles}." if roles else stands.why, mend)
    yield from (wait.verdict for wait in waits(look))
    way = onward(look)
    if stands.standing is Standing.AGREED and way:
        yield from (verdict for verdict in outcome_verdicts(look, way) if not verdict)
