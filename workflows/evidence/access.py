"""Who could see a case, and what a person could see, at any moment: not only who looked (IG3, IG7).

The rule of sight is `permissions.scope`, in SQL, on the rows of today. Here it is said once more, in Python, on the rows as they
stood: a test holds the two to each other, for everybody and in every state that a case can be in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q

from audit.days import in_words
from audit.history import as_it_stood, history_of
from audit.kinds import tell
from audit.models import Event
from cases.models import Appointment, Case, Connection, EmergencySight, Person, Seat
from cases.tables import Sheet
from permissions.eligibility import day_of
from permissions.models import CaseGrant
from permissions.roles import CALDICOTT, LAY, STAFF, reading_all_codes, title_of
from workflows.calendar import LONDON
from workflows.evidence.ground import Ground, ground_of

STAFF_FILE, LAY_FILE = "What staff read", "What lay partners read"


@dataclass(frozen=True)
class Sight:
    """One reason for which one person could see one case. `until`: as it was known then; None: no end was known.

    `number`: of the seat among all seats of the case, as they were offered; 0 where it was by no seat. `event`: the act that
    opened the case to them, None where it was before there was a record.
    """

    person: Person
    case: Case
    capacity: str
    by: str
    given_by: str
    event: Event | None
    why: str
    since: datetime | date
    until: datetime | date | None
    reads: str
    hung_on: str = ""
    number: int = 0

    @property
    def act(self) -> str:
        """What the record says of the act that opened it."""
        return tell(self.event) if self.event else ""


def who_could(case: Case, at: datetime) -> list[Sight]:
    """Everybody who could see a case at `at`, by the name of the person; empty where there was no such case yet."""
    stood = _Stood(at, Q(id=case.pk), Q(content_object=case.pk), Q(organisation=case.organisation_id), Q(case=case.pk))
    return sorted(stood.sights(), key=lambda one: (one.person.name, one.by))


def what_could(person: Person, at: datetime) -> list[Sight]:
    """Every case that a person could see at `at`, by its reference. Nothing without an account: sight is an account's."""
    then = as_it_stood(Person, at).filter(id=person.pk).first()
    if then is None or then.account_id is None:
        return []
    held = Q(person=person.pk)
    audited = as_it_stood(Appointment, at).filter(held, role__in=reading_all_codes())
    here = [one.organisation_id for one in audited if one.runs_on(day_of(at))]
    stood = _Stood(at, Q(organisation__in=here), Q(user=then.account_id), held, Q(asked_by=person.pk))
    return sorted(stood.sights(person.pk), key=lambda one: (one.case.reference, str(one.case.organisation_id), one.by))


class _Stood:
    """The rows that sight hangs on, as they stood at one moment, each kind read once."""

    def __init__(self, at: datetime, cases: Q, grants: Q, appointments: Q, emergencies: Q) -> None:
        self.at, self.day = at, day_of(at)
        self.grants = list(as_it_stood(CaseGrant, at).filter(grants))
        self._appointments = list(as_it_stood(Appointment, at).filter(appointments))
        self.emergencies = [one for one in as_it_stood(EmergencySight, at).filter(emergencies) if one.runs_at(at)]
        keys = {one.content_object_id for one in self.grants} | {one.case_id for one in self.emergencies}
        self.cases: dict[UUID, Case] = {one.pk: one for one in as_it_stood(Case, at).filter(cases | Q(id__in=keys))}

    # What is read when it is first asked for

    @cached_property
    def seats(self) -> dict[UUID, Seat]:
        """Every seat of the cases that somebody could see by one, or in an emergency."""
        keys = {one.content_object_id for one in self.grants} | {one.case_id for one in self.emergencies}
        return {one.pk: one for one in as_it_stood(Seat, self.at).filter(case__in=keys).order_by("offered_at", "id")}

    @cached_property
    def people(self) -> dict[UUID, Person]:
        keys = {one.person_id for one in (*self.seats.values(), *self._appointments)}
        keys |= {key for one in self.emergencies for key in (one.asked_by_id, one.answered_by_id) if key}
        keys |= {one.offered_by_id for one in self.seats.values() if one.offered_by_id}
        return {one.pk: one for one in as_it_stood(Person, self.at).filter(id__in=keys)}

    @cached_property
    def accounts(self) -> dict[int, Person]:
        accounts = {one.user_id for one in self.grants}
        return {one.account_id: one for one in as_it_stood(Person, self.at).filter(account__in=accounts)}

    @cached_property
    def ground(self) -> Ground:
        return ground_of([self.seats[one.seat_id] for one in self.grants if one.seat_id in self.seats], self.at)

    @cached_property
    def kept_out(self) -> set[tuple[UUID, UUID]]:
        """As `scope.kept_out`: case and person, of those who see by an office or in an emergency. Two statements."""
        people = {one.person_id for one in self._appointments if one.role in reading_all_codes()}
        people |= {one.asked_by_id for one in self.emergencies}
        declared = as_it_stood(Seat, self.at).filter(person__in=people, state=Seat.State.RECUSED)
        tied = as_it_stood(Connection, self.at).filter(person__in=people)
        return {*declared.values_list("case", "person"), *tied.values_list("case", "person")}

    @cached_property
    def beginnings(self) -> dict[UUID, UUID]:
        """By appointment, the event that made it."""
        keys = [one.pk for one in self._appointments if one.role in reading_all_codes()]
        versions: Any = history_of(Appointment)._base_manager
        return dict(versions.filter(id__in=keys, history_type="+").values_list("id", "event_id"))

    @cached_property
    def events(self) -> dict[UUID, Event]:
        keys = {_event_of(one) for one in (*self.grants, *self.emergencies)} | set(self.beginnings.values())
        return {one.pk: one for one in Event.objects.filter(pk__in=keys)}

    # Who sees

    def sights(self, person: UUID | None = None) -> Iterator[Sight]:
        """By a grant, as auditor, in an emergency; of everybody, or of one person."""
        found = [*self._by_grant(), *self._by_audit(), *self._in_emergency()]
        return (one for one in found if person is None or one.person.pk == person)

    def _by_grant(self) -> Iterator[Sight]:
        for grant in self.grants:
            seat, holder = self.seats.get(grant.seat_id), self.accounts.get(grant.user_id)
            case = self.cases.get(grant.content_object_id)
            in_date = grant.until is None or grant.until >= self.day
            if seat and holder and case and in_date and self.still_appointed(seat, case):
                yield self._seated(grant, seat, holder, case)

    def still_appointed(self, seat: Seat, case: Case) -> bool:
        """As `scope.still_appointed`: a staff seat asks for any staff appointment in its term, a lay seat for its own role."""
        held = [one for one in self._appointments_of(seat.person_id, case.organisation_id) if one.capacity == seat.capacity]
        held = [one for one in held if one.state == Appointment.State.ACTIVE]
        return any(one.role == seat.role if seat.capacity == LAY else one.runs_on(self.day) for one in held)

    def _appointments_of(self, person: UUID, organisation: UUID) -> list[Appointment]:
        return [one for one in self._appointments if (one.person_id, one.organisation_id) == (person, organisation)]

    def _seated(self, grant: CaseGrant, seat: Seat, holder: Person, case: Case) -> Sight:
        event = self.events.get(_event_of(grant))
        number = [one.pk for one in self.seats.values() if one.case_id == case.pk].index(seat.pk) + 1
        offered = self.people.get(seat.offered_by_id) if seat.offered_by_id else None
        given_by = offered.name if offered else event.person_name if event else ""
        by = f"Seat {number}, as {title_of(seat.role)}" + (", a stand-in" if seat.stands_in_for_id else "")
        why = seat.why or (f"The office goes with a seat. {event.reason}".strip() if seat.office and event else "")
        reads = self._reads(holder.pk, case.pk) + (", and drafts put to the guardian" if seat.role == CALDICOTT.code else "")
        return Sight(
            holder, case, seat.capacity, by, given_by, event, why, grant.granted_at, grant.until, reads,
            self.ground.of(seat), number,
        )  # fmt: skip

    def _by_audit(self) -> Iterator[Sight]:
        for one in self._appointments:
            reader = self.people.get(one.person_id)
            if one.role not in reading_all_codes() or not one.runs_on(self.day) or reader is None:
                continue
            event = self.events.get(self.beginnings.get(one.pk, one.pk))
            for case in self.cases.values():
                if case.organisation_id == one.organisation_id and (case.pk, reader.pk) not in self.kept_out:
                    yield Sight(
                        reader, case, one.capacity, f"Appointed as {title_of(one.role)}, who reads every case",
                        event.person_name if event else "", event, event.reason if event else "",
                        one.starts_on, one.ends_on, STAFF_FILE, f"Appointed from {in_words(one.starts_on)}",
                    )  # fmt: skip

    def _in_emergency(self) -> Iterator[Sight]:
        for one in self.emergencies:
            asker, case = self.people.get(one.asked_by_id), self.cases.get(one.case_id)
            if asker is None or case is None or asker.account_id is None or not self._let_in(one, case):
                continue
            assert one.opens_at
            second = self.people.get(one.answered_by_id) if one.answered_by_id else None
            reads = self._reads(asker.pk, case.pk)
            yield Sight(
                asker, case, one.asked_as, "Sight in an emergency, agreed by two", second.name if second else "",
                self.events.get(_event_of(one)), one.reason, one.opens_at, one.until, reads,
                "Two people agreed, one of them lay and outside the case",
            )  # fmt: skip

    def _let_in(self, one: EmergencySight, case: Case) -> bool:
        """As `scope.emergency_sight`: still appointed, and no conflict or tie stands against it."""
        held = self._appointments_of(one.asked_by_id, case.organisation_id)
        appointed = any(a.capacity == one.asked_as and a.runs_on(self.day) for a in held)
        return appointed and (case.pk, one.asked_by_id) not in self.kept_out

    def _reads(self, person: UUID, case: UUID) -> str:
        """As `scope.reads_as_staff`: the staff file from a staff seat, as auditor, or as staff in an emergency."""
        sits = any(
            (seat.case_id, seat.person_id, seat.capacity, seat.state) == (case, person, STAFF, Seat.State.ACTIVE)
            for seat in self.seats.values()
        )  # fmt: skip
        asked = any((one.case_id, one.asked_by_id, one.asked_as) == (case, person, STAFF) for one in self.emergencies)
        audits = any(
            one.role in reading_all_codes() and one.runs_on(self.day)
            for one in self._appointments_of(person, self.cases[case].organisation_id)
        )
        return STAFF_FILE if sits or asked or audits else LAY_FILE


def _event_of(row: Any) -> UUID:
    """The event that wrote a row, of one that `as_it_stood` gave."""
    key: UUID = row._history.event_id
    return key


COLUMNS = (
    "Person", "Case", "Lay or staff", "By what", "Given by", "What opened it", "When", "Why", "From", "Until", "Reads",
    "It hung on",
)  # fmt: skip


def sheet_of(sights: Iterable[Sight], title: str, at: datetime) -> Sheet:
    """The same rows as a table to hand out."""
    rows = [
        (one.person.name, one.case.reference, one.capacity, one.by, one.given_by, one.act, one.event.at if one.event else None,
         one.why, one.since, one.until, one.reads, one.hung_on)
        for one in sights
    ]  # fmt: skip
    return Sheet(
        title,
        COLUMNS,
        rows,
        f"As it stood at {at.astimezone(LONDON):%Y-%m-%d %H:%M %Z}. It says who could see it, whether or not they looked.",
    )
