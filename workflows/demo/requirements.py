"""What the fictional trust asks its partners to be trained in, as data: each with why it is asked and where that comes from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cases.models import Organisation, Person, TrainingRecord
from permissions.roles import PSP
from workflows.doors.requirements import agree_requirement_set, record_requirement_set

THREE_YEARS, ONE_YEAR = 36, 12
"""Months."""

SYLLABUS = "NHS Patient Safety Syllabus"
STANDARDS = "Patient safety incident response standards: two days in learning from incidents, one day in oversight"

ESSENTIALS: tuple[dict[str, Any], ...] = (
    {
        "code": "syllabus_1", "title": "Patient safety syllabus, level 1: Essentials", "valid_for": THREE_YEARS,
        "why": "So that you know how the NHS thinks about safety: it looks at how the work is set up, not for somebody to blame. "
               "It is online and takes about half an hour.",
        "source": f"{SYLLABUS}, level 1. Renewed every three years: our choice.",
    },
    {
        "code": "syllabus_2", "title": "Patient safety syllabus, level 2: Access to practice", "valid_for": THREE_YEARS,
        "why": "So that the words used in meetings are yours too: systems, risk, human factors, safety culture. "
               "Two sessions online, about 45 minutes.",
        "source": f"{SYLLABUS}, level 2. Renewed every three years: our choice.",
    },
    {
        "code": "data_protection", "title": "Data protection", "valid_for": ONE_YEAR,
        "why": "You will read about people\u2019s care. This is how we all keep it private. It is asked of staff every year too.",
        "source": "Data Security and Protection Toolkit; yearly",
    },
)  # fmt: skip
OVERSIGHT: tuple[dict[str, Any], ...] = (
    {
        "code": "learning_from_incidents", "title": "Learning from patient safety incidents, two days", "valid_for": THREE_YEARS,
        "why": "So that you can ask good questions about an investigation and judge whether it looked in the right places.",
        "source": f"{STANDARDS}. Renewed every three years: our choice.",
    },
    {
        "code": "oversight", "title": "Oversight of learning from incidents, one day", "valid_for": THREE_YEARS,
        "why": "So that you know what an oversight group can do, what is yours to decide, and how to say that you disagree.",
        "source": f"{STANDARDS}. Renewed every three years: our choice.",
    },
)  # fmt: skip

BY_TASK = {
    TrainingRecord.OVERSIGHT: ((*ESSENTIALS, *OVERSIGHT), f"{SYLLABUS}; {STANDARDS}"),
    TrainingRecord.PROJECTS: (ESSENTIALS, f"{SYLLABUS}; yearly data protection"),
}


def record_requirements(
    organisation: Organisation, starts_on: date, at: datetime, writer: Person | None, second: Person | None
) -> None:
    """Write the first version for each task, and let a second person agree; without one it waits."""
    for task, (requirements, source) in BY_TASK.items():
        made = record_requirement_set(
            organisation=organisation, role=PSP.code, task=task, starts_on=starts_on, source=source,
            requirements=[dict(one) for one in requirements], at=at, by=writer,
        )  # fmt: skip
        if second:
            agree_requirement_set(requirement_set=made.pk, by=second, at=at)
