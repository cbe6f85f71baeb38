"""What in a text points to one person: NHS numbers and e-mail addresses. Found, and shown with the telling part covered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from nhs_number import is_valid

_GAP = r"[ \u00a0\u2009\u202f\u2010-\u2013-]?"
_TEN_DIGITS = re.compile(rf"(?<!\d)(\d{{3}}){_GAP}(\d{{3}}){_GAP}(\d{{4}})(?!\d)")
"""Written 943 476 5919, 943-476-5919 or 9434765919, with whatever space or dash a word processor makes of that."""

_ADDRESS = re.compile(r"(?<![\w.+-])([A-Za-z0-9][\w.+-]*)@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})")


@dataclass(frozen=True)
class Identifier:
    """One thing that points to a person: what it is, covered, and where it stands."""

    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.what}, in {self.where}"


def identifiers_in(text: str, where: str, by: str = "") -> list[Identifier]:
    """Everything in `text` that points to a person, in the order of its lines.

    `where` says what text it is; `by` ("line", "paragraph") counts its lines, for a text long enough to get lost in.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        place = f"{by} {number} of {where}" if by else where
        found += [Identifier(what, place) for what in _in_line(line)]
    return found


def _in_line(line: str) -> Iterator[str]:
    for number in _TEN_DIGITS.finditer(line):
        if is_valid("".join(number.groups())):
            yield f"an NHS number that ends in {number[3][-2:]}"
    for address in _ADDRESS.finditer(line):
        yield f"an e-mail address, {address[1][0]}\u2026@{address[2]}"


def mark_of(found: Sequence[str]) -> str:
    """A short mark of exactly these, in hexadecimal: whoever says that they looked at them, looked at no others. Empty for none."""
    return sha256("\n".join(found).encode()).hexdigest()[:16] if found else ""
