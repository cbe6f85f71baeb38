"""What a new version of a requirement set changes in the one that is in force: added, taken away, altered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from web.pages.training.sets import Line

ADDED, TAKEN_AWAY, ALTERED = ("Added", "green"), ("Taken away", "red"), ("Altered", "yellow")
WORDS = {
    "title": "What it is called", "why": "Why it is asked", "holds": "How long it holds", "within": "Time to do it",
    "source": "Where it comes from",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One training that differs. `altered`: what of it, with the words before and the words now."""

    title: str
    tag: str
    colour: str
    altered: tuple[tuple[str, str, str], ...] = ()


def changes_between(before: Sequence[Line], after: Sequence[Line]) -> list[Change]:
    """What `after` changes in `before`, each training known by its code: in the order of the new one, then what it leaves out."""
    was, now = {one.code: one for one in before}, {one.code: one for one in after}
    told = [_change(was.get(code), one) for code, one in now.items() if was.get(code) != one]
    return told + [Change(one.title, *TAKEN_AWAY) for code, one in was.items() if code not in now]


def _change(before: Line | None, after: Line) -> Change:
    if before is None:
        return Change(after.title, *ADDED)
    names = [one.name for one in fields(Line) if getattr(before, one.name) != getattr(after, one.name)]
    nothing = "Nothing was said"
    told = ((WORDS[name], getattr(before, name) or nothing, getattr(after, name) or nothing) for name in names)
    return Change(after.title, *ALTERED, tuple(told))
