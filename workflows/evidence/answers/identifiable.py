"""Question 6: who saw identifiable data, under which Caldicott decision? And who saw what the law protects (IG2, IG6)?"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from audit.models import Event
from cases.models import PaperVersion, Withholding
from cases.tables import Sheet
from workflows.evidence.answers.answer import Answer, how_many, in_words
from workflows.evidence.then import Then

DECISIONS = ("What", "Asked by", "Asked", "Why", "Decision", "Reason", "Decided by", "Decided")
SEEN = ("Who", "Lay or staff", "What", "Why it points to somebody", "Which text", "SHA-256", "When", "Caldicott decision")
PROTECTED = ("What", "Why it is held back", "Decided by", "From", "Until", "Opened by staff", "Opened by lay partners")
AS_IT_IS, LAY_TEXT = "as it is", "the text for lay partners, without what is held back"


def who_saw_identifiable(then: Then) -> Answer:
    """Every Caldicott decision, every opening of a text that points to somebody, and the material of the national body."""
    seen = list(_seen(then))
    lay = sorted({str(row[0]) for row in seen if row[1] == "lay" and row[4] == AS_IT_IS})
    staff = sorted({str(row[0]) for row in seen if row[1] == "staff" and row[4] == AS_IT_IS})
    decisions = [
        (then.called(one.version_id), then.sitting(one.asked_by_id), one.asked_at, one.why, str(one).capitalize(), one.reason,
         then.sitting(one.decided_by_id), one.decided_at)
        for one in then.caldicott
    ]  # fmt: skip
    protected = [_protected(then, one) for one in then.withholdings if one.category == Withholding.Category.PROTECTED]
    leaked = [row for row in protected if row[6] != "nobody"]
    sentences = (
        f"Lay partners who opened a text that points to somebody, as it is: {in_words(lay)}.",
        f"Staff who did: {in_words(staff)}.",
        f"{how_many(len(decisions), 'Caldicott decision')} asked for or made.",
        f"{how_many(len(protected), 'item')} protected by law as material of the national investigation body; "
        f"opened by a lay partner: {how_many(len(leaked), 'item')}.",
    )
    sheets = (
        Sheet("Openings of identifiable texts", SEEN, seen), Sheet("Caldicott decisions", DECISIONS, decisions),
        Sheet("Protected by law", PROTECTED, protected, "No lay view and no export holds it (IG6)."),
    )  # fmt: skip
    return Answer(tuple(one[:1].upper() + one[1:] for one in sentences), sheets)


def _seen(then: Then) -> Iterator[tuple[object, ...]]:
    decided = {one.version_id: one for one in then.caldicott}
    for event in then.openings:
        version = _version_of(then, event)
        why = _points_to(then, version) if version else ""
        if version is None or not why:
            continue
        decision = decided.get(version.pk)
        under = f"{decision}, {then.sitting(decision.decided_by_id)}" if decision and decision.decided_at else "none"
        text = AS_IT_IS if event.facts.get("sha256") == version.sha256 else LAY_TEXT
        yield (
            event.person_name, event.capacity, then.called(version.pk), why, text, event.facts.get("sha256", ""), event.at, under,
        )  # fmt: skip


def _version_of(then: Then, event: Event) -> PaperVersion | None:
    try:
        return then.version(UUID(str(event.facts.get("version_id"))))
    except ValueError:
        return None


def _points_to(then: Then, version: PaperVersion) -> str:
    """Why a version points to somebody; empty where nothing says that it does."""
    held = [one for one in then.withholdings if one.paper_id == version.paper_id and one.version_id in (None, version.pk)]
    found = sorted({one.get_category_display() for one in held})
    if version.identifies:
        found.append("Its author said so at the release")
    if any(one.version_id == version.pk for one in then.caldicott):
        found.append("It was put to the Caldicott Guardian")
    return "; ".join(found)


def _protected(then: Then, one: Withholding) -> tuple[object, ...]:
    opened = [event for event in then.openings if (v := _version_of(then, event)) and v.paper_id == one.paper_id]
    opened = [event for event in opened if (v := _version_of(then, event)) and event.facts.get("sha256") == v.sha256]
    return (
        one.what, one.reason, then.sitting(one.decided_by_id), one.decided_at, one.ended_at or one.until,
        in_words(sorted({event.person_name for event in opened if event.capacity == "staff"})),
        in_words(sorted({event.person_name for event in opened if event.capacity == "lay"})),
    )  # fmt: skip
