"""What incident systems call the reason for a response, in the words of the oversight process.

Only what is said plainly is taken over; anything else is left for the directorate to choose at stage B0.
"""

from __future__ import annotations

import re

WORDINGS = {
    "never_event": ("never event", "never events"),
    "death_care_problem": (
        "death care problem", "death due to problems in care", "death more likely than not due to problems in care",
        "learning from deaths", "avoidable death", "death thought more likely than not due to problems in care",
    ),
    "local_priority": (
        "local priority", "psirp priority", "plan priority", "patient safety priority", "locally defined psii",
        "local psii", "psirp local priority", "priority of our plan",
    ),
    "emergent_risk": (
        "emergent risk", "emerging risk", "new risk", "new or emergent risk", "emergent area of risk", "growing risk",
    ),
    "none": ("none", "none of these", "no trigger", "not applicable", "n a"),
}  # fmt: skip

_BY_WORDING = {wording: code for code, wordings in WORDINGS.items() for wording in (*wordings, code.replace("_", " "))}


def trigger_of(said: str) -> str:
    """The choice that a wording means, or "" where that is not plain. "(national)" and the like do not matter."""
    return _BY_WORDING.get(_plain(said), "")


def _plain(said: str) -> str:
    without_asides = re.sub(r"\([^)]*\)", " ", said)
    return " ".join(re.findall(r"[a-z0-9]+", without_asides.lower()))
