"""Finds in a walked text what differs from one case to the next: keys, people, days, numbers, names, digests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from tests.bench.filling.reading import APART, COUNTED_FROM, PLACE_FROM

FIRST_ACCOUNT = 2_000_000_000
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
ADDRESS = "walked.example"
TITLE = "Qqtitle Zz"
ORGANISATION = ("Qqtrust Zz", "QQODS")

_FOUND = re.compile(
    r"(?P<digest>(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f]))"
    r"|(?P<key>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
    r"|(?P<number>(?<!\d)1\d{15}(?!\d))"
    r"|(?P<account>(?<!\d)20000000\d\d(?!\d))"
    r"|(?P<reference>\b(?:OVS|IMP|TRN)-\d{4}-\d{4,}\b)"
    r"|(?P<day>(?<!\d)\d{4}-\d\d-\d\d(?!\d))"
    rf"|(?P<words>\b\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}\b)"
    rf"|(?P<address>[a-z_0-9]+@{re.escape(ADDRESS)})"
    rf"|(?P<title>{TITLE})|(?P<trust>{ORGANISATION[0]})|(?P<ods>{ORGANISATION[1]})"
    r"|(?P<name>Qq[a-z_0-9]+ Zz)"
)

Gap = tuple[str, object]
"""What stands in a gap: its kind, and which one of that kind."""


@dataclass
class People:
    """Whom a walked text may name: the parts that people play, by the text that means them, and the organisation's own keys."""

    keys: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    house: dict[str, int] = field(default_factory=dict)
    organisation: str = ""

    def knows(self, key: str) -> bool:
        """Whether this is the key of somebody, or of the organisation or a thing of its own."""
        return key in self.keys or key in self.house or key == self.organisation


@dataclass(frozen=True)
class Own:
    """What the walk itself made: its keys, its digests by their text, and what stands for the digest before it."""

    keys: frozenset[str]
    digests: dict[str, int]
    previous: str = ""


def pieces(text: str, people: People, own: Own) -> Iterator[str | Gap]:
    """The text in order: what stays, and the gaps. Raises ValueError for a key or a name that nothing explains."""
    after = 0
    for found in _FOUND.finditer(text):
        gap = _gap(found, people, own)
        if gap is not None:
            yield text[after : found.start()]
            yield gap
            after = found.end()
    rest = text[after:]
    if "Qq" in rest:
        raise ValueError(f"A name is left that nothing explains: {rest[rest.index('Qq') :][:80]}")
    yield rest


def _gap(found: re.Match[str], people: People, own: Own) -> Gap | None:
    kind, text = str(found.lastgroup), found.group()
    if kind == "digest":
        if text in own.digests:
            return "digest", own.digests[text]
        return ("previous", "") if text == own.previous else None
    if kind == "key":
        return _key(text, people, own)
    if kind == "number":
        number = int(text)
        if number >= PLACE_FROM:
            return "place", number - PLACE_FROM
        return "count", divmod(number - COUNTED_FROM, APART)
    if kind == "account":
        return "part", (people.accounts[text], 1)
    if kind in ("name", "address"):
        return "part", (_part(text), 2 if kind == "name" else 3)
    if kind == "words":
        day, month, year = text.split()
        return "words", date(int(year), MONTHS.index(month) + 1, int(day)).toordinal()
    if kind == "day":
        return "day", date.fromisoformat(text).toordinal()
    return {"trust": ("part", ("trust", 2)), "ods": ("part", ("trust", 3))}.get(kind) or (kind, "")


def _part(text: str) -> str:
    return text.split("@")[0] if "@" in text else text.removeprefix("Qq").removesuffix(" Zz")


def _key(text: str, people: People, own: Own) -> Gap | None:
    if text in own.keys:
        return "key", text
    if text in people.keys:
        return "part", (people.keys[text], 0)
    if text in people.house:
        return "part", ("house", people.house[text])
    if text == people.organisation:
        return "part", ("trust", 0)
    raise ValueError(f"The key {text} is of nothing that the walk made, and of nobody in it.")


def moment_of(key: str) -> int | None:
    """The millisecond that a key of version 7 was made for; None for another, which means nothing."""
    value = UUID(key)
    return value.int >> 80 if value.version == 7 else None


def days_in_words(ordinal: int) -> str:
    """A day as people write it, for example 2 March 2026."""
    day = date(1, 1, 1) + timedelta(days=ordinal - 1)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
