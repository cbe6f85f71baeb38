"""Numbers of the report in words that a board and a partner read alike. Below five in all, a number is only ever a count."""

from __future__ import annotations

from web.design_system.words import count
from workflows.signals import words
from workflows.signals.report import Reading
from workflows.signals.signal import Light, Measured, Signal, Unit
from workflows.signals.words import in_unit

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
    "T1": ("case", "cases", "had settled what to look at before the first partner came in"),
    "T2": ("decision", "decisions", "came less than 5 working days after the paper"),
    "T3": ("answer from partners", "answers from partners", "came from somebody who had not opened the paper"),
    "T4": ("partner", "partners", "waited more than 5 working days for the first paper"),
    "T5": ("paper", "papers", "reached partners only in part, or not at all"),
    "T6": ("comment from partners", "comments from partners", "had no answer in time"),
    "T7": ("answer to partners", "answers to partners", "told of something that was changed"),
    "T8": ("disagreement", "disagreements", "did not change how the case went on"),
    "T9": ("seat of partners", "seats of partners", "let them attend but not decide"),
    "T10": ("group", "groups", "had one partner alone"),
    "T11": ("day of a seat for a partner", "days of seats for partners", "passed with the seat empty"),
    "T12": ("meeting of safety groups", "meetings of safety groups", "had a partner there as a member"),
    "T13": ("meeting", "meetings", "moved or fell through less than 3 working days before"),
    "T14": ("partner", "partners", "had the training within 60 working days"),
    "T15": ("partner", "partners", "had no seat for 60 working days"),
    "T16": ("seat of partners", "seats of partners", "went to the busiest fifth of them"),
    "T17": ("claim", "claims", "took more than 20 working days to be paid"),
    "T18": ("case that ended", "cases that ended", "told the partners in time what changed because of them"),
    "T19": ("paper", "papers", "left a partner unable to follow it"),
    "T20": ("stage that needs partners", "stages that need partners", "had a rule lifted"),
    "T21": ("partner", "partners", "left before the term was over"),
    "T22": ("activity", "activities", "had a partner in it"),
}
"""What one is called, what several are called, and what some of them did; for a signal that is not here, its own words serve."""


def sentence(signal: Signal, found: Measured) -> str:
    """ "Out of 12 decisions, 3 came less than 5 working days after the paper." """
    if found.denominator == 0:
        return "There was nothing to count in this quarter."
    if signal.code not in SENTENCES:
        return f"{signal.counts}: {counted(found)}."
    one, many, did = SENTENCES[signal.code]
    every = 1 < found.numerator == found.denominator
    return f"Out of {count(found.denominator, one, many)}, {'all' if every else found.numerator or 'none'} {did}."


def counted(found: Measured) -> str:
    """ "3 of 12"."""
    return words.counted(found) if found.denominator else "Nothing to count"


def value(signal: Signal, found: Measured) -> str:
    """ "25%", "4 working days"; nothing where there are too few."""
    return "" if found.value is None or found.is_few or not found.denominator else in_unit(signal.unit, found.value)


def found_in(signal: Signal, found: Measured) -> str:
    """ "25%, 3 of 12"; a count alone where there are too few, and words where there is nothing."""
    return ", ".join(part for part in (value(signal, found), counted(found)) if part)


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
