"""Hears of every ledger event inside its transaction and writes the notices that the rules ask for."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.dispatch import receiver

from audit import storing
from audit.compiled import compiled
from audit.days import day_as_told
from audit.ids import uuid7
from audit.models import Event
from audit.signals import recorded
from cases.models import Seat
from notifications.models import Notice
from notifications.posting import SETTLES
from notifications.rules import ASKED, MAIL, MOVED, Rule, rules_for
from notifications.tasks import send_messages

Said = dict[str, list[tuple[Rule, str]]]
"""For each person to tell, by key: the rules that say so, and their sentences."""


@receiver(recorded, dispatch_uid="notifications.telling")
def tell_those_concerned(events: list[Event], **_: Any) -> None:
    """At most three statements for all events of an act, and none where nobody is told of them.

    The notices are also the queue of what is to go out, so that no act ever waits for another act's messages; the task
    that sends them is queued in the same transaction.
    """
    newest = events[-1]
    ruled = [(event, rules) for event in events if (rules := _rules_on(event))]
    if not ruled:
        return
    seats = _active_seats(case=newest.case_id) if newest.case_id else []
    notices = [notice for event, rules in ruled for notice in _notices(event, rules, seats)]
    storing.add(notices)
    if any(notice.by_mail for notice in notices):
        send_messages.using(run_after=newest.at + SETTLES).enqueue()


def _rules_on(event: Event) -> list[tuple[Rule, dict[str, str]]]:
    """The rules by which somebody is told of an event, each with the move that it tells of."""
    rules = [*rules_for(event), *([ASKED] if event.facts.get("put_to") else [])]
    return [*((rule, {}) for rule in rules), *((MOVED, move) for move in event.facts.get("moves", [])[-1:])]


def _notices(event: Event, rules: list[tuple[Rule, dict[str, str]]], seats: list[Seat]) -> list[Notice]:
    said: Said = defaultdict(list)
    for rule, move in rules:
        _add(said, rule, event, seats, move)
    said.pop(str(event.person_id), None)
    return [_notice(event, event.case_id, person, told) for person, told in said.items()]


@compiled()
def _active_seats(case: UUID) -> QuerySet[Seat]:
    return Seat.objects.filter(case=case, state=Seat.State.ACTIVE).select_related("case")


def _notice(event: Event, case_id: UUID | None, person: str, told: list[tuple[Rule, str]]) -> Notice:
    return Notice(
        id=uuid7(event.at), person_id=person, case_id=case_id, event_id=event.pk, at=event.at,
        text=" ".join(words for _, words in told), by_mail=any(rule.channel is MAIL for rule, _ in told),
    )  # fmt: skip


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "somebody"


def _add(said: Said, rule: Rule, event: Event, seats: list[Seat], move: dict[str, str]) -> None:
    told = {
        name: day_as_told(value) if isinstance(value, str) else value
        for name, value in {**event.facts, **move, "actor": event.person_name}.items()
    }
    words = rule.sentence.format_map(_Blank(told))
    told_in_turn = (person for audience in rule.audiences for person in sorted(audience(event, seats)))
    for person in dict.fromkeys(told_in_turn):
        said[person].append((rule, words))
