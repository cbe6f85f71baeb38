"""Numbers of the report in words that a board and a partner read alike. Below five in all, a number is only ever a count."""

from __future__ import annotations

from web.design_system.words import count
from workflows.calendar import WorkingDays
from workflows.signals.report import Reading
from workflows.signals.signal import Light, Measured, Signal, Unit

COLOURS = {
    Light.NONE: "grey", Light.FEW: "grey", Light.GREEN: "green", Light.WATCH: "blue", Light.AMBER: "yellow", Light.RED: "red",
}  # fmt: skip
"""Of the tag; the tag always has its words."""

SHOWN_AS = {
    Unit.SHARE: "The first as a share of the second.",
    Unit.DAYS: "The middle one of all the waits, in working days.",
    Unit.PER_HUNDRED: "How many of the first there are for every hundred of the second.",
    Unit.SCORE: "The mean of all the answers, from 1 to 5.",
}

SENTENCES = {
    "T1": ("case", "cases", "had its first partner only after it was settled what to look at"),
    "T2": ("decision", "decisions", "came too soon after the paper"),
    "T3": ("answer from partners", "answers from partners", "came from somebody who had not opened the paper"),
    "T4": ("first paper", "first papers", "took longer than 5 working days to reach a partner"),
    "T5": ("paper", "papers", "reached partners only in part, or not at all"),
    "T6": ("comment from partners", "comments from partners", "had no answer in time"),
    "T7": ("answer to partners", "answers to partners", "told of something that was changed"),
    "T8": ("disagreement", "disagreements", "did not change the decision"),
    "T19": ("paper", "papers", "could not be followed, said a partner"),
    "T20": ("step that needs partners", "steps that need partners", "went on with a rule lifted"),
}
"""What one is called, what several are called, and what some of them did; for a signal that is not here, its own words serve."""

_SMALL = 0.01


def sentence(signal: Signal, found: Measured) -> str:
    """ "Out of 12 decisions, 3 came too soon after the paper." """
    if found.denominator == 0:
        return "There was nothing to count in this quarter."
    if signal.code not in SENTENCES:
        return f"{signal.counts}: {counted(found)}."
    one, many, did = SENTENCES[signal.code]
    return f"Out of {count(found.denominator, one, many)}, {found.numerator or 'none'} {did}."


def counted(found: Measured) -> str:
    """ "3 of 12"."""
    return f"{found.numerator} of {found.denominator}" if found.denominator else "Nothing to count"


def value(signal: Signal, found: Measured) -> str:
    """ "25%", "4 working days"; nothing where there are too few."""
    return "" if found.value is None or found.is_few or not found.denominator else in_unit(signal.unit, found.value)


def found_in(signal: Signal, found: Measured) -> str:
    """ "25%, 3 of 12"; a count alone where there are too few, and words where there is nothing."""
    return ", ".join(part for part in (value(signal, found), counted(found)) if part)


def in_unit(unit: Unit, number: float) -> str:
    """ "25%", "4 working days", "6 in every 100", "3.8 out of 5"."""
    if unit is Unit.SHARE:
        return "under 1%" if 0 < number < _SMALL else f"{number:.0%}"
    if unit is Unit.DAYS:
        return str(WorkingDays(int(number))) if number == int(number) else f"{number:.1f} working days"
    return f"{number:.2g} in every 100" if unit is Unit.PER_HUNDRED else f"{number:.1f} out of 5"


def on_axis(unit: Unit, number: float) -> str:
    """As beside a chart: "25%", "4"."""
    return f"{number:.0%}" if unit is Unit.SHARE else f"{number:g}"


def lines(signal: Signal) -> list[tuple[Light, float]]:
    """From where a board looks, and acts; the line that is reached first comes first."""
    drawn = ((Light.AMBER, signal.thresholds.amber), (Light.RED, signal.thresholds.red))
    return [(light, line) for light, line in drawn if line is not None]


def limits(signal: Signal) -> str:
    """ "Look into it above 10%. Act on it above 25%." """
    side = "below" if signal.thresholds.low_is_bad else "above"
    told = [f"{light.value.capitalize()} {side} {in_unit(signal.unit, line)}." for light, line in lines(signal)]
    return " ".join(told) or "No line is drawn: look at it."


def movement(signal: Signal, trend: tuple[Reading, ...]) -> str:
    """Where the newest number came from: "Up from 20%". Quarters with too few to say are passed over."""
    told = [one.found.value or 0.0 for one in trend if value(signal, one.found)]
    if not value(signal, trend[-1].found) or len(told) == 1:
        return "Nothing to compare with"
    before, now = told[-2:]
    if in_unit(signal.unit, before) == in_unit(signal.unit, now):
        return f"The same as before: {in_unit(signal.unit, now)}"
    return f"{'Up' if now > before else 'Down'} from {in_unit(signal.unit, before)}"
