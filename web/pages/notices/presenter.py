"""One message as the page shows it: the sentence, when, about which case, and a link for those who may still see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from audit.compiled import compiled, padded
from audit.models import Event
from notifications.reading import SHOWN, Told
from web.pages.cases.found import address_of
from web.pages.notices.elsewhere import NOWHERE, Link
from web.pages.projects.said import WE_DID, tells_what_changed
from workflows.registry import process_of


@dataclass(frozen=True)
class Message:
    """A notice; where its reader does not see the case (any more), only the reference is shown. `left`: they sat there as a
    partner, and are owed what changed because of them.

    `elsewhere`: the address and the words of its link, where it is about no case that they see.
    """

    told: Told
    tells_what_changed: bool = False
    left: bool = False
    elsewhere: Link = NOWHERE

    @property
    def text(self) -> str:
        return self.told.text

    @property
    def at(self) -> datetime:
        return self.told.at

    @property
    def is_new(self) -> bool:
        return self.told.is_new

    @cached_property
    def about(self) -> str:
        case, may_open = self.told.case, self.told.may_open
        if case is None or (self.elsewhere != NOWHERE and not may_open):
            return f"{self.elsewhere[1]}, {case.reference}" if case else self.elsewhere[1]
        return f"{case.title}, {case.reference}" if may_open else case.reference

    @cached_property
    def href(self) -> str:
        return self._page("case") if self.told.may_open else self.elsewhere[0]

    @cached_property
    def you_said_href(self) -> str:
        """ "You said, we did", where the message is that it has been written."""
        return self._page("you_said") if self.tells_what_changed and (self.told.may_open or self.left) else ""

    def _page(self, name: str) -> str:
        return address_of(name, self.told.case.ods, self.told.case.reference) if self.told.case else ""


@compiled()
def _submitted(events: tuple[UUID, ...]) -> QuerySet[Event, tuple[UUID, Any]]:
    return Event.objects.filter(pk__in=events, kind="submitted").values_list("pk", "facts")


def telling_what_changed(told: Iterable[Told]) -> set[UUID]:
    """The keys of the events by which "you said, we did" was written. One statement; none where no case has such a page."""
    cases = {(one.case.process, one.case.version) for one in told if one.case}
    such = {names for names in cases if tells_what_changed(process_of(*names))}
    events = {one.event for one in told if one.case and (one.case.process, one.case.version) in such}
    found = _submitted(events=padded(events, SHOWN)) if events else ()
    return {pk for pk, facts in found if WE_DID in (facts.get("set_down") or {})}
