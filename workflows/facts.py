"""What an actor sets down: the question, when an answer is needed, which days it may name, and the check of what is given.

Imports no Django. The form on a page and the door behind it read the same card, so that neither lets through what the
other would not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from audit.days import in_full
from permissions.verdict import STALE, Refused, Verdict, refuse
from workflows.sentences import later

AHEAD, SINCE_DISAGREEMENT = "ahead", "since_disagreement"
DAYS = ("", AHEAD, SINCE_DISAGREEMENT)
"""Which days a fact may name: any; today or later; from the day of the disagreement in hand until today (R3)."""
RECORD = "RECORD"


@dataclass(frozen=True)
class Fact:
    """What an actor sets down. `kind`: "text", "choice", "day", "yes_no". Pages and API make the field from it.

    `needed_if`: (code, value) of another fact asked beside it: an answer is needed where that one has this value.
    `days`: which days it may name, one of `DAYS`.
    """

    code: str
    question: str
    kind: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = True
    hint: str = ""
    needed_if: tuple[str, str] | None = later(None)
    days: str = later("")


@dataclass(frozen=True)
class Moment:
    """What the days are measured against: today in London, and the day of the disagreement in hand where there is one."""

    today: date
    disagreed_on: date | None = None


def bounds(fact: Fact, moment: Moment) -> tuple[date | None, date | None]:
    """The earliest and the latest day that a fact may name, both included; None where it is open."""
    if fact.days == AHEAD:
        return moment.today, None
    if fact.days == SINCE_DISAGREEMENT:
        return moment.disagreed_on, moment.today
    return None, None


def clean_facts(facts: Iterable[Fact], given: Mapping[str, Any], moment: Moment) -> dict[str, Any]:
    """Check answers against their questions. Raises Refused with one verdict for each field at fault."""
    asked = tuple(facts)
    unknown = set(given) - {fact.code for fact in asked}
    problems = [refuse(STALE, f"Nothing called {code!r} is asked here.", "Go back and look again.") for code in sorted(unknown)]
    values = {fact.code: str(given.get(fact.code) or "").strip() for fact in asked}
    problems += [problem for fact in asked if (problem := _problem(fact, values, moment)) is not None]
    if problems:
        raise Refused(problems)
    return {code: value for code, value in values.items() if value}


def _problem(fact: Fact, values: Mapping[str, str], moment: Moment) -> Verdict | None:
    value = values[fact.code]
    said = _missing(fact, values) if not value else _unfit(fact, value)
    if said:
        return refuse(RECORD, f"{fact.question} {said}")
    return _wrong_day(fact, date.fromisoformat(value), moment) if value and fact.kind == "day" else None


def _missing(fact: Fact, values: Mapping[str, str]) -> str:
    if fact.required:
        return "An answer is needed."
    other, value = fact.needed_if or ("", "")
    return "An answer is needed, because of what else you answered." if other and values.get(other) == value else ""


def _unfit(fact: Fact, value: str) -> str:
    if fact.kind == "choice" and value not in {code for code, _ in fact.choices}:
        return "Choose one of the answers."
    if fact.kind == "yes_no" and value not in ("yes", "no"):
        return "Answer yes or no."
    if fact.kind == "day" and not _is_day(value):
        return "Give a day that exists."
    return ""


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _wrong_day(fact: Fact, day: date, moment: Moment) -> Verdict | None:
    """Outside the days that the fact may name. A disagreement is heard when they have met, and not when they mean to (R3)."""
    earliest, latest = bounds(fact, moment)
    rule = "R3" if fact.days == SINCE_DISAGREEMENT else RECORD
    if earliest and day < earliest:
        return refuse(rule, f"{fact.question} Give a day on or after {in_full(earliest)}.")
    if latest and day > latest:
        return refuse(rule, f"{fact.question} Give a day on or before {in_full(latest)}: one that is over, or today.")
    return None
