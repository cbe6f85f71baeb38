"""Forms made from facts: a process declares what is set down, and its page needs no template of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.forms import Field

from web.design_system import words
from web.design_system.fields import EXAMPLE, LONGEST, DateField, RadiosField, TextAreaField
from web.design_system.forms import ActForm
from workflows.definition import Fact, Stage
from workflows.facts import Moment, bounds
from workflows.look import Look

YES_NO = (("yes", "Yes"), ("no", "No"))


def field_of(fact: Fact) -> Field:
    """The field that asks for a fact. A kind that is not known is asked as text."""
    asked: dict[str, Any] = {"label": fact.question, "hint": fact.hint, "required": fact.required}
    if fact.kind == "choice":
        return RadiosField(choices=list(fact.choices), **asked)
    if fact.kind == "yes_no":
        return RadiosField(choices=list(YES_NO), inline=True, **asked)
    if fact.kind == "day":
        return DateField(**{**asked, "hint": fact.hint or EXAMPLE}, subject="The day")
    return TextAreaField(rows=4, max_length=LONGEST, **asked)


def name_of(fact: Fact) -> str:
    """The field's name in the form: never that of a field of our own."""
    return f"fact_{fact.code}"


def as_stored(records: Iterable[Fact], answers: Mapping[str, Any]) -> dict[str, str]:
    """The answers as a door takes them: by the fact's code, a day as year-month-day. Nothing for what was left open."""
    given = {fact.code: answers.get(name_of(fact)) for fact in records}
    return {code: value.isoformat() if isinstance(value, date) else str(value) for code, value in given.items() if value}


def fact_words(fact: Fact, value: Any) -> str:
    """A stored fact as a person would say it."""
    if fact.kind == "day":
        return words.day(date.fromisoformat(str(value)))
    return dict((*fact.choices, *(YES_NO if fact.kind == "yes_no" else ()))).get(str(value), str(value))


def told(records: Iterable[Fact], stored: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each fact that was set down, as its question and its answer in words."""
    return [(fact.question, fact_words(fact, stored[fact.code])) for fact in records if stored.get(fact.code)]


def told_before(look: Look, stage: Stage) -> list[tuple[str, str]]:
    """What was set down earlier, where the stage shows it to everybody who does anything here."""
    asked = {fact.code: fact for fact in look.process.facts()}
    return told((asked[code] for code in stage.shows), look.case.facts)


def _initial(fact: Fact, value: Any) -> Any:
    return date.fromisoformat(value) if fact.kind == "day" and value else value


class FactForm(ActForm):
    """One field for each fact. `stored` is what was set down before, to start from; `moment` what days are measured against."""

    def __init__(
        self, *args: Any, records: Iterable[Fact] = (), stored: Mapping[str, Any] | None = None, moment: Moment | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.records = tuple(records)
        before = stored or {}
        for fact in self.records:
            self.fields[name_of(fact)] = field = field_of(fact)
            self.initial.setdefault(name_of(fact), _initial(fact, before.get(fact.code)))
            if isinstance(field, DateField) and moment:
                field.earliest, field.latest = bounds(fact, moment)
        for fact in self.records:
            if fact.needed_if:
                self._ask_if(fact, *fact.needed_if)

    def _ask_if(self, fact: Fact, code: str, value: str) -> None:
        """The same condition as the door's, said beside the field and asked for at once."""
        other = next(one for one in self.records if one.code == code)
        because = f"because you chose \u201c{fact_words(other, value)}\u201d"
        self.fields[name_of(fact)].hint = f"{fact.hint} Needed if you choose \u201c{fact_words(other, value)}\u201d.".strip()  # type: ignore[attr-defined]
        self.given_field_value(name_of(other), value).require_field(
            name_of(fact), message=f"{fact.question}: answer this, {because}"
        )
