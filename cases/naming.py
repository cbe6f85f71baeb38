"""Where the name of a person stands, and what stands there once they are called by a pseudonym (IG15).

The acts stay with the key of the person and of the seat; only what names them goes: the name wherever the record itself wrote it,
the address, the needs. Words that other people wrote about them stay as they wrote them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps

from audit.damaged import stored
from audit.erasing import Change
from audit.history import HistoryRow, history_of
from audit.models import Event
from cases.models import Person, TypedAnswer

OF_THEM = ("email", "needs", "employer")
"""What is kept of a person besides the name, as text."""


def changes_of_name(person: Person, pseudonym: str, events: Iterable[Event]) -> Iterator[Change]:
    """Every change that puts a pseudonym in place of a name. `events`: those of the organisation, of every case and of none."""
    name, gone = person.name, {"name": pseudonym, **dict.fromkeys(OF_THEM, ""), "account_id": None}
    names = {row.name for row in stored(history_of(Person)).filter(id=person.pk)} | {name}
    yield Change(Person, person.pk, gone)
    for version in stored(history_of(Person)).filter(id=person.pk):
        by = {"history_person_name": pseudonym} if version.history_person_id == person.pk else {}
        yield Change(type(version), version.pk, {**gone, **by})
    yield from _as_author(person, pseudonym)
    yield from _as_told(person, pseudonym, names)
    yield from _in_ledger(person, pseudonym, names, events)


def _as_author(person: Person, pseudonym: str) -> Iterator[Change]:
    for model in apps.get_models():
        if issubclass(model, HistoryRow):
            rows = stored(model).filter(history_person_id=person.pk).exclude(history_person_name=pseudonym)
            if model is history_of(Person):
                rows = rows.exclude(id=person.pk)
            for key in list(rows.values_list("pk", flat=True)):
                yield Change(model, key, {"history_person_name": pseudonym})


def _as_told(person: Person, pseudonym: str, names: set[str]) -> Iterator[Change]:
    """The addresses that links were sent to, and messages that name them."""
    for answer in TypedAnswer.objects.filter(seat__person=person).exclude(sent_to=""):
        yield Change(TypedAnswer, answer.pk, {"sent_to": ""})
        for key in list(stored(history_of(TypedAnswer)).filter(id=answer.pk).values_list("pk", flat=True)):
            yield Change(history_of(TypedAnswer), key, {"sent_to": ""})
    notices = apps.get_model("notifications.Notice")
    for name in names:
        for key, text in list(stored(notices).filter(text__contains=name).values_list("pk", "text")):
            yield Change(notices, key, {"text": text.replace(name, pseudonym)})


def _in_ledger(person: Person, pseudonym: str, names: set[str], events: Iterable[Event]) -> Iterator[Change]:
    for event in events:
        changed: dict[str, Any] = {}
        facts = _renamed(event.facts, names, pseudonym)
        if facts != event.facts:
            changed["facts"] = facts
        if event.person_id == person.pk:
            changed["person_name"] = pseudonym
        if changed:
            yield Change(Event, event.pk, changed)


def _renamed(value: Any, names: set[str], pseudonym: str) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(one, names, pseudonym) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, names, pseudonym) for one in value]
    if isinstance(value, str):
        for name in names:
            value = value.replace(name, pseudonym)
    return value
