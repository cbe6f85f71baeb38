"""A walked case, or a walked record of a person, as a text with gaps: filled in, it is another one just as valid.

The canonical text of each row and of each event is kept with its gaps, so that a copy costs some joining of text and a SHA-256
for each digest: no model, no door. What each gap holds comes from the walk (`gaps`), and nothing else differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from operator import itemgetter
from typing import Any

from tests.bench.filling.gaps import Gap, Own, People, days_in_words, moment_of, pieces
from tests.bench.filling.reading import Act, Table, Written

Person = tuple[str, str, str, str]
"""Key, account, name and address; of an organisation its key, nothing, its name and its ODS code."""

DAY = 24 * 60 * 60 * 1000  # milliseconds
_LOW = (1 << 48) - 1

Take = Callable[[Sequence[str]], Sequence[str]]


@dataclass
class Given:
    """What one copy is made with. `cast`: who plays which part. `counts`: by number of a table, the last number given out."""

    days: int
    cast: dict[str, Sequence[str]]
    counts: dict[int, int]
    chance: int
    reference: str = ""
    title: str = ""
    previous: str = ""
    place: int = 0


class Template:
    """Texts with gaps. `write` adds a copy's lines to those of each table and returns the digest of its newest event."""

    def __init__(self, written: Written, people: People) -> None:
        digests = _in_order(written.acts)
        key_of = [line.split("\t", 1)[0] for made in written.lines.values() for line in made]
        keys = frozenset(key for key in key_of if "-" in key and not people.knows(key))
        self._people = people
        self._own = Own(keys, digests, written.acts[0].previous if written.acts else "")
        self._slots: dict[Gap | str, int] = {}
        texts = _Texts(self._slots, people, self._own)
        self._acts = [([texts.take(row) for row, _ in act.rows], texts.take(act.text)) for act in written.acts]
        self._lines = [(table, texts.take("\n".join(made) + "\n")) for table, made in written.lines.items()]
        self.rows = {table: len(made) for table, made in written.lines.items()}
        self.events = len(written.acts)
        self._lay_out()
        case = next((made[0].split("\t", 1)[0] for table, made in written.lines.items() if table.name == "cases_case"), "")
        self.case_place = self.keys.index(case) if case else -1

    def _lay_out(self) -> None:
        """Group the gaps by what fills them, so that a copy fills each group at once."""
        gaps = [gap for gap in self._slots if isinstance(gap, tuple)]
        self._days: list[Any] = [which for kind, which in gaps if kind == "day"]
        self._words: list[Any] = [which for kind, which in gaps if kind == "words"]
        keys = [str(which) for kind, which in gaps if kind == "key"]
        self._moments = sorted({moment for key in keys if (moment := moment_of(key)) is not None})
        self._keys = [_shape(key, self._moments) for key in keys]
        self._parts: list[Any] = [which for kind, which in gaps if kind == "part"]
        counted: list[Any] = [which for kind, which in gaps if kind == "count"]
        lowest = {table: min(number for one, number in counted if one == table) for table, _ in counted}
        self._counts = [(table, number - lowest[table] + 1) for table, number in counted]
        self.counted = {table: max(number for one, number in self._counts if one == table) for table in lowest}
        self.keys = keys
        self._places: list[Any] = [which for kind, which in gaps if kind == "place"]
        kinds = ("day", "words", "key", "part", "count", "place", "reference", "title", "previous")
        named = [gap for kind in kinds for gap in gaps if gap[0] == kind]
        named += [gap for kind in ("reference", "title", "previous") if (gap := (kind, "")) not in self._slots]
        named.sort(key=lambda gap: kinds.index(gap[0]))
        sealed: list[Gap | str] = [("digest", number) for number in range(len(self._own.digests))]
        self._sealed_from = len(named)
        self._blank = [""] * len(sealed)
        self._literals = [text for text in self._slots if isinstance(text, str)]
        layout = {slot: place for place, slot in enumerate([*named, *sealed, *self._literals])}
        by_slot = {number: layout[slot] for slot, number in self._slots.items()}
        self._acts_taken = [([_taker(row, by_slot) for row in rows], _taker(event, by_slot)) for rows, event in self._acts]
        self._lines_taken = [(table, _taker(line, by_slot)) for table, line in self._lines]

    @property
    def parts(self) -> set[str]:
        """The parts that a copy needs somebody for."""
        return {part for part, _ in self._parts}

    @cache  # noqa: B019 - a template lives as long as the program that fills
    def _dated(self, days: int) -> tuple[list[str], list[str]]:
        """What all copies of one day share: the days, and the first half of each key."""
        shift = days * DAY
        moments = [f"{moment + shift:012x}" for moment in self._moments]
        words = [days_in_words(one + days) for one in self._words]
        return [*(_iso(one + days) for one in self._days), *words], [f"{one[:8]}-{one[8:]}" for one in moments]

    def keys_made(self, given: Given) -> list[str]:
        """The copy's own keys, in the order of the walk's own, which are `keys`."""
        chance, moments, other = given.chance, self._dated(given.days)[1], given.chance >> 48
        return [
            f"{moments[at] if at >= 0 else f'{other & 0xFFFFFFFF:08x}'}{front}{(low + chance) & _LOW:012x}"
            for at, front, low in self._keys
        ]

    def write(self, given: Given, into: dict[Table, list[str]]) -> str:
        """Add one copy; `given.counts` goes on to the last numbers that it used."""
        cast, counts = given.cast, given.counts
        values = [
            *self._dated(given.days)[0],
            *self.keys_made(given),
            *[cast[part][which] for part, which in self._parts],
            *[str(counts[table] + number) for table, number in self._counts],
            *[str(given.place + number) for number in self._places],
            given.reference,
            given.title,
            given.previous,
            *self._blank,
            *self._literals,
        ]
        at = self._sealed_from
        for rows, event in self._acts_taken:
            for take in rows:
                values[at] = sha256("".join(take(values)).encode()).hexdigest()
                at += 1
            values[at] = sha256("".join(event(values)).encode()).hexdigest()
            at += 1
        for table, take in self._lines_taken:
            into[table].append("".join(take(values)))
        for number, used in self.counted.items():
            counts[number] += used
        return values[at - 1] if self.events else given.previous


class _Texts:
    """Cuts texts into slots: gaps and literals, each numbered once."""

    def __init__(self, slots: dict[Gap | str, int], people: People, own: Own) -> None:
        self._slots, self._people, self._own = slots, people, own

    def take(self, text: str) -> list[int]:
        """The numbers of the slots that make up this text, in order."""
        slots = self._slots
        return [slots.setdefault(piece, len(slots)) for piece in pieces(text, self._people, self._own)]


def _in_order(acts: Iterable[Act]) -> dict[str, int]:
    """Each digest by its text, numbered in the order in which they are made: an act's rows, then the act."""
    every = [digest for act in acts for digest in (*(digest for _, digest in act.rows), act.digest)]
    return {digest: number for number, digest in enumerate(every)}


def _taker(slots: list[int], by_slot: dict[int, int]) -> Take:
    places = [by_slot[slot] for slot in slots]
    return itemgetter(*places) if len(places) > 1 else lambda values: [values[places[0]]]


def _shape(key: str, moments: list[int]) -> tuple[int, str, int]:
    moment = moment_of(key)
    low = int(key[24:], 16)
    return (-1, key[8:24], low) if moment is None else (moments.index(moment), key[13:24], low)


@cache
def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
