"""The door of acts on no case (people, appointments, training, incidents): like that of a case, in the organisation's chain."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from audit.models import Event
from audit.record import Act, Actor, acting, head, write
from audit.rows import label
from cases.models import Person
from permissions.capacity import capacity_of
from permissions.verdict import Refused, require
from workflows.clock import has_come, no_later_than_now
from workflows.door import SYSTEM, about_refusal, token_of


def organisation_door(
    kind: str, organisation: Callable[..., UUID], then: Callable[[Any, datetime], None] = lambda _row, _at: None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a door of a function whose first argument is the act and which returns the row that it wrote.

    `organisation` finds the key of the organisation from the particulars. Callers name everything: `at` (an aware time), and
    where they have one `by` (None is the system), `reason` and `request`: the same request again returns the same row.
    `then` brings cases up to date with the row, each by an act of its own: no act is on two chains.
    Raises Refused, and records that.
    """

    def make(body: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(body)
        def through(*, at: datetime, by: Person | None = None, reason: str = "", request: str = "", **particulars: Any) -> Any:
            chain = organisation(at=at, by=by, **particulars)
            act = Act(kind, _actor(by, at), at, chain, reason=reason, request=token_of(by, request, kind, reason, particulars))
            try:
                with transaction.atomic():
                    newest = head(act.chain, act.request)
                    row = _written_by(newest.earlier) if newest.earlier else _done(body, act, newest, by, particulars)
            except Refused as refusal:
                record_organisation_refusal(kind, chain, by, at, refusal)
                raise
            then(row, at)
            return row

        return through

    return make


def _done(body: Callable[..., Any], act: Act, newest: Any, by: Person | None, particulars: dict[str, Any]) -> Any:
    require(has_come(act.at))
    with acting(act):
        row = body(act, by=by, **particulars)
        act.facts["row"] = [label(type(row)), str(row.pk)]
        write(act, newest)
    return row


def _written_by(event: Event) -> models.Model:
    table, key = event.facts["row"]
    return apps.get_model(table)._default_manager.get(pk=key)


@contextmanager
def organisation_act(
    kind: str, *, organisation_id: UUID, by: Person | None, at: datetime, reason: str = "", role: str = ""
) -> Iterator[Act]:
    """An act that writes no row, or none that a retry could write twice: one transaction, one event."""
    with transaction.atomic():
        act = Act(kind, _actor(by, at, role), at, organisation_id, reason=reason)
        with acting(act):
            yield act
            write(act)


def record_organisation_refusal(kind: str, organisation_id: UUID, by: Person | None, at: datetime, refusal: Refused) -> None:
    """Write a refusal that no case can keep into the organisation's chain."""
    with organisation_act("refused", organisation_id=organisation_id, by=by, at=no_later_than_now(at)) as act:
        act.facts.update(about_refusal(kind, refusal))


def _actor(by: Person | None, at: datetime, role: str = "") -> Actor:
    return Actor(by.pk, by.name, capacity_of(by, at), role) if by else SYSTEM
