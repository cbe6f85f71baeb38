"""Counting, held to the text of the rules: the five standings, over every combination of answers and by their properties."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from permissions.roles import CHAIR, MEMBER, PSP, Role
from workflows.agreement import Count, Standing, Voter, combine, count
from workflows.definition import ASKS, READY, SUPPORT, Agreement, Ask, AtLeast, Every, Stance, at_least, every

OPEN, AGREED, DISSENT, OPPOSED, SHORT = Standing
STANCES = {"+": Stance.FOR, "-": Stance.AGAINST, "0": Stance.NEITHER}
"""For, against and abstains; "L" is a lapse and "?" an answer that is still owed."""

TERMS = every(PSP) & at_least(1, CHAIR) & at_least(1, PSP)
VOTERS = (Voter("p1", "psp", True), Voter("p2", "psp", True), Voter("c", "chair", False))


def tally(
    answers: Mapping[str, str], ask: Ask = SUPPORT, terms: Agreement = TERMS, *, minimum: int = 1, waived: bool = False
) -> Count:
    """Count seats named in `answers`: those whose name begins with "p" are lay, "c" the chair, "m" members."""
    roles = {"p": ("psp", True), "c": ("chair", False), "m": ("member", False)}
    voters = [Voter(seat, *roles[seat[0]]) for seat in answers]
    stances = {seat: STANCES[said] for seat, said in answers.items() if said in STANCES}
    lapsed = frozenset(seat for seat, said in answers.items() if said == "L")
    return count(terms, ask, voters, stances, lapsed, {"psp": minimum}, waived)


# The whole table for two partners and a chair


def as_the_rules_say(p1: str, p2: str, chair: str, ask: Ask, waived: bool) -> Standing:
    """Design section 3 and rules R1, R3 and R9, read aloud for `every(PSP) & at_least(1, CHAIR) & at_least(1, PSP)`."""
    lay = (p1, p2)
    if "?" in lay:  # nobody is cut off by another
        return OPEN
    if "-" in lay:
        return DISSENT if ask is SUPPORT else OPPOSED
    if set(lay) == {"L"} and not waived:  # a lapse is not an answer
        return SHORT
    if "+" not in lay and set(lay) != {"L"}:  # who answered, answered without support; a waiver changes no answer
        return OPPOSED
    return {"+": AGREED, "?": OPEN}.get(chair, OPPOSED)


@pytest.mark.parametrize("waived", [False, True], ids=["", "waived"])
@pytest.mark.parametrize("ask", [SUPPORT, READY], ids=lambda ask: ask.code)
@pytest.mark.parametrize("answers", [*product("+-0L?", repeat=3)], ids="".join)
def test_every_combination_of_two_partners_and_a_chair(answers: tuple[str, str, str], ask: Ask, waived: bool) -> None:
    stands = tally(dict(zip(("p1", "p2", "c"), answers, strict=True)), ask, waived=waived)
    assert stands.standing is as_the_rules_say(*answers, ask, waived)


# Rows that somebody would ask about


class Row(NamedTuple):
    """What is asked, what was said, and how it stands."""

    why: str
    terms: Agreement
    said: dict[str, str]
    stands: Standing
    minimum: int = 1
    waived: bool = False


ROWS = [
    Row("no partner sits", TERMS, {"c": "+"}, SHORT),
    Row("no partner sits, waived (R9)", TERMS, {"c": "+"}, AGREED, waived=True),
    Row("no partner sits, waived, but the chair refuses", TERMS, {"c": "-"}, OPPOSED, waived=True),
    Row("every over an empty staff role", every(MEMBER) & at_least(1, CHAIR), {"c": "+"}, SHORT),
    Row("a waiver of lay seats fills no staff seat", TERMS, {"p1": "+"}, SHORT, waived=True),
    Row("a waiver lifts no every over an empty staff role", every(PSP) & every(MEMBER), {"p1": "+"}, SHORT, waived=True),
    Row("fewer partners than the minimum", TERMS, {"p1": "+", "c": "+"}, SHORT, minimum=2),
    Row("fewer partners than the minimum, waived", TERMS, {"p1": "+", "c": "+"}, AGREED, minimum=2, waived=True),
    Row("a waiver silences nobody who sits", TERMS, {"p1": "-", "c": "+"}, DISSENT, minimum=2, waived=True),
    Row("a waiver waits for a partner who sits", TERMS, {"p1": "?", "c": "+"}, OPEN, minimum=2, waived=True),
    Row("the only partner abstains: heard, but not for", TERMS, {"p1": "0", "c": "+"}, OPPOSED),
    Row("an abstention is an answer to every()", every(PSP) & at_least(1, CHAIR), {"p1": "0", "c": "+"}, AGREED),
    Row("a lapse is none, though every() is content with it", every(PSP) & at_least(1, CHAIR), {"p1": "L", "c": "+"}, SHORT),
    Row("one lapse beside one answer", every(PSP), {"p1": "L", "p2": "0"}, AGREED),
    Row("two must be for it, and one abstains", at_least(2, PSP) & every(PSP), {"p1": "+", "p2": "0"}, OPPOSED),
    Row("two must be for it, and one is recused", at_least(2, PSP) & every(PSP), {"p1": "+"}, SHORT),
    Row("the chair is against: staff refusal, no dissent", TERMS, {"p1": "+", "c": "-"}, OPPOSED),
    Row("one of two members is against, the other not asked yet", at_least(1, MEMBER), {"m1": "-", "m2": "?"}, OPEN),
    Row("one of two members is enough", at_least(1, MEMBER), {"m1": "+", "m2": "?"}, AGREED),
    Row("staff who must only answer may answer no", every(MEMBER) & at_least(1, CHAIR), {"m1": "-", "c": "+"}, AGREED),
    Row("staff who lapsed have not agreed", at_least(1, CHAIR), {"c": "L"}, OPPOSED),
    Row("dissent waits for the other partner", TERMS, {"p1": "-", "p2": "?", "c": "+"}, OPEN),
    Row("dissent does not wait for the chair", TERMS, {"p1": "-", "p2": "+", "c": "?"}, DISSENT),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.why)
def test_the_rows_that_somebody_would_ask_about(row: Row) -> None:
    assert tally(row.said, terms=row.terms, minimum=row.minimum, waived=row.waived).standing is row.stands


def test_short_names_the_role_that_is_missing_and_says_why() -> None:
    stands = tally({"c": "+"})
    assert stands.short_of == ("Patient Safety Partner",)
    assert stands.why


def test_the_chair_owes_an_answer_from_the_beginning() -> None:
    """An `at least` is asked at once, not only when every `every` has answered."""
    assert tally({"p1": "?", "p2": "+", "c": "?"}).owing == ("p1", "c")


def test_nobody_owes_an_answer_that_could_change_nothing() -> None:
    terms = every(PSP) & at_least(1, MEMBER)
    assert tally({"p1": "?", "m1": "+", "m2": "?"}, terms=terms).owing == ("p1",)


def test_whoever_lapsed_may_still_answer() -> None:
    stands = count(TERMS, SUPPORT, VOTERS, dict.fromkeys(("p1", "p2", "c"), Stance.FOR), frozenset({"p1"}))
    assert stands.standing is AGREED


# Properties

roles = st.sampled_from([PSP, CHAIR, MEMBER])
terms = st.lists(st.one_of(st.builds(Every, roles), st.builds(AtLeast, st.integers(1, 3), roles)), min_size=1, max_size=5)
agreements = terms.map(lambda some: Agreement(tuple(some)))
asks = st.sampled_from(sorted(ASKS.values(), key=lambda ask: ask.code))


class Ballot(NamedTuple):
    """One count, whole."""

    agreement: Agreement
    ask: Ask
    voters: tuple[Voter, ...]
    stances: dict[str, Stance]
    lapsed: frozenset[str]
    minimum: dict[str, int]
    waived: bool

    @property
    def stands(self) -> Count:
        return count(*self)

    def lay(self, seat: str) -> bool:
        return seat.startswith("psp")

    def said(self, seat: str, stance: Stance) -> Ballot:
        return self._replace(stances={**self.stances, seat: stance})

    def without(self, seat: str) -> Ballot:
        """The seat is recused: it does not count any more, and what it said neither."""
        return self._replace(voters=tuple(voter for voter in self.voters if voter.seat != seat))


@st.composite
def ballots(draw: st.DrawFn, answers: str = "+-0L?", fewest: int = 0, **fixed: Any) -> Ballot:
    """Any agreement, any seats, any answers; with lay policy, as the compiler adds it."""
    agreement = draw(agreements)
    agreement = Agreement(agreement.terms + tuple(Every(role) for role in agreement.lay_roles))
    voters = tuple(
        Voter(f"{role.code}{number}", role.code, role.lay)
        for role in (PSP, CHAIR, MEMBER)
        for number in range(draw(st.integers(fewest, 3)))
    )
    said = {voter.seat: draw(st.sampled_from(answers)) for voter in voters}
    ballot = Ballot(
        agreement, draw(asks), voters,
        {seat: STANCES[one] for seat, one in said.items() if one in STANCES},
        frozenset(seat for seat, one in said.items() if one == "L"),
        {"psp": draw(st.integers(0, 3))}, draw(st.booleans()),
    )  # fmt: skip
    return ballot._replace(**fixed)


def asked_of_all(ballot: Ballot) -> list[Voter]:
    codes = {term.who.code for term in ballot.agreement.terms if isinstance(term, Every)}
    return [voter for voter in ballot.voters if voter.role in codes]


def lay_seats(ballot: Ballot) -> list[str]:
    return [voter.seat for voter in ballot.voters if voter.lay]


@given(ballots())
def test_a_recused_seat_is_as_if_it_had_never_sat(ballot: Ballot) -> None:
    for voter in ballot.voters:
        recused = ballot.without(voter.seat)
        forgotten = {seat: stance for seat, stance in ballot.stances.items() if seat != voter.seat}
        assert recused.stands == recused._replace(stances=forgotten, lapsed=ballot.lapsed - {voter.seat}).stands


@given(ballots())
def test_an_abstention_stays_in_the_denominator(ballot: Ballot) -> None:
    """Whoever abstains owes nothing more, and is never counted as for."""
    for voter in ballot.voters:
        abstained = ballot.said(voter.seat, Stance.NEITHER)
        assert voter.seat not in abstained.stands.owing
        if abstained.stands.standing is AGREED:
            assert ballot.said(voter.seat, Stance.FOR).stands.standing is AGREED


@given(ballots(waived=False), st.integers(1, 3))
def test_the_lay_minimum_never_shrinks(ballot: Ballot, minimum: int) -> None:
    assume(ballot.agreement.lay_required)
    short = ballot._replace(minimum={"psp": minimum})
    if len(lay_seats(ballot)) < minimum:
        assert short.stands.standing is SHORT
        assert PSP.title in short.stands.short_of


@given(ballots(), st.sampled_from([PSP, CHAIR, MEMBER]))
def test_every_over_no_seats_is_short_and_never_satisfied(ballot: Ballot, role: Role) -> None:
    emptied = ballot._replace(
        agreement=Agreement((*ballot.agreement.terms, Every(role))),
        voters=tuple(voter for voter in ballot.voters if voter.role != role.code),
    )
    assume(not (emptied.waived and role.lay))
    assert emptied.stands.standing is SHORT


@given(ballots())
def test_dissent_settles_only_when_everyone_who_must_has_answered_or_lapsed(ballot: Ballot) -> None:
    if ballot.stands.standing is DISSENT:
        assert all(voter.seat in ballot.stances or voter.seat in ballot.lapsed for voter in asked_of_all(ballot))
        assert ballot.ask is SUPPORT
        assert any(ballot.stances.get(seat) is Stance.AGAINST for seat in lay_seats(ballot))


@given(ballots(ask=SUPPORT))
def test_a_lay_disagreement_is_never_counted_away(ballot: Ballot) -> None:
    """R3: it can be decided against, never dropped. With it the stage is open, short or in dissent, and no more."""
    if any(ballot.stances.get(seat) is Stance.AGAINST for seat in lay_seats(ballot)):
        assert ballot.stands.standing in (OPEN, SHORT, DISSENT)


@given(ballots())
def test_nothing_that_needs_lay_people_is_agreed_without_a_lay_answer(ballot: Ballot) -> None:
    if ballot.agreement.lay_required and not ballot.waived and ballot.stands.standing is AGREED:
        assert any(seat in ballot.stances for seat in lay_seats(ballot))


@given(ballots(waived=False))
def test_lapses_are_never_answers(ballot: Ballot) -> None:
    """Where no lay seat has answered, lapses of all of them agree to nothing."""
    assume(ballot.agreement.lay_required)
    silent = {seat: stance for seat, stance in ballot.stances.items() if not ballot.lay(seat)}
    lapsed = ballot._replace(stances=silent, lapsed=ballot.lapsed | set(lay_seats(ballot)))
    assert lapsed.stands.standing in (SHORT, OPEN)


@given(ballots())
def test_a_lapse_changes_nothing_for_a_seat_that_answered(ballot: Ballot) -> None:
    assert ballot._replace(lapsed=ballot.lapsed | ballot.stances.keys()).stands == ballot.stands


@given(ballots())
def test_a_waiver_lifts_the_lay_minimum_and_nothing_else(ballot: Ballot) -> None:
    """R9: where no lay seat is empty or silent, and where staff are short, it makes no difference."""
    plain, waived = ballot._replace(waived=False), ballot._replace(waived=True)
    lay_short = PSP.title in plain.stands.short_of
    lay_silent = any(seat in ballot.lapsed and seat not in ballot.stances for seat in lay_seats(ballot))
    if not lay_short and not lay_silent:
        assert waived.stands == plain.stands
    staff_short = set(plain.stands.short_of) - {PSP.title}
    assert set(waived.stands.short_of) == staff_short


@given(ballots(answers="+++++0L", fewest=1))
def test_more_lay_support_never_makes_an_agreement_into_less(ballot: Ballot) -> None:
    assume(ballot.stands.standing is AGREED)
    for seat in lay_seats(ballot):
        assert ballot.said(seat, Stance.FOR).stands.standing is AGREED


@given(ballots(answers="+++++0L", fewest=1))
def test_a_seat_more_that_is_for_it_never_makes_an_agreement_into_less(ballot: Ballot) -> None:
    assume(ballot.stands.standing is AGREED)
    more = ballot._replace(voters=(*ballot.voters, Voter("psp9", "psp", True))).said("psp9", Stance.FOR)
    assert more.stands.standing is AGREED


@given(ballots(), st.randoms(use_true_random=False))
def test_the_order_of_seats_and_terms_does_not_matter(ballot: Ballot, chance: object) -> None:
    voters, written = list(ballot.voters), list(ballot.agreement.terms)
    chance.shuffle(voters)  # type: ignore[attr-defined]
    chance.shuffle(written)  # type: ignore[attr-defined]
    other = ballot._replace(voters=tuple(voters), agreement=Agreement(tuple(written))).stands
    assert other.standing is ballot.stands.standing
    assert set(other.owing) == set(ballot.stands.owing)


@given(ballots())
def test_only_seats_that_have_said_nothing_owe_and_only_while_it_is_not_settled(ballot: Ballot) -> None:
    stands = ballot.stands
    said_nothing = {voter.seat for voter in ballot.voters} - ballot.stances.keys() - ballot.lapsed
    assert set(stands.owing) <= said_nothing
    if stands.standing in (AGREED, DISSENT, OPPOSED):
        assert stands.owing == ()
    if stands.standing is OPEN:
        assert stands.owing


@given(ballots())
def test_staff_alone_never_make_a_dissent(ballot: Ballot) -> None:
    staff = ballot._replace(stances={seat: stance for seat, stance in ballot.stances.items() if not ballot.lay(seat)})
    assert staff.stands.standing is not DISSENT


# A question put on each item


@given(st.lists(ballots(), min_size=1, max_size=4))
def test_a_stage_that_asks_on_each_item_is_agreed_when_every_item_is(each: list[Ballot]) -> None:
    counts = [ballot.stands for ballot in each]
    assert (combine(counts).standing is AGREED) == all(one.standing is AGREED for one in counts)


@pytest.mark.parametrize(
    ("items", "stands"),
    [
        ([], OPEN),
        ([AGREED], AGREED),
        ([AGREED, OPEN, DISSENT], OPEN),
        ([AGREED, SHORT, OPEN], SHORT),
        ([AGREED, DISSENT, OPPOSED], DISSENT),
        ([AGREED, OPPOSED], OPPOSED),
    ],
)
def test_it_waits_for_all_items_and_then_the_gravest_leads(items: list[Standing], stands: Standing) -> None:
    assert combine(Count(one) for one in items).standing is stands


def test_a_seat_that_owes_on_two_items_owes_once() -> None:
    assert combine([Count(OPEN, ("p1", "p2")), Count(OPEN, ("p1",))]).owing == ("p1", "p2")
