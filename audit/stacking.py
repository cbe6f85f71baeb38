"""Several short lists in one statement: each a part of a union, with its columns laid into shared ones of the same type.

What a page shows of one case, and what a door reads of it, are a dozen lists of a few rows. Asked one by one, most of what they
cost is the asking.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

TEXTS = 512
"""How many statements are kept: there is one for each set of lists that is asked together."""

Part = tuple[str, tuple[str, ...]]
"""A list: its SQL, and the type of each of its columns as the database names it."""
Slot = tuple[str, int]
"""A shared column: its type, and the how manieth of that type."""


@dataclass(frozen=True)
class Stack:
    """One statement for all parts; its values are those of the parts in their order."""

    sql: str
    _own: tuple[Callable[[Any], Any], ...]

    def apart(self, rows: Sequence[Any]) -> list[list[Any]]:
        """The rows of each part, as if it had been asked alone."""
        found: list[list[Any]] = [[] for _ in self._own]
        for row in rows:
            part = row[0]
            found[part].append(self._own[part](row))
        return found


def types_of(compiler: Any, connection: Any) -> tuple[str, ...]:
    """The type of each column that a compiled queryset reads; empty where it cannot be a part, because one is not known."""
    if compiler.has_extra_select or compiler.query.select_for_update:
        return ()
    found = [one[0].output_field.db_type(connection) for one in compiler.select]
    return tuple(_base(one) for one in found) if all(found) else ()


def _base(kind: str) -> str:
    """Without its length: shared columns are as long as need be."""
    return re.sub(r"\(.*\)", "", kind)


@functools.lru_cache(maxsize=TEXTS)
def stack(parts: tuple[Part, ...]) -> Stack:
    """The statement that reads all parts. Each keeps its own order of rows."""
    laid = [_laid(types) for _, types in parts]
    slots = sorted({slot for one in laid for slot in one})
    texts = (f"list{number}({_names(types)}) AS ({sql})" for number, (sql, types) in enumerate(parts))
    selects = (_select(number, slots, one) for number, one in enumerate(laid))
    own = tuple(_reader([slots.index(slot) + 1 for slot in one]) for one in laid)
    return Stack(f"WITH {', '.join(texts)} {' UNION ALL '.join(selects)}", own)


def _laid(types: tuple[str, ...]) -> list[Slot]:
    """The slot of each column."""
    seen: Counter[str] = Counter()
    found = []
    for kind in types:
        found.append((kind, seen[kind]))
        seen[kind] += 1
    return found


def _names(types: tuple[str, ...]) -> str:
    return ", ".join(f"c{number}" for number in range(len(types)))


def _select(number: int, slots: list[Slot], laid: list[Slot]) -> str:
    columns = {slot: f"c{place}" for place, slot in enumerate(laid)}
    shown = (columns.get(slot) or f"CAST(NULL AS {slot[0]})" for slot in slots)
    return f"SELECT {number}, {', '.join(shown)} FROM list{number}"  # noqa: S608


def _reader(places: list[int]) -> Callable[[Any], Any]:
    if len(places) == 1:
        return lambda row: (row[places[0]],)
    return itemgetter(*places)
