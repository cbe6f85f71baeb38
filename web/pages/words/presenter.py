"""The list of words, by the alphabet, searched; for those who keep it also what was asked for and what was taken out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse

from cases.acronyms import Word
from cases.models import Organisation, Person, Term
from workflows.doors.words import may_ask_for_word, may_keep_words, words_of


@dataclass(frozen=True)
class Line:
    """One word. The addresses are empty for those who do not keep the list."""

    word: Word
    change_href: str = ""
    retire_href: str = ""


@dataclass(frozen=True)
class AskedFor:
    """A word that somebody asked for and nobody has explained."""

    short: str
    who: str
    met: str
    write_href: str = ""
    decline_href: str = ""


@dataclass(frozen=True)
class TakenOut:
    """A word that is not explained any more, or that was asked for and not added."""

    short: str
    stands: str
    why_not: str
    write_href: str = ""


class WordList:
    """The words of one organisation, as one person sees them. `sought`: what was typed to search. Three statements."""

    def __init__(self, organisation: Organisation, person: Person, at: datetime, sought: str = "") -> None:
        self.sought = sought.strip()
        self.may_keep = bool(may_keep_words(organisation, person, at))
        self.may_ask = bool(may_ask_for_word(organisation, person, at))
        self._terms = list(Term.objects.filter(organisation=organisation).select_related("asked_by").order_by("short"))

    @cached_property
    def _lines(self) -> list[Line]:
        found = [word for word in words_of(self._terms) if self._matches(word)]
        return [Line(word, self._write_href(word.short), self._href("word_retire", word.short)) for word in found]

    @property
    def letters(self) -> list[tuple[str, list[Line]]]:
        """The words under their first letters."""
        return [(letter, list(lines)) for letter, lines in groupby(self._lines, key=lambda line: line.word.short[0].upper())]

    @property
    def number(self) -> int:
        return len(self._lines)

    @property
    def asked_for(self) -> list[AskedFor]:
        """What waits to be explained."""
        waits = [one for one in self._terms if one.state == Term.State.ASKED]
        return [
            AskedFor(
                one.short, one.asked_by.name if one.asked_by else "", one.met, self._write_href(one.short),
                self._href("word_decline", one.short),
            )
            for one in waits
        ]  # fmt: skip

    @property
    def taken_out(self) -> list[TakenOut]:
        """What is not used any more, or was not added, and why."""
        gone = [one for one in self._terms if one.state in (Term.State.RETIRED, Term.State.DECLINED)]
        return [TakenOut(one.short, one.get_state_display(), one.why_not, self._write_href(one.short)) for one in gone]

    def _matches(self, word: Word) -> bool:
        sought = self.sought.casefold()
        return any(sought in text.casefold() for text in (word.short, word.stands_for, word.plain))

    def _href(self, route: str, short: str) -> str:
        return reverse(route, args=(short,)) if self.may_keep else ""

    def _write_href(self, short: str) -> str:
        return f"{reverse('word_write')}?{urlencode({'word': short})}" if self.may_keep else ""
