"""What follows from each answer, said before the question is asked; read from the stage card, so no process is named here."""

from __future__ import annotations

from permissions.roles import Role
from web.pages.cases.wording import lower, must_be_answered_before, names, number
from workflows.calendar import WorkingDays
from workflows.definition import Answer, AtLeast, Stage, Stance
from workflows.look import Look
from workflows.standing import onward

STAYS = "What you wrote stays in the final record."


def what_follows(look: Look, stage: Stage, lay: bool) -> list[tuple[str, str]]:
    """Each answer with what happens next, for a lay partner or for staff."""
    return [(answer.words, _follows(look, stage, answer, lay)) for answer in stage.asks.answers]


def _follows(look: Look, stage: Stage, answer: Answer, lay: bool) -> str:
    if stage.hears:
        return _after_a_hearing(look, stage, answer)
    if answer.stance is Stance.FOR:
        return f"{_after_yes(look, stage)}{_owed(look, answer) if lay else ''}"
    if answer.stance is Stance.NEITHER:
        return _after_neither(stage, lay)
    if lay and stage.asks.dissents and stage.dissent:
        return _after_a_lay_no(look, stage.dissent.heard_by, stage.dissent.within)
    return f"It goes back to \u201c{_title(look, stage.returns_to or stage.code)}\u201d, with what you wrote."


def holder(look: Look, role: Role) -> str:
    """Who sits in a role, by name; the role itself where nobody does."""
    seated = [seat.person.name for seat in look.voting(role)]
    return names(seated) if seated else f"the {lower(role.title)}"


def _after_a_lay_no(look: Look, role: Role, within: WorkingDays) -> str:
    seated = names(seat.person.name for seat in look.voting(role))
    who = f"{seated}, the {lower(role.title)}," if look.voting(role) else f"The {lower(role.title)}"
    return f"It cannot go on. {who} must meet you within {within} and answer in writing. {STAYS}"


def _after_yes(look: Look, stage: Stage) -> str:
    way = onward(look)
    if stage.has_decision or way is None:
        return "When everyone who is asked has answered, it is decided how it goes on."
    return f"When everyone who is asked has answered, it can go on to \u201c{_title(look, way.to)}\u201d."


def _owed(look: Look, answer: Answer) -> str:
    """R7, said where words are asked for."""
    wanted = answer.owes_reply and answer.needs_text
    return f" Your comments must be answered {must_be_answered_before(look.process)}." if wanted else ""


def _after_neither(stage: Stage, lay: bool) -> str:
    said = "You have answered, and nobody waits for you. It counts neither for nor against."
    terms = stage.agreed_by.terms if stage.agreed_by else ()
    needed = next((term for term in terms if isinstance(term, AtLeast) and term.who.lay == lay), None)
    if needed is None:
        return said
    who = "lay partner" if lay else lower(needed.who.title)
    return f"{said} It goes on only if at least {number(needed.count)} {who} says yes."


def _after_a_hearing(look: Look, stage: Stage, answer: Answer) -> str:
    who = holder(look, stage.acts) if stage.acts else "The executive"
    if answer.stance is Stance.AGAINST:
        return f"It does not go on. {who} must meet you again and answer in writing."
    way = onward(look)
    then = f" It then goes on to \u201c{_title(look, way.to)}\u201d." if way and not way.back else ""
    then = f" It then goes back to \u201c{_title(look, way.to)}\u201d." if way and way.back else then
    if answer.needs_text:
        return f"The record shows that you withdrew it, and why. What you wrote first stays there too.{then}"
    return f"{STAYS} You need not agree with what was decided.{then}"


def _title(look: Look, state: str) -> str:
    return look.process.title_of(state)
