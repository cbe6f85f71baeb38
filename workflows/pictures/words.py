"""A stage card in the words of a policy's table: who acts, who must agree, by when, on what condition, where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from permissions.roles import Role
from workflows.definition import AnyTime, Every, Guard, Outcome, Process, Seats, Stage, Term
from workflows.expansion import dissent_code

LAY = "(lay)"
COLUMNS = ("Stage", "Who acts", "Who must agree", "Deadline", "Guards", "Where it leads")
CHANGED_PAPER = "A new version of the paper starts this stage again (R4)"


@dataclass(frozen=True)
class Row:
    """One row of the table: each cell is a list of short lines, in the order of COLUMNS."""

    stage: Stage
    cells: tuple[tuple[str, ...], ...]


def rows(whole: Process) -> list[Row]:
    """The table of an expanded process, one row for each stage in order."""
    return [Row(stage, tuple(tuple(cell) for cell in _cells(whole, stage))) for stage in whole.stages]


def _cells(whole: Process, stage: Stage) -> list[list[str]]:
    return [
        [f"{stage.ref} {stage.title}".strip()],
        list(_who_acts(stage)),
        list(_who_agrees(stage)),
        list(_deadline(stage)),
        list(_guards(stage)),
        list(leads(whole, stage)),
    ]


def named(role: Role) -> str:
    """The title of a role, marked where the voice is lay."""
    return f"{role.title} {LAY}" if role.lay else role.title


def _who_acts(stage: Stage) -> Iterator[str]:
    if stage.acts:
        yield named(stage.acts) + (f", with {stage.paper.title.lower()}" if stage.paper else "")
    if stage.decided_by:
        yield f"{named(stage.decided_by)} decides"
    for way in stage.outcomes:
        if way.decided_by:
            yield f"{named(way.decided_by)} decides \u201c{way.words}\u201d"
    if stage.records:
        yield "Records: " + "; ".join(fact.question for fact in stage.records)


def _who_agrees(stage: Stage) -> Iterator[str]:
    if stage.agreed_by is None:
        return
    if stage.hears:
        yield f"every {', '.join(map(named, stage.agreed_by.lay_roles))} who disagreed has answered"
    else:
        yield from (term_words(term) for term in stage.agreed_by.terms)
    each = f", on each {stage.on_each.title.lower()}" if stage.on_each else ""
    yield f"Asked: {stage.asks.question}{each}"
    if stage.blind:
        yield "Nobody reads another's answer before their own is in"


def term_words(term: Term) -> str:
    """One term of an agreement, for example "every Patient Safety Partner (lay) has answered"."""
    if isinstance(term, Every):
        return f"every {named(term.who)} has answered"
    return f"at least {term.count} {named(term.who)} for it"


def _deadline(stage: Stage) -> Iterator[str]:
    if stage.within:
        yield f"within {stage.within}"
    if stage.notice:
        yield f"at least {stage.notice} to read (R5)"
    if stage.window:
        yield f"at least {stage.window} to comment"
    if stage.check_in:
        yield f"check-in every {stage.check_in}"
    if stage.expires_when:
        yield f"ends by the clock when {guard_words(stage.expires_when)}"


def _guards(stage: Stage) -> Iterator[str]:
    yield from (f"Before submitting: {guard_words(one)}" for one in stage.ready_when)
    for way in stage.outcomes:
        yield from (f"For \u201c{way.words or way.code}\u201d: {guard_words(one)}" for one in way.only_if)
        if way.never_by:
            yield f"\u201c{way.words or way.code}\u201d: {never_words(way)} (R18)"


def never_words(way: Outcome) -> str:
    """Who is kept from choosing it: "never by whoever is, or was, the project lead"."""
    return f"never by whoever is, or was, the {' or the '.join(role.title.lower() for role in way.never_by)}"


def guard_words(one: Guard) -> str:
    """The sentence of a guard with its rule."""
    return f"{one.sentence[0].lower()}{one.sentence[1:]} ({one.rule})"


def leads(whole: Process, stage: Stage) -> Iterator[str]:
    """Where a stage leads, the ways that the rules add included."""
    yield from (f"{way.words or way.code}: {whole.title_of(way.to)}{_with_reason(way)}{_then(way)}" for way in stage.outcomes)
    if stage.expires_to:
        yield f"The clock: {whole.title_of(stage.expires_to)}"
    if stage.dissent:
        yield f"A lay partner does not support it: {whole.title_of(dissent_code(stage.code))} (R3)"
    if stage.agreed_by:
        yield f"{refusal_words(stage)}: {whole.title_of(stage.returns_to or stage.code)}"
    if stage.paper and stage.agreed_by:
        yield CHANGED_PAPER


def refusal_words(stage: Stage) -> str:
    """What it is called when those asked do not agree."""
    return "A partner was not heard" if stage.hears else "Not agreed"


def _with_reason(way: Outcome) -> str:
    return ", with a reason" if way.reason else ""


def _then(way: Outcome) -> str:
    return "".join(f"; {one.sentence[0].lower()}{one.sentence[1:]}" for one in way.then)


def seats_words(seats: Seats) -> str:
    """How many of a role a case has, and how they come to sit."""
    number = str(seats.target) if seats.minimum == seats.target else f"{seats.target}, at least {seats.minimum}"
    if seats.target == 0:
        number = "as many as are asked"
    ways = ["named when the case is opened"] if seats.asked_at_opening else []
    ways += [f"offered by the {seats.offered_by.title[0].lower()}{seats.offered_by.title[1:]}"] if seats.offered_by else []
    how = ", later ".join(ways) or "by office"
    reply = f"; a reply within {seats.reply_within}" if seats.reply_within else ""
    return f"{number}; {how}{reply}"


def around(whole: Process) -> Iterator[tuple[str, str]]:
    """What holds for every stage: the whole length, the acts open at any time, the ends, as (what, words)."""
    if whole.within:
        yield "The whole case", f"within {whole.within}"
    yield "May be opened by", ", ".join(named(role) for role in whole.opened_by)
    if whole.begins_with:
        yield "Whoever opens it sets down", "; ".join(fact.question for fact in whole.begins_with)
    for one in whole.at_opening:
        yield "At the opening", one.sentence
    for act in whole.any_time:
        who = ", ".join(named(role) for role in act.by)
        yield f"{_when(whole, act)}: {act.title[0].lower()}{act.title[1:]}", who + _what_follows(whole, act)
    for end in whole.ends:
        why = f"Without a lay voice: {end.without_lay}" if end.without_lay else "Not reached without lay people"
        yield f"End: {end.title}", why


def _when(whole: Process, act: AnyTime) -> str:
    if act.during:
        return "During " + ", ".join(f"\u201c{whole.title_of(code)}\u201d" for code in act.during)
    return "At every stage but a hearing" if act.to and any(stage.hears for stage in whole.stages) else "At every stage"


def _what_follows(whole: Process, act: AnyTime) -> str:
    second = f"; second person: {', '.join(named(role) for role in act.second)}" if act.second else ""
    leads_to = f"; leads to \u201c{whole.title_of(act.to)}\u201d" if act.to else ""
    held = f"; nothing goes on until the {act.answered_by.title.lower()} has answered" if act.answered_by else ""
    return second + leads_to + held + (f", within {act.within}" if act.answered_by and act.within else "")


POLICY = (
    "No stage marked (lay) passes without an answer from every lay partner who sits (R1). Silence is recorded as a lapse by the "
    "chair after two reminders, and a lapse is no answer.",
    "A lay \u201cdo not support\u201d is heard by the named executive, who decides with reasons; what the partner wrote travels "
    "with the final record (R3).",
    "An answer belongs to the version that was read. A new version is asked about again (R4).",
    "A paper is out for at least five working days before lay people decide on it; only they may shorten that (R5).",
    "An empty lay seat holds the case until it is filled, or until an executive who does not sign the case waives the rule in "
    "writing, for a time (R9).",
)
"""The policy that every stage with a lay voice has, stated once for all pages."""
