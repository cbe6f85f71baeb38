"""The components of the design system, each drawn by its own macro once for each shape of what it is told.

A component spends nearly all of its time on finding out which of its many options were given. Pages give the same few over and
over, with other words. So the macro draws each shape with stand-ins for the words; after that only the words are put in
their places: escaped where the macro escapes, indented as it indents. A shape holds no word of anybody's.

What cannot be told apart so (a word that the macro changes, a line that ends oddly) the macro draws itself, as before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup, escape

Drawn = Callable[..., Markup]

WORDS = frozenset({"text", "html", "href", "visuallyHiddenText", "ariaLabel", "name", "src"})
"""Under these names stand words, and in lists; a text under any other name is one of the component's options."""

MOST_SHAPES, MOST_WORDS = 1_000, 500
"""Of one component in a process, and in one shape: what is beyond that the macro draws each time."""

Gap = tuple[int, str]
"""Which word, and what its further lines begin with."""

Shape = Sequence[str | Gap]


class _Unfit(Exception):
    """Something was told that has no shape."""


def by_shape(macro: Drawn) -> Drawn:
    """The same component: `{% set tag = by_shape(tag) %}`. The macro may depend on nothing but what it is told."""
    shapes: dict[Any, Shape | None] = {}
    met: set[int] = set()

    def drawn(params: Any = None, caller: Drawn | None = None) -> Markup:
        told, inside = params or {}, None if caller is None else caller()
        try:
            words: list[str] = []
            key = (_key(told, "", words), inside is None)
            written = [*_written(words), inside or ""]
        except _Unfit:
            return _by_macro(macro, told, inside)
        shape = shapes.get(key)
        if shape is not None:
            return _filled(shape, written)
        found = _by_macro(macro, told, inside)
        if key not in shapes and hash(key) in met and len(shapes) < MOST_SHAPES:  # what comes once is not worth a shape
            worked_out = _shape(macro, told, inside is not None)
            shapes[key] = worked_out if worked_out and _filled(worked_out, written) == found else None
        elif len(met) < MOST_SHAPES:
            met.add(hash(key))
        return found

    return drawn


def _by_macro(macro: Drawn, told: Any, inside: str | None) -> Markup:
    return macro(told) if inside is None else macro(told, caller=lambda: inside)


# What is told, and the words in it


def _key(value: Any, name: str, words: list[str]) -> Any:
    """Everything of what is told but its words, which are gathered in their order. Raises _Unfit."""
    kind = type(value)
    if kind is str or kind is Markup:
        if not value or (name and name not in WORDS):
            return value
        words.append(Markup(value) if name == "html" else value)  # noqa: S704 - the macros take it so: `html | safe`
        return kind
    if kind is dict:
        return tuple([(inner, _key(one, inner, words)) for inner, one in value.items()])
    if kind is list or kind is tuple:
        return (kind, *[_key(one, "", words) for one in value])
    if value is None or kind is bool or kind is int:
        return (kind, value)
    if isinstance(value, Undefined):
        return Undefined
    raise _Unfit


def _written(words: list[str]) -> list[str]:
    """The words as they stand on a page. Raises _Unfit where the macro would do more to them than indent their lines."""
    if len(words) > MOST_WORDS:
        raise _Unfit
    for word in words:
        if word[0].isspace() or word[-1].isspace() or not (word.isprintable() or "\n".join(word.splitlines()) == word):
            raise _Unfit
    return [word if type(word) is Markup else escape(word) for word in words]


# Working a shape out


def _shape(macro: Drawn, told: Any, has_inside: bool) -> Shape | None:
    """What the macro draws, with gaps where the words go; None where two sets of stand-ins do not tell it alike."""
    one, other = (_pieces(macro, told, has_inside, which) for which in ("Of Set A", "Of Set B"))
    return one if one == other else None


def _pieces(macro: Drawn, told: Any, has_inside: bool, which: str) -> Shape | None:
    looks: list[str] = []
    drawn = str(_by_macro(macro, *_with_stand_ins(told, has_inside, which, looks)))
    pieces: list[str | Gap] = []
    at = 0
    for found in re.finditer("|".join(looks) or "(?!)", drawn):
        gap = str(found.lastgroup)
        pieces += [drawn[at : found.start()], (int(gap.removeprefix("gap")), found[gap])]
        at = found.end()
    pieces.append(drawn[at:])
    changed = any(which in piece for piece in pieces if isinstance(piece, str))
    return None if changed else pieces


def _with_stand_ins(told: Any, has_inside: bool, which: str, looks: list[str]) -> tuple[Any, str | None]:
    """What is told, with a stand-in for each word, and one for what the component holds; how each is found again in `looks`."""

    def walk(value: Any, name: str) -> Any:
        kind = type(value)
        if kind is dict:
            return {inner: walk(one, inner) for inner, one in value.items()}
        if kind is list or kind is tuple:
            return kind([walk(one, "") for one in value])
        if kind not in (str, Markup) or not value or (name and name not in WORDS):
            return value
        stands_in = _stand_in(len(looks), which, Markup if name == "html" else kind)
        first, last = (re.escape(line) for line in str(escape(stands_in)).split("\n"))
        looks.append(f"{first}\n(?P<gap{len(looks)}> *){last}")
        return stands_in

    replaced = walk(told, "")
    inside = f"\n {_stand_in(len(looks), which, Markup)}\n "
    looks.append(f"{re.escape(inside)}(?P<gap{len(looks)}>)")  # it stays as it is, with its margins
    return replaced, Markup(inside) if has_inside else None  # noqa: S704


def _stand_in(number: int, which: str, kind: type[str]) -> str:
    """Capitals, spaces, something to escape, and two lines: whatever a macro does to it shows."""
    return kind(f"Stand-In <{number}> {which},\nEnds <{number}> {which}.")


# Filling it in


def _filled(shape: Shape, written: Sequence[str]) -> Markup:
    return Markup("".join([piece if type(piece) is str else _word(written[piece[0]], piece[1]) for piece in shape]))  # type: ignore[index]  # noqa: S704


def _word(word: str, begins: str) -> str:
    if not begins or "\n" not in word:
        return word
    first, *others = str(word).split("\n")
    return "\n".join([first, *(begins + line if line else line for line in others)])
