"""Question 2: when could each partner first open each paper, and did they, before the decision?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from cases.models import PaperVersion, Seat, Visit
from cases.tables import Sheet
from workflows.evidence.answers.answer import Answer, how_many
from workflows.evidence.then import Then
from workflows.first_sight import LaySight, first_sights

COLUMNS = (
    "Paper", "Partner", "Released", "Staff could open it from", "The partner could open it from",
    "Working days later than staff", "First opened", "Times opened", "The partner answered", "Decided", "Opened before that",
)  # fmt: skip
YES, NO, OPEN, NOT_ASKED = "yes", "no", "not decided yet", "nothing was decided on it"


def when_they_could_read(then: Then) -> Answer:
    """Each released version and each lay partner who sat while it could be opened (R5, R6)."""
    rows = list(_rows(then))
    late = [row for row in rows if row[5]]
    unread = [row for row in rows if row[10] == NO]
    never = [row for row in rows if row[6] is None]
    sentences = (
        f"Partners could open {how_many(len({row[0] for row in rows}), 'version')} of papers.",
        f"Later than staff: {how_many(len(late), 'time')}." + _named(late),
        f"Decided before the partner had opened it: {how_many(len(unread), 'time')}." + _named(unread),
        f"Never opened until this moment: {how_many(len(never), 'time')}." + _named(never),
    )
    return Answer(sentences, (Sheet("Papers and partners", COLUMNS, rows, "A paper by post is opened by whoever posts it."),))


def _named(rows: list[tuple[object, ...]]) -> str:
    return "".join(f" {row[1]}: {row[0]}." for row in rows)


def _rows(then: Then) -> Iterator[tuple[object, ...]]:
    for one in first_sights(then.versions, then.seats, then.withholdings, then.calendar, then.at):
        decided = _decided(then, one.version)
        for lay in one.lay:
            yield _row(then, one.version, one.staff_since, lay, decided)


def _row(then: Then, version: PaperVersion, staff: datetime, lay: LaySight, decided: datetime | None) -> tuple[object, ...]:
    opened = [
        event.at for event in then.openings
        if event.person_id == lay.seat.person_id and event.facts.get("version_id") == str(version.pk)
    ]  # fmt: skip
    first = opened[0] if opened else None
    return (
        then.called(version.pk), lay.seat.person.name, version.released_at, staff, lay.since, lay.late, first, len(opened),
        _answered(then, lay.seat, version.pk), decided, _before(then, version.pk, first, decided),
    )  # fmt: skip


def _decided(then: Then, version: PaperVersion) -> datetime | None:
    """When the stay ended in which lay partners were asked about this version; None where it has not."""
    return min((one.ended_at for one in _asking(then, version.pk) if one.ended_at), default=None)


def _asking(then: Then, version: UUID) -> list[Visit]:
    """The stays in which lay partners were, or are, asked about a version."""
    about = [one for one in then.visits if one.version_id == version]
    return [one for one in about if (stage := then.stage(one.stage)) and stage.lay_required]


def _answered(then: Then, seat: Seat, version: UUID) -> datetime | None:
    return next((one.at for one in then.positions if (one.seat_id, one.version_id) == (seat.pk, version)), None)


def _before(then: Then, version: UUID, first: datetime | None, decided: datetime | None) -> str:
    """Whether the partner had opened it before it was decided on."""
    if decided is None:
        return OPEN if _asking(then, version) else NOT_ASKED
    return YES if first and first < decided else NO
