"""How a text reads, in words for its author: its reading age, and what to mend first (R19)."""

from __future__ import annotations

from dataclasses import dataclass

from cases.reading_age import AIM, LONG_SENTENCE, Reading, reading_of
from web.design_system.explaining import Explaining


@dataclass(frozen=True)
class HowItReads:
    """A text's reading, ready for the page. `unexplained`: short forms that are in no list and that the text does not write out."""

    reading: Reading
    unexplained: tuple[str, ...] = ()
    aim: int = AIM
    long_sentence: int = LONG_SENTENCE

    @property
    def verdict(self) -> str:
        """One sentence: how old a reader must be, and whether that is young enough."""
        age = self.reading.age
        if age is None:
            return "Write a sentence or two more to see how it reads."
        if self.reading.is_easy:
            return f"Reading age {age} years. That is easy to read."
        return f"Reading age {age} years. Aim for {AIM} or less."

    @property
    def hard_words(self) -> tuple[str, ...]:
        """The words to replace; none while the text is easy as it is."""
        return () if self.reading.is_easy else self.reading.words


def how_it_reads(text: str, explaining: Explaining) -> HowItReads | None:
    """The reading of a text; None where nothing is written yet."""
    return HowItReads(reading_of(text), tuple(explaining.unexplained(text))) if text.strip() else None
