"""One message as the page shows it: the sentence, when, about which case, and a link for those who may still see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from notifications.models import Notice
from web.pages.cases.found import address


@dataclass(frozen=True)
class Message:
    """A notice; `may_open` False: its reader does not see the case (any more), so only the reference is shown."""

    notice: Notice
    may_open: bool

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
        return f"{case.title}, {case.reference}" if self.may_open else case.reference

    @property
    def href(self) -> str:
        return address("case", self.notice.case) if self.may_open else ""
