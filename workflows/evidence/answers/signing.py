"""Question 5: who signed which exact version, in which capacity, and were all guards true at that instant?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from audit.models import Event
from cases.tables import Sheet
from permissions.roles import title_of
from workflows.evidence.answers.answer import Answer, how_many
from workflows.evidence.then import Then

SIGNED = (
    "Signed by", "Lay or staff", "Role", "When", "What", "SHA-256 signed", "SHA-256 of the version", "Agreed by the group",
    "All conditions met", "Number in the record", "Seal of the record",
)  # fmt: skip
GUARDS = ("When", "From", "To", "By", "Lay or staff", "Rule", "Condition", "Met")
UNKNOWN = "not written down: before the record kept it"


def who_signed(then: Then) -> Answer:
    """The signatures, and what every guard said whenever the case moved, as the record kept it at that instant."""
    moved = [(event, move) for event in then.events() for move in event.facts.get("moves") or ()]
    signed = [_signature(then, event, move) for event, move in moved if _is_signature(then, move)]
    guards = [row for event, move in moved for row in _guards(event, move)]
    unmet = [row for row in guards if row[7] is not True]
    told = [
        f"{row[0]} signed {row[4]} as {row[2]} ({row[1]}), SHA-256 {row[5]}; all conditions met at that instant: {_yes(row[8])}."
        for row in signed
    ]
    sentences = (
        f"{how_many(len(signed), 'signature').capitalize()} until this moment.", *told,
        f"Whenever the case moved, {how_many(len(guards), 'condition')} held it to a rule; not met: {len(unmet)}.",
    )  # fmt: skip
    sheets = (
        Sheet("Signatures", SIGNED, signed, "A signature is of the exact text with this SHA-256, and of no other."),
        Sheet(
            "Conditions whenever it moved",
            GUARDS,
            guards,
            "As they were judged then; nothing is judged again by the rules of today.",
        ),
    )
    return Answer(sentences, sheets)


def _is_signature(then: Then, move: dict[str, Any]) -> bool:
    """The case left a stage in which whoever signs acts, and did not go back."""
    stage = then.stage(str(move.get("from", "")))
    way = stage.outcome(str(move.get("outcome", ""))) if stage else None
    signer = then.process.signed_by
    return bool(stage and way and signer and stage.acts == signer and stage.paper and not way.back)


def _signature(then: Then, event: Event, move: dict[str, Any]) -> tuple[object, ...]:
    version = then.version(_key(event.facts.get("version_id")))
    guards = move.get("guards")
    met = all(one.get("held") for one in guards) if guards is not None else UNKNOWN
    agreed = [
        then.stage_title(visit.stage) for visit in then.visits
        if version and visit.version_id == version.pk and visit.ended_at and visit.ended_at <= event.at
        and (stage := then.stage(visit.stage)) and stage.lay_required
    ]  # fmt: skip
    return (
        event.person_name, event.capacity, title_of(event.role), event.at, then.called(version.pk if version else None),
        event.facts.get("sha256", ""), version.sha256 if version else "", "; ".join(agreed) or "no stage", met, event.seq,
        event.digest,
    )  # fmt: skip


def _guards(event: Event, move: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    for one in move.get("guards") or ():
        yield (
            event.at, move.get("from_title"), move.get("to_title"), event.person_name, event.capacity, one.get("rule"),
            one.get("sentence"), bool(one.get("held")),
        )  # fmt: skip


def _key(text: object) -> UUID | None:
    try:
        return UUID(str(text)) if text else None
    except ValueError:
        return None


def _yes(value: object) -> str:
    return str(value) if isinstance(value, str) else "yes" if value else "no"
