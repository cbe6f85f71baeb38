"""What an act changed, in plain words: which fact, which part of it, what it said before and what it says since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

from cases.models import Case, PaperVersion, Person, Position, Seat, StoredDefinition, Visit
from permissions.roles import title_of
from web.pages.record.field_names import HIDDEN, field_words, thing_words
from workflows.evidence.as_of_tables import SHORT
from workflows.evidence.differences import Change, keys_of
from workflows.evidence.plain_text import cell_in_words
from workflows.evidence.rules_then import RulesThen
from workflows.evidence.who_reads import ChangeReader
from workflows.fingerprint import definition_json
from workflows.look import Look

BEFORE_YOU = "Not shown: from before you came in"
"""What stands for the words of a time that a lay partner does not read (R15)."""


@dataclass(frozen=True)
class Difference:
    """One fact that an act wrote. `lines` are (part, before, after); `withheld` stands in their place where it is not empty."""

    what: str
    how: str
    lines: tuple[tuple[str, str, str], ...] = ()
    withheld: str = ""

    @property
    def is_new(self) -> bool:
        """Whether there was nothing before to compare with."""
        return self.how == "Added"


class Differing:
    """The differences that the acts of one case made, for one person. `begins`: from when they read its record; None for all."""

    def __init__(self, look: Look, person: Person, begins: datetime | None) -> None:
        self._look, self._begins = look, begins
        self._reader = ChangeReader(look, person)

    def told(self, changes: list[Change]) -> list[Difference]:
        """One statement for the names, and those that who-may-read-it takes."""
        names = Names(self._look, changes)
        return [self._one(change, names) for change in changes if change.model is not StoredDefinition]

    def _one(self, change: Change, names: Names) -> Difference:
        kept = self._reader.kept(change)
        how = "Added" if change.before is None else "Removed" if change.after is None else "Changed"
        if kept:
            return Difference(thing_words(change.model), how, withheld=kept)
        return Difference(names.thing(change), how, tuple(self._lines(change, names)))

    def _lines(self, change: Change, names: Names) -> Iterator[tuple[str, str, str]]:
        allowed = self._reader.columns(change)
        fields = {field.attname: field for field in change.model._meta.concrete_fields}
        for column in change.columns:
            if column in HIDDEN or (allowed is not None and column not in allowed):
                continue
            for part, before, after in names.parts(change, fields[column], column):
                yield part, self._before(change, before), after

    def _before(self, change: Change, before: str) -> str:
        """R15: of a fact that is older than the record they read, a partner is not told what it said before."""
        hidden = self._begins is not None and change.since is not None and change.since < self._begins
        return BEFORE_YOU if hidden and before else before


class Names:
    """What the keys in a row stand for: people and seats by name, papers by title, version and hash, stages by title."""

    def __init__(self, look: Look, changes: list[Change]) -> None:
        self._look = look
        self._people = Person.objects.in_bulk(keys_of(changes, Person))
        self._rules = RulesThen(definition_json(look.process))

    def thing(self, change: Change) -> str:
        """ "The seat of Pat Mercer", "The stage “Form the group”": which fact it is."""
        values, words = change.newest, thing_words(change.model)
        if change.model is Seat:
            return f"{words} of {self._person(values['person_id'])} as {title_of(values['role'])}"
        if change.model is Visit:
            return f"{words} “{self._look.process.title_of(values['stage'])}”"
        if change.model is PaperVersion:
            return f"{words}: {self._version(values['id'])}"
        seat = values.get("seat_id") or values.get("placed_by_id")
        if seat:
            return f"{words}: {self._seat(seat)}"
        title = values.get("title") or values.get("what") or ""
        return f"{words}: {title}" if title and change.model is not Case else words

    def parts(self, change: Change, field: models.Field[Any, Any], column: str) -> Iterator[tuple[str, str, str]]:
        """The lines of one column: one, or for answers to questions one for each that differs."""
        before, after = (values.get(column) if values else None for values in (change.before, change.after))
        if isinstance(field, models.JSONField):
            yield from self._answers(before or {}, after or {})
            return
        told = (self._value(change, field, value) for value in (before, after))
        yield (field_words(change.model, field), *told)  # type: ignore[misc]

    def _value(self, change: Change, field: models.Field[Any, Any], value: Any) -> str:
        """One value in words; empty for nothing. What is stored as a code is told in the words of its stage."""
        if value and change.model is Position and field.name == "answer":
            return self._rules.answer(self._stage(change.newest["visit_id"]), value)
        if value and change.model is Visit and field.name in ("outcome", "chosen"):
            return self._rules.outcome(change.newest["stage"], value)
        return self.value(field, value)

    def _stage(self, visit: Any) -> str:
        return next((one.stage for one in self._look.visits if one.pk == visit), "")

    def _answers(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
        earlier, later = (dict(self._rules.set_down(values)) for values in (before, after))
        for question in dict.fromkeys([*earlier, *later]):
            if earlier.get(question) != later.get(question):
                yield question, earlier.get(question, ""), later.get(question, "")

    def value(self, field: models.Field[Any, Any], value: Any) -> str:
        """One value in words that need no stage; empty for nothing."""
        if value in (None, ""):
            return ""
        if field.related_model is not None:
            return self._named(field.related_model, value)
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, datetime | date):
            return cell_in_words(value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return self._code(field.name, str(value))

    def _code(self, name: str, value: str) -> str:
        """What is stored as a code, in the words of the process or the role."""
        if name in ("stage", "lay_entry_stage", "state"):
            return self._look.process.title_of(value)
        return title_of(value) if name == "role" else value

    def _named(self, model: Any, key: Any) -> str:
        if model is Person:
            return self._person(key)
        if model is Seat:
            return self._seat(key)
        if model is PaperVersion:
            return self._version(key)
        if model is Visit:
            stay = next((one for one in self._look.visits if one.pk == key), None)
            return f"{self._look.process.title_of(stay.stage)} (stay {stay.number})" if stay else "a stage"
        paper = next((one.paper.title for one in self._look.versions if one.paper_id == key), "")
        action = next((one.title for one in self._look.actions if one.pk == key), "") if not paper else ""
        return paper or action or "another part of the record"

    def _person(self, key: Any) -> str:
        return self._people[key].name if key in self._people else "somebody"

    def _seat(self, key: Any) -> str:
        seat = self._look.seat(key)
        return f"{seat.person.name} ({title_of(seat.role)})" if seat else "somebody"

    def _version(self, key: Any) -> str:
        found = self._look.version(key)
        return f"{found.paper.title}, version {found.number} ({found.sha256[:SHORT]})" if found else "a text"
