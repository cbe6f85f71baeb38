"""What of a case's record leaves in an export, and what is held back (IG4, IG6, IG10). What no line here lets out stays.

A row or event that is held back leaves its place and its seal, so that nobody can say it was never there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.models import Paper, PaperVersion, Withholding

LEAVES = frozenset(
    {
        "cases.historicalcase", "cases.historicalvisit", "cases.historicalseat", "cases.declaration", "cases.position",
        "cases.reminder", "cases.lapse", "cases.comment", "cases.commentanswer", "cases.answerverdict", "cases.historicalpaper",
        "cases.historicalpaperversion", "cases.historicallayrendition", "cases.historicalwithholding",
        "cases.historicalchallenge", "cases.historicalcaldicottdecision", "cases.historicalsafetyaction",
        "cases.historicalwaiver", "cases.historicalproposal", "cases.historicalhold", "cases.historicalmeasure",
        "cases.historicalunclear", "cases.historicalemergencysight", "cases.historicalstoreddefinition", "cases.typedword",
        "cases.historicallegalhold", "cases.historicaldisposal", "permissions.historicalcasegrant",
    }
)  # fmt: skip
"""The tables whose rows leave."""

PERSONAL = "personal details of one person (IG10)"
STAYS = {
    "cases.historicaltypedanswer": PERSONAL,
    "cases.historicaltrainingitem": PERSONAL,
    "cases.historicalevaluation": PERSONAL,
    "cases.historicalconnection": PERSONAL,
    "cases.historicalmatter": PERSONAL,
}
"""The tables of a case whose rows stay, and why."""

UNKNOWN = "nobody has decided that rows of this table may leave"
HELD_FROM_LAY = "a paper that is held back from lay partners (IG4, IG6)"
PART_HELD = "a part of this version is held back from lay partners (IG4)"
DRAFT = "a draft that its author has not released"


@dataclass(frozen=True)
class Held:
    """What stays of one case: `whole`, the keys of facts that nothing may leave of; `in_part`, of versions by their reason."""

    whole: frozenset[str]
    in_part: Mapping[str, str]

    def row(self, table: str, values: Mapping[str, Any]) -> str:
        """Why a row stays; empty where it leaves."""
        if table in STAYS or table not in LEAVES:
            return STAYS.get(table, UNKNOWN)
        if self._names_one(values.values()):
            return HELD_FROM_LAY
        return self.in_part.get(str(values["id"]), "") if table == "cases.historicalpaperversion" else ""

    def event(self, facts: Mapping[str, Any]) -> str:
        """Why an event stays; empty where it leaves."""
        return HELD_FROM_LAY if self._names_one(facts.values()) else ""

    def paper(self, version: PaperVersion) -> str:
        """Why the title and names of a version stay; empty where they leave."""
        return HELD_FROM_LAY if str(version.pk) in self.whole else self.in_part.get(str(version.pk), "")

    def _names_one(self, values: Collection[Any]) -> bool:
        return any(isinstance(value, str) and value in self.whole for value in values)


def held_in(case: UUID) -> Held:
    """What stays of a case: two statements. What was ever held back stays, though it may have been let go since."""
    withheld = list(Withholding.objects.filter(case=case))
    protected = [one for one in withheld if one.category == Withholding.Category.PROTECTED]
    papers = {one.paper_id for one in withheld if one.is_whole}
    versions = list(PaperVersion.objects.filter(paper__case=case))
    whole = {one.pk for one in versions if one.paper_id in papers}
    keys = {*papers, *whole, *(one.pk for one in protected)}
    parts = {str(one.version_id): PART_HELD for one in withheld if one.version_id}
    drafts = {str(one.pk): DRAFT for one in versions if not one.is_released}
    return Held(frozenset(map(str, keys)), {**parts, **drafts})


def title_of(paper: Paper, why: str) -> str:
    """The title of a paper, where it leaves."""
    return "" if why == HELD_FROM_LAY else paper.title
