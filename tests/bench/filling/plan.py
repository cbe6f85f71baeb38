"""Which case is copied for which organisation, how long ago: decided before any is written, so that two can write at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from tests.bench.filling.sizes import Size
from tests.bench.filling.tales import BUSY, Tale
from tests.bench.filling.template import Template

ROUTES_KEPT = 2 * 52
"""Weeks for which the routes, notices and deadlines of an ended case are kept: they are no evidence, and a host clears them."""

ROWS_AT_ONCE = 100_000
"""Rows that a writer holds in memory before it hands them to the database."""

PARTNERS_ALONE = 3
"""The cases of the partner who has few."""


@dataclass
class Told:
    """A tale with its templates: as it was walked, and without what a host clears."""

    tale: Tale
    process: str
    opened: int  # the ordinal of the day
    whole: Template
    cleared: Template

    def template(self, weeks: int) -> Template:
        """The one for a copy that stands so many weeks earlier."""
        return self.cleared if weeks > ROUTES_KEPT else self.whole


@dataclass(frozen=True, slots=True)
class Copy:
    """One case of the set. `organisation`: by number, the largest first. `alone`: it is of the partner who has few."""

    weeks: int
    told: int
    organisation: int
    alone: bool = False


@dataclass
class Chunk:
    """Cases that are written together, the last number given out in each table before them, and their references."""

    number: int
    copies: list[Copy]
    counts: dict[int, int]
    references: list[str] = field(default_factory=list)
    rows: int = 0


def shares(organisations: int) -> list[float]:
    """The weight of each organisation, the largest first: about 1.1% of a national set, and six times the smallest."""
    return [1 / (number + 0.19 * organisations) for number in range(organisations)]


def copies_of(size: Size, tales: list[Tale], chance: Random) -> list[Copy]:
    """Every case of the set, oldest first."""
    numbers = _numbers(size, tales)
    weights, places = shares(size.organisations), range(size.organisations)
    waiting = next(number for number, tale in reversed([*enumerate(tales)]) if tale.waits == "waits")
    copies = [Copy(0, waiting, 0, alone=True)] * PARTNERS_ALONE
    for number, tale in enumerate(tales):
        often = numbers[tale.name] - (PARTNERS_ALONE if number == waiting else 0)
        for organisation in chance.choices(places, weights, k=often):
            copies.append(Copy(chance.randint(0, tale.weeks) if tale.weeks else 0, number, organisation))
    return sorted(copies, key=lambda copy: (-copy.weeks, copy.told))


def _numbers(size: Size, tales: list[Tale]) -> dict[str, int]:
    """How many cases go which way; what is left over goes the commonest."""
    found = {tale.name: round(size.cases * tale.share / 1000) for tale in tales}
    waiting = [tale for tale in tales if tale.waits]
    completes = [tale for tale in waiting if tale.waits == "completes"]
    for tale in waiting:
        half = completes if tale in completes else [one for one in waiting if one not in completes]
        found[tale.name] = size.waiting // 2 // len(half)
    if BUSY in tales:
        found[BUSY.name] = min(36, size.cases // 1000)
    commonest = max(tales, key=lambda tale: tale.share).name
    found[commonest] += size.cases - sum(found.values())
    return found


def chunks(copies: list[Copy], told: list[Told], counts: dict[int, int]) -> Iterator[Chunk]:
    """The cases cut into chunks; `counts` are the last numbers given out before the first."""
    given: Counter[tuple[int, str, int]] = Counter()
    now, chunk = dict(counts), Chunk(0, [], dict(counts))
    for copy in copies:
        of = told[copy.told]
        template = of.template(copy.weeks)
        year = date.fromordinal(of.opened - 7 * copy.weeks).year
        place = (copy.organisation, of.process, year)
        given[place] += 1
        chunk.copies.append(copy)
        chunk.references.append(f"{of.process}-{year}-{given[place]:04d}")
        chunk.rows += sum(template.rows.values())
        for table, used in template.counted.items():
            now[table] = now.get(table, 0) + used
        if chunk.rows >= ROWS_AT_ONCE:
            yield chunk
            chunk = Chunk(chunk.number + 1, [], dict(now))
    if chunk.copies:
        yield chunk
    counts.update(now)


def spread(things: int, organisations: int) -> list[int]:
    """So many things shared out evenly."""
    each, over = divmod(things, organisations)
    return [each + (number < over) for number in range(organisations)]


Everybody = list[dict[str, list[tuple[str, ...]]]]
"""By organisation, by part: who can play it. "trust" and "house" have one entry each."""


def cast_of(part_names: set[str], people: dict[str, list[tuple[str, ...]]], chance: Random) -> dict[str, tuple[str, ...]]:
    """Somebody for each part; the two partners of a case are two people."""
    cast = {part: _one(people[_POOL.get(part, part)], chance) for part in part_names}
    if "amina" in cast and cast["amina"] is cast.get("pat"):
        partners = people["partner"]
        cast["amina"] = partners[(partners.index(cast["pat"]) + 1) % len(partners)]
    return cast


_POOL = {"pat": "partner", "amina": "partner", "iris": "partner"}


def _one(people: list[tuple[str, ...]], chance: Random) -> tuple[str, ...]:
    return people[0] if len(people) == 1 else people[int(chance.random() * len(people))]
