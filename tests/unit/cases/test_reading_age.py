"""A reading age says which of two texts is easier, names what costs most, and asks the internet for nothing."""

import socket

import pytest

from cases import reading_age
from cases.reading_age import AIM, LONG_SENTENCE, Reading, reading_of, syllables_of

EASY = "We will look at why help came late. We will ask the night staff. Nobody is blamed."
HARD = (
    "A comprehensive retrospective evaluation of escalation arrangements was undertaken by the multidisciplinary team, whose "
    "recommendations regarding the deteriorating patient were subsequently formulated and disseminated. Nobody is blamed."
)


def test_short_words_in_short_sentences_are_for_the_young() -> None:
    easy, hard = reading_of(EASY), reading_of(HARD)
    assert easy.age is not None
    assert hard.age is not None
    assert easy.age < AIM < hard.age
    assert (easy.is_easy, hard.is_easy) == (True, False)


def test_it_names_the_longest_sentence_and_the_words_that_cost_most() -> None:
    hard = reading_of(HARD)
    assert len(hard.sentences) == 1
    assert hard.sentences[0].startswith("A comprehensive")
    assert {"multidisciplinary", "recommendations"} <= set(hard.words)
    assert "blamed" not in hard.words
    assert reading_of(EASY).sentences == reading_of(EASY).words == ()


def test_a_word_that_comes_often_costs_more_than_one_that_comes_once() -> None:
    text = "The investigation begins. The investigation ends. The investigation is written down in a methodological note."
    assert reading_of(text).words[0] == "investigation"


def test_a_sentence_of_twenty_words_is_not_too_long_and_of_twenty_one_is() -> None:
    assert reading_of("word " * LONG_SENTENCE + ".").sentences == ()
    assert len(reading_of("word " * (LONG_SENTENCE + 1) + ".").sentences) == 1


@pytest.mark.parametrize("text", ["", "  \n", "Two words.", "12 34 56 78 90 12 34 56 78 90 12 34 56"])
def test_a_text_too_short_has_no_age(text: str) -> None:
    assert reading_of(text) == Reading(None, reading_of(text).count)
    assert reading_of(text).age is None


@pytest.mark.parametrize(("word", "syllables"), [
    ("help", 1), ("patient", 2), ("investigation", 5), ("don\u2019t", 1), ("Sepsis", 2), ("haemorrhage", 3), ("paediatrician", 5),
])  # fmt: skip
def test_syllables_are_counted_as_words_are_said_also_british_ones(word: str, syllables: int) -> None:
    assert syllables_of(word) == syllables


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    reading_age._dictionary.cache_clear()
    reading_age._breaks.cache_clear()

    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("It asked the network.")

    monkeypatch.setattr(socket, "socket", no_network)
    monkeypatch.setattr(socket, "create_connection", no_network)
    assert reading_of(HARD).age is not None
