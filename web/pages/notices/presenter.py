"""One message as the page shows it: the sentence, when, about which case, and a link for those who may still see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.models import Event
from cases.models import Case
from notifications.models import Notice
from web.pages.cases.found import address
from web.pages.notices.elsewhere import NOWHERE, Link
from web.pages.projects.said import WE_DID, tells_what_changed
from workflows.definition import Process
from workflows.registry import process_of


@dataclass(frozen=True)
class Message:
    """A notice; `may_open` False: its reader does not see the case (any more), so only the reference is shown. `left`: they
    sat there as a partner, and are owed what changed because of them.

    `elsewhere`: the address and the words of its link, where it is about no case that they see.
    """

    notice: Notice
    may_open: bool
    tells_what_changed: bool = False
    left: bool = False
    elsewhere: Link = NOWHERE

    @property
    def text(self) -> str:
        return self.notice.text

    @property
    def at(self) -> datetime:
        return self.notice.at

    @property
    def is_new(self) -> bool:
        return self.notice.read_at is None

    @property
    def about(self) -> str:
        case = self.notice.case
        if case is None or (self.elsewhere != NOWHERE and not self.may_open):
            return f"{self.elsewhere[1]}, {case.reference}" if case else self.elsewhere[1]
        return f"{case.title}, {case.reference}" if self.may_open else case.reference

    @property
    def href(self) -> str:
        case = self.notice.case
        if case is None or not self.may_open:
            return self.elsewhere[0]
        return address("case", case)

    @property
    def you_said_href(self) -> str:
        """ "You said, we did", where the message is that it has been written."""
        case = self.notice.case
        return address("you_said", case) if case and (self.may_open or self.left) and self.tells_what_changed else ""


def telling_what_changed(notices: Iterable[Notice]) -> set[UUID]:
    """The keys of the events by which "you said, we did" was written. One statement; none where no case has such a page."""
    events = {one.event_id for one in notices if one.case and tells_what_changed(_process(one.case))}
    found = Event.objects.filter(pk__in=events, kind="submitted").values_list("pk", "facts") if events else ()
    return {pk for pk, facts in found if WE_DID in (facts.get("set_down") or {})}


def _process(case: Case) -> Process:
    return process_of(case.process, case.definition_version)
