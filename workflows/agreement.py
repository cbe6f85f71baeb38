"""Counting: one pure function from seats and answers to one of five standings.

Counted over seats, never over permissions. A recusal leaves the denominator, an abstention does not,
and the lay minimum never shrinks (R1, R9). Imports no Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from workflows.definition import Agreement, Ask, AtLeast, Every, Stance, Term


class Standing(StrEnum):
    """How an agreement stands. The last four are settled; `SHORT` stays open until a seat is filled or a rule waived."""

    OPEN = "open"
    AGREED = "agreed"
    DISSENT = "dissent"
    OPPOSED = "opposed"
    SHORT = "short"


@dataclass(frozen=True)
class Voter:
    """A seat as the count sees it: active, a member, and not recused."""

    seat: str
    role: str
    lay: bool


@dataclass(frozen=True)
class Count:
    """The standing with everything that explains it. `owing` are seats that still have to answer."""

    standing: Standing
    owing: tuple[str, ...] = ()
    short_of: tuple[str, ...] = ()
    why: str = ""


def count(
    agreement: Agreement,
    ask: Ask,
    voters: Iterable[Voter],
    stances: Mapping[str, Stance],
    lapsed: frozenset[str] = frozenset(),
    minimum: Mapping[str, int] | None = None,
    waived: bool = False,
) -> Count:
    """How the agreement stands.

    `stances` maps seat to the stance of its last answer; `minimum` maps role code to the seats that must be filled;
    `waived` lifts the lay minimum and the need for a lay answer (R9), and nothing else.
    """
    seats = tuple(voters)
    silent = frozenset(lapsed - stances.keys())
    owing = _owing(agreement, seats, stances, silent)
    short_of = _short_of(agreement, seats, minimum or {}, waived)
    if short_of:
        return Count(Standing.SHORT, owing, short_of, "A seat that must be filled is empty.")
    if _unheard(agreement, seats, stances, silent):
        return Count(Standing.OPEN, owing)
    return _settled(agreement, ask, seats, stances, silent, waived)


def _settled(
    agreement: Agreement,
    ask: Ask,
    seats: tuple[Voter, ...],
    stances: Mapping[str, Stance],
    silent: frozenset[str],
    waived: bool,
) -> Count:
    """Everyone who must answer has answered or lapsed: what came of it?"""
    if any(stances.get(voter.seat) is Stance.AGAINST for voter in seats if voter.lay):
        if ask.dissents:
            return Count(Standing.DISSENT, why="A lay partner does not support it.")
        return Count(Standing.OPPOSED, why="A lay partner answered no.")
    if agreement.lay_required and not waived and not any(voter.lay and voter.seat in stances for voter in seats):
        return Count(Standing.SHORT, why="No lay partner has answered. A lapse is not an answer.")
    unmet = _unmet(agreement, seats, stances, silent, waived)
    if not unmet:
        return Count(Standing.AGREED)
    if all(_reachable(term, seats, stances, silent) for term in unmet):
        return Count(Standing.OPEN, _owing(agreement, seats, stances, silent))
    return Count(Standing.OPPOSED, why="The agreement that is needed cannot be reached with these answers.")


def _unmet(
    agreement: Agreement, seats: tuple[Voter, ...], stances: Mapping[str, Stance], silent: frozenset[str], waived: bool
) -> list[AtLeast]:
    """The `at least` terms without enough seats that are for. A waiver asks no lay voice of seats that are empty or silent."""
    unmet = []
    for term in agreement.terms:
        if isinstance(term, AtLeast):
            of_role = _of(term, seats)
            heard = sum(voter.seat not in silent for voter in of_role)
            needed = min(term.count, heard) if waived and term.who.lay else term.count
            if sum(stances.get(voter.seat) is Stance.FOR for voter in of_role) < needed:
                unmet.append(term)
    return unmet


def _reachable(term: AtLeast, seats: tuple[Voter, ...], stances: Mapping[str, Stance], silent: frozenset[str]) -> bool:
    still = [v for v in _of(term, seats) if v.seat not in silent and stances.get(v.seat, Stance.FOR) is Stance.FOR]
    return len(still) >= term.count


def _of(term: Term, seats: tuple[Voter, ...]) -> list[Voter]:
    return [voter for voter in seats if voter.role == term.who.code]


def _unheard(agreement: Agreement, seats: tuple[Voter, ...], stances: Mapping[str, Stance], silent: frozenset[str]) -> list[Voter]:
    """Seats of an `every` that have neither answered nor lapsed: nothing settles before them, dissent included."""
    asked = {term.who.code for term in agreement.terms if isinstance(term, Every)}
    return [v for v in seats if v.role in asked and v.seat not in stances and v.seat not in silent]


def _owing(
    agreement: Agreement, seats: tuple[Voter, ...], stances: Mapping[str, Stance], silent: frozenset[str]
) -> tuple[str, ...]:
    """Those unheard, and those who have not answered where an `at least` still lacks somebody who is for."""
    unheard = _unheard(agreement, seats, stances, silent)
    lacking = {term.who.code for term in _unmet(agreement, seats, stances, silent, waived=False)}
    return tuple(v.seat for v in seats if v in unheard or (v.role in lacking and v.seat not in stances and v.seat not in silent))


def _short_of(agreement: Agreement, seats: tuple[Voter, ...], minimum: Mapping[str, int], waived: bool) -> tuple[str, ...]:
    """Roles without the seats that the terms need: the minimum, one for `every`, the count for `at_least`.

    A waiver lifts this for lay roles, and for no others.
    """
    short: list[str] = []
    for role in agreement.roles:
        counts = [t.count for t in agreement.terms if isinstance(t, AtLeast) and t.who == role]
        needed = max([1, *counts, minimum.get(role.code, 0)] if role.lay else [1, *counts])
        if sum(voter.role == role.code for voter in seats) < needed and not (waived and role.lay):
            short.append(role.title)
    return tuple(short)


def combine(counts: Iterable[Count]) -> Count:
    """The standing of a stage that asks on each item: it waits for all of them, and the gravest then leads."""
    all_counts = tuple(counts)
    if not all_counts:
        return Count(Standing.OPEN, why="There is nothing to ask about yet.")
    for standing in (Standing.SHORT, Standing.OPEN, Standing.DISSENT, Standing.OPPOSED):
        found = [one for one in all_counts if one.standing is standing]
        if found:
            owing = tuple(dict.fromkeys(seat for one in all_counts for seat in one.owing))
            return Count(standing, owing, found[0].short_of, found[0].why)
    return Count(Standing.AGREED)
