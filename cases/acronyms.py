"""Short forms in a text: those that are known, so that they can be explained, and those that nobody has explained yet.

Pure: text and words come in, places go out. Nothing here changes a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

EVERYBODY_KNOWS = frozenset(
    {"AM", "BBC", "GP", "ID", "NHS", "OK", "PDF", "PM", "TV", "UK", "USA", "I", "II", "III", "IV", "VI", "VII"}
)
"""Short forms, and numbers that look like one, that need no explanation."""

_SHORT = re.compile(r"(?<![\w@/.&-])(?=(?:[A-Za-z]*[A-Z]){2})([A-Za-z]{2,12}?)('?s)?(?![\w@-])")
_TWO_CAPITALS = re.compile(r"\w*[A-Z]\S*[A-Z]\w*")
_LINE_IN_CAPITALS = re.compile(r"^[^a-z]*$")
_PLURAL = "(?:['\u2019]?s)?"


@dataclass(frozen=True)
class Word:
    """One entry: the short form or the word, what it stands for (empty for a word that is no short form), and what that means."""

    short: str
    stands_for: str
    plain: str

    @property
    def is_short_form(self) -> bool:
        return bool(self.stands_for)


@dataclass(frozen=True)
class Use:
    """A short form where it stands in a text. `written_out`: the text itself says what it stands for."""

    start: int
    end: int
    word: Word
    written_out: bool = False


def uses_in(text: str, words: Iterable[Word]) -> Iterator[Use]:
    """Every use of these short forms, in order: as whole words, in their own capitals, with or without an s for many."""
    known = {word.short: word for word in words if word.is_short_form}
    if not known:
        return
    folded = text.casefold()
    for found in _any_of(tuple(sorted(known, key=lambda short: (-len(short), short)))).finditer(text):
        word = known[found[1]]
        yield Use(found.start(), found.end(), word, word.stands_for.casefold() in folded)


@lru_cache(maxsize=64)
def _any_of(shorts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, shorts))}){_PLURAL}(?!\w)")


def may_have_short_forms(text: str) -> bool:
    """Whether it is worth looking up the words at all: something has two capitals, and not everybody knows it."""
    return any(one not in EVERYBODY_KNOWS for one in _TWO_CAPITALS.findall(text))


def can_be_short_form(short: str) -> bool:
    """Whether it can be picked out of a text: two capitals at least, and no space."""
    return _TWO_CAPITALS.fullmatch(short) is not None


def unexplained_in(text: str, words: Iterable[Word]) -> list[str]:
    """Short forms that are in no list and that the text does not write out, each once, in order."""
    known = {word.short for word in words}
    found = dict.fromkeys(short for short, place in _short_forms(text) if short not in known and not _is_written_out(text, place))
    return list(found)


def _short_forms(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """What looks like a short form: two capitals or more, more capitals than other letters, in no line that is all capitals."""
    at = 0
    for line in text.splitlines(keepends=True):
        if not _is_heading(line):
            for found in _SHORT.finditer(line):
                short = found[1]
                if 2 * sum(map(str.isupper, short)) > len(short) and short not in EVERYBODY_KNOWS:
                    yield short, (at + found.start(), at + found.end())
        at += len(line)


def _is_heading(line: str) -> bool:
    return len(line.split()) > 1 and _LINE_IN_CAPITALS.match(line) is not None


def _is_written_out(text: str, place: tuple[int, int]) -> bool:
    """In brackets after what it stands for, or followed by that in brackets."""
    start, end = place
    return text[:start].rstrip(" ").endswith("(") or text[end:].lstrip(" ").startswith("(")
