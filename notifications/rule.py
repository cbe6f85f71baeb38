"""What a rule of telling is: an act, whom to tell, a sentence, a channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from audit.models import Event
from notifications.audiences import Audience


class Channel(Enum):
    """PAGE: only in the application. MAIL: there, and by e-mail (post or phone for those who work that way)."""

    PAGE = "page"
    MAIL = "mail"


PAGE, MAIL = Channel.PAGE, Channel.MAIL


@dataclass(frozen=True)
class Rule:
    """Tell these audiences this, when such an event is written. Whoever did it is not told.

    Where `stage` names one, only there; where `naming` names a fact, only of an event that has it; where `only_if` is given,
    only of an event of which it says yes.
    """

    kind: str
    audiences: tuple[Audience, ...]
    sentence: str
    channel: Channel = MAIL
    stage: str = ""
    naming: str = ""
    only_if: Callable[[Event], bool] | None = None

    def is_about(self, event: Event) -> bool:
        """Whether this event is one that the rule tells of."""
        if self.kind != event.kind or self.stage not in ("", event.facts.get("stage")):
            return False
        if self.naming and self.naming not in event.facts:
            return False
        return self.only_if is None or self.only_if(event)
