"""Events of the ledger as sentences: what happened, who did it, in their own words, and the facts behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from audit.kinds import tell
from audit.models import Event
from permissions.roles import title_of
from permissions.scope import KEPT_FROM_OTHERS
from web.design_system.words import day, filesize
from web.pages.cases.wording import lower
from web.pages.record.withheld import WITHHELD, are_open, is_open
from workflows.definition import Fact, Process
from workflows.evidence.as_of_tables import SHORT

_RULES = {"R9": "R9 (every lay seat is filled)"}
_SHOWN = {
    "section": "Part of the paper",
    "why": "Why this person",
    "membership": "Membership",
    "asked_by": "Asked by",
    "asked_for": "The reason given",
    "until": "Until",
    "evidence": "Evidence",
    "due_on": "Due",
    "measure": "How we will know",
    "owner": "Owner",
    "size": "Size",
    "reasons": "Why it was refused",
    "sha256": "SHA-256 of the text",
    "looked_at": "Looked through before it was released, and left as it was",
}


@dataclass(frozen=True)
class Message:
    """Who was told of an act, in which words, and how it went out besides."""

    who: str
    words: str
    sent: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of a timeline. `facts` are (what, value); `quiet` is said in a lower voice; `text`: the exact text it was about."""

    at: datetime
    sentence: str
    who: str = ""
    reason: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    quiet: bool = False
    number: int = 0
    digest: str = ""
    about: str = ""
    href: str = ""
    text: str = ""
    changes: tuple[tuple[str, str, str], ...] = field(default=())
    messages: tuple[Message, ...] = field(default=())


@dataclass(frozen=True)
class _Retold:
    """An event with its facts in words, as `audit.kinds.tell` reads one."""

    kind: str
    person_name: str
    facts: Mapping[str, Any]


def entry(event: Event, process: Process, *, words: bool, **more: Any) -> Entry:
    """The event as a line of a timeline; `more` goes on the line as it is. Without `words`, what was written is withheld."""
    told = words or are_open(event)
    said = _own_words(event)
    return Entry(
        at=event.at,
        sentence=sentence(event, process),
        who=_who(event),
        reason=said if told or not said else WITHHELD,
        facts=tuple(_facts(event, process, told)),
        quiet=event.kind in KEPT_FROM_OTHERS,
        number=event.seq,
        digest=event.digest,
        text=exact_text(event),
        **more,
    )


def exact_text(event: Event) -> str:
    """ "Findings, version 2 (3f9a0c1d2e4b)": the paper, its version and the beginning of its hash; empty for an act on no text."""
    told = event.facts
    if not (told.get("version") and told.get("sha256")):
        return ""
    return f"{told.get('paper', 'A paper')}, version {told['version']} ({str(told['sha256'])[:SHORT]})"


def _own_words(event: Event) -> str:
    """What the person wrote: an answer, a comment, or the reason that was asked for."""
    said = event.facts.get("text") or (event.facts.get("answer") if event.kind == "hold_answered" else "")
    return str(said or event.reason)


def sentence(event: Event, process: Process) -> str:
    """What happened, in plain English."""
    if event.kind == "settled" and not event.facts.get("moves"):
        return f"{event.person_name} looked whether the case can go on; it still waits."
    if event.kind == "submitted" and _is_signature(event, process):
        return f"{event.person_name} signed {event.facts.get('paper', 'it')}, version {event.facts.get('version', '')}"
    return tell(_Retold(event.kind, event.person_name, {**event.facts, **_in_words(event, process)}))


def _is_signature(event: Event, process: Process) -> bool:
    """Whether submitting a stage was the signature under its paper, and not sending it back."""
    code = str(event.facts.get("stage", ""))
    stage = process.stage(code) if process.has_stage(code) else None
    way = stage.outcome(str(event.facts.get("outcome", ""))) if stage else None
    return bool(stage and stage.paper and way and not way.back and stage.acts == process.signed_by)


def _in_words(event: Event, process: Process) -> dict[str, Any]:
    """The facts that are stored as codes, or that the sentence says better with another beside them."""
    told = event.facts
    moved: Mapping[str, Any] = next(iter(told.get("moves") or []), {})
    stage = told.get("stage_title") or process.title_of(str(told.get("stage", ""))) or moved.get("from_title", "")
    words: dict[str, Any] = {
        "stage_title": stage,
        "outcome_title": told.get("outcome_title") or moved.get("outcome_title") or "it goes on",
        "rule": _RULES.get(str(told.get("rule")), told.get("rule")),
        "kind": lower(str(told.get("kind") or "change a member to an attendee")),
    }
    for name in ("due", "day"):
        if event.kind in ("hold_placed", "item_booked") and name in told:
            words[name] = day(date.fromisoformat(str(told[name])))
    if event.kind == "hold_answered":
        words["answer"] = "the work can go on"
    elif "answer" in told:
        words["paper"] = _answered_about(told, stage)
    return words


def _answered_about(told: Mapping[str, Any], stage: str) -> str:
    """ "Investigation report, version 2"; the stage where the question is not on one paper."""
    return f"{told['paper']}, version {told['version']}" if told.get("paper") and told.get("version") else f"\u201c{stage}\u201d"


def _who(event: Event) -> str:
    """ "Patient Safety Partner, lay partner": in what capacity it was done; nothing for the system."""
    if event.person_id is None:
        return ""
    title = title_of(event.role) if event.role else ""
    capacity = "lay partner" if event.capacity == "lay" else "staff"
    return ", ".join(part for part in (event.person_name, title, f"acting as {capacity}") if part)


def _facts(event: Event, process: Process, told: bool) -> Iterator[tuple[str, str]]:
    questions = _questions(process)
    for code, value in dict(event.facts.get("set_down") or {}).items():
        asked = questions.get(code)
        words = answer_of(asked, value) if asked else str(value)
        yield asked.question if asked else code, words if told or (asked and is_open(asked)) else WITHHELD
    if not told:
        return
    for code, label in _SHOWN.items():
        value = event.facts.get(code)
        if value not in (None, "", []) and value != event.reason and value != _own_words(event):
            stopped = code == "why" and event.kind.startswith("hold_")
            yield "Why the work was stopped" if stopped else label, _written(code, value)
    if _own_words(event) != event.reason and event.reason:
        yield "Reason", event.reason


def _written(code: str, value: Any) -> str:
    if code == "size" and isinstance(value, int):
        return filesize(value)
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _questions(process: Process) -> dict[str, Fact]:
    """Every question that the process asks, by its code."""
    groups: Iterable[tuple[Fact, ...]] = (
        process.begins_with,
        *(s.records for s in process.stages),
        *(act.records for act in process.any_time),
    )
    return {fact.code: fact for facts in groups for fact in facts}


def answer_of(fact: Fact, value: Any) -> str:
    """An answer in the words of its choice."""
    if fact.kind == "day":
        return day(date.fromisoformat(str(value)))
    choices = {"yes": "Yes", "no": "No"} if fact.kind == "yes_no" else dict(fact.choices)
    return choices.get(str(value), str(value))
