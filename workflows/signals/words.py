"""The numbers of a signal as they are said: on a page, in a table, on a terminal."""

from __future__ import annotations

from workflows.signals.signal import Measured, Signal, Thresholds, Unit

SAID = {Unit.DAYS: "{} working days", Unit.PER_HUNDRED: "{} for every 100", Unit.SCORE: "{} of 5"}


def in_unit(unit: Unit, value: float) -> str:
    """A value of a signal with its unit: "12%", "3.5 working days", "4 for every 100", "3.8 of 5"."""
    if unit is Unit.SHARE:
        return f"{_short(100 * value)}%"
    said = SAID[unit].format(_short(value))
    return said.removesuffix("s") if said == "1 working days" else said


def value_of(signal: Signal, found: Measured) -> str:
    """What was found, said shortly; where there are too few to say, only the count: "2 of 3"."""
    if found.value is None:
        return "nothing to count"
    return counted(found) if found.is_few else in_unit(signal.unit, found.value)


def counted(found: Measured) -> str:
    """Numerator and denominator, as "2 of 3"."""
    return f"{found.numerator} of {found.denominator}"


def thresholds_of(signal: Signal) -> str:
    """From where it is amber and red: "amber above 10%, red above 25%"."""
    found = signal.thresholds
    named = (("amber", found.amber), ("red", found.red))
    said = [f"{name} {_past(found)} {in_unit(signal.unit, at)}" for name, at in named if at is not None]
    return ", ".join(said) or "no threshold: it is looked at"


def _past(thresholds: Thresholds) -> str:
    return "below" if thresholds.low_is_bad else "above"


def _short(value: float) -> str:
    """One place after the point at most, and none that says nothing."""
    return f"{value:.1f}".removesuffix(".0")
