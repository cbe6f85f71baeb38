"""Makes a trust and cases through the real doors, in a process of its own: `python -m tests.many_machines.building CASES`.

Prints one line of JSON: for each case its address, the visit that asks, and who is asked.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any

import django
from django.utils import timezone

PASSWORD = "three words that go together nowhere"
PARTNERS = ("pat", "amina")
DAYS_AGO = 60


def build(cases: int) -> list[dict[str, Any]]:
    """So many cases of a trust of their own, whose terms were put to their groups some weeks ago."""
    from cases.models import Organisation
    from workflows.demo.trust import build_trust
    from workflows.processes.oversight.story import Story

    begun = timezone.now() - timedelta(days=DAYS_AGO)
    number = Organisation.objects.count() + 1
    trust = build_trust(begun, ods_code=f"M{number}", name=f"Trust {number}", mail=f"trust{number}.example", password=PASSWORD)
    return [_case(Story(trust, begun, partners=PARTNERS)) for _ in range(cases)]


def _case(story: Any) -> dict[str, Any]:
    story.walk_to("terms")
    story.record_questions()
    story.paper("terms")
    story.submit("lead")
    case = story.case
    path = f"/cases/{case.organisation.ods_code}/{case.reference}/"
    people = {key: story.who(key).email for key in ("chair", *PARTNERS)}
    return {"case": str(case.pk), "path": path, "visit": str(story.visit), "asked": people, "auditor": story.who("auditor").email}


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(build(int(sys.argv[1]))) + "\n")
