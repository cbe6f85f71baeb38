"""What partners of the fictional trust raised, and a case that was opened in an emergency: by the real doors, just before now."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from cases.models import Case, EmergencySight, MatterWord
from permissions.matters import BOARD_ITEM, CONCERN
from workflows.calendar import ENGLAND, LONDON, london_day
from workflows.demo.matters.begun import LEFT_BEFORE_BEING_SEEN
from workflows.demo.matters.drafted import INSULIN_TWICE
from workflows.demo.trust import Trust
from workflows.doors.emergency import agree_to_sight, ask_for_sight
from workflows.doors.matters import answer_matter, raise_matter


def tell_raised(trust: Trust, now: datetime) -> None:
    """A concern that waits, an item for the board that was answered, and two hours of sight of a case that are over."""
    raise_matter(
        organisation=trust.organisation, by=trust["amina"], at=_ago(now, 3), kind=CONCERN.code, share=True,
        title="Staff on the ward are not told what we asked", case=_case(trust, INSULIN_TWICE.title),
        text="Two nurses told me that nobody had told them of the new chart. Please tell the ward before the report is signed.",
    )  # fmt: skip
    item = raise_matter(
        organisation=trust.organisation, by=trust["pat"], at=_ago(now, 18), kind=BOARD_ITEM.code, body="The board",
        title="How long families wait for a first call",
        text="In three of our groups the family waited weeks. May the board look at the times for every ward?",
    )  # fmt: skip
    answer_matter(
        by=trust["exec"], at=_ago(now, 12), matter=item.pk, outcome=MatterWord.Outcome.DONE,
        text="The board will read the times for every ward at its next meeting, and you are asked to open the item.",
    )  # fmt: skip
    _emergency(trust, _case(trust, LEFT_BEFORE_BEING_SEEN.title), now - timedelta(hours=4))


def _emergency(trust: Trust, case: Case, at: datetime) -> None:
    asked: EmergencySight = ask_for_sight(
        case=case.pk, by=trust["lead2"], at=at,
        reason="The same thing happened tonight at our other site. Leila Grant is on leave, and I must know what was found.",
    ).result  # fmt: skip
    agree_to_sight(case=case.pk, by=trust["gwen"], at=at + timedelta(minutes=12), emergency=asked.pk)


def _case(trust: Trust, title: str) -> Case:
    return Case.objects.get(organisation=trust.organisation, title=title)


def _ago(now: datetime, working_days: int) -> datetime:
    return datetime.combine(ENGLAND.add(london_day(now), -working_days), time(13), LONDON)
