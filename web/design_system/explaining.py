"""Short forms explained where people read: written out at their first use on a page, and explained at each use on focus.

Each use is a button that opens a note (HTML's own popover: by keyboard, by touch and without a script; it closes on Escape). The
note is its description too, so a screen reader says it on focus. The notes of a page stand together at its end, where a browser
that knows no popovers shows them as a list.

One filter each for the two ways of showing a text, for all pages:
  {{ summary | explained }}   the first use on the page is written out: PSII (patient safety incident investigation)
  {{ words | kept }}          somebody's own words, which stay as they are: what they mean is said beside, by `beside()`
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from audit.compiled import compiled
from cases.acronyms import Use, Word, may_have_short_forms, unexplained_in, uses_in
from cases.models import Person, Term
from workflows.doors.words import words_of

_BUTTON = Markup('<button type="button" class="app-word" popovertarget="{note}" aria-describedby="{note}">{short}</button>')
_WRITTEN_OUT = Markup('<span class="app-word__out"> ({meaning})</span>')
_NOTE = Markup(
    '<div class="app-word-note" id="{note}" popover><p><b>{short}</b>{stands_for}</p><p>{plain}</p>'
    '<p><a href="{href}">All the words we use</a></p></div>'
)


@compiled()
def _terms(organisation: UUID) -> QuerySet[Term]:
    return Term.objects.filter(organisation=organisation)


class Explaining:
    """The words of one page: read once, when something may need them, and which of them the page has used."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._words: list[Word] | None = None
        self.used: dict[str, Word] = {}
        self.written_out: set[str] = set()

    @property
    def words(self) -> list[Word]:
        """What the reader's organisation explains. One statement, once a page."""
        if self._words is None:
            self._words = words_of(_terms(organisation=self._person.organisation_id))
        return self._words

    def uses(self, text: str) -> list[Use]:
        """The short forms in a text that are explained; no statement where there can be none."""
        return list(uses_in(text, self.words)) if may_have_short_forms(text) else []

    def unexplained(self, text: str) -> list[str]:
        """Short forms that are in no list and that the text does not write out itself."""
        return unexplained_in(text, self.words) if may_have_short_forms(text) else []

    def explained(self, text: str, *, kept: bool = False) -> Markup:
        """The text, escaped, with a button for each short form; `kept` adds nothing to it."""
        parts, at = [Markup()], 0
        for use in self.uses(text):
            parts += [escape(text[at : use.start]), self._button(use.word, text[use.start : use.end])]
            if not kept and not use.written_out and use.word.short not in self.written_out:
                parts.append(_WRITTEN_OUT.format(meaning=use.word.stands_for))
            if not kept or use.written_out:
                self.written_out.add(use.word.short)
            at = use.end
        return Markup().join([*parts, escape(text[at:])])

    def beside(self, text: str) -> list[Word]:
        """What is said beside somebody's own words: each short form in them that this page has not written out yet."""
        found = {one.word.short: one.word for one in self.uses(text) if one.word.short not in self.written_out}
        self.written_out |= found.keys()
        return list(found.values())

    def _button(self, word: Word, written: str) -> Markup:
        self.used.setdefault(word.short, word)
        return _BUTTON.format(note=_note_of(word), short=written)

    def notes(self) -> Markup:
        """A note for each short form that the page has used."""
        return Markup("\n").join(_note(word) for word in self.used.values())


def _note_of(word: Word) -> str:
    """The id of its note: a letter, then whatever is safe in an id."""
    return "word-" + "".join(letter if letter.isascii() and letter.isalnum() else f"-{ord(letter):x}-" for letter in word.short)


def _note(word: Word) -> Markup:
    stands_for = Markup(" {}").format(word.stands_for)
    return _NOTE.format(note=_note_of(word), short=word.short, stands_for=stands_for, plain=word.plain, href=reverse("words"))


def explaining_for(request: Any) -> Explaining:
    """The words of the page that this request asks for: the same for its view and its template. Needs somebody signed in."""
    if not hasattr(request, "explaining"):
        request.explaining = Explaining(request.person)
    found: Explaining = request.explaining
    return found


def _of_page(context: Context) -> Explaining | None:
    """None where nobody is signed in: no short form is explained to a visitor who may be anybody."""
    request = context.get("request")
    return explaining_for(request) if hasattr(request, "person") else None


# What templates call


@pass_context
def explained(context: Context, text: Any) -> Markup:
    """A text of somebody, escaped; short forms are written out at first and explained at each use."""
    return _shown(context, text, kept=False)


@pass_context
def kept(context: Context, text: Any) -> Markup:
    """Somebody's own words, escaped and unaltered; short forms are explained when they are asked about."""
    return _shown(context, text, kept=True)


def _shown(context: Context, text: Any, kept: bool) -> Markup:
    page = _of_page(context)
    if page is None or not text or hasattr(text, "__html__"):
        return escape("" if text is None else text)
    return page.explained(str(text), kept=kept)


@pass_context
def beside(context: Context, text: Any) -> Iterable[Word]:
    """The words to explain beside somebody's own."""
    page = _of_page(context)
    return page.beside(str(text)) if page and text else []


@pass_context
def notes(context: Context) -> Markup:
    """The notes of this page, for its end."""
    page = _of_page(context)
    return page.notes() if page else Markup()


FILTERS = {"explained": explained, "kept": kept}
FUNCTIONS = {"words_beside": beside, "notes_on_words": notes}
