"""Where the name of a person stands, and what stands there once they are called by a pseudonym (IG15).

The acts stay with the key of the person and of the seat; only what names them goes: the name wherever the record itself wrote it,
the address, the needs. Words that other people wrote about them stay as they wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps

from audit.chain import canonical
from audit.damaged import stored
from audit.erasing import Change
from audit.history import HistoryRow, history_of
from audit.models import Event
from cases.models import Person, TypedAnswer

OF_THEM = ("email", "needs", "employer")
"""What is kept of a person besides the name, as text."""


def changes_of_name(person: Person, pseudonym: str, events: Iterable[Event]) -> Iterator[Change]:
    """Every change that puts a pseudonym in place of a name. `events`: those of the organisation, of every case and of none."""
    names, gone = NamesBorne(person), {"name": pseudonym, **dict.fromkeys(OF_THEM, ""), "account_id": None}
    yield Change(Person, person.pk, gone)
    for version in stored(history_of(Person)).filter(id=person.pk):
        by = {"history_person_name": pseudonym} if version.history_person_id == person.pk else {}
        yield Change(type(version), version.pk, {**gone, **by})
    yield from _as_author(person, pseudonym)
    yield from _as_told(person, pseudonym, names)
    yield from _in_ledger(person, pseudonym, names, events)


class NamesBorne:
    """Every name that somebody bore, since when, and what can be told to mean them.

    A name that somebody else bears or bore, and a single word, means them only where their key stands beside it: whoever
    keeps the records of people could else give a leaver another's name, or a word such as an answer, and have it replaced.
    """

    def __init__(self, person: Person) -> None:
        versions = stored(history_of(Person)).filter(id=person.pk).order_by("history_id")
        self._since: list[tuple[datetime, str]] = list(versions.values_list("history_date", "name"))
        self._key = str(person.pk)
        others = stored(history_of(Person)).exclude(id=person.pk)
        names = {name for _, name in self._since}
        self.known = {name for name in names if " " in name.strip() and not others.filter(name__icontains=name).exists()}
        self._words = {name: re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])") for name in names if name.strip()}

    def at(self, event: Event) -> list[re.Pattern[str]]:
        """What means them in an act: the name that they bore then, where it is theirs alone or the act names their key."""
        then = [name for since, name in self._since if since <= event.at][-1:]
        beside = (event.person_id is not None and str(event.person_id) == self._key) or self._key in canonical(event.facts)
        return [self._words[name] for name in then if name in self._words and (beside or name in self.known)]

    def alone(self) -> dict[str, re.Pattern[str]]:
        """Every name that means them wherever it stands."""
        return {name: self._words[name] for name in self.known}


def _as_author(person: Person, pseudonym: str) -> Iterator[Change]:
    for model in apps.get_models():
        if issubclass(model, HistoryRow):
            rows = stored(model).filter(history_person_id=person.pk).exclude(history_person_name=pseudonym)
            if model is history_of(Person):
                rows = rows.exclude(id=person.pk)
            for key in list(rows.values_list("pk", flat=True)):
                yield Change(model, key, {"history_person_name": pseudonym})


def _as_told(person: Person, pseudonym: str, names: NamesBorne) -> Iterator[Change]:
    """The addresses that links were sent to, and messages that name them."""
    for answer in TypedAnswer.objects.filter(seat__person=person).exclude(sent_to=""):
        yield Change(TypedAnswer, answer.pk, {"sent_to": ""})
        for key in list(stored(history_of(TypedAnswer)).filter(id=answer.pk).values_list("pk", flat=True)):
            yield Change(history_of(TypedAnswer), key, {"sent_to": ""})
    notices = stored(apps.get_model("notifications.Notice")).filter(person__organisation=person.organisation_id)
    for name, words in names.alone().items():
        for key, text in list(notices.filter(text__contains=name).values_list("pk", "text")):
            yield Change(notices.model, key, {"text": words.sub(pseudonym, text)})


def _in_ledger(person: Person, pseudonym: str, names: NamesBorne, events: Iterable[Event]) -> Iterator[Change]:
    for event in events:
        changed: dict[str, Any] = {}
        facts = _renamed(event.facts, names.at(event), pseudonym)
        if facts != event.facts:
            changed["facts"] = facts
        if event.person_id == person.pk:
            changed["person_name"] = pseudonym
        if changed:
            yield Change(Event, event.pk, changed)


def _renamed(value: Any, names: list[re.Pattern[str]], pseudonym: str) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(one, names, pseudonym) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, names, pseudonym) for one in value]
    if isinstance(value, str):
        for name in names:
            value = name.sub(pseudonym, value)
    return value
