"""A person by their keys alone, as the rules of sight are asked by querysets that are compiled once."""

from __future__ import annotations

from typing import TypedDict
from uuid import UUID

from cases.models import Person


class PersonKeys(TypedDict):
    """By which a person is known to a queryset that is compiled once; `account` 0, which no account has, for who has none."""

    person: UUID
    account: int


def keys_of(person: Person) -> PersonKeys:
    """What `known_by` makes a person of again."""
    return {"person": person.pk, "account": person.account_id or 0}


def known_by(person: UUID, account: int) -> Person:
    """A person of whom no more than the keys is known: enough for every question of `permissions.scope`."""
    return Person(pk=person, account_id=account)
