"""The people of an organisation as the office that keeps their records sees them. A fixed number of statements each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.urls import reverse

from cases.models import Appointment, Organisation, Person
from permissions.eligibility import subject_title
from permissions.roles import title_of
from permissions.verdict import Verdict
from web.design_system.words import day
from workflows.calendar import london_day
from workflows.doors.people import may_keep

MOST = 500
"""People on the page, by name."""


@dataclass(frozen=True)
class Line:
    """One person of the list. `tag` is empty for somebody whose appointment runs."""

    name: str
    href: str
    roles: str
    tag: str


class Directory:
    """Everybody of one organisation. Two statements."""

    def __init__(self, organisation: Organisation, at: datetime) -> None:
        self._organisation, self._today = organisation, london_day(at)

    @property
    def lines(self) -> list[Line]:
        held = defaultdict[UUID, list[Appointment]](list)
        for one in Appointment.objects.filter(organisation=self._organisation).order_by("starts_on", "role"):
            held[one.person_id].append(one)
        people = Person.objects.filter(organisation=self._organisation).order_by("name", "id")[:MOST]
        return [self._line(one, held[one.pk]) for one in people]

    def _line(self, person: Person, held: list[Appointment]) -> Line:
        running = [title_of(one.role) for one in held if one.runs_on(self._today)]
        tag = "" if running else ("Ended" if held else "Not appointed")
        return Line(person.name, reverse("directory_person", args=(person.pk,)), ", ".join(running), tag)


@dataclass(frozen=True)
class Held:
    """One record of a person: an appointment, a training, a promise; `end_href` where somebody may end it."""

    title: str
    when: str
    tag: str
    colour: str
    end_href: str = ""


class PersonPage:
    """What is written down of one person. Three statements."""

    def __init__(self, person: Person, by: Person, at: datetime) -> None:
        self.person, self._today = person, london_day(at)
        self.refusals: tuple[Verdict, ...] = tuple(
            one for one in may_keep(person.organisation, by, at, about=person) if not one.allowed
        )

    @property
    def about(self) -> list[tuple[str, str]]:
        """Who they are and how they are reached, as (what, value)."""
        one = self.person
        return [
            ("E-mail address", one.email or "None"), ("Told by", Person.Contact(one.told_by).label),
            ("What they need", one.needs or "Nothing is written down"), ("Employed by", one.employer or "Nobody else in the NHS"),
            ("Signs in", "Yes" if one.account_id else "No: works by post, phone or in person"),
        ]  # fmt: skip

    @cached_property
    def appointments(self) -> list[Held]:
        held = self.person.appointments.order_by("-starts_on", "role")
        return [self._appointment(one) for one in held]

    def _appointment(self, one: Appointment) -> Held:
        when = f"From {day(one.starts_on)}" + (f" until {day(one.ends_on)}" if one.ends_on else "")
        end = reverse("directory_end", args=(self.person.pk, one.pk))
        active = one.state == Appointment.State.ACTIVE
        return Held(title_of(one.role), when, *self._stands(one.ends_on, active), end if active and not self.refusals else "")

    def _stands(self, until: date | None, active: bool = True) -> tuple[str, str]:
        if not active:
            return "Ended", "grey"
        return ("Run out", "red") if until and until < self._today else ("In force", "green")

    @cached_property
    def training(self) -> list[Held]:
        rows = self.person.training.order_by("-completed_on")
        return [
            Held(subject_title(one.subject), f"Finished on {day(one.completed_on)}. {_until(one.valid_until)}",
                 *self._stands(one.valid_until)) for one in rows
        ]  # fmt: skip

    @cached_property
    def promises(self) -> list[Held]:
        rows = self.person.confidentiality.order_by("-signed_on")
        return [
            Held("Confidentiality agreement", f"Signed on {day(one.signed_on)}. {_until(one.valid_until)}",
                 *self._stands(one.valid_until)) for one in rows
        ]  # fmt: skip

    @property
    def links(self) -> Iterator[tuple[str, str]]:
        """What can be written down, as (address, words); nothing for whoever may not."""
        if self.refusals:
            return
        for name, words in (
            ("directory_change", "Change the name, or how they are reached"), ("directory_appoint", "Appoint them to a role"),
            ("directory_promise", "Enter a confidentiality agreement"), ("directory_training", "Enter a training"),
        ):  # fmt: skip
            yield reverse(name, args=(self.person.pk,)), words


def _until(last: date | None) -> str:
    return f"Valid until {day(last)}." if last else "It does not run out."
