"""What a case's Look knows of papers that are held back from lay partners, in part or whole. Read lazily, like all of a Look."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime
from functools import cached_property
from uuid import UUID

from cases.models import CaldicottDecision, Case, Challenge, EmergencySight, PaperVersion, Seat, Withholding
from cases.renditions import Rendition, rendition
from permissions.roles import LAY
from workflows import case_rows


class HeldBackReads(ABC):
    """The part of a Look that answers what lay partners read."""

    case: Case
    at: datetime

    @property
    @abstractmethod
    def versions(self) -> list[PaperVersion]:
        """Every version of every paper, oldest first."""

    @abstractmethod
    def seats_of(self, person_id: UUID | None) -> list[Seat]:
        """The active seats of a person."""

    @cached_property
    def withholdings(self) -> list[Withholding]:
        """Everything that is or was held back from lay partners on the case, oldest first."""
        return case_rows.withholdings(case=self.case.pk)

    @cached_property
    def challenges(self) -> list[Challenge]:
        return case_rows.challenges(case=self.case.pk)

    @property
    def gives_less(self) -> bool:
        """Whether lay partners were ever given less than staff of something that was released. No statement beyond the versions."""
        same = ("", PaperVersion.LayReads.SAME)
        return any(one.is_released and one.lay_reads not in same for one in self.versions)

    def is_held_back(self, paper: UUID) -> bool:
        """The whole of a paper is held back from lay partners now."""
        return any(one.paper_id == paper and one.is_whole and one.in_force for one in self.withholdings)

    def parts_held_back(self, version: UUID) -> list[Withholding]:
        """What is left out of a version that lay partners read."""
        return [one for one in self.withholdings if one.version_id == version and one.in_force]

    def handed_to(self, person: UUID, version: PaperVersion) -> Rendition:
        """The file of a version that a person gets: lay partners without what is held back, everybody else as it is (IG4).

        No statement where everybody reads the same. Whether they may open it at all is `permissions.scope.visible_papers`.
        """
        parts = version.lay_reads == PaperVersion.LayReads.OWN and bool(self.parts_held_back(version.pk))
        return rendition(version, parts and self._reads_as_lay(person))

    def _reads_as_lay(self, person: UUID) -> bool:
        """From lay seats alone, or in an emergency as a lay person: one statement more for those who have no seat."""
        own = self.seats_of(person)
        running = (one.asked_as for one in self.emergencies if one.asked_by_id == person and one.runs_at(self.at))
        return all(seat.is_lay for seat in own) if own else LAY in running

    @cached_property
    def emergencies(self) -> list[EmergencySight]:
        """Every time that somebody asked to see the case in an emergency, the newest first."""
        found = case_rows.emergencies(case=self.case.pk)
        for one in found:
            one.case = self.case
        return found

    @cached_property
    def _caldicott(self) -> dict[UUID, CaldicottDecision]:
        return {one.version_id: one for one in case_rows.caldicott_decisions(case=self.case.pk)}

    def caldicott(self, version: UUID) -> CaldicottDecision | None:
        """What the Caldicott Guardian was asked about a version, decided or not."""
        return self._caldicott.get(version)
