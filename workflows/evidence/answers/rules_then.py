"""Question 7: what did the process definition itself look like that day?

Told from the definition that was stored when it was first used, and not from the code of today.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from audit.history import as_it_stood
from cases.models import StoredDefinition
from cases.tables import Sheet
from workflows.evidence.answers.answer import Answer
from workflows.evidence.then import Then

STAGES = ("Stage", "Title", "Who acts", "Who must agree", "Who decides", "Paper", "Working days", "Conditions", "Where it leads")
SEATS = ("Role", "Lay or staff", "At least", "Asked for")


def how_the_rules_were(then: Then) -> Answer:
    """The definition that the last act until then was ruled by, as its own table, and whether its text is the one sealed."""
    mark = next((one.fingerprint for one in reversed(then.events()) if one.fingerprint), "")
    stored = as_it_stood(StoredDefinition, then.at).filter(fingerprint=mark).first() if mark else None
    if stored is None:
        return Answer((f"No definition with the fingerprint \u201c{mark or 'none'}\u201d was stored at that moment.",), ())
    whole = stored.definition
    sound = fingerprint_of(whole) == stored.fingerprint
    stages = [_stage(one) for one in whole.get("stages") or ()]
    sentences = (
        f"The case ran by {whole.get('title', stored.process)}, version {stored.definition_version}: {len(stages)} stages.",
        f"Its fingerprint is {stored.fingerprint}.",
        "The stored text gives that fingerprint: it is the text of that day." if sound
        else "The stored text does not give that fingerprint: it has been changed.",
    )  # fmt: skip
    seats = [_seats(one) for one in whole.get("seats") or ()]
    name = f"{stored.process} version {stored.definition_version}"
    return Answer(sentences, (Sheet(f"Stages of {name}", STAGES, stages), Sheet(f"Seats of {name}", SEATS, seats)))


def fingerprint_of(whole: Any) -> str:
    """SHA-256 (hex) over the canonical JSON of a stored definition, as `workflows.fingerprint` takes it over a live one."""
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _stage(one: dict[str, Any]) -> tuple[object, ...]:
    ways = [way for way in one.get("choices") or () if isinstance(way, dict)]
    leads = [f"{way.get('words') or way.get('code')}: {way.get('to')}" for way in ways]
    if one.get("passes_to"):
        leads.append(f"Go on: {one['passes_to']}")
    guards = [*(one.get("ready_when") or ()), *(guard for way in ways for guard in way.get("only_if") or ())]
    conditions = list(dict.fromkeys(f"{guard.get('rule')}: {guard.get('sentence')}" for guard in guards))
    decides = [_title(one.get("decided_by")), *(_title(way.get("decided_by")) for way in ways)]
    return (
        one.get("code"), one.get("title"), _title(one.get("acts")), _agreement(one.get("agreed_by")),
        "; ".join(dict.fromkeys(name for name in decides if name)), (one.get("paper") or {}).get("title", ""),
        "; ".join(_clocks(one)), "; ".join(conditions), "; ".join(leads),
    )  # fmt: skip


def _clocks(one: dict[str, Any]) -> Iterator[str]:
    for what in ("within", "window", "notice", "check_in"):
        if one.get(what):
            yield f"{what.replace('_', ' ')} {one[what].get('days')}"


def _title(role: dict[str, Any] | None) -> str:
    return f"{role.get('title')}{' (lay)' if role.get('capacity') == 'lay' else ''}" if role else ""


def _agreement(agreed: dict[str, Any] | None) -> str:
    """ "every Patient Safety Partner (lay); at least 1 Group chair"."""
    terms = (agreed or {}).get("terms") or ()
    said = [("every" if one.get("is") == "Every" else f"at least {one.get('count')}", _title(one.get("who"))) for one in terms]
    return "; ".join(f"{how} {who}" for how, who in said)


def _seats(one: dict[str, Any]) -> tuple[object, ...]:
    role = one.get("role") or {}
    return role.get("title"), role.get("capacity"), one.get("minimum"), one.get("target")
