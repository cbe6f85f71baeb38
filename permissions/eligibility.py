"""May this person take this seat? A list of verdicts, each with who can mend it (stage B1, IG3).

The same list is shown beside every name on the assigning page and judged again, under the lock, by the doors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from audit.days import in_words
from cases.models import Appointment, Case, Confidentiality, Connection, Person, Seat, TrainingRecord
from permissions.roles import ROLES, STAFF, Role
from permissions.verdict import Verdict, judge

LONDON = ZoneInfo("Europe/London")
GRACE = timedelta(days=30)
"""C9: a running seat keeps its sight this long (calendar days) after training lapses."""

COORDINATOR_MENDS = "The partner coordinator can put this right."


def day_of(at: datetime) -> date:
    """The day in London on which something happened."""
    return at.astimezone(LONDON).date()


@dataclass
class Record:
    """What is known of one person on the day: read in a fixed number of statements for any number of people."""

    person: Person
    appointments: list[Appointment] = field(default_factory=list)
    training: list[TrainingRecord] = field(default_factory=list)
    confidentiality: list[Confidentiality] = field(default_factory=list)
    here: list[Seat] = field(default_factory=list)
    connected: bool = False
    # How much they carry: `with_load`
    load: int = 0
    last_offered: datetime | None = None
    last_elsewhere: datetime | None = None


def records(people: Iterable[Person], case: Case) -> list[Record]:
    """The records of these people, with their tie to this case: whatever a verdict asks for."""
    found = {person.pk: Record(person) for person in people}
    keys = list(found)
    for appointment in Appointment.objects.filter(person__in=keys, organisation=case.organisation_id):
        found[appointment.person_id].appointments.append(appointment)
    for training in TrainingRecord.objects.filter(person__in=keys):
        found[training.person_id].training.append(training)
    for promise in Confidentiality.objects.filter(person__in=keys, organisation=case.organisation_id):
        found[promise.person_id].confidentiality.append(promise)
    for connection in Connection.objects.filter(case=case.pk, person__in=keys):
        found[connection.person_id].connected = True
    for seat in Seat.objects.filter(case=case.pk, person__in=keys):
        found[seat.person_id].here.append(seat)
    return list(found.values())


def with_load(known: list[Record], case: Case) -> list[Record]:
    """The same records with how much each carries and when they were last asked (R14). One statement, of all their seats."""
    found, load = {record.person.pk: record for record in known}, Counter[UUID]()
    for seat in Seat.objects.filter(person__in=list(found)).order_by("offered_at"):
        record = found[seat.person_id]
        if not seat.office and (seat.trained_in or not seat.is_lay):  # a partner's own training is no load
            record.last_offered = seat.offered_at
            record.last_elsewhere = seat.offered_at if seat.case_id != case.pk else record.last_elsewhere
            load[seat.person_id] += seat.state in Seat.LIVE
    for pk, number in load.items():
        found[pk].load = number
    return known


def verdicts(record: Record, role: Role, day: date, trained_in: str) -> list[Verdict]:
    """Every condition for a seat in this role, met or not. A lay seat asks for more than a staff seat.

    `trained_in`: the subject of training that a lay seat asks for; empty where it asks for none.
    """
    found = [_appointed(record, role, day), _unconnected(record), _unconflicted(record)]
    if role.lay:
        trained = [_trained(record, day, trained_in)] if trained_in else []
        found[1:1] = [_not_staff_here(record, day), *trained, _promised(record, day)]
    return found


def _appointed(record: Record, role: Role, day: date) -> Verdict:
    held = [one for one in record.appointments if one.runs_on(day)]
    fits = any(one.role == role.code for one in held) if role.lay else any(one.capacity == role.capacity for one in held)
    what = role.title if role.lay else "member of staff"
    if fits:
        return judge(True, "B1", f"Is appointed as {what}")
    return judge(False, "B1", f"Has no appointment in force as {what}.", COORDINATOR_MENDS)


def _not_staff_here(record: Record, day: date) -> Verdict:
    """R18: somebody employed elsewhere in the NHS can be lay here; somebody who works here cannot."""
    if any(one.capacity == STAFF and one.runs_on(day) for one in record.appointments):
        return judge(False, "R18", "Works for this organisation, so is no lay partner in it.", "Ask somebody else.")
    return judge(True, "R18", "Does not work for this organisation")


def _trained(record: Record, day: date, subject: str) -> Verdict:
    held = [one for one in record.training if one.subject == subject]
    until, what = _latest(one.valid_until for one in held), subject_title(subject)
    if any(one.valid_until is None or one.valid_until >= day for one in held):
        return judge(True, "B1", f"{what} is in date" + (f" until {in_words(until)}" if until else ""))
    if until:
        return judge(False, "B1", f"{what} ran out on {in_words(until)}.", COORDINATOR_MENDS)
    return judge(False, "B1", f"Has no {what[0].lower()}{what[1:]} on record.", COORDINATOR_MENDS)


def subject_title(subject: str) -> str:
    """What a training is called, for example "Oversight training"; a subject of another app is shown by its code."""
    return dict(TrainingRecord.SUBJECTS).get(subject, f"Training in {subject.replace('_', ' ')}")


def _promised(record: Record, day: date) -> Verdict:
    if any(one.valid_until is None or one.valid_until >= day for one in record.confidentiality):
        return judge(True, "IG3", "Has signed the confidentiality agreement")
    return judge(False, "IG3", "Has no confidentiality agreement in force.", COORDINATOR_MENDS)


def _unconnected(record: Record) -> Verdict:
    if record.connected:
        return judge(False, "B1", "Has a personal tie to this case.", "Ask somebody else. The engagement lead knows more.")
    return judge(True, "B1", "Has no known tie to this case")


def _unconflicted(record: Record) -> Verdict:
    if any(seat.state == Seat.State.RECUSED for seat in record.here):
        return judge(False, "B1", "Declared a conflict of interest on this case.", "Ask somebody else.")
    return judge(True, "B1", "Has declared no conflict of interest on this case")


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)


def may_keep_sight(person: Person, case: Case, role: Role, at: datetime, trained_in: str) -> list[Verdict]:
    """What sight hangs on once a seat is taken, met or not: the appointment and, for a lay seat, the training that it asks
    for (if any) with its grace, and the promise (IG3, C9)."""
    (record,) = records([person], case)
    day = day_of(at)
    found = [replace(_appointed(record, role, day), rule="IG3")]
    if role.lay:
        trained = [replace(_trained(record, day - GRACE, trained_in), rule="C9")] if trained_in else []
        found += [*trained, _promised(record, day)]
    return found


def sight_until(seat: Seat, at: datetime) -> date | None:
    """The day on which a lay seat's sight runs out if nothing is renewed: term, promise, or training and its grace (C9)."""
    if not seat.is_lay:
        return None
    (record,) = records([seat.person], seat.case)
    ends = [
        term_end([one for one in record.appointments if one.role == seat.role], day_of(at)),
        last_of([one.valid_until for one in record.confidentiality]),
        seat.stands_in_until,
    ]
    if seat.trained_in:
        held = [one for one in record.training if one.subject == seat.trained_in]
        ends.append(last_of([one.valid_until and one.valid_until + GRACE for one in held]))
    return min((end for end in ends if end is not None), default=None)


def term_end(appointments: Iterable[Appointment], day: date) -> date | None:
    """The last day of the term that runs on `day`, or ran last. None where it has no end; long ago where there was none."""
    return last_of([one.ends_on for one in appointments if one.state == Appointment.State.ACTIVE and one.starts_on <= day])


def last_of(ends: list[date | None]) -> date | None:
    """The last of several ends; None (no end) outlasts every day; where nothing is in force it ended long ago."""
    return None if None in ends else _latest([date.min, *ends])


@dataclass(frozen=True)
class Candidate:
    """A person as the assigning page shows them: ready or not and why, what they carry, when last asked (R14)."""

    person: Person
    verdicts: tuple[Verdict, ...]
    load: int
    last_offered: datetime | None
    seated: bool

    @property
    def ready(self) -> bool:
        return all(self.verdicts) and not self.seated


def candidates(case: Case, role: Role, at: datetime, trained_in: str) -> list[Candidate]:
    """Everybody who could be asked, ready ones first, then those who carry least. Nobody is hidden."""
    day = day_of(at)
    appointed = Appointment.objects.filter(organisation=case.organisation_id, state=Appointment.State.ACTIVE)
    appointed = appointed.filter(role=role.code) if role.lay else appointed.filter(capacity=role.capacity)
    people = Person.objects.filter(pk__in=appointed.values("person_id")).order_by("name")
    found = [
        Candidate(
            r.person,
            tuple(verdicts(r, role, day, trained_in)),
            r.load,
            r.last_offered,
            any(seat.role == role.code and seat.state in Seat.HELD for seat in r.here),
        )
        for r in with_load(records(people, case), case)
    ]
    return sorted(found, key=lambda one: (not one.ready, one.load, one.person.name))


@dataclass(frozen=True)
class Checked:
    """A seat as whoever confirms the group sees it: every condition today, and what its person carries besides (R14)."""

    verdicts: tuple[Verdict, ...]
    load: int
    last_elsewhere: datetime | None


def checked(seats: Iterable[Seat], case: Case, at: datetime) -> dict[UUID, Checked]:
    """The conditions of each of these seats, by the key of the seat: the same that were judged when it was taken.

    The seats come with their people; a fixed number of statements for any number of them.
    """
    seats = list(seats)
    found = {one.person.pk: one for one in with_load(records([seat.person for seat in seats], case), case)}
    return {
        seat.pk: Checked(
            tuple(verdicts(one, ROLES[seat.role], day_of(at), seat.trained_in)), one.load, one.last_elsewhere
        )
        for seat in seats if (one := found[seat.person_id])
    }  # fmt: skip


def may_all_sit(people: Iterable[Person], case: Case, role: Role, at: datetime, trained_in: str) -> dict[UUID, list[Verdict]]:
    """The verdicts on each of these people, by key, for the doors: a fixed number of statements for any number of them."""
    return {one.person.pk: verdicts(one, role, day_of(at), trained_in) for one in records(people, case)}


def may_sit(person: Person, case: Case, role: Role, at: datetime, trained_in: str) -> list[Verdict]:
    """The verdicts on one person, for the doors."""
    return may_all_sit([person], case, role, at, trained_in)[person.pk]
