"""The words we use: short forms and others, explained in words that everybody who takes part can follow (R19).

Each organisation begins with a house list and makes it its own. Whoever meets a word that nobody explains asks for it; those who
keep the words write it down, or say why not. A word that is not used any more is retired, never deleted (R16).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from audit.ids import uuid7
from audit.record import Act
from cases.acronyms import Word, can_be_short_form
from cases.house_words import HOUSE_WORDS
from cases.models import Organisation, Person, Term
from permissions.roles import COORDINATOR, LEAD, QUALITY
from permissions.scope import running_appointments
from permissions.verdict import STALE, Verdict, judge, require
from workflows.organisation_door import organisation_door
from workflows.standing_offices import holders_of

KEEPERS = (COORDINATOR, QUALITY, LEAD)
"""Who writes down what a word means: those who know the partners, the quality team, those who write the papers."""
State = Term.State
CODES = [role.code for role in KEEPERS]
LONGEST = Term._meta.get_field("short").max_length or 0
"""The longest short form, in characters."""


# The words as an organisation has them now


def words_of(terms: Iterable[Term]) -> list[Word]:
    """What an organisation explains now, by the alphabet: its own rows, and the house list where it has none. No statement."""
    rows = {one.short: one for one in terms}
    own = [one.word for one in rows.values() if one.state == State.IN_USE]
    return sorted(
        [*own, *(one for one in HOUSE_WORDS if one.short not in rows)], key=lambda word: (word.short.casefold(), word.short)
    )


def word_called(short: str, term: Term | None) -> Word | None:
    """What a word means here now; None for one that is not explained."""
    return next((one for one in words_of([term] if term else []) if one.short == short), None)


# Who may


def may_keep_words(organisation: Organisation, by: Person | None, at: datetime) -> Verdict:
    """Whether a person writes down what words mean in an organisation."""
    held = running_appointments(at).filter(person=by, organisation=organisation, role__in=CODES)
    titles = ", ".join(role.title.lower() for role in KEEPERS[:-1]) + f" or {KEEPERS[-1].title.lower()}"
    return judge(by is not None and held.exists(), "R19", f"The {titles} writes down what words mean.", "You can ask for a word.")


def may_ask_for_word(organisation: Organisation, by: Person | None, at: datetime) -> Verdict:
    """Whether a person asks for a word to be explained: whoever is appointed to anything here."""
    held = running_appointments(at).filter(person=by, organisation=organisation)
    return judge(by is not None and held.exists(), "R19", "This is for people who take part here.")


def _this(organisation: Organisation, **_: Any) -> UUID:
    return organisation.pk


def _found(act: Act, organisation: Organisation, short: str) -> Term:
    """The row of a word, locked with its organisation; a new one, not saved, where there is none."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    row = Term.objects.select_related("asked_by").filter(organisation=organisation, short=short).first()
    return row or Term(id=uuid7(act.at), organisation=organisation, short=short)


def _on_record(row: Term) -> Term | None:
    """The row as it stands in the record; None where it is new."""
    return None if row._state.adding else row


def _keep(act: Act, row: Term, *, tell: Iterable[Person] = ()) -> Term:
    """Save it, and say in the ledger what became of which word and whose question it was."""
    row.save(force_insert=row._state.adding)
    act.facts.update(term=row.short, stands_for=row.stands_for, plain=row.plain, tell=[str(one.pk) for one in tell])
    if row.asked_by:
        act.facts.update(person=row.asked_by.name, person_id=str(row.asked_by_id))
    return row


# The acts


@organisation_door("term_recorded", _this)
def record_word(act: Act, *, by: Person | None, organisation: Organisation, short: str, stands_for: str, plain: str) -> Term:
    """Write down what a word stands for and means, new or anew; whoever asked for it is told. Raises Refused."""
    short, stands_for, plain = short.strip(), stands_for.strip(), plain.strip()
    row = _found(act, organisation, short)
    require(may_keep_words(organisation, by, act.at), *_well_formed(short, stands_for, plain),
            judge(word_called(short, _on_record(row)) != Word(short, stands_for, plain), STALE,
                  "Nothing was changed.", "Change something, or go back."))  # fmt: skip
    row.stands_for, row.plain, row.state, row.why_not = stands_for, plain, State.IN_USE, ""
    return _keep(act, row)


def _is_a_word(short: str) -> Verdict:
    """On one line and all of it to be seen: a word is an address too, and what nobody sees in it nobody can look up."""
    fits = 0 < len(short) <= LONGEST and short.isprintable()
    return judge(fits, "R19", f"Write the word itself, on one line, in {LONGEST} characters or fewer.")


def _well_formed(short: str, stands_for: str, plain: str) -> list[Verdict]:
    return [
        _is_a_word(short),
        judge(not stands_for or can_be_short_form(short), "R19", "A short form has two capitals and no space, such as PSII.",
              "If it is a whole word, leave out what it stands for."),
        judge(bool(plain), "R19", "Say what it means.", "One or two short sentences, in everyday words."),
    ]  # fmt: skip


@organisation_door("term_asked_for", _this)
def ask_for_word(act: Act, *, by: Person | None, organisation: Organisation, short: str, met: str = "") -> Term:
    """Ask for a word that nobody explains. Those who keep the words are told. Raises Refused."""
    short, met = short.strip(), met.strip()
    row = _found(act, organisation, short)
    known = word_called(short, _on_record(row))
    require(may_ask_for_word(organisation, by, act.at),
            _is_a_word(short),
            judge(known is None, STALE, "It is in the list already.", f"It says: {known.plain}" if known else ""),
            judge(row.state != State.ASKED, STALE, "Somebody has asked for it already."))  # fmt: skip
    row.met, row.asked_by, row.state, row.why_not = met, by, State.ASKED, ""
    return _keep(act, row, tell=holders_of(organisation.pk, KEEPERS[:2], act.at))


def may_retire(row: Term | None, short: str) -> Verdict:
    """Whether a word is in use, so that it can be retired."""
    return judge(word_called(short, row) is not None, STALE, "This word is not in use.", "Look at the list again.")


def may_decline(row: Term | None) -> Verdict:
    """Whether somebody asked for a word, so that it can be said why it is not added."""
    return judge(row is not None and row.state == State.ASKED, STALE, "Nobody asks for this word now.", "Look at the list again.")


@organisation_door("term_retired", _this)
def retire_word(act: Act, *, by: Person | None, organisation: Organisation, short: str, why: str) -> Term:
    """Take a word out of the list, with the reason: it stays in the record. Raises Refused."""
    row = _found(act, organisation, short)
    verdict = may_retire(_on_record(row), short)
    house = word_called(short, None)
    if row._state.adding and house:  # a word of the house list has a row of its own once it is touched
        row.stands_for, row.plain = house.stands_for, house.plain
    return _end(act, by, row, why, State.RETIRED, verdict)


@organisation_door("term_declined", _this)
def decline_word(act: Act, *, by: Person | None, organisation: Organisation, short: str, why: str) -> Term:
    """Say why a word that somebody asked for is not added. They are told. Raises Refused."""
    row = _found(act, organisation, short)
    return _end(act, by, row, why, State.DECLINED, may_decline(_on_record(row)))


def _end(act: Act, by: Person | None, row: Term, why: str, state: Term.State, verdict: Verdict) -> Term:
    require(
        may_keep_words(row.organisation, by, act.at), verdict, judge(bool(why.strip()), "R16", "Say why.", "Everybody can read it.")
    )
    row.state, row.why_not = state, why.strip()
    act.facts.update(why=row.why_not)
    return _keep(act, row)
