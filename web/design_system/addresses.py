"""The address of a page by its name, as Django's `reverse` gives it, and how that looks worked out once in a process.

A page has up to a hundred links, and Django tries every pattern of a name against every value of every link. The address of a
file that every page loads is worked out once too: in a process it stays the same.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
"""A word that no address has to quote, and that every kind of part takes if it takes any word."""

_STAND_INS: dict[type, Callable[[int], Any]] = {
    str: lambda number: f"stands-in-{number}",
    UUID: lambda number: UUID(int=0x0DD_0000_0000_7000_8000_000000000000 + number),
    int: lambda number: 1_987_000_000 + number,
}


def page_address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page: `page_address("case", ods="RZ9", reference="OVS-2026-0007")`.

    Raises NoReverseMatch for a name that nobody gave, and for values that its pattern does not take.
    """
    kinds = tuple([type(value) for value in (*args, *kwargs.values())])
    shape = _shape(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), name, len(args), tuple(kwargs), kinds)
    words = [str(value) for value in (*args, *kwargs.values())]
    if shape is None or not all(map(_PLAIN.fullmatch, words)):
        return reverse(name, args=args or None, kwargs=kwargs or None)
    return shape % tuple(words) if words else shape


@functools.cache
def _shape(urlconf: str, prefix: str, name: str, nameless: int, names: tuple[str, ...], kinds: tuple[type, ...]) -> str | None:
    """The address with a gap for each value, in their order; None where it cannot be told by stand-ins."""
    if not all(kind in _STAND_INS for kind in kinds):
        return None
    values = [_STAND_INS[kind](number) for number, kind in enumerate(kinds)]
    try:
        found = reverse(name, urlconf, values[:nameless] or None, dict(zip(names, values[nameless:], strict=True)) or None)
    except NoReverseMatch:
        return None
    if not values:
        return found
    pieces = re.split("|".join(re.escape(str(value)) for value in values), found.replace("%", "%%"))
    told_in_order = "%s".join(pieces) % tuple(values) == found if len(pieces) == len(values) + 1 else False
    return "%s".join(pieces) if told_in_order else None


file_address = functools.cache(static)
"""The address of a file under one of the `static` folders. Raises ValueError for one that was not collected, in production."""
