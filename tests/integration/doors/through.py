"""One row of the tables of doors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from permissions.verdict import Refused


@dataclass(frozen=True)
class Through:
    """How one door is passed: who, with what; and how a stranger who tries the same is turned away.

    `turned_away` None: every lay partner may do it, so there is no stranger to it.
    """

    name: str
    who: str | None
    given: Callable[[Any], dict[str, Any]] = field(default=lambda case: {})
    turned_away: type[Exception] | None = Refused
