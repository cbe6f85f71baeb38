"""Every exception to the rules that protect lay power, on one page (R17): waivers, lapses, disagreements decided
against, notice that was shortened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cases.models import Case, Lapse, PaperVersion, Person, Position, Seat, TrainingItem, Visit, Waiver, Withholding
from permissions.roles import title_of
from permissions.scope import open_positions, visible_cases
from web.design_system.words import count, day
from web.pages.cases.found import address
from workflows.calendar import london_day
from workflows.definition import Stage
from workflows.registry import all_processes, process_of
from workflows.standing import may_waive

MOST = 100
"""Rows of each kind; the newest come first."""


@dataclass(frozen=True)
class Row:
    """One exception: what, on which case, who, until when, and why."""

    what: str
    reference: str
    href: str
    who: str
    when: str
    reason: str
    tag: str = ""
    end_href: str = ""


class Waived:
    """The page of exceptions, over every case that the person may see. One statement for each kind."""

    def __init__(self, person: Person, at: datetime) -> None:
        self._person, self._cases = person, visible_cases(person, at).values("pk")
        self._today = london_day(at)

    @property
    def waivers(self) -> list[Row]:
        """Rules lifted by an executive for a time: for a stay in a stage (R9), or for one training of a partner (C6)."""
        stay = Visit.objects.filter(
            case=OuterRef("case"), stage=OuterRef("stage"), ended_at__isnull=True, opened_at__lte=OuterRef("granted_at")
        )
        left_out = TrainingItem.objects.filter(waiver=OuterRef("pk"))
        found = Waiver.objects.filter(case__in=self._cases).annotate(
            stays=Exists(stay) | Exists(left_out), may_end=Exists(self._seats_that_end()) & ~Exists(left_out)
        )  # fmt: skip
        found = found.select_related("case__organisation", "asked_by", "granted_by")
        return [self._waiver(one) for one in found.order_by("-granted_at")[:MOST]]

    def _seats_that_end(self) -> QuerySet[Seat]:
        """The seats of the visitor from which a waiver of the row's case is ended."""
        return Seat.objects.filter(
            case=OuterRef("case"), person=self._person, role=may_waive().code, state=Seat.State.ACTIVE
        )  # fmt: skip

    def _waiver(self, one: Waiver) -> Row:
        runs = one.stays and one.ended_at is None and one.until >= self._today  # type: ignore[attr-defined]
        return Row(
            what=f"Rule {one.rule} at \u201c{_stage(one.case, one.stage)}\u201d", reference=one.case.reference,
            href=address("case", one.case), who=f"{one.granted_by}, asked by {one.asked_by}",
            when=f"{day(one.granted_at)} until {day(one.ended_at or one.until)}", reason=one.reason,
            tag="In force" if runs else "Over",
            end_href=address("waiver_end", one.case, waiver=one.pk) if runs and one.may_end else "",  # type: ignore[attr-defined]
        )  # fmt: skip

    @property
    def held_back(self) -> list[Row]:
        """What lay partners do not see of what staff read, or did not for a time (R6, IG5); of a draft nobody is told."""
        given = PaperVersion.objects.filter(paper=OuterRef("paper"), released_at__isnull=False)
        of_this = Q(version__isnull=True) & Exists(given) | Q(version__released_at__isnull=False)
        found = Withholding.objects.filter(of_this, case__in=self._cases).select_related("case__organisation", "decided_by__person")
        return [
            Row(f"{one.what}: {one.get_category_display().lower()}", one.case.reference, address("withheld", one.case),
                str(one.decided_by.person), f"{day(one.decided_at)} until {day(one.ended_at or one.until)}", one.reason,
                "In force" if one.in_force else "Over")
            for one in found.order_by("-decided_at")[:MOST]
        ]  # fmt: skip

    @property
    def lapses(self) -> list[Row]:
        """Answers that the chair recorded as never given (R1)."""
        found = Lapse.objects.filter(case__in=self._cases).select_related(
            "case__organisation", "seat__person", "recorded_by", "visit"
        )
        return [
            Row(f"{one.seat.person} ({title_of(one.seat.role)}) at \u201c{_stage(one.case, one.visit.stage)}\u201d",
                one.case.reference, address("case", one.case), str(one.recorded_by), day(one.at), one.reason)
            for one in found.order_by("-at")[:MOST]
        ]  # fmt: skip

    @property
    def overrides(self) -> list[Row]:
        """Stages that went on in spite of a lay disagreement (R3)."""
        found = Visit.objects.filter(_went_on(), case__in=self._cases).select_related("case__organisation", "chosen_by__person")
        return [
            Row(_stage(one.case, one.stage), one.case.reference, address("case", one.case), str(one.chosen_by.person),
                day(one.ended_at), one.chosen_reason)
            for one in found.order_by("-ended_at")[:MOST] if one.chosen_by
        ]  # fmt: skip

    @property
    def shortened(self) -> list[Row]:
        """Answers of lay partners who agreed that the decision need not wait for the notice (R5); none that is still sealed."""
        given = open_positions(self._person, Position.objects.filter(case__in=self._cases))
        found = given.filter(
            _before_the_notice_ran(), seat__capacity="lay", enough_time=True,
        ).select_related("case__organisation", "person", "visit")  # fmt: skip
        return [
            Row(_stage(one.case, one.visit.stage), one.case.reference, address("case", one.case), str(one.person), day(one.at),
                f"Had the paper for {count(one.version_held_days or 0, 'working day')}.")
            for one in found.order_by("-at")[:MOST]
        ]  # fmt: skip


def _stage(case: Case, code: str) -> str:
    return process_of(case.process, case.definition_version).title_of(code)


def _stages() -> Iterator[tuple[Stage, dict[str, Any]]]:
    """Every stage of every process in every version, with the lookup that finds its cases."""
    for code, entry in all_processes().items():
        for version, process in entry.expanded.items():
            for stage in process.stages:
                yield stage, {"case__process": code, "case__definition_version": version}


def _went_on() -> Q:
    """A visit in which a disagreement was heard and the way taken was one that goes on."""
    found = Q(pk__in=[])
    for stage, cases in _stages():
        if stage.hears:
            found |= Q(**cases, stage=stage.code, outcome__in=[way.code for way in stage.outcomes if not way.back])
    return found & Q(ended_at__isnull=False, chosen=F("outcome"))


def _before_the_notice_ran() -> Q:
    """An answer in a stage with a notice, given before the paper had been there for as long."""
    found = Q(pk__in=[])
    for stage, cases in _stages():
        if stage.notice:
            found |= Q(**cases, visit__stage=stage.code, version_held_days__lt=stage.notice.days)
    return found
