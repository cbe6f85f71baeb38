"""Whom and when a signal is asked about: one organisation or every one of the host, one quarter or several, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from cases.models import Organisation
from workflows.calendar import Calendar
from workflows.opening import calendar_of
from workflows.signals.signal import Measured, Span
from workflows.tenants import Tenants

Read = TypeVar("Read")
Key = tuple[UUID, int]
"""An organisation, and the place of a stretch among those that are asked about."""

Found = Mapping[Key, Measured]


class Stretch(NamedTuple):
    """From a moment (included) until a moment (not included), in whatever organisation."""

    since: datetime
    until: datetime


class Asked(Tenants):
    """One question to the signals, put to all of them: what one signal has read for it, another need not read again.

    `stretches`: the oldest first. `everywhere`: these are all the organisations of the host. `names_cases` False: how many
    cases are behind a number is not asked, nor which.
    """

    def __init__(
        self, organisations: Sequence[Organisation], stretches: Sequence[Stretch], *, everywhere: bool = False,
        names_cases: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(None if everywhere else [one.pk for one in organisations])
        self.organisations, self.stretches, self.names_cases = organisations, stretches, names_cases
        self._read: dict[Callable[[Asked], Any], Any] = {}

    @classmethod
    def about(cls, span: Span) -> Asked:
        """The question about one organisation in one span."""
        return cls([span.organisation], [Stretch(span.since, span.until)])

    def once(self, read: Callable[[Asked], Read]) -> Read:
        """What a function reads for this question, read at most once."""
        if read not in self._read:
            self._read[read] = read(self)
        found: Read = self._read[read]
        return found

    @property
    def whole(self) -> Stretch:
        """From the beginning of the oldest stretch to the end of the newest."""
        return Stretch(self.stretches[0].since, self.stretches[-1].until)

    @cached_property
    def calendars(self) -> dict[UUID, Calendar]:
        """The working days of each organisation."""
        return {one.pk: calendar_of(one) for one in self.organisations}

    @property
    def keys(self) -> Iterator[tuple[Key, Stretch]]:
        """Every organisation in every stretch."""
        for one in self.organisations:
            yield from (((one.pk, place), stretch) for place, stretch in enumerate(self.stretches))

    def each(self, measured: Callable[[Key, Stretch], Measured]) -> Found:
        """What was measured of every organisation in every stretch."""
        return {key: measured(key, stretch) for key, stretch in self.keys}


class together:
    """The rule of a signal as one function of the whole question; called with a span, it answers for that span alone."""

    def __init__(self, count: Callable[[Asked], Found]) -> None:
        self.count = count

    def __call__(self, span: Span) -> Measured:
        """What is counted in one organisation in one span."""
        return self.count(Asked.about(span))[span.organisation.pk, 0]


def answered(measure: Callable[[Span], Measured], asked: Asked) -> Found:
    """What a signal says to a question: at once where its rule counts together, else span by span."""
    if isinstance(measure, together):
        return measure.count(asked)
    by_key = {one.pk: one for one in asked.organisations}
    return asked.each(lambda key, stretch: measure(Span(by_key[key[0]], *stretch)))
