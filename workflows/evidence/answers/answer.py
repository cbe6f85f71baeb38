"""What an answer is: what is so in sentences, and the rows behind them as tables."""

from __future__ import annotations

from dataclasses import dataclass

from cases.tables import Sheet


@dataclass(frozen=True)
class Answer:
    """`sentences`: in plain English, the most telling first. `sheets`: every row that they rest on, also where there is none."""

    sentences: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def how_many(number: int, one: str, many: str = "") -> str:
    """ "no waiver", "1 waiver", "3 waivers"."""
    many = many or f"{one}s"
    return f"no {many}" if number == 0 else f"{number} {one if number == 1 else many}"


def in_words(names: list[str]) -> str:
    """ "Pat, Amina and Ivy"; "nobody" for none."""
    if len(names) < 2:
        return names[0] if names else "nobody"
    return f"{', '.join(names[:-1])} and {names[-1]}"
