"""What the hours of one day are worth by an organisation's own terms. Imports no Django: the sums can be read and tried alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

NOTHING = Decimal("0.00")


class Terms(Protocol):
    """What is paid: pounds for a whole and a half day, up to how many hours it is half, and whether exactly so many are."""

    @property
    def whole_day(self) -> Decimal | None: ...
    @property
    def half_day(self) -> Decimal | None: ...
    @property
    def half_day_hours(self) -> Decimal: ...
    @property
    def half_day_is(self) -> str: ...


UP_TO = "up_to"


def is_half_day(terms: Terms, hours: Decimal) -> bool:
    """Published rules differ at exactly so many hours, so the terms say which side that falls on."""
    return hours <= terms.half_day_hours if terms.half_day_is == UP_TO else hours < terms.half_day_hours


def worth_of_day(terms: Terms | None, hours: Decimal) -> Decimal:
    """Pounds for so many hours of one day, however many claims they came in; nothing where no terms say so."""
    if terms is None or hours <= 0:
        return NOTHING
    return (terms.half_day if is_half_day(terms, hours) else terms.whole_day) or NOTHING


def worth_of_more(terms: Terms | None, before: Decimal, more: Decimal) -> Decimal:
    """Pounds that further hours add to a day on which some are counted already; never less than nothing."""
    return max(NOTHING, worth_of_day(terms, before + more) - worth_of_day(terms, before))
