"""The report as it is read: the quarter, five headlines, every signal in a line; and one signal with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.safestring import SafeString

from cases.models import Organisation, Person, SignalNote
from web.pages.cases.found import address
from web.pages.report import words
from web.pages.report.trend import chart
from workflows.signals.quarters import Quarter, quarter_of, quarters_before
from workflows.signals.report import Behind, Reading, Reported, behind, measure_all
from workflows.signals.signal import Light, Signal

ON_THE_REPORT, ON_ITS_PAGE = 4, 8
"""Quarters of a trend."""

AT_LEAST = 2
"""Quarters that are shown, so that there is something to compare with."""

TO_CHOOSE = 8
"""Quarters that are over and can be chosen, beside the one that runs."""

HEADLINES = 5
"""On the report."""

PRESSING = (Light.RED, Light.AMBER, Light.WATCH, Light.GREEN, Light.FEW, Light.NONE)
"""How a number can stand, the most pressing first; the first two are past a line."""

_MONTH = "%Y-%m"


@dataclass(frozen=True)
class Choice:
    """The quarter that is read, and those that could be: (code, title), the newest first. A code is as 2026-07."""

    quarter: Quarter
    options: tuple[tuple[str, str], ...]
    at: datetime

    @classmethod
    def read(cls, asked: str, at: datetime) -> Choice:
        """The newest quarter that is over, where nothing or something odd is asked for."""
        over = quarters_before(at, TO_CHOOSE)
        known = {code_of(quarter): quarter for quarter in (quarter_of(at), *reversed(over))}
        return cls(known.get(asked, over[-1]), tuple((code, titled(one, at)) for code, one in known.items()), at)

    @property
    def code(self) -> str:
        return code_of(self.quarter)

    @property
    def title(self) -> str:
        return titled(self.quarter, self.at)

    def back(self, how_many: int) -> list[Quarter]:
        """The quarter and those before it, the oldest first."""
        found = [self.quarter]
        while len(found) < how_many:
            found.append(found[-1].before)
        return sorted(found)


def code_of(quarter: Quarter) -> str:
    """ "2026-07"."""
    return quarter.first.strftime(_MONTH)


def titled(quarter: Quarter, at: datetime) -> str:
    """ "July to September 2026", and of the one that runs that it is not over."""
    return quarter.title if quarter.is_over(at) else f"{quarter.title}, so far"


@dataclass
class Told:
    """One signal over some quarters, in words."""

    reported: Reported

    @property
    def signal(self) -> Signal:
        return self.reported.signal

    @property
    def newest(self) -> Reading:
        return self.reported.newest

    @property
    def sentence(self) -> str:
        return words.sentence(self.signal, self.newest.found)

    @property
    def value(self) -> str:
        return words.value(self.signal, self.newest.found) or ("Only a count" if self.newest.found.denominator else "None")

    @property
    def counted(self) -> str:
        return words.counted(self.newest.found)

    @property
    def limits(self) -> str:
        return words.limits(self.signal)

    @property
    def light(self) -> str:
        return self.newest.light.value.capitalize()

    @property
    def colour(self) -> str:
        return words.COLOURS[self.newest.light]

    @property
    def movement(self) -> str:
        return words.movement(self.signal, self.reported.trend)

    @cached_property
    def _trend(self) -> tuple[Reading, ...]:
        """Without the quarters before there was anything to count; the newest two at least."""
        every = self.reported.trend
        first = next((place for place, one in enumerate(every) if one.found.denominator), len(every))
        return every[min(first, len(every) - AT_LEAST) :]

    @property
    def rows(self) -> list[tuple[str, str, str, str]]:
        """Each quarter, the newest first: its name, what was found, how that stands, and the colour of its tag."""
        return [
            (one.quarter.title, words.found_in(self.signal, one.found), one.light.value.capitalize(), words.COLOURS[one.light])
            for one in reversed(self._trend)
        ]

    @property
    def chart(self) -> SafeString:
        return self.drawn(ON_ITS_PAGE)

    @property
    def small_chart(self) -> SafeString:
        """Fewer quarters, so that they can be read on a telephone."""
        return self.drawn(ON_THE_REPORT)

    def drawn(self, how_many: int) -> SafeString:
        """The newest quarters as a chart."""
        return chart(self.signal, self._trend[-how_many:], f"{self.signal.code}-{how_many}")

    @property
    def notes(self) -> list[SignalNote]:
        """What explains the number of the newest quarter, the oldest first."""
        return list(self.newest.notes)


class Report:
    """All signals of an organisation in one quarter, with the year before. As many statements as signals and quarters ask for."""

    def __init__(self, organisation: Organisation, choice: Choice, at: datetime) -> None:
        self.organisation, self.choice, self._at = organisation, choice, at

    @cached_property
    def told(self) -> list[Told]:
        return [Told(one) for one in measure_all(self.organisation, self.choice.back(ON_THE_REPORT), self._at)]

    @property
    def headlines(self) -> list[Told]:
        """Five of those that are meant for the top: the most pressing, then in the order of the report."""
        meant = [one for one in self.told if one.signal.headline]
        return sorted(meant, key=lambda one: PRESSING.index(one.newest.light))[:HEADLINES]

    @property
    def noted(self) -> list[Told]:
        """Those with an explanation."""
        return [one for one in self.told if one.notes]

    @property
    def pressing(self) -> list[Told]:
        """Those past a line, the most pressing first."""
        return [one for light in PRESSING[:2] for one in self.told if one.newest.light is light]

    @property
    def in_short(self) -> list[tuple[int, str, str]]:
        """How many of the others stand how: number, words, colour of the tag."""
        found = [(sum(one.newest.light is light for one in self.told), light) for light in PRESSING[2:]]
        return [(number, light.value.capitalize(), words.COLOURS[light]) for number, light in found if number]


class SignalPage:
    """One signal: why it matters, the number, its trend, the cases behind it, and what explains it."""

    def __init__(self, signal: Signal, organisation: Organisation, person: Person, choice: Choice, at: datetime) -> None:
        self.organisation, self.choice, self._person, self._at = organisation, choice, person, at
        (found,) = measure_all(organisation, choice.back(ON_ITS_PAGE), at, [signal])
        self.told = Told(found)

    @cached_property
    def _behind(self) -> Behind:
        return behind(self.told.signal, self.told.newest.found, self._person, self._at)

    @property
    def cases(self) -> list[tuple[str, str, str]]:
        """Reference, title and address of those behind the number that this reader may see."""
        return [(one.reference, one.title, address("case", one)) for one in self._behind.cases]

    @property
    def hidden(self) -> int:
        """How many more there are."""
        return self._behind.hidden

    @property
    def formula(self) -> list[tuple[str, str]]:
        signal = self.told.signal
        rows = [
            ("Counted", signal.counts),
            ("Out of", signal.of),
            ("Shown as", words.SHOWN_AS[signal.unit]),
            ("Lines", self.told.limits),
        ]
        return rows + ([("Where it comes from", signal.source)] if signal.source else [])

    @property
    def others(self) -> Sequence[tuple[str, object]]:
        """What else was counted beside it."""
        return [(what[:1].upper() + what[1:], number) for what, number in self.told.newest.found.others]
