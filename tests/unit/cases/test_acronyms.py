"""Short forms are found where they stand, and never inside another word; the house list is written for a reader of eleven."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.acronyms import Word, can_be_short_form, may_have_short_forms, unexplained_in, uses_in
from cases.house_words import HOUSE_WORDS
from cases.reading_age import AIM, reading_of

PSII = Word("PSII", "patient safety incident investigation", "A careful look.")
AE = Word("A&E", "accident and emergency", "Where you go in an emergency.")
CANDOUR = Word("Duty of candour", "", "Say sorry.")
WORDS = [PSII, AE, CANDOUR]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The PSII begins. A PSII, then.", ["PSII", "PSII"]),
        ("All PSIIs, the PSII's end, PSII\u2019s", ["PSIIs", "PSII's", "PSII\u2019s"]),
        ("In A&E, not at A&Eton.", ["A&E"]),
        ("psii, XPSII, PSIIX, PSII2, _PSII", []),
        ("Duty of candour", []),
        ("PSII/A&E (PSII)", ["PSII", "A&E", "PSII"]),
    ],
)
def test_a_short_form_is_a_whole_word_in_its_own_capitals(text: str, found: list[str]) -> None:
    assert [text[use.start : use.end] for use in uses_in(text, WORDS)] == found


def test_a_text_that_says_it_itself_is_told_apart() -> None:
    (use,) = uses_in("A Patient Safety Incident Investigation (PSII) begins.", WORDS)
    assert use.written_out
    (use,) = uses_in("A PSII begins.", WORDS)
    assert not use.written_out


@given(st.text(alphabet="PSIXa &/.-@\n'", max_size=40))
def test_whatever_is_found_was_worth_looking_for(text: str) -> None:
    assert may_have_short_forms(text) or not list(uses_in(text, WORDS))


@given(st.text(max_size=60))
def test_places_follow_each_other_and_hold_the_short_form(text: str) -> None:
    uses = list(uses_in(text + " PSII " + text, WORDS))
    assert uses
    assert all(text_of.startswith(use.word.short) for use in uses for text_of in [(text + " PSII " + text)[use.start : use.end]])
    assert all(one.end <= other.start for one, other in itertools.pairwise(uses))


@pytest.mark.parametrize(
    ("text", "unexplained"),
    [
        ("ABC and LfPSE and ABCs", ["ABC", "LfPSE"]),
        ("The NHS, a GP and the UK on TV, part II", []),
        ("PSII is known", []),
        ("An Accident Board Committee (ABC) and CPR (to start a heart)", []),
        ("OVS-2026-0007, ward B7, ann@ABC.uk, McDonald", []),
        ("WHAT WE FOUND\nThe end", []),
        ("ABC", ["ABC"]),
    ],
)
def test_what_nobody_explains_is_named_once(text: str, unexplained: list[str]) -> None:
    assert unexplained_in(text, WORDS) == unexplained


@pytest.mark.parametrize("short", ["PSII", "A&E", "ToR", "4PI"])
def test_two_capitals_make_a_short_form(short: str) -> None:
    assert can_be_short_form(short)


@pytest.mark.parametrize("short", ["Quorum", "A and E", "", "psii"])
def test_less_does_not(short: str) -> None:
    assert not can_be_short_form(short)


def test_each_word_of_the_house_list_stands_there_once_and_can_be_found() -> None:
    assert len({word.short for word in HOUSE_WORDS}) == len(HOUSE_WORDS)
    assert [word.short for word in HOUSE_WORDS if word.is_short_form and not can_be_short_form(word.short)] == []


@pytest.mark.proves("R19")
def test_the_house_list_can_be_read_at_eleven() -> None:
    ages = {word.short: reading_of(word.plain).age or 0 for word in HOUSE_WORDS}
    assert {short: age for short, age in ages.items() if age > AIM} == {}
    assert unexplained_in(" ".join(word.plain for word in HOUSE_WORDS), HOUSE_WORDS) == []
