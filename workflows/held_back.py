"""What a case's Look knows of papers that are held back from lay partners, in part or whole. Read lazily, like all of a Look."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from uuid import UUID

from cases.models import CaldicottDecision, Case, Challenge, PaperVersion, Seat, Withholding
from cases.renditions import Rendition, rendition


class HeldBackReads(ABC):
    """The part of a Look that answers what lay partners read."""

    case: Case

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
        return list(Withholding.objects.filter(case=self.case).select_related("paper").order_by("decided_at", "id"))

    @cached_property
    def challenges(self) -> list[Challenge]:
        return list(Challenge.objects.filter(case=self.case).order_by("at", "id"))

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
        own = self.seats_of(person)
        lay = bool(own) and all(seat.is_lay for seat in own)
        short = lay and version.lay_reads == PaperVersion.LayReads.OWN and bool(self.parts_held_back(version.pk))
        return rendition(version, short)

    @cached_property
    def _caldicott(self) -> dict[UUID, CaldicottDecision]:
        return {one.version_id: one for one in CaldicottDecision.objects.filter(case=self.case)}

    def caldicott(self, version: UUID) -> CaldicottDecision | None:
        """What the Caldicott Guardian was asked about a version, decided or not."""
        return self._caldicott.get(version)
