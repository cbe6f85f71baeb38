"""The definitions by which cases were ruled, as they were stored when each was first used: events name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from audit.chain import digest
from audit.damaged import STREAM
from audit.findings import Finding, Forgery
from audit.models import Event
from audit.rows import label
from cases.models import StoredDefinition
from workflows import fingerprint
from workflows.definition import Process
from workflows.export.offline.law import ways
from workflows.look import Look

Marks = list[tuple[datetime, str]]
"""From when on which definition was in force, by its fingerprint."""
Ways = dict[tuple[str, str], str]


class Rules:
    """What the events of some cases say that each was ruled by, and the stored definitions."""

    def __init__(self, cases: Iterable[UUID]) -> None:
        self._cases = list(cases)

    def of(self, look: Look) -> RulesOfTheDay:
        """Those of one of the cases."""
        return RulesOfTheDay(look.process, self._since[look.case.pk], self)

    @cached_property
    def _since(self) -> dict[UUID, Marks]:
        found: dict[UUID, Marks] = defaultdict(list)
        events = Event.objects.filter(case_id__in=self._cases).exclude(fingerprint="").order_by("case_id", "seq")
        for case, at, mark in events.values_list("case_id", "at", "fingerprint").iterator(chunk_size=STREAM):
            if not found[case] or found[case][-1][1] != mark:
                found[case].append((at, mark))
        return found

    @cached_property
    def stored(self) -> dict[str, Stored]:
        """By fingerprint: there are as many as there were versions of processes."""
        return {one.fingerprint: Stored(one) for one in StoredDefinition.objects.all()}


class Stored:
    """A stored definition, with what is worked out of it once."""

    def __init__(self, row: StoredDefinition) -> None:
        self.row = row

    @cached_property
    def is_what_it_says(self) -> bool:
        """Whether its fingerprint is the digest of it."""
        return digest(self.row.definition) == self.row.fingerprint

    @cached_property
    def ways(self) -> Ways:
        return _ways(self.row.definition)


def _ways(definition: dict[str, Any]) -> Ways:
    return {(stage, outcome): target for stage, outcome, target in ways(definition)}


class RulesOfTheDay:
    """The definitions by which one case was ruled; today's where one is not stored, which is a finding."""

    def __init__(self, process: Process, since: Marks, rules: Rules) -> None:
        self._process, self._since, self._rules = process, since, rules

    def findings(self) -> Iterator[Finding]:
        """Definitions that events name, and that are gone or are not what the name is the digest of."""
        for mark in dict.fromkeys(mark for _, mark in self._since):
            one = self._rules.stored.get(mark)
            if one is None:
                what = "events name it, and it is not stored"
                yield Finding(label(StoredDefinition), mark, what, Forgery.DEFINITION_CHANGED)
            elif not one.is_what_it_says:
                what = f"it is not what its events were ruled by ({mark})"
                yield Finding(label(StoredDefinition), str(one.row.pk), what, Forgery.DEFINITION_CHANGED)

    @property
    def first_stage(self) -> str:
        """Where a case began."""
        one = self._at(None)
        code: str = (one.row.definition if one else fingerprint.definition_json(self._process))["stages"][0]["code"]
        return code

    def ways_at(self, moment: datetime) -> Ways:
        """Where each way led at a moment, by stage and outcome."""
        one = self._at(moment)
        return one.ways if one else _ways(fingerprint.definition_json(self._process))

    def _at(self, moment: datetime | None) -> Stored | None:
        """The definition in force at a moment, or at the beginning."""
        marks = [mark for since, mark in self._since if moment is None or since <= moment]
        mark = (marks[-1:] if moment else marks[:1]) or [""]
        return self._rules.stored.get(mark[0])
