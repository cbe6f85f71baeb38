"""The answer to "may I?": a verdict with its rule and its reason, and the refusal made of them.

Imports no Django, so that every rule can be read and tested on its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

STALE = "STALE"
"""The rule named when somebody else has acted since the page was opened (shown as 409, never as a fault)."""


@dataclass(frozen=True)
class Verdict:
    """One rule's answer: `reason` is fit for the screen, `remedy` says who can mend it and how."""

    allowed: bool
    rule: str
    reason: str
    remedy: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def __str__(self) -> str:
        return f"{self.reason} {self.remedy}".strip()


def allow(rule: str, reason: str) -> Verdict:
    """A verdict that lets the act through and says on what ground."""
    return Verdict(True, rule, reason)


def refuse(rule: str, reason: str, remedy: str = "") -> Verdict:
    """A verdict that stops the act; `reason` says what stands in the way."""
    return Verdict(False, rule, reason, remedy)


def judge(passes: bool, rule: str, reason: str, remedy: str = "") -> Verdict:
    """The verdict on a sentence that is true or false; `reason` is the sentence to show when it is false."""
    return Verdict(bool(passes), rule, reason, remedy)


class Refused(Exception):
    """An act was refused. `verdicts` holds every refusing verdict, not only the first."""

    def __init__(self, verdicts: Iterable[Verdict]) -> None:
        self.verdicts = tuple(v for v in verdicts if not v.allowed)
        super().__init__(" ".join(str(v) for v in self.verdicts))

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that refused, in order, for example ("R1", "R5")."""
        return tuple(v.rule for v in self.verdicts)

    @property
    def is_stale(self) -> bool:
        """Somebody else acted first, or the page was opened before something changed."""
        return STALE in self.rules


def require(*verdicts: Verdict) -> None:
    """Let the act go on, or raise `Refused` with all reasons at once."""
    if not all(verdicts):
        raise Refused(verdicts)
