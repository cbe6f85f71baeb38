"""Projects in three states, for the table of every route: the measures are agreed, the testing is stopped, the end is near.

The lead and the sponsor are those who lead and chair elsewhere, so that the same people knock at every door.
"""

from __future__ import annotations

from typing import Any

from tests.web.casework import BEGINNING
from workflows.demo.trust import Trust
from workflows.doors.evaluations import offer_evaluation
from workflows.processes.improvement.story import ImprovementStory


def project_stories(trust: Trust) -> dict[str, ImprovementStory]:
    """A measure of the lead's; a hold of Amina's; Pat is asked what it was like and Amina is not yet."""
    agreeing, testing, ending = (ImprovementStory(trust, BEGINNING, lead="lead", chair="chair") for _ in range(3))
    agreeing.walk_to("measures").propose_measure("lead")
    testing.walk_to("testing").hold("amina")
    ending.walk_to("evaluate")
    ending.do(offer_evaluation, "coordinator", seat=ending.seat("pat").pk)
    return {"agreeing": agreeing, "testing": testing, "ending": ending}


def project_names(story: ImprovementStory) -> dict[str, Any]:
    """What the addresses of a project's own pages are made of."""
    look = story.look
    rows = (("measure", look.live_measures), ("hold", look.holds), ("evaluation", look.evaluations))
    found = {name: next(iter(row.pk for row in some)) for name, some in rows if some}
    return {**found, "code": "IMP", "act": "hold", "seat": story.seat("amina").pk}
