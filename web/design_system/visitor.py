"""Who is looking at the page: the person behind the account, and in what capacity they act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from audit.compiled import compiled
from cases.models import Appointment, Organisation, Person
from notifications.coordinators import TELLERS
from notifications.models import Notice
from permissions import auditing, groups, reporting, retention, roles
from workflows.doors.people import KEEPERS

_ACTING_AS = {roles.LAY: "lay partner", roles.STAFF: "staff"}


@dataclass(frozen=True)
class Visitor:
    """A signed-in person, as the header of the page shows them."""

    person: Person
    appointments: tuple[Appointment, ...]
    unread: int = 0

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def organisation(self) -> Organisation:
        return self.person.organisation

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the roles they hold, in the order of their appointment."""
        return tuple(roles.title_of(appointment.role) for appointment in self.appointments)

    @property
    def operates(self) -> bool:
        """Whether they look after messages and the clock, so that the header leads there."""
        return self._holds_one_of(TELLERS)

    @property
    def keeps_records(self) -> bool:
        """Whether they keep the records of people, so that the header leads there."""
        return self._holds_one_of(KEEPERS)

    @property
    def reads_groups(self) -> bool:
        """Whether they read about safety groups, so that the foot of the page leads there."""
        return self._holds_one_of(groups.READERS)

    @property
    def reads_report(self) -> bool:
        """Whether they read how power is shared here, so that the page leads there."""
        return self._holds_one_of(reporting.READERS)

    def _holds_one_of(self, offices: Iterable[roles.Role]) -> bool:
        codes = {role.code for role in offices}
        return any(appointment.role in codes for appointment in self.appointments)

    @property
    def audits(self) -> bool:
        """Whether they read what the record proves of every case of their organisation."""
        return any(appointment.role in roles.reading_all_codes() for appointment in self.appointments)

    @property
    def watches(self) -> bool:
        """Whether they watch over how power is shared in the organisation, so that home leads to the pages that say so."""
        return self._holds_one_of(auditing.WATCHERS)

    @property
    def watches_records(self) -> bool:
        """Whether they read how long records are kept, so that the foot of the page leads there."""
        return self._holds_one_of(retention.READERS)

    @property
    def is_lay(self) -> bool:
        """Whether they are a lay partner somewhere, so that the header leads to their own page."""
        return any(appointment.capacity == roles.LAY for appointment in self.appointments)

    @property
    def acting_as(self) -> str:
        """ "acting as lay partner"; empty for a person with no appointment."""
        held = {appointment.capacity for appointment in self.appointments}
        words = [word for capacity, word in _ACTING_AS.items() if capacity in held]
        return f"acting as {' and '.join(words)}" if words else ""


def visitor_for(account: AbstractBaseUser | AnonymousUser, today: date) -> Visitor | None:
    """The person whose account this is, with the appointments that run today; None when it is nobody's. One or two statements."""
    appointments = _held_by(account=account.pk) if account.pk else []
    if appointments:
        unread = appointments[0].unread  # type: ignore[attr-defined]
        return Visitor(appointments[0].person, tuple(one for one in appointments if one.runs_on(today)), unread)
    person = Person.objects.filter(account=account.pk).select_related("organisation").first()
    return Visitor(person, ()) if person else None


@compiled()
def _held_by(account: int) -> QuerySet[Appointment]:
    held = Appointment.objects.filter(person__account=account).select_related("person__organisation")
    return held.annotate(unread=_unread("person")).order_by("starts_on", "role")


def _unread(person: str) -> Coalesce:
    """How many notices the person has not read, within the same statement."""
    unread = Notice.objects.filter(person=OuterRef(person), read_at__isnull=True).order_by().values("person")
    return Coalesce(Subquery(unread.annotate(number=Count("pk")).values("number")), 0)
