"""What the sight of a seat hung on, in words, as it stood: appointment, promise, training, declaration (IG3, C9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from audit.days import in_words
from audit.history import as_it_stood
from cases.models import Appointment, Confidentiality, Declaration, Seat, TrainingRecord
from permissions.eligibility import day_of, subject_title
from permissions.roles import title_of


@dataclass
class Ground:
    """The records of the people of some seats, as they stood at one moment."""

    day: date
    appointments: list[Appointment] = field(default_factory=list)
    promises: list[Confidentiality] = field(default_factory=list)
    training: list[TrainingRecord] = field(default_factory=list)
    declared: dict[UUID, Declaration] = field(default_factory=dict)

    def of(self, seat: Seat) -> str:
        """Everything for one seat, as sentences; a staff seat hangs on the appointment and the declaration alone."""
        found = [self.appointed(seat), self.declaration(seat)]
        if seat.is_lay:
            found[1:1] = [self.promised(seat), *([self.trained(seat)] if seat.trained_in else [])]
        return " ".join(found)

    def appointed(self, seat: Seat) -> str:
        held = [one for one in self.appointments if one.person_id == seat.person_id and one.runs_on(self.day)]
        held = [one for one in held if one.capacity == seat.capacity]
        if not held:
            return "No appointment was in force."
        roles = "; ".join(f"{title_of(one.role)} from {in_words(one.starts_on)}{_until(one.ends_on)}" for one in held)
        return f"Appointed as {roles}."

    def promised(self, seat: Seat) -> str:
        held = [one for one in self.promises if one.person_id == seat.person_id and _runs(one.valid_until, self.day)]
        if not held:
            return "No promise of confidentiality was in force."
        newest = max(held, key=lambda one: one.signed_on)
        return f"Promise of confidentiality signed on {in_words(newest.signed_on)}{_until(newest.valid_until)}."

    def trained(self, seat: Seat) -> str:
        held = [one for one in self.training if (one.person_id, one.subject) == (seat.person_id, seat.trained_in)]
        if not held:
            return f"{subject_title(seat.trained_in)}: none on record."
        newest = max(held, key=lambda one: (one.valid_until or date.max, one.completed_on))
        lapsed = "" if _runs(newest.valid_until, self.day) else ", lapsed by then"
        return f"{subject_title(seat.trained_in)} completed on {in_words(newest.completed_on)}{_until(newest.valid_until)}{lapsed}."

    def declaration(self, seat: Seat) -> str:
        one = self.declared.get(seat.pk)
        if one is None:
            return "An office: nothing is declared." if seat.office else "No interests were declared."
        said = one.get_conflict_display().lower()
        promise = " and confidentiality promised" if one.confidential else ""
        return f"Declared on {in_words(day_of(one.at))}: {said}{promise}{': ' + one.text.rstrip('.') if one.text else ''}."


def ground_of(seats: Sequence[Seat], at: datetime) -> Ground:
    """What these seats hung on at `at`. Four statements, whatever their number."""
    people = {seat.person_id for seat in seats}
    declared = Declaration.objects.filter(seat__in=[seat.pk for seat in seats], at__lte=at).order_by("at")
    return Ground(
        day_of(at),
        list(as_it_stood(Appointment, at).filter(person__in=people)),
        list(as_it_stood(Confidentiality, at).filter(person__in=people)),
        list(as_it_stood(TrainingRecord, at).filter(person__in=people)),
        {one.seat_id: one for one in declared},
    )


def _runs(until: date | None, day: date) -> bool:
    return until is None or until >= day


def _until(end: date | None) -> str:
    return f" until {in_words(end)}" if end else ""
