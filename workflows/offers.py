"""One thing that a person can do on a case, as pages and API show it."""

from __future__ import annotations

from dataclasses import dataclass, field

from permissions.verdict import Verdict

REASON = "given on the next page"
"""Stands in for a reason that is asked for later, so that its absence greys no button."""


@dataclass(frozen=True)
class Offer:
    """One thing a person can do. `code` and `params` name the page; refused verdicts say why it is greyed."""

    code: str
    title: str
    verdicts: tuple[Verdict, ...] = ()
    params: dict[str, str] = field(default_factory=dict)
    main: bool = False

    @property
    def allowed(self) -> bool:
        return all(self.verdicts)

    @property
    def refusals(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if not verdict.allowed)
