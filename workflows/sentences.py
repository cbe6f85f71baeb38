"""The named sentences that a page refers to: guards, which are true or false of a case, and effects, which an act has.

Each keeps its function beside its words; the words and the revision enter the fingerprint. Imports no Django.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from permissions.roles import Role


def later(default: Any) -> Any:
    """A word that came into the vocabulary after pages had been written: a page that does not use it keeps its fingerprint."""
    return field(default=default, metadata={"later": True})


@dataclass(frozen=True)
class Guard:
    """A sentence that is true or false of a case. `test` is a pure function of a Look.

    `revision` goes up by one whenever `test` changes: it enters the fingerprint, the function does not.
    `mended_by`: the role that can make it true, where that is not the one whose act it holds up; they are given a task.
    """

    code: str
    rule: str
    sentence: str
    test: Callable[[Any], bool] = field(compare=False, repr=False)
    remedy: str = ""
    revision: int = 1
    mended_by: Role | None = later(None)


def guard(
    rule: str, sentence: str, remedy: str = "", revision: int = 1, mended_by: Role | None = None
) -> Callable[[Callable[[Any], bool]], Guard]:
    """Make a guard of a function; its code is the function's name."""

    def wrap(test: Callable[[Any], bool]) -> Guard:
        return Guard(test.__name__, rule, sentence, test, remedy, revision, mended_by)

    return wrap


@dataclass(frozen=True)
class Effect:
    """What an act does besides moving the case, in the same transaction. `do` takes the act under way (a `Doing`).

    `revision` goes up by one whenever `do` changes, as a guard's does. Raises Refused where it cannot be done.
    """

    code: str
    sentence: str
    do: Callable[[Any], None] = field(compare=False, repr=False)
    revision: int = 1


def effect(sentence: str, revision: int = 1) -> Callable[[Callable[[Any], None]], Effect]:
    """Make an effect of a function; its code is the function's name."""

    def wrap(do: Callable[[Any], None]) -> Effect:
        return Effect(do.__name__, sentence, do, revision)

    return wrap
