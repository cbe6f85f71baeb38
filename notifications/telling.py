"""Hears of every ledger event inside its transaction and writes the notices that the rules ask for."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.dispatch import receiver

from audit.ids import uuid7
from audit.models import Event
from audit.signals import recorded
from cases.models import Seat
from notifications.models import Notice
from notifications.rules import MOVED, Rule, rules_for


@receiver(recorded, dispatch_uid="notifications.telling")
def tell_those_concerned(event: Event, **_: Any) -> None:
    """At most two statements, and none for an event that nobody is told of."""
    moves = event.facts.get("moves", [])
    rules = rules_for(event.kind)
    if event.case_id is None or not (rules or moves):
        return
    seats = list(Seat.objects.filter(case=event.case_id, state=Seat.State.ACTIVE))
    told: dict[str, list[str]] = defaultdict(list)
    for rule in rules:
        _add(told, rule, event, seats, {})
    for move in moves[-1:]:
        _add(told, MOVED, event, seats, move)
    told.pop(str(event.person_id), None)
    Notice.objects.bulk_create(
        Notice(id=uuid7(event.at), person_id=person, case_id=event.case_id, event_id=event.pk, text=" ".join(texts), at=event.at)
        for person, texts in told.items()
    )


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "somebody"


def _add(told: dict[str, list[str]], rule: Rule, event: Event, seats: list[Seat], move: dict[str, str]) -> None:
    words = rule.sentence.format_map(_Blank({**event.facts, **move, "actor": event.person_name}))
    for person in sorted(set().union(*(audience(event, seats) for audience in rule.audiences))):
        told[person].append(words)
