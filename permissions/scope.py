"""Who sees what, as SQL. Every list, page, count, search, export and API reads through these functions.

No role by itself opens a case: sight needs a grant, which follows an active seat, an appointment as quality auditor
in the organisation (IG3, R16), or two people who agreed on two hours in an emergency.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from audit.models import Event
from cases.models import (
    Appointment,
    Case,
    Comment,
    Connection,
    EmergencySight,
    Evaluation,
    Organisation,
    PaperVersion,
    Person,
    Position,
    Seat,
    Visit,
    Withholding,
)  # fmt: skip
from permissions.eligibility import day_of
from permissions.models import CaseGrant
from permissions.roles import CALDICOTT, LAY, QUALITY, STAFF, reading_all_codes
from permissions.ways import Way, cases_of, newest_of, of_row, open_to

TELL_AN_ANSWER = ("position_taken", "typed_answer_confirmed", "signed_form_witnessed")
"""Kinds of event that tell what somebody answered, and in which words."""

KEPT_FROM_OTHERS = ("refused", "paper_read", "evidence_read")
"""Kinds of event that only whoever did them, the quality team, the Caldicott Guardian and auditors are shown (IG7)."""


def grants_of(person: Person, at: datetime) -> QuerySet[CaseGrant]:
    """The grants that a person's account holds, that have not run out and whose appointment nobody has ended."""
    if not person.account_id:
        return CaseGrant.objects.none()
    in_date = Q(until__isnull=True) | Q(until__gte=day_of(at))
    return CaseGrant.objects.filter(in_date, still_appointed(at, "seat__"), user=person.account_id)


def audited_organisations(person: Person, at: datetime) -> QuerySet[Appointment]:
    """The appointments by which a person reads every case of an organisation."""
    return running_appointments(at).filter(person=person, role__in=sorted(reading_all_codes()))


def auditors_of(organisation: UUID, at: datetime) -> QuerySet[Appointment]:
    """The appointments by which somebody reads every case of this organisation."""
    return running_appointments(at).filter(organisation=organisation, role__in=reading_all_codes())


def running_appointments(at: datetime) -> QuerySet[Appointment]:
    """Appointments in force on the day of `at`."""
    return Appointment.objects.filter(_in_term(at), state=Appointment.State.ACTIVE)


def _in_term(at: datetime) -> Q:
    day = day_of(at)
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def still_appointed(at: datetime, seat: str = "") -> Exists:
    """Whether the appointment that a seat hangs on holds at `at` (IG3). `seat` is the path to the seat, as "seat__".

    A staff seat asks for any staff appointment in its term. A lay seat asks for its own role, until somebody ends it with a
    reason: its term is in the grant, where a term that is entered anew never takes sight away (R8).
    """
    lay = Q(capacity=LAY, role=OuterRef(f"{seat}role"))
    return Exists(
        Appointment.objects.filter(
            lay | (Q(capacity=STAFF) & _in_term(at)), state=Appointment.State.ACTIVE, capacity=OuterRef(f"{seat}capacity"),
            person=OuterRef(f"{seat}person"), organisation=OuterRef(f"{seat}case__organisation"),
        )
    )  # fmt: skip


def kept_out(case: Any, person: Any) -> Q:
    """A conflict of interest that was declared, or a personal tie on record. `case`, `person`: a key or an OuterRef."""
    both = {"case": case, "person": person}
    declared = Seat.objects.filter(**both, state=Seat.State.RECUSED)
    return Q(Exists(declared)) | Q(Exists(Connection.objects.filter(**both)))


def emergency_sight(person: Person, at: datetime) -> QuerySet[EmergencySight]:
    """What opens cases to a person in an emergency: agreed by two, not ended, not run out, and nothing stands against it.

    The two hours end here, by the time that is asked about: nothing has to be swept away for sight to be over (IG3).
    """
    here = {"organisation": OuterRef("case__organisation"), "capacity": OuterRef("asked_as")}
    appointed = Exists(running_appointments(at).filter(**here, person=person))
    agreed = EmergencySight.objects.filter(state=EmergencySight.State.AGREED, opens_at__lte=at, until__gt=at, asked_by=person)
    return agreed.filter(appointed, ~kept_out(OuterRef("case"), person.pk), asked_by__account__isnull=False)


def ways_of_sight(person: Person, at: datetime) -> tuple[Way, ...]:
    """Every way in which cases come into a person's sight at `at`, and the only place that names them (IG3).

    A conflict of interest or a personal tie closes a case to an auditor as to anybody (R18).
    """
    audited = Organisation.objects.filter(pk__in=audited_organisations(person, at).values("organisation_id"))
    audited = audited.annotate(audits=F("cases__pk"))
    return (
        Way(grants_of(person, at), "content_object_id"),
        Way(audited.filter(~kept_out(OuterRef("audits"), person.pk), audits__isnull=False), "audits", apart="pk"),
        Way(emergency_sight(person, at), "case_id"),
    )


def visible_cases(person: Person, at: datetime) -> QuerySet[Case]:
    """The cases a person may know of, as a list. Anything else is not found, alike. For one case, or rows of cases: `in_sight`."""
    return cases_of(ways_of_sight(person, at))


def newest_visible(person: Person, at: datetime, number: int) -> QuerySet[Case]:
    """Of `visible_cases` the newest, newest first; there may be more than `number` of them."""
    return newest_of(ways_of_sight(person, at), number)


def open_cases(person: Person, at: datetime) -> QuerySet[Case]:
    """Of `visible_cases` those that are not closed: found among the open ones of where the person is appointed.

    All sight hangs on an appointment in the organisation of the case (`ways_of_sight`), so nothing is missed.
    """
    here = Appointment.objects.filter(person=person, state=Appointment.State.ACTIVE).values("organisation_id")
    return Case.objects.filter(in_sight(person, at), closed_at__isnull=True, organisation_id__in=here)


def in_sight(person: Person, at: datetime, case: str | UUID = "pk") -> Q:
    """Whether a person may know of the case of a row. `case`: the path to its key, "case_id" say; of a case itself "pk".

    Where all rows are of one case, its key: that is asked once for all of them.
    """
    return Q(open_to(ways_of_sight(person, at), case))


def reads_as_staff(person: Person, at: datetime, case: str) -> Q:
    """Whether a person reads what staff read: from a staff seat, as auditor, or as staff in an emergency. `case`: path to it."""
    seats = Seat.objects.filter(case=OuterRef(case), person=person, capacity=STAFF, state=Seat.State.ACTIVE)
    audited = audited_organisations(person, at).values("organisation_id")
    emergency = emergency_sight(person, at).filter(case=OuterRef(case), asked_as=STAFF)
    return Q(Exists(seats)) | Q(Exists(emergency)) | Q(**{f"{case}__organisation_id__in": audited})


def marked_papers(person: Person, case: Case, at: datetime) -> QuerySet[PaperVersion]:
    """Every version on a case, each marked with whether the person may open it (`readable`): one statement for rules and pages."""
    staff = reads_as_staff(person, at, "paper__case")
    in_force = Withholding.objects.filter(ended_at__isnull=True)
    whole = in_force.filter(paper=OuterRef("paper"), version__isnull=True)
    released = Q(released_at__isnull=False) & (staff | ~Q(Exists(whole)))
    readable = released | Q(author=person) | _put_to_guardian(person)
    return PaperVersion.objects.filter(in_sight(person, at, "paper__case_id"), paper__case=case.pk).annotate(
        readable=_true(readable)
    ).select_related("paper", "author", "lay_rendition")  # fmt: skip


def _put_to_guardian(person: Person) -> Q:
    """IG2: a draft that was put to the Caldicott Guardian is read by them, to decide whether lay partners may read it."""
    own = Seat.objects.filter(case=OuterRef("paper__case"), person=person, role=CALDICOTT.code, state=Seat.State.ACTIVE)
    return Q(caldicott__isnull=False) & Q(Exists(own))


def _true(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def cases_left(person: Person) -> QuerySet[Case]:
    """The cases on which a person sat as a lay partner and sits no more, without having declared a conflict.

    They are owed the answers to what they said there, "you said, we did", and nothing else of the case (R7, IG3).
    """
    own = Seat.objects.filter(case=OuterRef("pk"), person=person)
    left = own.filter(capacity=LAY, active_from__isnull=False, state__in=(Seat.State.ENDED, Seat.State.STEPPED_DOWN))
    return Case.objects.filter(Exists(left), ~Exists(own.filter(state=Seat.State.RECUSED)))


def cases_asked_about(person: Person) -> QuerySet[Case]:
    """The cases about which a person was asked what it was like to be involved, whatever became of their seat (A8)."""
    return Case.objects.filter(Exists(Evaluation.objects.filter(case=OuterRef("pk"), seat__person=person)))


def visible_papers(person: Person, case: Case, at: datetime) -> QuerySet[PaperVersion]:
    """The versions a person may open on a case: their own drafts, and what was released, to everybody at the same moment (R6).

    What is held back from lay partners as a whole is not among theirs; where a part of it is, they are handed the file
    without that part (IG4).
    """
    return marked_papers(person, case, at).filter(Q(readable=True))


def sealed_visits(person: Person) -> QuerySet[Visit]:
    """The stays in a stage whose answers a person does not read yet, where the stage is answered blind.

    They open once the person's own answer is in; for whoever is not asked, once the stage waits for no answer any more.
    A new text opens nothing: what was said of the old one stays sealed for as long as the stage asks about the new one.
    """
    here = {"case": OuterRef("case"), "stage": OuterRef("stage")}
    own = Position.objects.filter(
        visit__case=OuterRef("case"), visit__stage=OuterRef("stage"), visit__number__gte=OuterRef("number"), person=person
    )
    asks = Visit.objects.filter(**here, ended_at__isnull=True, step__in=(Visit.Step.PREPARE, Visit.Step.ANSWER))
    later = Visit.objects.filter(**here, number__gt=OuterRef("number"), ended_at__isnull=False)
    came_through = later.exclude(outcome=Visit.CUT_SHORT)
    cut_short = Q(outcome=Visit.CUT_SHORT) & Exists(asks) & ~Exists(came_through)
    return Visit.objects.filter(Q(step=Visit.Step.ANSWER, ended_at__isnull=True) | cut_short, ~Exists(own), blind=True)


def sealed_before_own(person: Person) -> QuerySet[Visit]:
    """Of those stays, the ones on cases where the person sits in a seat that may be asked as well: beside it they read no more.

    Whoever audits or sits for the quality team or as Caldicott Guardian reads answers while they come in, unless they are one of
    the group too.
    """
    sits = Seat.objects.filter(case=OuterRef("case"), person=person, state=Seat.State.ACTIVE)
    return sealed_visits(person).filter(Exists(sits.exclude(role__in=(QUALITY.code, CALDICOTT.code))))


def _sealed(person: Person, visit: str) -> Exists:
    """Whether the stay of a row is sealed to a person, asked of that one stay. `visit`: the path to its key."""
    return Exists(sealed_visits(person).filter(pk=OuterRef(visit)))


def open_positions(person: Person, positions: QuerySet[Position]) -> QuerySet[Position]:
    """Of these answers, those that a person reads: not those of others that are still sealed to them."""
    return positions.filter(Q(person=person) | ~_sealed(person, "visit"))


def open_comments(person: Person, comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Of these comments, those that a person reads: words that came with an answer are sealed like the answer."""
    return comments.filter(Q(person=person) | Q(position__isnull=True) | ~_sealed(person, "position__visit"))


def visible_events(person: Person, at: datetime) -> QuerySet[Event]:
    """The acts on cases that a person may read about, of every case that they may know of."""
    return Event.objects.filter(open_event(person, at))


def open_event(person: Person, at: datetime, case: str | UUID = "case_id") -> Q:
    """Whether a person may read about an act on a case. `case`: its key where all the acts are of one, which is quicker.

    Their own always; staff of a case its whole history; lay partners from the beginning of the stage that they came
    into (R15); refusals and reads of others only the quality team, the Caldicott Guardian and auditors (IG7, R16).
    Whoever sees a case in an emergency reads what somebody reads who took a seat in that moment.
    """
    own = Seat.objects.filter(case=of_row(case), person=person, state=Seat.State.ACTIVE)
    everything = reads_whole_record(person, at, case)
    here = {"case": of_row(case), "submitted_at__lte": OuterRef("at")}
    answers = Q(kind__in=TELL_AN_ANSWER) & Q(Exists(sealed_visits(person).filter(**here)))
    everything &= ~(Q(kind__in=TELL_AN_ANSWER) & Q(Exists(sealed_before_own(person).filter(**here))))
    ordinary = Q(Exists(own.exclude(capacity="lay"))) | (Q(Exists(own)) & ~Q(Exists(_ended_before_they_came(person, case))))
    ordinary |= _in_an_emergency(person, at, case)
    readable = everything | (ordinary & ~Q(kind__in=KEPT_FROM_OTHERS) & ~answers) | Q(person_id=person.pk)
    return in_sight(person, at, case) & readable


def reads_whole_record(person: Person, at: datetime, case: str | UUID = "case_id") -> Q:
    """Whose record a person reads whole, reads and refusals of others too: the quality team, the guardian, auditors (IG7, R16).

    `case` is the path to the key of the case in rows that name their organisation, or the one case of all the rows.
    """
    own = Seat.objects.filter(case=of_row(case), person=person, state=Seat.State.ACTIVE, role__in=(QUALITY.code, CALDICOTT.code))
    return Q(organisation_id__in=audited_organisations(person, at).values("organisation_id")) | Q(Exists(own))


def _ended_before_they_came(person: Person, case: str | UUID) -> QuerySet[Visit]:
    """A stay in a stage that was over before the person's seat became active, and not yet over at the time of the event."""
    return Visit.objects.filter(
        case=of_row(case), ended_at__gt=OuterRef("at"), ended_at__lte=F("case__seats__active_from"),
        case__seats__person=person, case__seats__state=Seat.State.ACTIVE,
    )  # fmt: skip


def _in_an_emergency(person: Person, at: datetime, case: str | UUID) -> Q:
    """What the two hours open of a case's history, as a new seat of the same capacity would."""
    running = emergency_sight(person, at).filter(case=of_row(case))
    before = Visit.objects.filter(
        case=of_row(case), ended_at__gt=OuterRef("at"), ended_at__lte=F("case__emergencies__opens_at"),
        case__emergencies__asked_by=person, case__emergencies__until__gt=at,
    )  # fmt: skip
    return Q(Exists(running.filter(asked_as=STAFF))) | (Q(Exists(running)) & ~Q(Exists(before)))


def may_see(person: Person, case: Case, at: datetime) -> bool:
    """Whether a person may know of this case."""
    return Case.objects.filter(in_sight(person, at), pk=case.pk).exists()
