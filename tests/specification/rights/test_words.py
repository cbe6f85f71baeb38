"""The words we use: everybody can ask what a word means, those who keep the words write it down, nothing is deleted (R19, R16)."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Event
from audit.verify import verify_chains, verify_live_rows
from cases.acronyms import Word
from cases.models import Term
from notifications.models import Notice
from tests.builders import BEGINNING, a_trust, another_trust, refused
from workflows.demo.trust import Trust
from workflows.doors.words import ask_for_word, decline_word, record_word, retire_word, words_of

pytestmark = pytest.mark.usefixtures("apart")
MEANS = {"short": "ABC", "stands_for": "acute bed centre", "plain": "Where beds are found at night."}


@pytest.fixture(scope="module")
def _trusts(kept: None) -> tuple[Trust, Trust]:
    return a_trust(), another_trust()


@pytest.fixture
def trust(_trusts: tuple[Trust, Trust], apart: None) -> Trust:
    return _trusts[0]


@pytest.fixture
def other(_trusts: tuple[Trust, Trust], apart: None) -> Trust:
    return _trusts[1]


def do(trust: Trust, act: Any, who: str, **given: str) -> Term:
    made: Term = act(organisation=trust.organisation, by=trust[who], at=BEGINNING, **given)
    return made


def explained(trust: Trust) -> dict[str, Word]:
    return {word.short: word for word in words_of(Term.objects.filter(organisation=trust.organisation))}


def test_an_organisation_begins_with_the_house_list(trust: Trust) -> None:
    assert explained(trust)["PSII"].stands_for == "patient safety incident investigation"
    assert Term.objects.count() == 0


@pytest.mark.proves("R19")
@pytest.mark.parametrize("who", ["coordinator", "quality", "lead"])
def test_those_who_keep_the_words_write_one_down(trust: Trust, who: str) -> None:
    do(trust, record_word, who, **MEANS)
    assert explained(trust)["ABC"] == Word("ABC", "acute bed centre", "Where beds are found at night.")


@pytest.mark.parametrize("who", ["pat", "exec", "member", "auditor"])
def test_nobody_else_does(trust: Trust, who: str) -> None:
    with refused("R19"):
        do(trust, record_word, who, **MEANS)


WRONG: list[dict[str, str]] = [
    {"short": " "}, {"plain": " "}, {"short": "abc"}, {"short": "A B C"}, {"short": "A" * 41}, {"short": "A\nBC", "stands_for": ""},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_word_is_complete_and_can_be_found_in_a_text(trust: Trust, wrong: dict[str, str]) -> None:
    with refused("R19"):
        do(trust, record_word, "quality", **(MEANS | wrong))


def test_a_house_word_is_changed_for_this_organisation_alone(trust: Trust, other: Trust) -> None:
    do(trust, record_word, "quality", short="PSII", stands_for="patient safety incident inquiry", plain="Our own words.")
    assert explained(trust)["PSII"].plain == "Our own words."
    assert explained(other)["PSII"].plain != "Our own words."


def test_what_was_written_before_stays_in_the_record(trust: Trust) -> None:
    row = do(trust, record_word, "quality", **MEANS)
    do(trust, record_word, "lead", **(MEANS | {"plain": "Where beds are looked for."}))
    assert [one.plain for one in row.history.order_by("history_id")] == [MEANS["plain"], "Where beds are looked for."]
    told = Event.objects.filter(kind="term_recorded").order_by("seq").values_list("person_name", flat=True)
    assert list(told) == [trust["quality"].name, trust["lead"].name]
    assert (verify_chains().findings, verify_live_rows().findings) == ([], [])


def test_writing_the_same_again_is_no_change(trust: Trust) -> None:
    do(trust, record_word, "quality", **MEANS)
    with refused("STALE"):
        do(trust, record_word, "lead", **MEANS)


@pytest.mark.proves("R16")
@pytest.mark.parametrize("short", ["PSII", "ABC"])
def test_a_word_is_taken_out_with_a_reason_and_never_deleted(trust: Trust, short: str) -> None:
    do(trust, record_word, "quality", **MEANS)
    was = explained(trust)[short]
    with refused("R16"):
        do(trust, retire_word, "quality", short=short, why=" ")
    row = do(trust, retire_word, "quality", short=short, why="We say it in full now.")
    assert short not in explained(trust)
    assert (row.word, row.why_not) == (was, "We say it in full now.")
    do(trust, record_word, "quality", short=short, stands_for=was.stands_for, plain=was.plain)
    assert explained(trust)[short] == was


def test_only_a_word_in_use_is_taken_out_and_only_by_those_who_keep_them(trust: Trust) -> None:
    with refused("STALE"):
        do(trust, retire_word, "quality", short="ABC", why="Not ours.")
    with refused("R19"):
        do(trust, retire_word, "pat", short="PSII", why="I do not like it.")


@pytest.mark.proves("R19")
def test_a_partner_asks_for_a_word_and_hears_when_it_is_explained(trust: Trust) -> None:
    do(trust, ask_for_word, "pat", short="ABC", met="On page 2 of the terms.")
    assert "ABC" not in explained(trust)
    told = set(Notice.objects.filter(text__contains="asks what").values_list("person__name", flat=True))
    assert told == {trust["coordinator"].name, trust["quality"].name}
    do(trust, record_word, "coordinator", **MEANS)
    assert Notice.objects.get(person=trust["pat"]).text == "\u201cABC\u201d, which you asked about, is explained now."


def test_a_partner_hears_why_a_word_is_not_added(trust: Trust) -> None:
    do(trust, ask_for_word, "pat", short="ABC")
    with refused("R19"):
        do(trust, decline_word, "pat", short="ABC", why="No.")
    do(trust, decline_word, "quality", short="ABC", why="It was a slip of the pen.")
    assert Notice.objects.get(person=trust["pat"]).text.endswith("did not add \u201cABC\u201d to the words we use. Read why.")
    with refused("STALE"):
        do(trust, decline_word, "quality", short="ABC", why="Again.")
    assert do(trust, ask_for_word, "amina", short="ABC").asked_by == trust["amina"]


@pytest.mark.parametrize("short", ["A\nB", "A\u202eB", "A\u200bB"], ids=ascii)
def test_what_cannot_be_read_in_one_line_is_no_word_to_ask_for(trust: Trust, short: str) -> None:
    """A line break has no place in an address: the list of those who keep the words would not open any more."""
    with refused("R19"):
        do(trust, ask_for_word, "pat", short=short)


@pytest.mark.parametrize("short", ["PSII", "ABC"])
def test_what_is_explained_or_asked_for_is_not_asked_for_again(trust: Trust, short: str) -> None:
    if short == "ABC":
        do(trust, ask_for_word, "pat", short="ABC")
    with refused("STALE"):
        do(trust, ask_for_word, "amina", short=short)


def test_somebody_of_another_trust_asks_nothing_here(trust: Trust, other: Trust) -> None:
    with refused("R19"):
        ask_for_word(organisation=trust.organisation, by=other["far_psp"], at=BEGINNING, short="ABC")
