"""What it was like for the fictional trust's partners in the last quarter, and who they are in totals."""

from __future__ import annotations

from datetime import datetime, time

from cases.models import Experience
from workflows.calendar import ENGLAND, LONDON, london_day
from workflows.demo.trust import Trust
from workflows.doors.experience import ITEMS, answer_experience, ask_partners
from workflows.doors.profile import Broad, record_profile

ANSWERED = {
    "pat": (3, 4, 4, 3, 4), "amina": (4, 4, 5, 4, 5), "gwen": (2, 3, 4, 3, 4), "iris": (3, 2, 3, 3, 4), "femi": (4, 3, 4, 4, 5),
}  # fmt: skip
"""What five of them answered, in the order of the questions."""

AGES = (Broad("Under 40", 1, 310000), Broad("40 to 64", 4, 260000), Broad("65 and over", 7, 150000))


def tell_experience(trust: Trust, now: datetime) -> None:
    """The questions of some weeks ago, whose time to answer is over, and the totals by age."""
    asked = ask_partners(by=trust["coordinator"], at=_ago(now, 30), organisation=trust.organisation)
    for row in Experience.objects.filter(round=asked).select_related("person"):
        key = next(key for key, person in trust.people.items() if person == row.person)
        if key in ANSWERED:
            given = {code: number for (code, _), number in zip(ITEMS, ANSWERED[key], strict=True)}
            answer_experience(by=row.person, at=_ago(now, 25), experience=row.pk, answers=given)
    on = _ago(now, 40)
    record_profile(
        by=trust["quality"], at=on, organisation=trust.organisation, theme="age", counted_on=london_day(on), groups=AGES,
        source="Made up, in the manner of the census",
    )  # fmt: skip


def _ago(now: datetime, working_days: int) -> datetime:
    return datetime.combine(ENGLAND.add(london_day(now), -working_days), time(13), LONDON)
